"""Rows of the warehouse written by hand: what is wrong with parcels and exchanges, or only nearly (contract §4)."""

from __future__ import annotations

from collections.abc import Iterator

from invented.lines import Line, exchanged, owed, received
from invented.people import customer

UNSENT = {"sent_tracking": None, "sent_on": None}


def parcels() -> Iterator[Line]:
    """Counted, inspected, told apart."""
    c = customer(601)  # three applied for, one came back: its freight is held by that
    short = {"expected_quantity": 3, "memo": "客户寄回来的产品数量不符，拍照拒收"}
    yield received(c, "3-12", **short, shows="quantity-mismatch error quantity")
    yield owed(c, "3-13")
    yield received(customer(602), "3-12", expected_quantity=2, quantity="2个", quiet="quantity-mismatch")
    for number, on in ((603, "3-24"), (604, "3-27")):
        yield received(customer(number), on, inspection=None, shows="not-inspected warning inspection")
    c, old = customer(605), "680000123405"  # 12 digits are an old 顺丰 number, 14 are none
    yield received(c, "3-04", courier="顺丰", tracking_no=old, quiet="carrier-mismatch")
    c = customer(606)
    wrong = {"courier": "顺丰", "tracking_no": c.parcel_of("中通")}
    yield received(c, "3-05", **wrong, shows="carrier-mismatch warning tracking_no")
    c = customer(607)  # scanned twice
    yield received(c, "3-18")
    yield received(c, "3-19", shows="duplicate-row error tracking_no")
    c = customer(608)  # nearly: two products in one parcel, with the buyer and the order in merged cells
    merged = ("buyer", "order_no")
    yield received(c, "3-19", product="千兆双频路由器", model="SL-1200", merge_down=merged)
    rest = {"product": "电源适配器", "model": "12V1A", "buyer": None, "order_no": None}
    yield received(c, "3-19", **rest, quiet="duplicate-row")


def unmatched() -> Iterator[Line]:
    """Parcels that nobody knows, and those who may be missing them."""
    nobody = {
        "order_no": None, "buyer": None, "reason": None, "kind": "无理件", "inspection": "未拆",
        "shows": "unmatched-parcel warning tracking_no",
    }  # fmt: skip
    c = customer(611)  # somebody asks for the freight of this very parcel
    yield received(c, "3-11", **nobody)
    yield owed(c, "3-12", shows="not-received error order_no")
    c = customer(612)  # the phone on the box is that of an exchange that waits for its parcel
    yield received(c, "3-15", phone=c.phone, memo="面单上只有电话", **nobody)
    yield exchanged(c, "3-13", return_tracking=None, **UNSENT, quiet="exchange-not-shipped")
    c = customer(613)  # the buyer's name is known from an earlier parcel
    yield received(c, "2-17", kind="拒收", reason=None, inspection="原封未拆")
    known = {"buyer": c.buyer, "kind": "无主件", "courier": "圆通", "tracking_no": c.parcel_of("圆通", 2)}
    yield received(c, "3-17", **nobody | known)
    yield received(customer(614), "3-21", **nobody)  # no trace at all


def exchanges() -> Iterator[Line]:
    """Sent in time, once, and not for ever."""
    c = customer(621)
    yield received(c, "3-10", kind="换货")
    yield exchanged(c, "3-11", **UNSENT, memo="缺货", shows="exchange-not-shipped warning sent_tracking")
    yield exchanged(customer(622), "3-12", **UNSENT, quiet="exchange-not-shipped")  # its parcel has not come
    c = customer(623)  # one order, three exchanges
    for nth, on in enumerate(("3-02", "3-11", "3-21"), start=1):
        parcel, sent = c.parcel_of("韵达", nth), c.parcel_of("圆通", 10 + nth)
        said = {"shows": "third-exchange warning order_no"} if nth == 3 else {"quiet": "third-exchange"}
        yield received(c, on, kind="换货", courier="韵达", tracking_no=parcel)
        yield exchanged(c, on, return_tracking=parcel, sent_tracking=sent, **said)
    c = customer(624)  # typed twice
    yield received(c, "3-14", kind="换货")
    yield exchanged(c, "3-15")
    yield exchanged(c, "3-16", shows="duplicate-row error order_no")
    c = customer(625)  # the number is 圆通's
    yield received(c, "3-16", kind="换货")
    yield exchanged(c, "3-17", courier="极兔", shows="carrier-mismatch warning sent_tracking")
    for number in (626, 627):  # a colleague's own sheet, without 数量
        c = customer(number)
        yield received(c, "3-22", kind="换货")
        yield exchanged(c, "3-23", sheet="3月补登", quiet="missing")


def cases() -> Iterator[Line]:
    """All of them."""
    for theme in (parcels, unmatched, exchanges):
        yield from theme()
