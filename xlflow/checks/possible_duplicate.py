"""Another obligation looks like this one: the same payee and amount within 30 days, or a near twin (contract §5)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.registers.freight import Freight

LEVEL, NEEDS, OWNER = Level.HOLD, (Freight,), "finance"


def check(day: Day) -> Iterator[Hit]:
    if not day.standing.near:
        return
    for row in day.rows(Freight):
        twin = day.standing.near.get(row.sheet.place(None, row.number))
        if twin is not None:
            yield Hit(
                row, "amount",
                Text("looks like entry {entry} from {place}", {"entry": twin.entry, "place": twin.place}),
                Text("compare the two; release it if both are owed"),
                related=(twin.place,),
            )  # fmt: skip
