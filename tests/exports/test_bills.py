"""Bills of Alipay, in every form they come in: read whole, or refused with the line and the reason (domain.md B.5)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.exports.bills import (
    APP_BILL,
    FOOT,
    HEAD,
    LEDGER,
    LEDGER_12,
    LEDGER_16,
    RESULT,
    ROWS,
    SUMMARY,
    WEB_BILL,
    book,
)  # fmt: skip
from xlflow.locale import render
from xlflow.statement import Movement, Statement
from xlflow.steps.statements import Read, read_statements

TODAY = date(2026, 4, 10)
SUMS = f"{SUMMARY}\n转账,0,0.00,1,-24.00,-24.00\n其它,1,12.00,1,-12.00,0.00\n合计,1,12.00,2,-36.00,-24.00\n"
T = "20260305220014000000000000"


def read(*files: tuple[str, bytes], folder: Path) -> Read:
    for name, data in files:
        (folder / name).write_bytes(data)
    return read_statements([(folder / name, name) for name, _ in files], TODAY)


def one(data: bytes, folder: Path, name: str = "bill.csv") -> Statement:
    got = read((name, data), folder=folder)
    assert got.troubles == []
    (made,) = got.statements
    return made


def refused(data: bytes, folder: Path, name: str = "bill.csv") -> list[str]:
    got = read((name, data), folder=folder)
    assert got.statements == []
    return [
        f"{t.file} {t.code}: {render(t.message, 'en')}; {render(t.fix, 'en') if t.fix else ''}" for t in got.troubles
    ]


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def shown(movements: Sequence[Movement]) -> list[str]:
    return [f"{m.row} {m.on} {m.transaction} {m.amount} {m.account} {m.name} {m.remark!r} {m.ours}" for m in movements]


GOLDEN = [
    "6 2026-03-05 9000000001 -12.00 buyer@example.com None '退运费 XF7K2M9QAT' True",
    "7 2026-03-06 9000000002 -24.00 139****4321 李四 '' True",
    "8 2026-03-07 9000000003 12.00 wang***@example.com *五 '转账失败退回' True",
]


class TestLedger:
    @pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16"])
    def test_it_is_read_whole(self, tmp_path: Path, encoding: str) -> None:
        made = one(LEDGER.replace("\n", "\r\n").encode(encoding), tmp_path)
        assert shown(made.movements) == GOLDEN
        assert (made.file, made.format, made.rows, made.account) == (
            "bill.csv",
            "alipay_ledger",
            3,
            "20881234567890120156",
        )
        assert (made.first, made.last, made.declared, made.balanced) == (
            date(2026, 3, 1),
            date(2026, 3, 31),
            True,
            True,
        )

    def test_with_sixteen_columns(self, tmp_path: Path) -> None:
        rows = "".join(f"{row},退款打款,账单,,\n" for row in ROWS.splitlines())
        made = one(f"{HEAD}{LEDGER_16}\n{rows}{FOOT}".encode("gbk"), tmp_path)
        assert (shown(made.movements), made.balanced) == (GOLDEN, True)

    def test_newest_first(self, tmp_path: Path) -> None:
        rows = "".join(f"{row}\n" for row in reversed(ROWS.splitlines()))
        made = one(f"{HEAD}{LEDGER_12}\n{rows}{FOOT}".encode("gbk"), tmp_path)
        assert ([m.transaction for m in made.movements], made.balanced) == (
            ["9000000003", "9000000002", "9000000001"],
            True,
        )

    def test_saved_again_as_a_workbook(self, tmp_path: Path) -> None:
        made = one(book(LEDGER.replace("，", "")), tmp_path, "bill.xlsx")
        assert [line[line.index(" ") :] for line in shown(made.movements)] == [
            line[line.index(" ") :] for line in GOLDEN
        ]
        assert (made.balanced, made.first, made.last) == (True, date(2026, 3, 1), date(2026, 3, 31))

    def test_other_headings_and_times(self, tmp_path: Path) -> None:
        text = f"{LEDGER_12}\n{ROWS}".replace("发生时间", "入账时间").replace("收入金额（+元）", "收入（+元）")
        text = text.replace("支出金额（-元）", "支出（-元）").replace("2026-03-05 10:00:00", "2026/03/05 10:00")
        assert shown(one(text.encode("gbk"), tmp_path).movements)[0].startswith("2 2026-03-05 9000000001 -12.00")

    def test_without_remarks_its_period_is_that_of_its_rows(self, tmp_path: Path) -> None:
        made = one(f"{LEDGER_12}\n{ROWS}".encode("gbk"), tmp_path)
        assert (made.first, made.last, made.declared, made.balanced) == (
            date(2026, 3, 5),
            date(2026, 3, 7),
            False,
            True,
        )
        assert made.covers_from == date(2026, 3, 1)

    def test_it_ends_no_later_than_it_was_made(self, tmp_path: Path) -> None:
        text = LEDGER.replace("[2026年04月02日", "[2026年03月20日")
        assert one(text.encode("gbk"), tmp_path).last == date(2026, 3, 20)

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("964.00", "963.00"),
            (ROWS.splitlines(keepends=True)[1], ""),
            ("支出合计：2笔，共-36.00元", "支出合计：3笔，共-36.00元"),
            ("收入合计：1笔，共12.00元", "收入合计：1笔，共13.00元"),
            (FOOT, ""),
        ],
    )
    def test_out_of_balance(self, tmp_path: Path, old: str, new: str) -> None:
        assert not one(LEDGER.replace(old, new).encode("gbk"), tmp_path).balanced

    def test_refunds_of_goods_and_fees_are_not_ours(self, tmp_path: Path) -> None:
        made = one(LEDGER.replace("其它", "交易退款").encode("gbk"), tmp_path)
        assert [m.ours for m in made.movements] == [False, True, False]

    def test_a_line_twice_counts_once(self, tmp_path: Path) -> None:
        first = ROWS.splitlines(keepends=True)[0]
        made = one(f"{LEDGER_12}\n{first}{first}".encode("gbk"), tmp_path)
        assert ([m.row for m in made.movements], made.rows) == ([2], 2)


def line(row: int, problem: str) -> list[str]:
    fix = "export it again and put it into inbox without opening it in Excel"
    return [f"bill.csv damaged-file: line {row}: {problem}; {fix}"]


class TestRefused:
    @pytest.mark.parametrize(
        ("old", "new", "row", "problem"),
        [
            ("9000000001\t", "2.02603E+27", 6, "2.02603E+27 is a number cut short, and its last digits are gone"),
            (
                "2026030622001400000000000002\t",
                "2.02603E+27",
                7,
                "2.02603E+27 is a number cut short, and its last digits are gone",
            ),
            (
                "*五(wang***@example.com)\t",
                "2.0881E+15",
                8,
                "2.0881E+15 is a number cut short, and its last digits are gone",
            ),
            ("-12.00", "-12.0.0", 6, "12.0.0 is not an amount of money"),
            ("-12.00", "-12.001", 6, "12.001 has more than two decimals"),
            ("2026-03-06 11:00:00", "03-06 11:00", 7, "03-06 11:00 has no year"),
            ("退运费 XF7", "退,运,费 XF7", 6, "it has more cells than the headings have"),
            ("9000000002\t", "", 7, "账务流水号 is blank"),
            ("2026-03-06 11:00:00", "", 7, "发生时间 is blank"),
            ("0.00\t,-12.00\t", ",", 6, "支出金额（-元） is blank"),
            ("9000000002", "9000000001", 7, "its number 9000000001 is that of line 6, which says something else"),
        ],
    )
    def test_a_row_that_cannot_be_trusted(self, tmp_path: Path, old: str, new: str, row: int, problem: str) -> None:
        assert refused(LEDGER.replace(old, new).encode("gbk"), tmp_path) == line(row, problem)

    def test_numbers_that_excel_rounded(self, tmp_path: Path) -> None:
        rows = [cells.split(",") for cells in f"{LEDGER_12}\n{ROWS}".splitlines()]
        from xlflow.excel.write import to_bytes
        from xlflow.layout import Block, Column, Look, NewBook, NewSheet

        body = [
            [Decimal("2.02603052200140E+27") if i == 1 else c.strip() or None for i, c in enumerate(r)]
            for r in rows[1:]
        ]
        columns = tuple(Column(name, Look.NUMBER if i == 1 else Look.TEXT) for i, name in enumerate(rows[0]))
        data = to_bytes(NewBook((NewSheet("明细", (Block(columns=columns, rows=body),)),)))
        problem = "2.0260305220014E+27 is stored as a number, and the digits after the 15th are gone"
        assert refused(data, tmp_path, "bill.xlsx") == [m.replace("bill.csv", "bill.xlsx") for m in line(2, problem)]

    @pytest.mark.parametrize("cut", range(1, 75, 7))
    def test_a_download_that_broke_off(self, tmp_path: Path, cut: int) -> None:
        text = f"{HEAD}{LEDGER_12}\n{ROWS}".rstrip("\n")[:-cut]
        got = read(("bill.csv", text.encode("gbk")), folder=tmp_path)
        assert [t.code for t in got.troubles] == ["damaged-file"] or not got.statements[0].balanced

    def test_a_bookkeeping_app(self, tmp_path: Path) -> None:
        text = "交易时间,交易分类,交易对方,商品说明,收/支,金额,交易状态,备注\n2026-03-05 10:00:00,转账,李四,运费,支出,12.00,交易成功,\n"
        assert refused(text.encode(), tmp_path) == [
            "bill.csv unsupported-file: it has no transaction numbers (交易号): a bookkeeping app's export proves no "
            "payment; download the bill from Alipay itself"
        ]

    @pytest.mark.parametrize(
        "data", [b"", b"\x00\x01\x02", "日期,分类,金额\n2026-03-05,餐饮,12\n".encode(), book("a,b\n1,2")]
    )
    def test_what_is_nothing_we_know(self, tmp_path: Path, data: bytes) -> None:
        assert refused(data, tmp_path) == [
            "bill.csv unsupported-file: it is none of the statements and exports that xlflow knows; take 账务明细 or a "
            "bill with transaction numbers from Alipay, or the refunds from Taobao, as it was downloaded"
        ]


class TestPersonal:
    def test_of_the_app(self, tmp_path: Path) -> None:
        made = one(APP_BILL.replace("\n", "\r\n").encode("gbk"), tmp_path)
        assert shown(made.movements) == [
            f"25 2026-03-05 {T}01 -12.00 139****4321 李四 '' True",
            f"27 2026-03-07 20260307220014000000000000{'03'} 12.00 139****4321 李四 '' True",
            f"28 2026-03-08 20260308220014000000000000{'04'} 3.00 None 某店 '' True",
        ]
        assert made.movements[0].words == "退运费 XF7K2M9QAT 转账红包"
        assert (made.format, made.rows, made.account, made.balanced) == ("alipay_personal", 4, "13800000000", True)
        assert (made.first, made.last) == (date(2026, 3, 1), date(2026, 3, 31))

    def test_of_the_web(self, tmp_path: Path) -> None:
        made = one(WEB_BILL.encode("gbk"), tmp_path)
        assert shown(made.movements) == [f"6 2026-03-05 {T}01 -12.00 None 李四 '' True"]
        assert (made.rows, made.account, made.balanced) == (2, "shop@example.com", True)
        assert (made.first, made.last) == (date(2026, 3, 1), date(2026, 3, 31))

    @pytest.mark.parametrize("status", ["交易关闭", "支付失败", "等待付款", "等待对方发货", ""])
    def test_what_did_not_succeed_paid_nothing(self, tmp_path: Path, status: str) -> None:
        text = WEB_BILL.replace("交易成功", status)
        if status:
            assert one(text.encode("gbk"), tmp_path).movements == ()
        else:
            assert refused(text.encode("gbk"), tmp_path) == line(6, "交易状态 is blank")

    def test_another_number_of_rows_than_it_says(self, tmp_path: Path) -> None:
        assert not one(APP_BILL.replace("共4笔", "共5笔").encode("gbk"), tmp_path).balanced

    def test_a_payment_without_a_day(self, tmp_path: Path) -> None:
        text = WEB_BILL.replace("2026-03-05 10:00:00", "").replace("2026-03-05 10:00:03", "")
        assert refused(text.encode("gbk"), tmp_path) == line(6, "付款时间 is blank")


class TestZips:
    def test_a_ledger_with_its_sums(self, tmp_path: Path) -> None:
        data = zipped(("20881_账务明细.csv", LEDGER.encode("gbk")), ("20881_账务明细(汇总).csv", SUMS.encode("gbk")))
        got = read(("三月.zip", data), folder=tmp_path)
        assert [(s.file, s.format, s.balanced, s.rows) for s in got.statements] == [
            ("三月.zip/20881_账务明细.csv", "alipay_ledger", True, 3)
        ]
        assert got.troubles == []

    @pytest.mark.parametrize(("old", "new"), [("-24.00,", "-25.00,"), ("转账,0,", "转账,1,")])
    def test_sums_that_differ(self, tmp_path: Path, old: str, new: str) -> None:
        data = zipped(("账务明细.csv", LEDGER.encode("gbk")), ("汇总.csv", SUMS.replace(old, new).encode("gbk")))
        assert [s.balanced for s in read(("三月.zip", data), folder=tmp_path).statements] == [False]

    def test_sums_that_lie_beside_it(self, tmp_path: Path) -> None:
        head = HEAD.replace("明细", "汇总")
        for sums, balanced in ((SUMS, True), (SUMS.replace("-24.00,", "-25.00,"), False)):
            files = ("明细.csv", LEDGER.encode("gbk")), ("汇总.csv", f"{head}{sums}".encode("gbk"))
            assert [s.balanced for s in read(*files, folder=tmp_path).statements] == [balanced]

    def test_sums_of_another_period_say_nothing(self, tmp_path: Path) -> None:
        head = HEAD.replace("明细", "汇总").replace("03月", "02月").replace("04月", "03月")
        files = ("明细.csv", LEDGER.encode("gbk")), ("汇总.csv", f"{head}{SUMS.replace('24', '25')}".encode("gbk"))
        assert [s.balanced for s in read(*files, folder=tmp_path).statements] == [True]

    def test_several_bills_and_what_is_none(self, tmp_path: Path) -> None:
        data = zipped(
            ("a.csv", LEDGER.encode("gbk")),
            ("说明.txt", b"hello"),
            ("dir/", b""),
            ("dir/app.csv", APP_BILL.encode("gbk")),
        )
        assert [s.format for s in read(("x.zip", data), folder=tmp_path).statements] == [
            "alipay_ledger",
            "alipay_personal",
        ]

    def test_names_in_gbk(self, tmp_path: Path) -> None:
        data = zipped(("abcd.csv", LEDGER.encode("gbk"))).replace(b"abcd.csv", "账务".encode("gbk") + b".csv")
        assert [s.file for s in read(("x.zip", data), folder=tmp_path).statements] == ["x.zip/账务.csv"]

    def test_a_locked_one(self, tmp_path: Path) -> None:
        data = bytearray(zipped(("a.csv", LEDGER.encode("gbk"))))
        for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
            data[data.index(mark) + at] |= 1
        assert refused(bytes(data), tmp_path, "x.zip") == [
            "x.zip unsupported-file: x.zip is locked with a password; unpack it with the password from the app's "
            "message, and put the bill itself into inbox"
        ]

    def test_a_damaged_one(self, tmp_path: Path) -> None:
        data = zipped(("a.csv", LEDGER.encode("gbk")))
        for cut in (10, len(data) // 2, len(data) - 1):
            assert [message.split(":")[0] for message in refused(data[:cut], tmp_path, "x.zip")] == [
                "x.zip damaged-file"
            ]

    def test_a_bomb(self, tmp_path: Path) -> None:
        (message,) = refused(zipped(("a.csv", b"0" * (20 << 20))), tmp_path, "x.zip")
        assert message.startswith("x.zip too-large: ")


class TestResults:
    ROWS = (
        "1,buyer@example.com,张三,12.00,XF7K2M9QAT,成功,,2026030522001400000000000001,2026-03-05 10:00:00\n"
        "2,13800000000,李四,8.00,XF7K2M9QBX,付款失败,收款人账户与姓名不符,,\n"
        "3,13800000001,王五,7.00,XF7K2M9QC1,处理中,,,\n"
    )

    def test_what_became_of_each_line(self, tmp_path: Path) -> None:
        made = one(f"支付宝批量付款文件模板（前面两行请勿删除）,,,,,,,,\n{RESULT}\n{self.ROWS}".encode("gbk"), tmp_path)
        assert (made.format, made.answers, made.rows) == ("alipay_batch_result", True, 3)
        assert [(m.row, m.transaction, m.amount, m.words, m.rejected) for m in made.movements] == [
            (3, "2026030522001400000000000001", Decimal("-12.00"), "XF7K2M9QAT", None),
            (4, None, Decimal("-8.00"), "XF7K2M9QBX", "收款人账户与姓名不符"),
        ]

    def test_the_payout_list_is_none(self, tmp_path: Path) -> None:
        text = "编号,登记日期,订单编号,收款人支付宝账号,收款人姓名,金额,事由,来源,状态,批次号,打款日期,支付宝流水号,备注\nXF1,,,a@b.cn,张三,12,,,打款失败,,,,\n"
        assert [message.split(":")[0] for message in refused(text.encode(), tmp_path)] == ["bill.csv unsupported-file"]
