"""A broken cable is compensated with 2 yuan and not sent again: it is a gift, given once (C4, S0 二.6)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.registers.reissue import Reissue, ReissueItem

LEVEL, NEEDS = Level.ERROR, (Reissue,)


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Reissue):
        if row.has(ReissueItem.CABLE) and row.problem is not None and row.problem.group == "broken":
            yield Hit(
                row, "items",
                Text("a broken cable is not sent again: {problem}", {"problem": row.problem.text}),
                Text("offer the customer 2 yuan instead, and take the cable out; if it never came, correct 原因"),
            )  # fmt: skip
