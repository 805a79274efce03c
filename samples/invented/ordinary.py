"""The ordinary days of the desk, drawn from a seeded generator: honest rows that nothing should hold back.

They are typed as people type: dates in several forms, numbers copied with spaces, ``'`` and full-width digits,
carriers before tracking numbers. All of it can be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice
from random import Random
from typing import Any

from invented.lines import YEAR, Line, Refund, exchanged, owed, received, refund
from invented.people import Customer, customer

QUALITY = (
    "质量问题", "产品质量问题", "经常断网", "指示灯不亮", "不通电", "无法使用", "故障", "开机不亮，换了插座也一样",
)  # fmt: skip
CHANGED_MIND = ("非质量问题", "个人原因退货", "未达到宣传效果")
UNABLE = ({"memo": "客户申请不了退运费"}, {"platform_unavailable": "订单已完结"}, {"platform_unavailable": "是"})
ALIASES = {
    "中通": "中通快递", "圆通": "圆通速递", "韵达": "韵达快递", "申通": "申通快递", "顺丰": "顺丰速运",
    "极兔": "极兔速递", "京东": "京东快递", "EMS": "EMS",
}  # fmt: skip
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
IDS = ("order_no", "tracking_no", "return_tracking", "sent_tracking")

#: Month → how many of each kind of story, in the order of ``TELLERS``.
MONTHS = {1: (6, 0, 3, 0, 5, 1), 2: (7, 0, 3, 1, 5, 1), 3: (10, 9, 7, 2, 9, 4)}


def cases() -> Iterator[Line | Refund]:
    """The rows of all ordinary customers, who are numbered from 1."""
    numbers = count(1)
    for month, how_many in MONTHS.items():
        for tell, times in zip(TELLERS, how_many, strict=True):
            for number in islice(numbers, times):
                rng = Random(f"story {number}")
                for item in tell(rng, customer(number), month):
                    if isinstance(item, Line):
                        _type_it(rng, item)
                    yield item


def _on(rng: Random, month: int, first: int = 1, last: int = 26) -> date:
    return date(YEAR, month, rng.randint(first, last))


def _paid_return(rng: Random, c: Customer, month: int) -> Iterator[Line | Refund]:
    on = _on(rng, month, last=12 if month == 3 else 22)
    booked = on + timedelta(rng.randint(0, 2))
    paid = booked + timedelta(rng.randint(1, 3))
    transaction = f"{paid:%Y%m%d}2200140000000000{c.number:04d}"
    reason, status = rng.choice(QUALITY), rng.choice(("已打款", "已付", "√"))
    yield received(c, on, reason=reason)
    yield owed(c, booked, reason=reason, status=status, paid_on=paid, transaction=transaction)
    yield refund(c, on + timedelta(1), "质量问题", f"{c.number % 90 + 89}.00")


def _open_return(rng: Random, c: Customer, month: int) -> Iterator[Line]:
    on, reason = _on(rng, month, first=13, last=28), rng.choice(QUALITY)
    said = {"kind": rng.choice(("退货", "退货", None)), "status": rng.choice((None, None, "未打款"))}
    yield received(c, on, reason=reason)
    yield owed(c, on + timedelta(rng.randint(0, 2)), reason=reason, pays=True, **said)


def _exchange(rng: Random, c: Customer, month: int) -> Iterator[Line | Refund]:
    on = _on(rng, month)
    yield received(c, on, kind="换货", reason=rng.choice(QUALITY))
    yield exchanged(c, on + timedelta(1))
    yield refund(c, on + timedelta(2), "退运费", f"{c.amount:.2f}")


def _exchange_with_freight(rng: Random, c: Customer, month: int) -> Iterator[Line]:
    on = _on(rng, month)
    paid = {"status": "已打款", "paid_on": on + timedelta(3)} if month < 3 else {"pays": True}
    yield received(c, on, kind="换货")
    yield exchanged(c, on + timedelta(1))
    yield owed(c, on + timedelta(1), kind="换货", **rng.choice(UNABLE), **paid)


def _changed_mind(rng: Random, c: Customer, month: int) -> Iterator[Line | Refund]:
    on = _on(rng, month, last=28)
    inspection = rng.choice(("良品", "良品入库", "外观有划痕"))
    yield received(c, on, reason=rng.choice(CHANGED_MIND), inspection=inspection)
    if rng.random() < 0.6:
        yield refund(c, on + timedelta(1), "7天无理由退货", f"{c.number % 90 + 99}.00")


def _refused(rng: Random, c: Customer, month: int) -> Iterator[Line]:
    kind = rng.choice(("拒收", "客户拒收"))
    yield received(c, _on(rng, month, last=28), kind=kind, reason=None, inspection="原封未拆")


TELLERS = (_paid_return, _open_return, _exchange, _exchange_with_freight, _changed_mind, _refused)


def _type_it(rng: Random, line: Line) -> None:
    """Turn some of the values into what a hurried person would have typed."""
    for name, value in line.cells.items():
        if isinstance(value, date):
            line.cells[name] = typed_date(rng, value)
        elif name in IDS and value and rng.random() < 0.3:
            line.cells[name] = _typed_id(rng, value)
        elif name in ("phone", "payee_account") and str(value).startswith("1380000") and rng.random() < 0.4:
            spaced = f"{value[:3]} {value[3:7]} {value[7:]}"
            line.cells[name] = rng.choice((int(value), f"+86 {value}", spaced))
    if line.register == "receiving":
        _type_parcel(rng, line)
    elif line.register == "freight" and line.on.month == 3 and rng.random() < 0.35:
        amount = line.cells["amount"]  # sums of January and February stay plain
        forms = (f"{amount:g}元", f"¥{amount:.2f}", f"￥{amount:g}", f"{amount:.2f}")
        line.cells["amount"] = rng.choice(forms)


def _type_parcel(rng: Random, line: Line) -> None:
    cells = line.cells
    tracking = cells["tracking_no"]
    if rng.random() < 0.5:
        cells["courier"] = ALIASES[cells["courier"]]
    if rng.random() < 0.2 and isinstance(tracking, str) and tracking.isascii() and tracking.isalnum():
        forms = (f"{cells['courier']} {tracking}", f"{tracking}-1-1-", tracking.lower())
        cells["tracking_no"] = rng.choice(forms)
    if line.on.month == 3 and rng.random() < 0.3:
        cells["kind"] = {"退货": "退", "换货": "换"}.get(cells["kind"], cells["kind"])


def typed_date(rng: Random, on: date) -> Any:
    """A day in one of the forms people use; most are real dates."""
    forms = (
        f"{on:%Y-%m-%d}", f"{on.year}/{on.month}/{on.day}", f"{on.year}.{on.month}.{on.day}",
        f"{on.year}年{on.month}月{on.day}日", int(f"{on:%Y%m%d}"), f"{on.month}月{on.day}日", f"{on:%Y-%m-%d} 14:30",
    )  # fmt: skip
    return rng.choice(forms) if rng.random() < 0.35 else on


def _typed_id(rng: Random, text: str) -> Any:
    if text.isdigit() and len(text) <= 15 and rng.random() < 0.4:
        return int(text)  # a short number survives being typed as a number
    spaced, wide = f"{text[:4]} {text[4:]}", text.translate(WIDE)
    return rng.choice((f" {text}", f"{text}　", f"'{text}", f"\u200b{text}", spaced, f'="{text}"', wide))
