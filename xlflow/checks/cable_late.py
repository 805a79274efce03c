"""Who misses the cable more than seven days after signing for the goods gets no money for it (C5, S0 二.7).

A blank 反馈日期 is the day of the registration. The seventh day is still in time.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.registers.compensation import Compensation, Item

LEVEL, NEEDS = Level.ERROR, (Compensation,)


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Compensation):
        if row.item != Item.CABLE or row.problem is None or row.problem.group != "missing":
            continue
        signed, told = row.signed_on, row.complained_on
        if signed is None or told is None:
            continue
        if day.policies.exceeds_days(signed, told, "cable.complaint_days", row.registered_on or day.date):
            yield Hit(
                row, "feedback_on",
                Text("missed the cable {days} days after signing for the goods", {"days": (told - signed).days}),
                Text("too late for money: take the row out, or correct the dates"),
            )  # fmt: skip
