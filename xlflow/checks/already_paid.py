"""The ledger has this obligation from another row already (F5, contract §5): it is not paid a second time."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.registers.freight import Freight

LEVEL, NEEDS = Level.ERROR, (Freight,)


def check(day: Day) -> Iterator[Hit]:
    if not day.standing.exact:
        return
    for row in day.rows(Freight):
        twin = day.standing.exact.get(row.sheet.place(None, row.number))
        if twin is not None:
            yield Hit(
                row, "order_no",
                Text("the same as entry {entry} from {place}", {"entry": twin.entry, "place": twin.place}),
                Text("take the row out: it is in the ledger already"),
                related=(twin.place,),
            )  # fmt: skip
