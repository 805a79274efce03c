"""An adapter that fails is made good within three calendar months after signing for the goods (C7, C8, S0 三.2, 三.3).

A blank 反馈日期 is the day of the registration. The last day of the three months is still in time.
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
        if row.item != Item.ADAPTER or row.problem is None or row.problem.group not in ("broken", "noisy"):
            continue
        signed, told, on = row.signed_on, row.complained_on, row.registered_on or day.date
        if signed is None or told is None:
            continue
        if day.policies.exceeds_months(signed, told, "adapter.months", on):
            yield Hit(
                row, "feedback_on",
                Text(
                    "complained on {told}, more than {months} months after signing for the goods on {signed}",
                    {"told": told, "months": day.policies.amount(on, "adapter.months"), "signed": signed},
                ),
                Text("too late for money: take the row out, or correct the dates"),
            )  # fmt: skip
