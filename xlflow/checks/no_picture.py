"""A quality problem is registered with a picture that shows it (S1)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.registers.quality import Quality

LEVEL, NEEDS = Level.WARNING, (Quality,)
ON = False
MENDS = True
FIELD = "evidence"


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Quality):
        if "evidence" in row.sheet.claims and row.evidence is None and row.can_read("evidence"):
            yield Hit(
                row, "evidence",
                Text("no picture of the problem"),
                Text("put the customer's picture into the cell, or write its path"),
            )  # fmt: skip
