"""The ordinary days of parcels and freight, drawn from a seeded generator: honest rows that nothing should hold back.

They are typed as people type (``typed.py``). Those of the other registers stand in ``ordinary_goods.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice
from random import Random

from invented.lines import YEAR, Line, Refund, exchanged, owed, received, refund
from invented.people import Customer, customer
from invented.typed import type_line

QUALITY = (
    "质量问题", "产品质量问题", "经常断网", "指示灯不亮", "不通电", "无法使用", "故障", "开机不亮，换了插座也一样",
)  # fmt: skip
CHANGED_MIND = ("非质量问题", "个人原因退货", "未达到宣传效果")
UNABLE = ({"memo": "客户申请不了退运费"}, {"platform_unavailable": "订单已完结"}, {"platform_unavailable": "是"})

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
                        type_line(rng, item)
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
