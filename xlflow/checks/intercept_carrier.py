"""Only 中通, EMS, 韵达 and 圆通 stop a parcel on its way, and 顺丰 where the customer paid to upgrade (W1, S0 四)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.interceptions import is_upgraded
from xlflow.model import Level, Text
from xlflow.registers.interception import Interception

LEVEL, NEEDS = Level.WARNING, (Interception,)

INTERCEPTING = ("中通", "EMS", "韵达", "圆通")


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Interception):
        if row.courier is None or row.courier in INTERCEPTING or not row.can_read("upgraded"):
            continue
        if not is_upgraded(row):
            yield Hit(
                row, "courier",
                Text("{carrier} does not stop parcels on their way", {"carrier": row.courier}),
                Text("let the customer refuse it, or correct the carrier; where 顺丰 was an upgrade, fill in 补差价"),
            )  # fmt: skip
