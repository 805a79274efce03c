"""What a check says of a row, and the finding that comes of it (contract §4)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

from xlflow.fields.choices import Choice
from xlflow.fields.reasons import Reason
from xlflow.grid import CellError, Uncached
from xlflow.model import Level, Text
from xlflow.table.columns import Row
from xlflow.table.sheets import TableSheet

#: The row of a finding about a sheet.
WHOLE_SHEET = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """What a check says of one row, or of a sheet when ``row`` is None.

    ``at`` is the sheet's row it points at where that is not the row's own, ``column`` the 0-based column where no field
    stands for it. ``holds`` are further rows that are held with this one; ``from_day`` is the first day on which a fix
    list mentions it.
    """

    row: Row | None
    field: str | None
    message: Text
    fix: Text
    related: tuple[str, ...] = ()
    level: Level | None = None
    sheet: TableSheet | None = None
    at: int | None = None
    column: int | None = None
    value: object = None  # of a cell that belongs to no row
    holds: tuple[Row, ...] = ()
    from_day: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, ready to be shown; ``rows`` are the rows it is about and holds, if its level does."""

    code: str
    level: Level
    owner: str
    register: str
    file: str
    sheet: str
    sheet_order: int
    row: int
    cell: str | None
    column: int
    field: str | None
    heading: str | None
    value: str | int | None
    related: tuple[str, ...]
    message: Text
    fix: Text
    mends: bool
    rows: tuple[Row, ...] = dataclasses.field(default=(), repr=False, compare=False)
    from_day: date | None = None

    @property
    def order(self) -> tuple[str, str, int, int, int, str]:
        """Findings are sorted by register, file, sheet order, row, column, code."""
        return (self.register, self.file, self.sheet_order, self.row, self.column, self.code)

    @property
    def place(self) -> str:
        """``file sheet!C7``, or ``file sheet``."""
        if self.row == WHOLE_SHEET:
            return f"{self.file} {self.sheet}"
        return f"{self.file} {self.sheet}!{self.cell or self.row}"


def spelled(row: Row, field: str) -> object:
    """A cell as a person would write it: a choice by its first spelling, the raw value of what could not be read."""
    if field in row.unread:
        return row.unread[field]
    value = getattr(row, field)
    kind = type(row).columns[field].type
    if not isinstance(kind, Choice):
        return value
    if isinstance(value, tuple):
        return "、".join(map(kind.shown, value))
    return kind.shown(value) if isinstance(value, str) else value


def shown(value: object) -> str | int | None:
    """A value as JSON shows it: dates ISO, money with two decimals, ids as they are, counts as numbers."""
    match value:
        case None | Uncached():
            return None
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return value
        case StrEnum():
            return value.value
        case CellError() | Reason():
            return value.text
        case datetime():
            return value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case Decimal():
            return _plain(value)
    return str(value)


def _plain(value: Decimal) -> str:
    """Money with two decimals; a number with more digits than Excel keeps stays as Excel shows it."""
    if value.adjusted() >= 15:
        return str(value)
    return f"{value:.2f}" if value == round(value, 2) else f"{value:f}"


def places(rows: Iterable[Row], field: str | None = None) -> tuple[str, ...]:
    """Where rows stand, at one field's cell when their sheet has it."""
    return tuple(row.sheet.place(field, row.number) for row in rows)
