"""What is to change in a workbook, and what was changed (contract §7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeAlias

from xlflow.grid import Value

#: What a cell can be given; None empties it.
New: TypeAlias = str | bool | int | Decimal | date | datetime | time | None


@dataclass(frozen=True, slots=True)
class Edit:
    """Give one cell another value, if it still has the ``old`` one (as grid.Cell shows it; None: blank).

    A formula, an error or a formula without a result is overwritten only with ``over_formula``. With ``like`` the
    cell takes the format of that cell of the sheet, and its row the height that its text needs.
    """

    sheet: str
    ref: str
    old: New
    new: New
    over_formula: bool = False
    like: str | None = None


@dataclass(frozen=True, slots=True)
class Append:
    """Add a row below the last one with a value or formula; ``cells``: values by column letters."""

    sheet: str
    cells: Mapping[str, New]


@dataclass(frozen=True, slots=True)
class Patched:
    """A changed workbook.

    ``changed``: (sheet, cell) in the order of the changes. ``parts``: names of the members that differ or are
    gone. ``values``: by (sheet, cell) what the reader must find there now; UNCACHED for formulas filled down.
    """

    package: bytes = field(repr=False)
    changed: tuple[tuple[str, str], ...] = ()
    parts: tuple[str, ...] = ()
    values: Mapping[tuple[str, str], Value] = field(default_factory=dict, repr=False)
