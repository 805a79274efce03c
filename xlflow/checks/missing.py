"""A required cell is blank (S0 五.1); a wanted one (☆) only warns.

The warehouse's recorder, or whoever keeps the register, fills it in. A freight row without a reason takes that of its
parcel; a parcel that matches no order needs no order number. Some cells are required by what else the row says, such as
the tax number of a special invoice.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.checks._cells import sheets
from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.freight_terms import reason_is_hidden, reason_of
from xlflow.model import Level, Text
from xlflow.registers.freight import Freight
from xlflow.table.columns import Row

LEVEL, NEEDS = Level.ERROR, ()
MENDS = True


def check(day: Day) -> Iterator[Hit]:
    for sheet in sheets(day):
        for field, rows in sheet.blanks.items():
            for row in rows:
                if day.judges(row) and not is_excused(day, row, field):
                    yield _hit(row, field)


def _hit(row: Row, field: str) -> Hit:
    column = type(row).columns[field]
    claim = row.sheet.claims.get(field)
    return Hit(
        row, field,
        Text("{heading} is blank", {"heading": claim.heading if claim is not None else column.headings[0]}),
        Text("fill in the cell"),
        level=Level.ERROR if field in row.sheet.required else Level.WARNING,
    )  # fmt: skip


def is_excused(day: Day, row: Row, field: str) -> bool:
    """Whether a row may do without a required field."""
    if isinstance(row, Freight) and field == "reason":
        return reason_of(day, row) is not None or reason_is_hidden(day, row)
    return row.may_lack(field)
