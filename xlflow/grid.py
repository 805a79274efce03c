"""Addressed cells, from a workbook or a CSV: what a file holds before anybody says what it means.

A cell's value tells its kind by its type alone, so that a whole column can be looked at in one go:
None blank · str text · int, Decimal number · bool · date, datetime, time date · CellError error · Uncached.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple, TypeAlias


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that shows an error; ``text`` is what it shows, such as ``#N/A``."""

    text: str


@dataclass(frozen=True, slots=True)
class Uncached:
    """A formula saved without its result."""


UNCACHED = Uncached()

#: Numbers below 10**15 in size without a fraction are int, all others Decimal, both rounded to Excel's
#: 15 significant digits: a longer id stored as a number therefore keeps its exponent and is never shown as digits.
Value: TypeAlias = str | bool | int | Decimal | date | datetime | time | CellError | Uncached | None

KINDS: dict[type, str] = {
    type(None): "blank",
    str: "text",
    int: "number",
    Decimal: "number",
    bool: "bool",
    date: "date",
    datetime: "date",
    time: "date",
    CellError: "error",
    Uncached: "uncached",
}


class Cell(NamedTuple):
    """One cell of contract §7. ``value`` of an error is its text, of an uncached formula None."""

    ref: str
    value: str | bool | int | Decimal | date | datetime | time | None
    kind: str


class Row(NamedTuple):
    """One row of contract §7: its 1-based number and its cells from column A to the last one that is not blank."""

    number: int
    cells: tuple[Cell, ...]


class Line(NamedTuple):
    """One row as read: 1-based number, values from column A on (shorter rows end early), and the 0-based
    columns whose value a formula gave."""

    number: int
    values: list[Value]
    formulas: tuple[int, ...] = ()


class Merge(NamedTuple):
    """A merged range: 1-based first and last row, 0-based first and last column, all inclusive."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(slots=True)
class Sheet:
    """One sheet. ``lines`` are in order of row number; rows without any value are left out.

    ``pictures`` are (row, column) of cells with a picture over or in them, rows from 1 and columns from 0.
    ``hidden_rows`` are rows hidden by hand or by a filter.
    """

    name: str
    lines: list[Line]
    hidden: bool = False
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    pictures: frozenset[tuple[int, int]] = field(default_factory=frozenset)

    def rows(self) -> Iterator[Row]:
        """The rows as addressed cells, blank ones inside a row included."""
        for line in self.lines:
            yield Row(line.number, tuple(_cells(line)))


def _cells(line: Line) -> Iterator[Cell]:
    for index, value in enumerate(line.values):
        shown = value.text if isinstance(value, CellError) else None if isinstance(value, Uncached) else value
        yield Cell(f"{letters(index)}{line.number}", shown, KINDS[type(value)])


def letters(column: int) -> str:
    """Column letters of a 0-based column: 0 → A, 27 → AB."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_index(name: str) -> int:
    """0-based column of its letters: A → 0, AB → 27."""
    index = 0
    for char in name:
        index = index * 26 + ord(char) - 64
    return index - 1
