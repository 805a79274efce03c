"""Another obligation looks like this one: the same payee and amount within 30 days, or a near twin (contract §5)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.money.match import matched, near
from xlflow.obligations import PAYABLE

LEVEL, NEEDS, OWNER = Level.HOLD, (), "finance"


def check(day: Day) -> Iterator[Hit]:
    found = matched(day)
    for table in PAYABLE:
        for row in day.rows(table):
            earlier = near(day, row)
            if earlier and not found.is_settled(row):
                related = tuple(map(found.named, earlier))
                yield Hit(
                    row, "amount",
                    Text("this looks like {place}", {"place": related[0]}),
                    Text("compare the two, and release this one if both are owed"),
                    related=related,
                )  # fmt: skip
