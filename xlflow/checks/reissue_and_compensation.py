"""A cable or an adapter is compensated or sent again, not both for one order (C1, C6, S0 二.4, 三.1).

The compensation is held too.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit, places
from xlflow.model import Level, Text
from xlflow.registers.compensation import ITEMS, Compensation, Item
from xlflow.registers.reissue import Reissue

LEVEL, NEEDS = Level.ERROR, (Reissue, Compensation)

#: What can be both compensated and sent again.
BOTH = (Item.CABLE, Item.ADAPTER)


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Reissue):
        paid = [
            other
            for other in day.by(Compensation, "order_no").get(row.order_no, ())
            if other.item is not None and other.item in BOTH and row.has(other.item)
        ]
        if paid:
            named = "、".join(dict.fromkeys(ITEMS.shown(str(other.item)) for other in paid))
            yield Hit(
                row, "items",
                Text("compensated for this order as well: {items}", {"items": named}),
                Text("take out one of the two: the customer gets the thing or the money"),
                related=places(paid, "item"), holds=tuple(paid),
            )  # fmt: skip
