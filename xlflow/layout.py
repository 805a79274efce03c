"""What a new workbook is to hold: sheets of blocks, blocks of rows, and what is special about single cells.

Values only; ``xlflow.excel.write.to_bytes`` makes the file. Text is data: nothing in it becomes a formula or a link.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TypeAlias

#: An int of 10**15 and above, a Decimal of more than 15 significant digits and a date with a time zone are
#: refused: Excel cannot show them. A day before 1900 has no number in Excel and is written as ISO text.
Value: TypeAlias = str | bool | int | Decimal | date | datetime | None


class Look(StrEnum):
    """What a column holds, and so what its blank cells make of what somebody types into them.

    A value that does not suit the look keeps its own: a date shows as a date and a number with all its digits.
    """

    TEXT = "text"  # ids too: number format @
    LONG = "long"  # text that wraps: problems, notes, addresses
    MONEY = "money"  # 1,234.50
    COUNT = "count"  # whole numbers
    NUMBER = "number"  # any number, as Excel shows it
    DATE = "date"  # 2026-03-02
    TIME = "time"  # 2026-03-02 14:05


@dataclass(frozen=True, slots=True)
class Link:
    """Where a click leads: a cell of this book, or of ``file``, a path relative to this one with ``/``."""

    sheet: str
    cell: str = "A1"
    file: str = ""


def link_to(file: str, sheet: str, cell: str = "A1") -> Link | None:
    """To a cell of a register as seen from ``out/DATE/``; a register outside the desk gets no link."""
    return None if PurePosixPath(file).is_absolute() else Link(sheet, cell, f"../../{file}")


@dataclass(frozen=True, slots=True)
class Marked:
    """A value with something special about its cell.

    ``fill`` paints it orange: "please fill in"; give it a ``comment`` that says what, as colour alone does not
    tell everybody. ``choices`` is a drop-down that warns of other values and lets them pass.
    """

    value: Value = None
    fill: bool = False
    comment: str = ""
    choices: tuple[str, ...] = ()
    link: Link | None = None
    look: Look | None = None  # default: the column's


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a block; ``choices`` is the drop-down of every data row without one of its own."""

    heading: str
    look: Look = Look.TEXT
    choices: tuple[str, ...] = ()


Cells: TypeAlias = Sequence[Value | Marked]


@dataclass(frozen=True, slots=True)
class Block:
    """One table with what stands above and below it; every part may be left out.

    ``title`` is one large line, ``intro`` lines are small ones under it, ``notes`` small ones below the table.
    Every row of ``rows`` and ``totals`` has one value a column.
    """

    title: str = ""
    intro: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: Sequence[Cells] = ()
    totals: Sequence[Cells] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewSheet:
    """Blocks below each other, a blank row between them.

    With one table its heading row stays in view, is printed on every page and carries a filter. The heading of
    one table above the rows of another would mislead, so with several only ``frozen_columns`` stay in view.
    """

    name: str
    blocks: tuple[Block, ...]
    frozen_columns: int = 0


@dataclass(frozen=True, slots=True)
class NewBook:
    """A whole workbook; the first sheet is the one that is shown when it is opened."""

    sheets: tuple[NewSheet, ...]
