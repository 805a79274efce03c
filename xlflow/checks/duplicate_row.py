"""The same thing was registered before: the later row is flagged, the earlier one named (F5).

What makes two rows the same thing is each register's own ``same_thing`` (contract §4). Two compensations of an order
for the same item, amount and day may both be owed: a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day, by_date
from xlflow.finding import Hit, places
from xlflow.model import Level, Text
from xlflow.registers.compensation import Compensation
from xlflow.table.columns import Row

LEVEL, NEEDS = Level.ERROR, ()
WHOLE = True


def check(day: Day) -> Iterator[Hit]:
    for table in day.books.sheets:
        if table.owner:
            yield from _of(day, table)


def _of(day: Day, table: type[Row]) -> Iterator[Hit]:
    groups: dict[object, list[Row]] = {}
    for row in day.all(table):
        key = row.same_thing()
        if key is not None:
            groups.setdefault(key, []).append(row)
    for rows in groups.values():
        if len(rows) > 1:
            yield from _repeats(day, by_date(rows))


def _repeats(day: Day, rows: list[Row]) -> Iterator[Hit]:
    for index, row in enumerate(rows):
        earlier = [other for other in rows[:index] if row.repeats(other)]
        if earlier and day.judges(row):
            field = row.named_by()
            yield Hit(
                row, field,
                Text("the same as {place}, registered before", {"place": places(earlier[:1], field)[0]}),
                Text("delete one of the two rows; if they are two cases, correct what was typed wrong"),
                related=places(earlier, field), level=Level.WARNING if isinstance(row, Compensation) else None,
            )  # fmt: skip
