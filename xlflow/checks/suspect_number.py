"""A text of 18 digits ending in 000, or of 19 ending in 0000: most likely pasted after Excel rounded it."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.checks._cells import sheets
from xlflow.day import Day
from xlflow.discover import registers
from xlflow.fields import ids
from xlflow.finding import Hit
from xlflow.model import Level, Text

LEVEL, NEEDS = Level.WARNING, ()
MENDS = True


def check(day: Day) -> Iterator[Hit]:
    for sheet in sheets(day):
        for field, column in registers()[sheet.register].columns.items():
            if column.type.name not in ("order_no", "tracking") or field not in sheet.claims:
                continue
            for row in sheet.rows:
                number = getattr(row, field)
                if number is not None and number.endswith("000") and ids.suspect(number) and day.judges(row):
                    yield Hit(
                        row, field,
                        Text("{number} ends in zeros, as numbers do that Excel has rounded", {"number": number}),
                        Text("compare it with the platform's page and type the right one in as text"),
                    )  # fmt: skip
