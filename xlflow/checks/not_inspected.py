"""A parcel received before the day has not been inspected yet (T10): unpacking and inspection are done the same day."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.registers.receiving import Receiving

LEVEL, NEEDS = Level.WARNING, (Receiving,)
ON = False
MENDS = True
FIELD = "inspection"


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Receiving):
        if "inspection" not in row.sheet.claims or row.inspection is not None or not row.can_read("inspection"):
            continue
        if row.received_on is not None and row.received_on < day.date:
            yield Hit(
                row, "inspection",
                Text("received {days} days ago and not inspected yet", {"days": (day.date - row.received_on).days}),
                Text("inspect the goods and fill in the result"),
            )  # fmt: skip
