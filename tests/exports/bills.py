"""Bills as Alipay and Taobao give them, from invented movements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from xlflow.layout import Block, Column, NewBook, NewSheet

LEDGER_12 = "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注"
LEDGER_16 = f"{LEDGER_12},业务描述,业务账单来源,业务基础订单号,业务订单号"
SUMMARY = "类型,收入笔数,收入金额（+元）,支出笔数,支出金额（-元）,总金额（元）"
WEB = "交易号,商家订单号,交易创建时间,付款时间,最近修改时间,交易来源地,类型,交易对方,商品名称,金额（元）,收/支,交易状态,服务费（元）,成功退款（元）,备注,资金状态"
APP = "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,"
RESULT = "序号（必填）,收款方支付宝账号（必填）,收款方姓名（必填）,金额（必填，单位：元）,备注（选填）,处理结果,失败原因,支付宝流水号,完成时间"

#: A month of three movements, oldest first: 1000.00 before, 976.00 after.
HEAD = (
    "#支付宝账务明细查询\n#账号：[20881234567890120156]\n"
    "#起始日期：[2026年03月01日 00:00:00]   终止日期：[2026年04月01日 00:00:00]\n"
    "#-----------------------------------------账务明细列表----------------------------------------\n"
)
FOOT = (
    "#-----------------------------------------账务明细列表结束------------------------------------\n"
    "#支出合计：2笔，共-36.00元\n#收入合计：1笔，共12.00元\n#导出时间：[2026年04月02日 09:30:00]\n"
)
ROWS = (
    "9000000001\t,2026030522001400000000000001\t,\t,\t,2026-03-05 10:00:00\t,buyer@example.com\t,0.00\t,-12.00\t,988.00\t,支付宝\t,其它\t,退运费 XF7K2M9QAT\t\n"
    "9000000002\t,2026030622001400000000000002\t,T200P1234567890123456789\t,路由器\t,2026-03-06 11:00:00\t,李四 (139****4321)\t, \t,24.00\t,964.00\t,支付宝\t,转账\t,\t\n"
    "9000000003\t,2026030722001400000000000003\t,\t,\t,2026-03-07 12:00:00\t,*五(wang***@example.com)\t,+12.00\t,\t,976.00\t,支付宝\t,其它\t,转账失败退回\t\n"
)
LEDGER = f"{HEAD}{LEDGER_12}\n{ROWS}{FOOT}"
APP_BILL = f"""\
------------------------------------------------------------------------------------
导出信息：
姓名：张三
支付宝账户：13800000000
起始时间：[2026-03-01 00:00:00]    终止时间：[2026-03-31 23:59:59]
导出交易类型：[全部]
导出时间：[2026-04-01 08:00:00]
共4笔记录
收入：1笔 12.00元
支出：1笔 12.00元
不计收支：0笔 0.00元

特别提示：
1.本回单内容可表明支付宝受理了相应支付交易申请；
{chr(10).join(f"{n}.请以实际为准；" for n in range(2, 9))}

------------------------支付宝（中国）网络技术有限公司  电子客户回单------------------------
{APP}
2026-03-05 10:00:00,转账红包,李四,139****4321,退运费 XF7K2M9QAT,支出,12.00,余额,交易成功,2026030522001400000000000001\t,\t,,
2026-03-06 11:00:00,日用百货,某店,/,网线,支出,9.90,余额,交易关闭,2026030622001400000000000002\t,T200P1\t,,
2026-03-07 12:00:00,转账红包,李四,139****4321,转账,收入,12.00,余额,交易成功,2026030722001400000000000003\t,\t,,
2026-03-08 12:00:00,退款,某店,/,退款-网线,不计收支,3.00,余额,退款成功,2026030822001400000000000004\t,\t,,
"""
WEB_BILL = f"""\
支付宝交易记录明细查询
账号:[shop@example.com]
起始日期:[2026-03-01 00:00:00]    终止日期:[2026-04-01 00:00:00]
---------------------------------交易记录明细列表------------------------------------
{",".join(f"{name}                " for name in WEB.split(","))},
2026030522001400000000000001\t,\t,2026-03-05 10:00:00,2026-03-05 10:00:03,2026-03-05 10:00:03,其他（包括阿里巴巴和外部商家）,即时到账交易          ,李四 ,退运费 XF7K2M9QAT ,12.00   ,支出      ,交易成功    ,0.00     ,0.00     , ,已支出         ,
2026030622001400000000000002\t,\t,2026-03-06 10:00:00,                   ,2026-03-06 10:00:03,支付宝网站 ,即时到账交易 ,某店 ,网线 ,9.90 ,支出 ,交易关闭 ,0.00 ,0.00 , , ,
------------------------------------------------------------------------------------
共2笔记录
已收入:0笔,0.00元
已支出:1笔,12.00元
导出时间:[2026-04-02 10:00:00]    用户:张三
"""


@dataclass(frozen=True)
class Moved:
    """One row of an 账务明细: ``amount`` with its sign, in yuan."""

    number: str
    amount: str
    on: str = "2026-03-05"
    account: str = ""
    remark: str = ""
    kind: str = "其它"
    trade: str = ""


def ledger(moved: Iterable[Moved], opening: str = "10000.00", head: str = "", foot: str = "") -> bytes:
    """An 账务明细 of 12 columns in GBK, balances included."""
    balance, lines = Decimal(opening), [LEDGER_12]
    for row in moved:
        amount = Decimal(row.amount)
        balance += amount
        came, went = (row.amount, "") if amount > 0 else ("", row.amount)
        lines.append(
            f"{row.number}\t,{row.trade}\t,,,{row.on} 10:00:00,{row.account},{came},{went},{balance},支付宝,{row.kind},{row.remark}"
        )
    return (head + "".join(f"{line}\r\n" for line in lines) + foot).encode("gb18030")


def book(text: str) -> bytes:
    """The text's cells in a workbook, as somebody who opened it in Excel might save it."""
    from xlflow.excel.write import to_bytes

    rows: list[Sequence[str | None]] = [
        [cell.strip() or None for cell in line.split(",")] for line in text.splitlines()
    ]
    width = max(map(len, rows))
    padded = [[*row, *[None] * (width - len(row))] for row in rows]
    columns = tuple(Column("") for _ in range(width))
    return to_bytes(NewBook((NewSheet("账务明细", (Block(columns=columns, rows=padded),)),)))


def put(folder: Path, name: str, data: bytes) -> Path:
    """A file in a folder, its path."""
    path = folder / name
    path.write_bytes(data)
    return path
