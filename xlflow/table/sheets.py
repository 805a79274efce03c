"""One sheet of a register as read: where its fields stand, its rows, and what its cells refused to tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from xlflow.fields import Unreadable
from xlflow.grid import Value, letters

if TYPE_CHECKING:
    from xlflow.table.columns import Row


@dataclass(frozen=True, slots=True)
class Claim:
    """A column of a sheet that serves a field: its 0-based position and its heading as written."""

    column: int
    heading: str


@dataclass(frozen=True, slots=True)
class Defect:
    """A cell that could not be read: its row, its field, its raw value, and why."""

    row: Row
    field: str
    raw: Value
    why: Unreadable


@dataclass(frozen=True, slots=True)
class TotalDefect:
    """A cell of a total row that differs from the sum ``found`` above it, or ``why`` it cannot be read.

    ``judged`` tells whether any row it covers counts for findings.
    """

    row: int
    field: str
    shown: Value
    judged: bool
    found: Decimal
    why: Unreadable | None


@dataclass(slots=True, eq=False)
class TableSheet:
    """A sheet of one register in one file.

    ``order`` is the sheet's position in its workbook. ``blanks`` lists, by required or wanted field, the rows where it
    is blank; ``required`` are the ★ fields on this desk, ``absent`` those that all rows need and for which the sheet
    has no column; ``unclaimed`` are columns that no field took.
    """

    register: str
    file: str
    name: str
    order: int
    heading_row: int
    claims: dict[str, Claim]
    hidden: bool = False
    rows: list[Row] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)
    blanks: dict[str, list[Row]] = field(default_factory=dict)
    totals: list[TotalDefect] = field(default_factory=list)
    unclaimed: tuple[Claim, ...] = ()
    required: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    hidden_rows: frozenset[int] = frozenset()

    def cell(self, field: str, row: int) -> str | None:
        """Address of a field in a row, such as ``C7``; None when the sheet has no such column."""
        claim = self.claims.get(field)
        return None if claim is None else f"{letters(claim.column)}{row}"

    def place(self, field: str | None, row: int) -> str:
        """``file sheet!C7``, or ``file sheet!7`` without a column."""
        cell = self.cell(field, row) if field is not None else None
        return f"{self.file} {self.name}!{cell or row}"
