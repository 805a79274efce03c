"""Freight rows written by hand: each shows one finding of money, or only nearly (contract §4, domain.md F1–F5)."""

from __future__ import annotations

from collections.abc import Iterator

from invented.lines import Line, Refund, day, exchanged, owed, received, refund
from invented.people import customer

UNABLE = {"platform_unavailable": "是"}


def parcels() -> Iterator[Line]:
    """Freight is paid only for a parcel that came back (F1)."""
    c = customer(501)  # the parcel never came
    yield owed(c, "3-05", memo="客户说已寄出", shows="not-received error order_no")
    c = customer(502)  # registered on the month's last day: 等收货 for a week
    yield owed(c, "3-31", memo="刚寄出，等收货", shows="not-received error order_no")
    c = customer(503)  # refused at the door: that is no return
    yield received(c, "3-12", kind="拒收", reason=None, inspection="原封未拆")
    yield owed(c, "3-13", shows="not-received error order_no")
    c = customer(504)  # a second tracking number needs a parcel of its own …
    yield received(c, "3-06")
    yield owed(c, "3-07", quiet="not-received", pays=True)
    again = c.parcel_of("申通", 2)
    yield owed(c, "3-08", return_tracking=again, amount=9, shows="not-received error order_no")
    c = customer(505)  # … and here it has one: both are owed
    again = c.parcel_of("韵达", 2)
    yield received(c, "3-09")
    yield received(c, "3-11", tracking_no=again, courier="韵达")
    yield owed(c, "3-10", amount=11, quiet="duplicate-row", pays=True)
    yield owed(c, "3-12", amount=14.5, return_tracking=again, quiet="duplicate-row", pays=True)
    c = customer(506)  # received by its order, under another tracking number: a warning, still payable
    yield received(c, "3-16")
    other = {"return_tracking": c.parcel_of("中通", 3), "pays": True}
    yield owed(c, "3-17", **other, shows="tracking-differs warning return_tracking")
    c = customer(507)  # the parcel came for somebody else's order: held
    yield received(c, "3-17")
    yield owed(customer(508), "3-18", return_tracking=c.parcel, shows="tracking-differs warning return_tracking")
    c = customer(509)  # came in February, registered in March
    yield received(c, "2-27")
    yield owed(c, "3-03", quiet="not-received", pays=True)
    c = customer(510)  # one buyer, two orders, two parcels, two amounts
    order, again = c.order_of(2), c.parcel_of("极兔", 2)
    yield received(c, "3-10")
    yield owed(c, "3-11", amount=12, quiet="duplicate-row", pays=True)
    yield received(c, "3-20", order_no=order, tracking_no=again, courier="极兔")
    yield owed(c, "3-21", order_no=order, return_tracking=again, amount=16, quiet="duplicate-row", pays=True)
    c = customer(511)  # no tracking number given: the order number will do
    yield received(c, "3-23")
    yield owed(c, "3-24", return_tracking=None, quiet="not-received", pays=True)


def reasons() -> Iterator[Line]:
    """Only quality is paid; what the shop did wrong is the manager's to decide."""
    for number, reason in ((521, "非质量问题"), (522, "个人原因退货")):
        c = customer(number)
        yield received(c, "3-08", reason=reason, inspection="良品")
        yield owed(c, "3-09", reason=reason, shows="not-quality error reason")
    c = customer(523)  # nearly: what is denied is something else
    yield received(c, "3-10")
    yield owed(c, "3-11", reason="质量问题，非人为损坏", quiet="not-quality", pays=True)
    c = customer(524)
    yield received(c, "3-11", reason="发错商品", inspection="型号不对")
    yield owed(c, "3-12", reason="发错商品", shows="shop-fault warning reason")
    c = customer(525)  # nearly: said not to be so
    yield received(c, "3-12")
    yield owed(c, "3-13", reason="不是发错商品，质量问题", quiet="shop-fault", pays=True)
    c = customer(526)  # left to the warehouse's reason
    yield received(c, "3-13", reason="指示灯不亮")
    yield owed(c, "3-14", reason=None, quiet="missing", pays=True)
    c = customer(527)
    yield received(c, "3-14")
    yield owed(c, "3-15", memo="客户说退了运费就改评", shows="paid-review warning memo")
    c = customer(528)  # nearly: a good review that nobody was paid for
    yield received(c, "3-15")
    yield owed(c, "3-16", memo="客户已给好评", quiet="paid-review", pays=True)
    c = customer(529)
    yield received(c, "3-16")
    yield owed(c, "3-17", amount=68, shows="freight-too-high warning amount")
    c = customer(530)  # nearly: exactly the limit
    yield received(c, "3-17")
    yield owed(c, "3-18", amount=50, quiet="freight-too-high", pays=True)


def platform() -> Iterator[Line | Refund]:
    """What the platform has refunded for 退运费 is not paid again (F5)."""
    c = customer(541)
    yield received(c, "3-08")
    yield owed(c, "3-09", amount=15, shows="paid-by-platform error order_no")
    yield refund(c, "3-10", "退运费", "15.00")
    c = customer(542)  # 2.00 may have been for a cable: held until somebody has looked
    yield received(c, "3-09")
    yield owed(c, "3-10", amount=12, shows="paid-by-platform warning order_no")
    yield refund(c, "3-09", "退运费", "2.00")
    c = customer(543)  # nearly: closed, not refunded
    yield received(c, "3-11")
    yield owed(c, "3-12", amount=13, quiet="paid-by-platform", pays=True)
    yield refund(c, "3-12", "退运费", "13.00", 退款状态="退款关闭", 退款完结时间="")
    c = customer(544)  # nearly: the goods were refunded, not the freight
    yield received(c, "3-13")
    yield owed(c, "3-14", quiet="paid-by-platform", pays=True)
    yield refund(c, "3-14", "质量问题", "129.00")
    yield refund(customer(545), "3-15", "退运费", "2.00")  # a cable and an adapter: nothing was sent back
    yield refund(customer(546), "3-16", "退运费", "10.00")


def exchanges() -> Iterator[Line]:
    """Freight of an exchange is claimed in the platform, unless that is not possible (F2, F3)."""
    for number, kind in ((551, "换货"), (552, None)):  # blank: the parcel stands in 换货表
        c = customer(number)
        yield received(c, "3-05", kind="换货")
        yield exchanged(c, "3-06")
        yield owed(c, "3-06", kind=kind, shows="exchange-freight error kind")
    said = ({"memo": "平台无法申请，登记退运费"}, {"reason": "质量问题，客户申请不了"}, UNABLE)
    for number, unable in enumerate(said, start=553):
        c = customer(number)
        yield received(c, "3-18", kind="换货")
        yield exchanged(c, "3-19")
        yield owed(c, "3-19", kind="换货", quiet="exchange-freight", pays=True, **unable)


def replacements() -> Iterator[Line]:
    """A replacement that fails within 15 days of being sent is paid for, later ones are not (F4)."""
    late, old = "replacement-too-late error problem_on", "replacement-too-late warning registered_on"
    payable = {"quiet": "replacement-too-late", "pays": True}
    for number, back, told, says in (
        (561, "3-04", "2-22", {"shows": late}),  # sent on 6 February, the problem on the 16th day after
        (562, "3-04", "2-21", payable),  # on the 15th
        (563, "3-01", None, {"shows": old}),  # nobody noted the day; the parcel came on the 23rd
        (564, "2-28", None, payable),  # on the 22nd
    ):
        c = customer(number)
        again = {"return_tracking": c.parcel_of("EMS", 2)}
        booked = max(day(back, 1), day("3-02"))
        yield received(c, "2-04", kind="换货")
        yield exchanged(c, "2-05")
        yield received(c, back, tracking_no=again["return_tracking"], courier="EMS", kind="换货")
        yield exchanged(c, booked, sent_tracking=c.parcel_of("圆通", 10), **again)
        yield owed(c, booked, kind="换货", problem_on=day(told) if told else None, **again, **UNABLE, **says)


def twice() -> Iterator[Line]:
    """The same thing written down twice."""
    c = customer(571)
    yield received(c, "3-19")
    yield owed(c, "3-20", pays=True)
    yield owed(c, "3-26", return_tracking=None, memo="客户又来催", shows="duplicate-row error order_no")
    order, again = c.order_of(2), c.parcel_of("圆通", 2)  # the same person and amount a week later, for another order
    yield received(c, "3-26", order_no=order, tracking_no=again, courier="圆通")
    other = {"order_no": order, "return_tracking": again, "shows": "possible-duplicate warning amount"}
    yield owed(c, "3-27", **other)
    c = customer(572)  # paid in February, typed again in March
    yield received(c, "2-10")
    yield owed(c, "2-11", status="已打款", paid_on=day("2-13"))
    yield owed(c, "3-11", shows="duplicate-row error order_no")


def cases() -> Iterator[Line | Refund]:
    """All of them."""
    for theme in (parcels, reasons, platform, exchanges, replacements, twice):
        yield from theme()
