"""A parcel booked as lost, damaged or short is in the receiving register: it came back and leaves the claims (T6)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit, places
from xlflow.losses import FOUND, came_back
from xlflow.model import Level, Text
from xlflow.registers.lost import Lost
from xlflow.registers.receiving import Receiving

LEVEL, NEEDS = Level.WARNING, (Lost, Receiving)


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Lost):
        received = came_back(day, row)
        if received and row.happened in FOUND:
            yield Hit(
                row, "tracking_no",
                Text("this parcel came back: see {place}", {"place": places(received[:1], "tracking_no")[0]}),
                Text("note it in 状态; it is not claimed. If it was claimed already, tell the carrier"),
                related=places(received, "tracking_no"),
            )  # fmt: skip
