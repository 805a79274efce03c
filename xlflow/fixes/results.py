"""What became of the answers in returned fix lists (contract §4, §8)."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from xlflow import layout
from xlflow.grid import Value
from xlflow.model import Text
from xlflow.table.columns import Row

#: What a register's cell is given.
New: TypeAlias = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an answer belongs: a cell of a register, or as far as it is known.

    ``row`` is the register's row, ``cell`` its cell's address, None where the sheet has no such column; ``answer`` is
    the place in the returned ``list``, ``id`` its 编号.
    """

    list: str
    answer: str
    id: str | None = None
    register: str | None = None
    file: str | None = None
    sheet: str | None = None
    number: int | None = None
    field: str | None = None
    heading: str | None = None
    cell: str | None = None
    row: Row | None = dataclasses.field(default=None, repr=False, compare=False)

    def at(self, field: str | None) -> Spot:
        """A cell of the same row."""
        cell = self.row.sheet.cell(field, self.row.number) if self.row is not None and field is not None else None
        return dataclasses.replace(self, field=field, cell=cell)

    @property
    def place(self) -> str:
        """``file sheet!C7`` in the register, else the place in the list."""
        return f"{self.file} {self.sheet}!{self.cell or self.number}" if self.register is not None else self.answer


@dataclass(frozen=True, slots=True)
class Applied:
    """An answer for the register: the cell as it would stand in a list, and the new value; its digest as remembered."""

    spot: Spot
    old: layout.Value
    new: New
    digest: str


@dataclass(frozen=True, slots=True)
class NewColumn:
    """A column that is added to a register's sheet: the cell of its heading, and the heading."""

    register: str
    file: str
    sheet: str
    cell: str
    heading: str


@dataclass(frozen=True, slots=True)
class Same:
    """An answer that the register has already."""

    spot: Spot
    digest: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """A problem that is right as it stands, and why."""

    spot: Spot
    code: str
    note: str


@dataclass(frozen=True, slots=True)
class Taught:
    """A spelling that means a choice's value from now on."""

    spot: Spot
    spelling: str
    value: str
    digest: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell that was changed both in the register and in the list, or in two lists, and not to the same."""

    spot: Spot
    now: layout.Value
    returned: Value


@dataclass(frozen=True, slots=True)
class Rejected:
    """An answer that is not taken, and why."""

    spot: Spot
    value: Value
    reason: Text
    fix: Text | None = None


Outcome: TypeAlias = Applied | Same | Accepted | Taught | Conflict | Rejected


@dataclass(slots=True)
class Merge:
    """All outcomes, each in the order of the lists.

    ``columns`` are those that the applied answers need; ``unchanged`` counts rows that came back with nothing new.
    """

    applied: list[Applied] = dataclasses.field(default_factory=list)
    same: list[Same] = dataclasses.field(default_factory=list)
    accepted: list[Accepted] = dataclasses.field(default_factory=list)
    taught: list[Taught] = dataclasses.field(default_factory=list)
    conflicts: list[Conflict] = dataclasses.field(default_factory=list)
    rejected: list[Rejected] = dataclasses.field(default_factory=list)
    columns: list[NewColumn] = dataclasses.field(default_factory=list)
    unchanged: int = 0

    def add(self, outcome: Outcome) -> None:
        """Put an outcome where it belongs."""
        match outcome:
            case Applied():
                self.applied.append(outcome)
            case Same():
                self.same.append(outcome)
            case Accepted():
                self.accepted.append(outcome)
            case Taught():
                self.taught.append(outcome)
            case Conflict():
                self.conflicts.append(outcome)
            case Rejected():
                self.rejected.append(outcome)

    def every(self) -> Iterator[Outcome]:
        """All outcomes."""
        yield from self.taken()
        yield from self.accepted
        yield from self.conflicts
        yield from self.rejected

    def taken(self) -> Iterator[Applied | Same | Taught]:
        """The answers that need not be asked about again."""
        yield from self.applied
        yield from self.same
        yield from self.taught

    def lists(self) -> set[str]:
        """The lists that they are about."""
        return {outcome.spot.list for outcome in self.every()}

    def part(self, lists: Collection[str]) -> Merge:
        """What some of the lists could not be taken for."""
        conflicts = [one for one in self.conflicts if one.spot.list in lists]
        return Merge(conflicts=conflicts, rejected=[one for one in self.rejected if one.spot.list in lists])
