"""EMS stops a parcel overnight: have it confirmed the next day, then book it as lost, not before (W4, S0 四.3)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit, places
from xlflow.interceptions import EMS, booked, is_unconfirmed
from xlflow.model import Level, Text
from xlflow.registers.interception import Interception
from xlflow.registers.lost import Lost

LEVEL, NEEDS = Level.WARNING, (Interception, Lost)


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Interception):
        if is_unconfirmed(day, row) and row.notified_on is not None:
            yield Hit(
                row, "tracking_no",
                Text("EMS was told {days} days ago and nobody has confirmed that it stopped the parcel",
                     {"days": (day.date - row.notified_on).days}),
                Text("ask EMS today; if the parcel was stopped, fill in 确认日期 and book it as lost"),
            )  # fmt: skip
        elif row.courier == EMS and (early := _booked_early(day, row)):
            yield Hit(
                row, "tracking_no",
                Text("booked as lost on the day EMS was told, or before: nothing was confirmed by then"),
                Text("ask EMS whether it stopped the parcel, and correct the dates"),
                related=places(early, "tracking_no"),
            )  # fmt: skip


def _booked_early(day: Day, row: Interception) -> list[Lost]:
    told = row.notified_on
    return [lost for lost in booked(day, row) if told and lost.registered_on and lost.registered_on <= told]
