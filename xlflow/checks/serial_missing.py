"""An adapter is sent again against the serial number on the back of the router (C6, S0 三.1)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.registers.reissue import Reissue, ReissueItem

LEVEL, NEEDS = Level.ERROR, (Reissue,)
MENDS = True


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Reissue):
        if row.has(ReissueItem.ADAPTER) and row.serial_no is None and row.can_read("serial_no"):
            yield Hit(
                row, "serial_no",
                Text("an adapter is sent without the router's serial number"),
                Text("ask the customer for the number on the back of the router and fill it in"),
            )  # fmt: skip
