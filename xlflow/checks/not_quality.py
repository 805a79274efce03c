"""The shop pays return freight for quality problems only (F1, S0 一.1)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.freight_terms import reason_of
from xlflow.model import Level, Text
from xlflow.registers.freight import Freight

LEVEL, NEEDS = Level.ERROR, (Freight,)


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Freight):
        reason = reason_of(day, row)
        if reason is not None and reason.group in ("non_quality", "other"):
            yield Hit(
                row, "reason",
                Text("{reason} is no quality problem: the customer bears the freight", {"reason": reason.text}),
                Text("take the row out, or correct the reason"),
            )  # fmt: skip
