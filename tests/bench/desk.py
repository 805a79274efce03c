"""A seeded desk for the benchmark: three encrypted registers of N rows each, about 9 % of the rows faulty.

``python -m tests.bench.desk FOLDER ROWS`` writes one. Nothing here belongs to anybody: numbers are drawn, phones count
up from 13800000000, mail addresses end in example.com.
"""

from __future__ import annotations

import io
import json
import os
import sys
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tests.bench.rules import COLUMNS, FILES

DAY, FIRST = date(2026, 3, 31), date(2026, 1, 2)
PASSWORD = "bench-pass-1"
SETTINGS = """[desk]
name = "测速路由器店"
start = 2025-11-01
language = "zh"

[registers.receiving]
path = "收货表.xlsx"

[registers.exchange]
path = "换货表.xlsx"

[registers.freight]
path = "退运费表.xlsx"
"""

NICKS = ("云朵", "柚子", "橘猫", "山茶", "小满", "豆包", "晚风", "石榴", "阿布", "麦子", "糯米", "青团")
NAMES = ("王小明", "李丽", "张伟", "刘芳芳", "陈建国", "杨晓东", "赵雨桐", "黄思远", "周静", "吴志强")
MODELS = (
    ("千兆双频路由器", "SL-1200"),
    ("千兆双频路由器", "SL-1800"),
    ("穿墙路由器", "SL-900"),
    ("分布式路由套装", "SL-M3"),
)
QUALITY = (
    "质量问题",
    "产品质量问题",
    "断网",
    "不通电",
    "无法使用",
    "指示灯不亮",
    "插口坏了",
    "信号故障",
    "商品需要维修",
)
#: Carrier → a spelling people use, how its numbers begin, and how many drawn digits stand before the seven of the case.
PARCELS = {
    "中通": ("中通快递", "78", 5), "圆通": ("圆通速递", "YT", 6), "韵达": ("韵达快递", "43", 6),
    "申通": ("申通快递", "773", 5), "顺丰": ("顺丰速运", "SF1", 5), "EMS": ("EMS", "11", 4),
    "极兔": ("极兔速递", "JT", 6), "京东": ("京东物流", "JDVB", 4),
}  # fmt: skip

Cells = dict[str, Any]


@dataclass
class Invented:
    """A desk before it is written: ``rows`` by register; ``seeded`` are (code, register, row of the sheet).

    ``merged`` are indices of freight rows whose amount is one cell with the row below.
    """

    rows: dict[str, list[Cells]]
    seeded: list[tuple[str, str, int]] = field(default_factory=list)
    merged: list[int] = field(default_factory=list)

    def seed(self, code: str, register: str, index: int) -> None:
        self.seeded.append((code, register, index + 2))


def order_no(rng: Random, case: int) -> str:
    """19 digits, the last four the buyer's; the first 15 are the case's own."""
    return f"{rng.randrange(2, 5)}{rng.randrange(10**7):07d}{case:07d}{rng.randrange(1001, 9999)}"


def parcel(rng: Random, carrier: str, case: int) -> str:
    """A tracking number in the carrier's form of today, the case's own."""
    _, head, digits = PARCELS[carrier]
    return f"{head}{rng.randrange(10**digits):0{digits}d}{case:07d}"


def invent(rows: int, seed: int = 1, share: float = 0.09) -> Invented:
    """Three registers of so many rows, a ``share`` of them with something wrong."""
    from tests.bench.faults import spoil

    rng = Random(seed)
    made = Invented({register: [] for register in COLUMNS})
    for case in range(rows):
        received = FIRST + timedelta(days=case * 80 // rows)
        one, registered = _receiving(rng, case, received), received + timedelta(rng.randrange(3))
        other = one if one["类型"] == "换货" else _receiving(rng, rows + case, received)
        made.rows["receiving"].append(one)
        made.rows["exchange"].append(_exchange(rng, other, case, received))
        made.rows["freight"].append(_freight(rng, one, case, registered))
    spoil(made, rng, share)
    _make_odd(made, rng)
    return made


def _receiving(rng: Random, case: int, on: date) -> Cells:
    carrier = rng.choice(tuple(PARCELS))
    product, model = rng.choice(MODELS)
    quantity = 1 if rng.random() < 0.9 else 2
    phone = 13800000000 + case
    return {
        "收货日期": on, "退回单号": parcel(rng, carrier, case), "订单编号": order_no(rng, case),
        "买家旺旺": f"{rng.choice(NICKS)}{case}", "联系电话": phone if rng.random() < 0.5 else str(phone),
        "产品": product, "型号": model, "数量": quantity, "申请数量": quantity if rng.random() < 0.8 else None,
        "类型": "换货" if rng.random() < 0.3 else "退货", "原因": rng.choice(QUALITY),
        "快递公司": rng.choice((carrier, PARCELS[carrier][0])), "质检结果": "已检，故障属实",
        "登记人": rng.choice(("小郑", "小何")), "备注": rng.choice((None, None, "缺配件", "外箱有压痕")),
    }  # fmt: skip


def _exchange(rng: Random, parcel_in: Cells, case: int, on: date) -> Cells:
    carrier = rng.choice(tuple(PARCELS))
    copied = ("订单编号", "买家旺旺", "产品", "型号", "数量", "原因", "退回单号")
    return {
        "登记日期": on, **{heading: parcel_in[heading] for heading in copied},
        "换出单号": parcel(rng, carrier, 3000000 + case), "换出日期": on + timedelta(rng.randrange(1, 4)),
        "换出快递": carrier, "收件人": rng.choice(NAMES), "联系电话": parcel_in["联系电话"],
        "收货地址": f"样板省示例市虚构区{rng.randrange(1, 60)}号{rng.randrange(101, 999)}室", "责任人": "阿玲",
    }  # fmt: skip


def _freight(rng: Random, parcel_in: Cells, case: int, on: date) -> Cells:
    phone, paid = str(13800000000 + case), rng.random() < 0.6
    exchanged = parcel_in["类型"] == "换货"
    return {
        "登记日期": on, "订单编号": parcel_in["订单编号"], "买家旺旺": parcel_in["买家旺旺"],
        "支付宝账号": rng.choice((phone, f"kehu{case:07d}@example.com", f"208800000{case:07d}")),
        "收款人姓名": rng.choice(NAMES), "运费金额": rng.choice((8, 10, 12, 12.5, 13, 15, 18, 20, 23.5)),
        "原因": rng.choice(QUALITY) if rng.random() < 0.95 else None,
        "类型": parcel_in["类型"] if rng.random() < 0.8 else None,
        "退回单号": parcel_in["退回单号"] if rng.random() < 0.9 else None,
        "反馈日期": on - timedelta(5) if rng.random() < 0.5 else None, "无法申请": "是" if exchanged else None,
        "打款状态": rng.choice(("已打款", "已转账")) if paid else None,
        "打款日期": on + timedelta(rng.randrange(1, 4)) if paid else None,
        "备注": rng.choice((None, None, None, "加急")),
    }  # fmt: skip


def _make_odd(made: Invented, rng: Random) -> None:
    """What people type that can be read all the same: text dates, amounts with signs, short numbers, white space."""
    forms = (
        "{0.year}年{0.month}月{0.day}日",
        "{0.year}.{0.month}.{0.day}",
        "{0:%Y/%m/%d}",
        "{0:%Y%m%d}",
        "{0:%Y-%m-%d} 09:30",
    )
    for register, rows in made.rows.items():
        day = next(iter(COLUMNS[register]))
        for cells in rows:
            if isinstance(cells[day], date) and rng.random() < 0.05:
                cells[day] = rng.choice(forms).format(cells[day])
            number = cells["退回单号"]
            if isinstance(number, str) and rng.random() < 0.03:
                cells["退回单号"] = int(number) if number.isdigit() and len(number) < 16 else f" {number} "
            amount = cells.get("运费金额")
            if isinstance(amount, int | float) and rng.random() < 0.03:
                cells["运费金额"] = rng.choice(("¥{:.2f}", "{:.2f}元", "{}")).format(amount)


def workbook(register: str, made: Invented) -> bytes:
    """The register as an .xlsx file with shared strings, date and text styles."""
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_numbers": False})
    looks = {name: book.add_format({"num_format": name}) for name in ("yyyy-mm-dd", "@", "0.00", "General")}
    sheet = book.add_worksheet("2026年")
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, len(COLUMNS[register]), 16)
    sheet.write_row(0, 0, list(COLUMNS[register]), book.add_format({"bold": True, "border": 1}))
    formats = {"order": looks["@"], "tracking": looks["@"], "account": looks["@"], "money": looks["0.00"]}
    for row, cells in enumerate(made.rows[register], start=1):
        for column, (heading, kind) in enumerate(COLUMNS[register].items()):
            _write(sheet, (row, column), cells[heading], looks["yyyy-mm-dd"] if kind == "date" else formats.get(kind))
    for index in made.merged if register == "freight" else ():
        at = list(COLUMNS[register]).index("运费金额")
        sheet.merge_range(index + 1, at, index + 2, at, made.rows[register][index]["运费金额"], looks["0.00"])
    book.close()
    return file.getvalue()


def _write(sheet: Any, at: tuple[int, int], value: Any, look: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(*at, value, look)
    elif isinstance(value, str):
        sheet.write_string(*at, value, look)
    elif value is not None:
        sheet.write_number(*at, value, look)


def write(folder: Path, rows: int, seed: int = 1, share: float = 0.09) -> Path:
    """Make the desk in a folder, once: a folder that is complete already stays as it is."""
    if (folder / "seeded.json").exists():
        return folder
    from msoffcrypto.format.ooxml import OOXMLFile

    folder.mkdir(parents=True, exist_ok=True)
    made = invent(rows, seed, share)
    for register, name in FILES.items():
        with (folder / name).open("wb") as target:
            OOXMLFile(io.BytesIO(workbook(register, made))).encrypt(PASSWORD, target)
    (folder / "xlflow.toml").write_text(SETTINGS, "utf-8")
    secrets = folder / "passwords.toml"
    secrets.touch(mode=0o600)
    secrets.write_text("".join(f'{name} = "{PASSWORD}"\n' for name in (*FILES, "payouts", "outputs")), "utf-8")
    os.chmod(secrets, 0o600)
    (folder / "seeded.json").write_text(json.dumps(made.seeded), "utf-8")
    return folder


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
