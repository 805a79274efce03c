"""What is sent again or compensated, written by hand: each row shows one finding, or only nearly (domain.md C1–C7)."""

from __future__ import annotations

from collections.abc import Iterator

from invented.cells import Picture
from invented.lines import Line, day, refund
from invented.lines_goods import by_alipay, compensated, invoiced, resent, serial
from invented.people import customer

PLUGGED_IN = Picture((191, 144, 0))
BROKEN = {"problem": "电源坏了，灯不亮", "evidence": PLUGGED_IN}


def cables() -> Iterator[Line]:
    """2 yuan a cable, 4 an order, told within a week; a broken one is not sent again (C1 to C5)."""
    yield compensated(customer(811), "3-06", "网线", 3.0, shows="cable-over-unit warning amount")
    yield compensated(customer(812), "3-06", "网线", 4.0, quantity="2条", quiet="cable-over-unit")
    c = customer(813)  # the third of an order
    for on, says in (
        ("3-07", {}),
        ("3-09", {"quiet": "cable-over-cap"}),
        ("3-12", {"shows": "cable-over-cap error amount"}),
    ):
        yield compensated(c, on, "网线", 2.0, **says)
    late = {"signed_on": day("3-02"), "feedback_on": day("3-10")}
    yield compensated(customer(814), "3-10", "网线", 2.0, **late, shows="cable-late error feedback_on")
    in_time = late | {"feedback_on": day("3-09")}
    yield compensated(customer(815), "3-10", "网线", 2.0, **in_time, quiet="cable-late")
    broken = {"with_invoice": "是", "shows": "cable-broken-reissue error items"}
    yield resent(customer(816), "3-11", "网线", "网线坏了，换了别的就能用", **broken)
    yield resent(customer(817), "3-12", "网线", "不是坏了，是漏发", with_invoice="是", quiet="cable-broken-reissue")
    yield resent(customer(818), "3-13", "网线", "没收到网线", shows="cable-invoice warning items")
    c = customer(819)  # nearly: the invoice was issued in February
    yield invoiced(c, "2-20")
    yield resent(c, "3-13", "网线", "没收到网线", quiet="cable-invoice")
    c = customer(820)
    yield compensated(c, "3-14", "网线", 2.0)
    both = {"with_invoice": "是", "shows": "reissue-and-compensation error items"}
    yield resent(c, "3-16", "网线", "客户坚持要补发，没收到网线", **both)


def adapters() -> Iterator[Line]:
    """10 yuan each, within three months, with the picture and the serial number (C6, C7)."""
    yield compensated(customer(831), "3-05", "电源", 15.0, **BROKEN, shows="adapter-amount error amount")
    yield compensated(customer(832), "3-05", "电源", 20.0, **BROKEN, quantity=2, quiet="adapter-amount")
    late = {"signed_on": "2025-12-01", "feedback_on": day("3-02")}
    yield compensated(customer(833), "3-02", "电源", 10.0, **BROKEN, **late, shows="adapter-late error feedback_on")
    in_time = {"signed_on": "2025.12.2", "feedback_on": day("3-02")}
    yield compensated(customer(834), "3-02", "电源", 10.0, **BROKEN, **in_time, quiet="adapter-late")
    unseen = {"problem": "电源坏了，灯不亮", "shows": "adapter-evidence warning evidence"}
    yield compensated(customer(835), "3-17", "电源", 10.0, **unseen)
    c = customer(836)
    yield resent(c, "3-17", "电源", "电源不通电，坏了", serial_no=serial(c), shows="adapter-evidence warning evidence")
    yield resent(customer(837), "3-18", "电源", "没收到电源", shows="serial-missing error serial_no")
    c = customer(838)
    yield compensated(c, "3-18", "电源", 10.0, **by_alipay(c), shows="compensation-channel warning channel")
    c = customer(839)  # nearly: money for the price may go by Alipay
    cheaper = {"problem": "下单后降价", "pays": True, "quiet": "compensation-channel"}
    yield compensated(c, "3-19", "差价", 20.0, **by_alipay(c) | {"channel": "老板转"}, **cheaper)


def twice_and_more() -> Iterator[Line]:
    """The same money typed twice, money for a review, and two things of one order in merged cells."""
    c = customer(841)
    yield compensated(c, "3-20", "差价", 8.0, channel="小额打款", problem="退差价")
    again = {"channel": "小额打款", "problem": "退差价", "shows": "duplicate-row warning order_no"}
    yield compensated(c, "3-20", "差价", 8.0, **again)
    c = customer(842)
    bribe = {"problem": "其他", "memo": "客户说给 10 元就删评", "shows": "paid-review warning memo"}
    yield compensated(c, "3-23", "其他", 10.0, **by_alipay(c), **bribe)
    c = customer(843)
    told = {"address": "样板省示例市虚构区 8 号", "merge_down": ("order_no", "buyer")}
    yield resent(c, "3-24", "发票", "客户要发票", **told)
    yield resent(c, "3-24", "路由器", "少发一台", order_no=None, buyer=None)


def accounted() -> Iterator[Line]:
    """What the platform refunded to 545 and 546 was for a cable and an adapter (``special_freight.py``)."""
    yield compensated(customer(545), "3-15", "网线", 2.0)
    yield compensated(customer(546), "3-16", "电源", 10.0, serial_no=serial(customer(546)))


def money_or_goods() -> Iterator[Line | dict[str, str]]:
    """Refunded in the platform, and sent again all the same (T18)."""
    c = customer(851)
    yield refund(c, "3-16", "未收到货", "129.00")
    yield resent(c, "3-18", "产品", "物流丢件", shows="reissue-and-refund error items")


def cases() -> Iterator[Line | dict[str, str]]:
    """All of them."""
    for theme in (cables, adapters, twice_and_more, accounted, money_or_goods):
        yield from theme()
