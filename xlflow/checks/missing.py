"""A required cell is blank (S0 五.1); a wanted one (☆) only warns.

The warehouse's recorder, or whoever keeps the register, fills it in. A freight row without a reason takes that of its
parcel; a parcel that matches no order needs no order number; a special invoice needs a tax number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from xlflow.checks._cells import sheets
from xlflow.day import Day
from xlflow.discover import registers
from xlflow.finding import Hit
from xlflow.freight_terms import reason_is_hidden, reason_of
from xlflow.model import Level, Text
from xlflow.registers.freight import Freight
from xlflow.table.columns import Row
from xlflow.table.sheets import TableSheet

LEVEL, NEEDS = Level.ERROR, ()
MENDS = True


def check(day: Day) -> Iterator[Hit]:
    for sheet in sheets(day):
        for field, rows in sheet.blanks.items():
            for row in rows:
                if day.judges(row) and not is_excused(day, row, field):
                    yield _hit(row, field, Level.ERROR if field in sheet.required else Level.WARNING)
        yield from _depending(day, sheet, Row.also_required, Level.ERROR)
        yield from _depending(day, sheet, Row.also_wanted, Level.WARNING)


def _depending(day: Day, sheet: TableSheet, usual: Callable[[Row], tuple[str, ...]], level: Level) -> Iterator[Hit]:
    """The blank cells that are ★ or ☆ by what else their row says; ☆ only where the sheet has the column."""
    asks = getattr(registers()[sheet.register], usual.__name__)
    for row in filter(day.judges, sheet.rows) if asks is not usual else ():
        for field in asks(row):
            said = field in sheet.required or (level is Level.WARNING and field not in sheet.claims)
            if getattr(row, field) is None and row.can_read(field) and not said:
                yield _hit(row, field, level)


def _hit(row: Row, field: str, level: Level) -> Hit:
    column = type(row).columns[field]
    claim = row.sheet.claims.get(field)
    return Hit(
        row, field,
        Text("{heading} is blank", {"heading": claim.heading if claim is not None else column.headings[0]}),
        Text("fill in the cell"),
        level=level,
    )  # fmt: skip


def is_excused(day: Day, row: Row, field: str) -> bool:
    """Whether a row may do without a required field."""
    if isinstance(row, Freight) and field == "reason":
        return reason_of(day, row) is not None or reason_is_hidden(day, row)
    return row.may_lack(field)
