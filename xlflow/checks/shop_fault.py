"""The goods came back through the shop's own fault (wrong or short goods, damaged packing): the manager decides."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.freight_terms import reason_of
from xlflow.model import Level, Text
from xlflow.registers.freight import Freight

LEVEL, NEEDS, OWNER = Level.HOLD, (Freight,), "manager"


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Freight):
        reason = reason_of(day, row)
        if reason is not None and reason.group == "shop_fault":
            yield Hit(
                row, "reason",
                Text("{reason}: the shop's own fault, for the manager to decide", {"reason": reason.text}),
                Text("release it if the shop is to pay"),
            )  # fmt: skip
