"""Cells written by hand that cannot be read, or only just can (contract §3 and §4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from invented.cells import Formula
from invented.lines import Line, day, exchanged, owed, received
from invented.people import Customer, customer

IN_JANUARY = "=VLOOKUP(D{row},'2026年1月'!$D$4:$H$40,5,FALSE)"
ABOVE = "=VLOOKUP(B{row},$B$4:$F$5,5,FALSE)"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def blanks() -> Iterator[Line]:
    """Cells that were left out."""
    for number, lacks in enumerate(("order_no", "product", "quantity"), start=701):
        yield received(customer(number), day("3-06", number - 701), **{lacks: None}, shows=f"missing error {lacks}")
    for number, lacks in enumerate(("payee_account", "amount"), start=704):
        yield from _came(customer(number), "3-20", **{lacks: None}, shows=f"missing error {lacks}")
    c = customer(706)  # only wanted: payable, but cannot be exported yet
    nameless = {"payee_account": c.phone, "payee_name": None, "pays": True}
    yield from _came(c, "3-21", **nameless, shows="missing warning payee_name")
    c = customer(707)  # nearly: the name stands beside the account
    beside = {"payee_account": f"{c.phone} {c.name}", "payee_name": None, "pays": True}
    yield from _came(c, "3-21", **beside, quiet="missing")
    c = customer(708)  # no reason, nor has the warehouse one
    yield received(c, "3-21", reason=None)
    yield owed(c, "3-22", reason=None, shows="missing error reason")


def unreadable() -> Iterator[Line]:
    """Cells that say nothing, or nothing that is known here."""
    c = customer(711)
    yield received(c, "3-07", tracking_no="单号模糊看不清", shows="unreadable error tracking_no")
    yield from _came(customer(712), "3-22", amount="12或15", shows="unreadable error amount")
    yield from _came(customer(713), "3-22", payee_account="微信收款码", shows="unreadable error payee_account")
    yield received(customer(721), "3-09", kind="维修", shows="unknown-value error kind")
    yield received(customer(722), "3-10", courier="同城跑腿", shows="unknown-value warning courier")
    yield received(customer(723), "3-11", reason="信号太飘", shows="unknown-value warning reason")
    yield received(customer(724), "3-12", reason="信号太飘", quiet="unknown-value")  # told once, at the first
    yield from _came(customer(725), "3-23", reason="客户坚持要退", shows="unknown-value error reason")
    yield from _came(customer(726), "3-24", reason="客户坚持要退", quiet="unknown-value")  # but held as well
    yield from _came(customer(727), "3-24", status="财务处理中", shows="unknown-value error status")
    long_ago = date(1926, 3, 8)
    yield received(customer(728), "3-08", received_on=long_ago, shows="date-out-of-range error received_on")
    early = {"registered_on": "2002/3/26", "shows": "date-out-of-range error registered_on"}
    yield from _came(customer(729), "3-25", **early)


def numbers() -> Iterator[Line]:
    """Ids that Excel has spoilt, and some that only look it."""
    spoilt = "damaged-number error order_no"
    c = customer(731)  # in 退运费表; the whole id is in 收货表
    yield from _came(c, "3-15", order_no=_as_number(c.order), shows=spoilt)
    c = customer(732)  # in 收货表; the whole id is in 换货表
    yield received(c, "3-13", kind="换货", order_no=_as_number(c.order), shows=spoilt)
    yield exchanged(c, "3-14")
    c = customer(752)  # in 换货表, as text; the whole id is in 收货表
    yield received(c, "3-15", kind="换货")
    yield exchanged(c, "3-16", order_no=f"{c.order[0]}.{c.order[1:6]}E+18", shows=spoilt)
    c = customer(734)
    yield received(c, "3-20", order_no=c.order[:15] + "0000", shows="suspect-number warning order_no")
    c = customer(735)  # nearly: three zeroes happen
    yield received(c, "3-21", order_no=c.order[:15] + "3000", quiet="suspect-number")
    typed = (
        ("'{order}", "{courier} {parcel}-1-1-"), ("　{order}", "{parcel}-1-1-"),
        ("\u200b{order}\u200b", "'{parcel}"), ('="{order}"', " {parcel} "), ("{wide}", "{parcel}"),
    )  # fmt: skip
    for number, (order, parcel) in enumerate(typed, start=736):
        c = customer(number)
        said = {"courier": c.courier, "order": c.order, "parcel": c.parcel, "wide": c.order.translate(WIDE)}
        ids = {"order_no": order.format(**said), "return_tracking": parcel.format(**said)}
        yield from _came(c, "3-25", **ids, quiet="not-received", pays=True)


def formulas() -> Iterator[Line]:
    """Formulas, and what they left behind."""
    yield received(customer(741), "3-22", product=Formula(IN_JANUARY, "#N/A"), shows="error-cell error product")
    yield from _came(customer(742), "3-26", amount=Formula(ABOVE, "#N/A"), shows="error-cell error amount")
    unsaved = {"quantity": Formula("=1+1"), "shows": "uncached-formula error quantity"}
    yield received(customer(743), "3-23", **unsaved)
    yield from _came(customer(744), "3-27", amount=Formula("=8+4"), shows="uncached-formula error amount")
    yield from _came(customer(745), "3-27", amount=Formula("=8+5", 13), quiet="uncached-formula", pays=True)
    c, d = customer(746), customer(747)  # one amount for two parcels
    yield received(c, "3-26")
    yield received(d, "3-26")
    yield owed(c, "3-28", amount=24, merge_down=("amount",), shows="merged-cells error amount")
    yield owed(d, "3-28", amount=None, shows="merged-cells error amount")


def _came(c: Customer, on: str, **cells: Any) -> Iterator[Line]:
    """A freight row whose parcel came the day before."""
    yield received(c, day(on, -1))
    yield owed(c, on, **cells)


def _as_number(order: str) -> float:
    """What Excel makes of an order number typed as a number: its first 15 digits."""
    return float(order[:15] + "0000")


def cases() -> Iterator[Line]:
    """All of them."""
    for theme in (blanks, unreadable, numbers, formulas):
        yield from theme()
