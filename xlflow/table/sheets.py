"""One sheet of a register as read: where its fields stand, its rows, and what its cells refused to tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from xlflow.fields import Unreadable
from xlflow.grid import Value, letters

if TYPE_CHECKING:
    from xlflow.table.columns import Row

#: Rows on their way between processes: their register, numbers, unread cells by index, and columns.
_Packed: TypeAlias = "tuple[type[Row], list[int], dict[int, Mapping[str, Value]], list[list[Any]]]"
_State: TypeAlias = (
    "tuple[dict[str, Any], _Packed | None, list[tuple[int, str, Value, Unreadable]], dict[str, list[int]]]"
)


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
    has no column; ``unclaimed`` are columns that no field took, ``width`` is the number of columns up to the last one
    used.
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
    width: int = 0

    def __getstate__(self) -> _State:
        """For another process: the rows column by column, and what names a row by its index."""
        at = {row: index for index, row in enumerate(self.rows)}
        defects = [(at[d.row], d.field, d.raw, d.why) for d in self.defects]
        blanks = {name: [at[row] for row in rows] for name, rows in self.blanks.items()}
        others = {name: getattr(self, name) for name in self.__slots__ if name not in ("rows", "defects", "blanks")}
        return others, _packed(self.rows), defects, blanks

    def __setstate__(self, state: _State) -> None:
        others, packed, defects, blanks = state
        for name, value in others.items():
            setattr(self, name, value)
        self.rows = _unpacked(self, packed)
        self.defects = [Defect(self.rows[index], name, raw, why) for index, name, raw, why in defects]
        self.blanks = {name: [self.rows[index] for index in found] for name, found in blanks.items()}

    def cell(self, field: str, row: int) -> str | None:
        """Address of a field in a row, such as ``C7``; None when the sheet has no such column."""
        claim = self.claims.get(field)
        return None if claim is None else f"{letters(claim.column)}{row}"

    def place(self, field: str | None, row: int) -> str:
        """``file sheet!C7``, or ``file sheet!7`` without a column."""
        cell = self.cell(field, row) if field is not None else None
        return f"{self.file} {self.name}!{cell or row}"


def _packed(rows: Sequence[Row]) -> _Packed | None:
    if not rows:
        return None
    table = type(rows[0])
    unread = {index: row.unread for index, row in enumerate(rows) if row.unread}
    columns = [list(map(attrgetter(name), rows)) for name in table.columns]
    return table, [row.number for row in rows], unread, columns


def _unpacked(sheet: TableSheet, packed: _Packed | None) -> list[Row]:
    if packed is None:
        return []
    table, numbers, unread, columns = packed
    nothing: Mapping[str, Value] = {}
    notes = [unread.get(index, nothing) for index in range(len(numbers))]
    return list(map(table, [sheet] * len(numbers), numbers, notes, *columns))
