"""Money for a changed or deleted review (T26): the platform and the law forbid it; recorded, never paid by itself."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.checks._cells import text_of
from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.registers.freight import Freight

LEVEL, NEEDS, OWNER = Level.HOLD, (Freight,), "manager"

WORDS = ("改评", "删评", "好评返现")
FIELDS = ("reason", "memo")


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Freight):
        for field in FIELDS:
            said = text_of(row, field)
            if any(word in said for word in WORDS):
                yield Hit(
                    row, field,
                    Text("this reads like money for a review: {text}", {"text": said}),
                    Text("such money is not paid; ask the manager"),
                )  # fmt: skip
