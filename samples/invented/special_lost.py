"""Lost and stopped parcels, written by hand: each shows one finding, or only nearly (domain.md W1–W6, T3, T6)."""

from __future__ import annotations

from collections.abc import Iterator

from invented.lines import Line, day, received
from invented.lines_goods import lost, outgoing, stopped
from invented.people import customer

SILENT = {"claimed_on": None, "claim_amount": None}
#: Booked as lost so that the refund could go out.
BOOKED = SILENT | {"kind": "拦截", "handling": "退款", "sent_on": None}


def silent() -> Iterator[Line]:
    """Seven days without a scan the carrier is asked, three more and the parcel is claimed."""
    c, d = customer(861), customer(862)
    yield lost(c, "3-25", "中通", **SILENT, last_scan_on=day("3-23"), once=True, shows="lost-chase warning tracking_no")
    yield lost(d, "3-26", "中通", **SILENT, last_scan_on=day("3-25"), quiet="lost-chase")
    claim = {"last_scan_on": day("3-21"), "shows": "lost-claim warning tracking_no"}
    yield lost(customer(863), "3-24", "韵达", **SILENT, **claim)
    settled = SILENT | {"settled_on": day("3-28"), "settled_amount": 120, "last_scan_on": day("3-10")}
    yield lost(customer(864), "3-20", "顺丰", **settled, insured_value=500, quiet="lost-claim")
    yield lost(customer(865), "3-20", "圆通", **SILENT, kind="延误", last_scan_on=day("3-12"), quiet="lost-claim")
    c = customer(866)  # claimed, and then it came back
    yield lost(c, "3-15", "圆通", shows="lost-found warning tracking_no")
    back = {"tracking_no": outgoing(c, "圆通"), "courier": "圆通", "kind": "拒收", "reason": None}
    yield received(c, "3-26", **back, inspection="外箱完好")
    c = customer(867)  # nearly a stranger: the sheet says EMS, the number is 圆通's
    yield lost(c, "3-18", "EMS", tracking_no=outgoing(c, "圆通"), shows="carrier-mismatch warning tracking_no")
    yield lost(customer(868), "3-22", "顺丰", last_scan_on=None, shows="missing warning last_scan_on")


def carriers() -> Iterator[Line]:
    """Who stops parcels, and who pays the way there and back."""
    said = {"returning_on": None, "refund_amount": None, "memo": "快递说拦不了"}
    yield stopped(customer(871), "3-09", "申通", **said, shows="intercept-carrier warning courier")
    dear = {"upgraded": "是", "paid_amount": 359.0, "roundtrip_freight": 46.0}
    yield stopped(
        customer(872), "3-10", "顺丰", **dear, refund_amount=359.0, shows="roundtrip-not-deducted error refund_amount"
    )
    yield stopped(customer(873), "3-11", "顺丰", **dear, refund_amount="313元", quiet="roundtrip-not-deducted")
    many = {"quantity": 5, "paid_amount": 645.0, "refund_amount": 645.0}
    yield stopped(customer(874), "3-12", "中通", **many, shows="roundtrip-not-deducted error refund_amount")
    yield stopped(customer(875), "3-13", "中通", **many | {"quantity": 4}, quiet="roundtrip-not-deducted")


def booked() -> Iterator[Line]:
    """EMS confirms first; with the others the parcel has to travel back, or to be promised."""
    told = {"returning_on": None, "refund_amount": None}
    yield stopped(customer(881), "3-30", "EMS", **told, shows="intercept-unconfirmed warning tracking_no")
    yield stopped(customer(882), "3-31", "EMS", **told, quiet="intercept-unconfirmed")
    c = customer(883)  # booked on the day EMS was told
    yield stopped(c, "3-27", "EMS", **told, confirmed_on=day("3-28"), shows="intercept-unconfirmed warning tracking_no")
    yield lost(c, "3-27", "EMS", **BOOKED, last_scan_on=day("3-27"))
    c = customer(884)
    yield stopped(c, "3-28", "韵达", **told)
    still = {"last_scan_on": day("3-28"), "shows": "intercept-not-returning error tracking_no"}
    yield lost(c, "3-29", "韵达", **BOOKED, **still)
    c = customer(885)  # nearly: promised for tonight
    yield stopped(c, "3-30", "圆通", **told, promised="今晚退回")
    yield lost(
        c, "3-30", "圆通", **BOOKED, last_scan_on=day("3-30"), promised="明天退回", quiet="intercept-not-returning"
    )


def cases() -> Iterator[Line]:
    """All of them."""
    for theme in (silent, carriers, booked):
        yield from theme()
