"""What the checks of cells share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level
from xlflow.table.columns import Row
from xlflow.table.sheets import Defect, TableSheet

#: Fields whose unknown spellings hold a row although they are not required (contract §4 ``unknown-value``).
TELLING = ("status", "channel")


def sheets(day: Day) -> Iterator[TableSheet]:
    """Every sheet of every register, and not the exports of others."""
    for table, found in day.books.sheets.items():
        if table.owner:
            yield from found


def judged_sheets(day: Day) -> Iterator[TableSheet]:
    """The sheets with a row that counts: of the others nothing is said."""
    return (sheet for sheet in sheets(day) if any(map(day.judges, sheet.rows)))


def defects(day: Day, code: str) -> Iterator[Defect]:
    """The cells of judged rows that could not be read for this reason."""
    for sheet in sheets(day):
        for defect in sheet.defects:
            if defect.why.code == code and day.judges(defect.row):
                yield defect


def hits(day: Day, code: str, level: Callable[[Defect], Level | None] = lambda _: None) -> Iterator[Hit]:
    """One hit a cell that could not be read for this reason, total rows included."""
    for found in defects(day, code):
        yield Hit(found.row, found.field, found.why.message, found.why.fix, level=level(found))
    for sheet in sheets(day):
        for total in sheet.totals:
            if total.judged and total.why is not None and total.why.code == code:
                why = total.why
                yield Hit(None, total.field, why.message, why.fix, sheet=sheet, at=total.row, value=total.shown)


def spelled_level(found: Defect) -> Level:
    """An unknown spelling holds the row where the field is ★, a status, a channel or freight's reason."""
    field, sheet = found.field, found.row.sheet
    holds = field in sheet.required or field in TELLING or (sheet.register, field) == ("freight", "reason")
    return Level.ERROR if holds else Level.WARNING


def text_of(row: Row, field: str) -> str:
    """What a cell says, readable or not, as text."""
    value = row.unread.get(field, getattr(row, field))
    return str(getattr(value, "text", value) or "")
