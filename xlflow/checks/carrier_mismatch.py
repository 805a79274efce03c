"""The number fits no pattern of the named carrier: one of the two is wrong (domain.md B.2).

The carrier is that of the row, else the one in the sheet's name. In the exchange register it is the sent parcel's.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.checks._cells import sheets
from xlflow.day import Day
from xlflow.discover import registers
from xlflow.fields import carriers
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.table.sheets import TableSheet

LEVEL, NEEDS = Level.WARNING, ()
MENDS = True


def check(day: Day) -> Iterator[Hit]:
    for sheet in sheets(day):
        table = registers()[sheet.register]
        if "courier" in table.columns and table.carried is not None and table.carried in sheet.claims:
            yield from _of(day, sheet, table.carried)


def _of(day: Day, sheet: TableSheet, field: str) -> Iterator[Hit]:
    by_sheet = carriers.named_in(sheet.name)
    for row in sheet.rows:
        number = getattr(row, field)
        carrier = getattr(row, "courier", None) or (by_sheet if row.can_read("courier") else None)
        if number is None or carrier is None or carriers.fits(carrier, number) or not day.judges(row):
            continue
        yield Hit(
            row, field,
            Text("{number} does not look like a number of {carrier}", {"number": number, "carrier": carrier}),
            Text("correct the number or the carrier"),
        )  # fmt: skip
