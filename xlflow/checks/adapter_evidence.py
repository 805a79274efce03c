"""A broken adapter is made good when a picture shows it: plugged in, connected, and no light (C7, S0 三.2)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.registers.compensation import Compensation, Item
from xlflow.registers.reissue import Reissue, ReissueItem

LEVEL, NEEDS, ALSO = Level.WARNING, (Compensation,), (Reissue,)
MENDS = True
FIELD = "evidence"


def check(day: Day) -> Iterator[Hit]:
    adapters: list[Compensation | Reissue] = [row for row in day.rows(Compensation) if row.item == Item.ADAPTER]
    adapters += [row for row in day.rows(Reissue) if row.has(ReissueItem.ADAPTER)]
    for row in adapters:
        if row.problem is None or row.problem.group != "broken" or "evidence" not in row.sheet.claims:
            continue
        if row.evidence is None and row.can_read("evidence"):
            yield Hit(
                row, "evidence",
                Text("no picture of the broken adapter"),
                Text("ask the customer for a clear picture of the plug, the adapter and the dark router"),
            )  # fmt: skip
