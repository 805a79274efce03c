"""An invoice was issued more than three days ago and has no tracking number: was it posted (T14)?"""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.registers.invoice import Invoice

LEVEL, NEEDS = Level.INFO, (Invoice,)
ON = False


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Invoice):
        if row.issued_on is None or row.sent_tracking is not None or not row.can_read("sent_tracking"):
            continue
        if day.policies.exceeds_days(row.issued_on, day.date, "invoice.post_days", row.requested_on or day.date):
            yield Hit(
                row, "issued_on",
                Text("issued {days} days ago, and no tracking number", {"days": (day.date - row.issued_on).days}),
                Text("post it and fill in 快递单号"),
            )  # fmt: skip
