"""The ordinary days of the other registers, drawn as in ``ordinary.py``: honest rows that nothing should hold back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice
from random import Random
from typing import Any

from invented.cells import Picture
from invented.lines import YEAR, Line, received, refund
from invented.lines_goods import (
    by_alipay,
    compensated,
    faulty,
    invoiced,
    lost,
    outgoing,
    resent,
    reviewed,
    serial,
    stopped,
)
from invented.people import Customer, customer
from invented.typed import type_line

#: Month → how many of each kind of story, in the order of ``TELLERS``.
MONTHS = {2: (8, 7, 2, 1, 5, 9, 6), 3: (17, 16, 7, 8, 9, 19, 12)}
RED, GREY, BLUE = Picture((192, 80, 77)), Picture((127, 127, 127)), Picture((79, 129, 189))

#: What is sent again, why, and what else the row says; a broken adapter needs its picture, any the serial number.
AGAIN: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("网线", "没收到网线", {"with_invoice": "是"}),
    ("网线", "漏发网线，客户坚持要补发", {"invoiced_before": "已开过"}),
    ("网线+发票", "少发网线，发票一起补", {}),
    ("电源", "没收到电源", {"serial_no": serial}),
    ("电源适配器", "灯不亮，换个电源就好", {"serial_no": serial, "evidence": "图片/电源.jpg"}),
    ("发票", "客户要发票", {}),
    ("路由器", "少发一台", {}),
    ("换货回寄", "换货寄回新机", {}),
)  # fmt: skip
TROUBLE = (
    "指示灯不亮", "经常断网", "不通电", "无法使用，一直重启", "坏了，重置键失灵", "穿墙信号弱", "2.4G 频段断网",
    "与描述不符，少一个网口",
)  # fmt: skip
REVIEWS = (
    ("信号弱", "隔一堵墙就剩一格"), ("经常断网", "晚上老是断"), ("物流慢", "等了一个星期"),
    ("客服回复慢", "半天没人理"),
    ("质量问题", "用了两天就不亮了"), ("没有网线", "说好送的网线没有"),
)  # fmt: skip
#: What money is given for, or how the difference of a price is paid.
FOR_WHAT = (*("网线",) * 4, *("电源",) * 3, *("小额打款",) * 3, "支付宝")
CARRIERS = ("中通", "圆通", "韵达", "EMS")


def cases() -> Iterator[Any]:
    """The rows of these customers, who are numbered from 101."""
    numbers = count(101)
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


def _sent_again(rng: Random, c: Customer, month: int) -> Iterator[Line]:
    items, problem, also = rng.choice(AGAIN)
    cells = {name: value(c) if callable(value) else value for name, value in also.items()}
    on = _on(rng, month, last=31 if month == 3 else 26)
    if on > date(YEAR, 3, 29):  # not sent yet
        cells |= {"sent_tracking": None, "sent_on": None, "courier": None}
    yield resent(c, on, items, problem, **cells)


def _money(rng: Random, c: Customer, month: int) -> Iterator[Any]:
    on = _on(rng, month, first=4, last=30 if month == 3 else 26)
    match rng.choice(FOR_WHAT):
        case "网线":
            many = rng.choice((1, 1, 1, 2))
            yield compensated(c, on, "网线", 2.0 * many, quantity=many)
            yield refund(c, on, "退运费", f"{2 * many}.00")
        case "电源":
            broken = {"problem": "灯不亮", "evidence": rng.choice((GREY, "图片/电源不亮.jpg")), "serial_no": serial(c)}
            yield compensated(c, on, "电源", 10.0, **rng.choice((broken, {"serial_no": serial(c)})))
            yield refund(c, on, "退运费", "10.00")
        case "支付宝":
            told = {"status": "已打款", "paid_on": on + timedelta(1)} if month == 2 else {"pays": True}
            yield compensated(c, on, "差价", 15.0, problem="买贵了，退差价", **by_alipay(c), **told)
        case other:
            yield compensated(c, on, "差价", rng.choice((5.0, 8.0, 12.5)), channel=other, problem="降价退差价")


def _lost(rng: Random, c: Customer, month: int) -> Iterator[Line]:
    on = _on(rng, month, first=12)
    settled = {"settled_on": on + timedelta(4), "settled_amount": float(c.number % 90 + 97)}
    kind = rng.choice(("丢件", "丢失", None, "破损", "短少"))
    yield lost(c, on, rng.choice(CARRIERS), kind=kind, **rng.choice(({}, settled)))


def _stopped_and_back(rng: Random, c: Customer, month: int) -> Iterator[Line]:
    """Stopped, booked as lost so that the refund could go out, and back in the warehouse a few days later."""
    on, courier = _on(rng, month, first=2, last=20), rng.choice(CARRIERS)
    next_day = on + timedelta(1)
    confirmed = {"confirmed_on": next_day, "returning_on": None}
    yield stopped(c, on, courier, **(confirmed if courier == "EMS" else {"promised": rng.choice((None, "今晚退回"))}))
    booked = {
        "kind": "拦截", "sent_on": on, "last_scan_on": on + timedelta(2), "handling": "退款", "refunded_on": next_day,
        "returning_on": next_day, "claimed_on": None, "claim_amount": None,
    }  # fmt: skip
    yield lost(c, next_day, courier, **booked)
    back = {"tracking_no": outgoing(c, courier), "courier": courier, "kind": "拒收", "reason": None}
    yield received(c, on + timedelta(5), **back, inspection="原封未拆")


def _invoice(rng: Random, c: Customer, month: int) -> Iterator[Line]:
    kind = rng.choice(("普通发票", "普票", "增值税专用发票", "专票"))
    yield invoiced(c, _on(rng, month), kind)


def _trouble(rng: Random, c: Customer, month: int) -> Iterator[Line]:
    seen = rng.choice(
        (RED, GREY, BLUE, f"图片/{c.number}.jpg", f"图片/{c.number}.jpg", f"D:\\售后图片\\{c.number}.png")
    )
    yield faulty(c, _on(rng, month, last=31 if month == 3 else 26), rng.choice(TROUBLE), evidence=seen)


def _review(rng: Random, c: Customer, month: int) -> Iterator[Line]:
    reason, content = rng.choice(REVIEWS)
    rating = rng.choice(("差评", "差评", "中评"))
    yield reviewed(c, _on(rng, month, last=31 if month == 3 else 26), reason, content=content, rating=rating)


TELLERS = (_sent_again, _money, _lost, _stopped_and_back, _invoice, _trouble, _review)
