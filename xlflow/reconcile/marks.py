"""打款状态, 打款日期, 支付宝流水号: what the registers' rows are to say of a payment (contract §5, "reconcile").

A day or a number that a person typed there stays. What is written is remembered, so that it is never taken for a
person's mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from xlflow.day import Day
from xlflow.event import Event
from xlflow.fields.choices import Choice
from xlflow.finding import shown
from xlflow.money import events
from xlflow.money.entry import Entry, State
from xlflow.money.fold import Money
from xlflow.money.marks import MARKS, marks_of
from xlflow.money.match import matched
from xlflow.obligations import Payable
from xlflow.registers.freight import PaymentStatus

#: What a cell is given.
New: TypeAlias = str | date | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell of a register that is to say what became of a payment."""

    entry: str
    file: str
    sheet: str
    cell: str
    field: str
    new: New


@dataclass(frozen=True, slots=True)
class Marks:
    """The cells to write, and by entry what its payment cells say when all of its cells are written."""

    cells: tuple[Mark, ...] = ()
    says: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def written(self, entries: frozenset[str]) -> tuple[Event, ...]:
        """That the cells of these entries say so now."""
        rows = {entry: says for entry, says in self.says.items() if entry in entries}
        return (events.marked(rows),) if rows else ()


def marks(day: Day, money: Money) -> Marks:
    """What the day's registers lack of what statements said, or still say of what is no longer so."""
    rows = matched(day).rows
    cells: list[Mark] = []
    says: dict[str, Mapping[str, str]] = {}
    for entry in money.entries.values():
        row = rows.get(entry.id)
        if row is None or not entry.is_told:
            continue
        wanted = _wanted(entry)
        mine = list(_cells(entry, row, wanted))
        then = _says(row, mine)
        if then != (entry.marked or {}) and (mine or _is_said(then, wanted)):
            cells += mine
            says[entry.id] = then
    return Marks(tuple(cells), says)


def _wanted(entry: Entry) -> Mapping[str, New]:
    """What a statement, or the bank's answer, makes of the row."""
    if entry.state is State.PAID:
        return {"status": PaymentStatus.PAID, "paid_on": entry.paid_on, "transaction": entry.transaction}
    return {"status": PaymentStatus.FAILED, "paid_on": None, "transaction": None}


def _cells(entry: Entry, row: Payable, wanted: Mapping[str, New]) -> Iterator[Mark]:
    """The cells that say something else, and may be given another value: blank ones, and what xlflow wrote itself.

    The status is what the bank makes it, whatever a person thought.
    """
    for name, new in wanted.items():
        cell = row.sheet.cell(name, row.number)
        old = getattr(row, name)
        if cell is None or name in row.unread or old == new:
            continue
        if old is None or name == "status" or _is_ours(entry, name, old):
            yield Mark(entry.id, row.sheet.file, row.sheet.name, cell, name, _spelt(row, name, new))


def _is_ours(entry: Entry, name: str, value: object) -> bool:
    return entry.marked is not None and entry.marked.get(name) == str(shown(value))


def _spelt(row: Payable, name: str, new: New) -> New:
    kind = type(row).columns[name].type
    return kind.shown(new) if isinstance(kind, Choice) and isinstance(new, str) else new


def _says(row: Payable, mine: list[Mark]) -> dict[str, str]:
    """What the payment cells say when these are written, as ``marks_of`` will read them."""
    said = dict(marks_of(row))
    for mark in mine:
        kind = type(row).columns[mark.field].type
        read = kind.parse(mark.new) if mark.new is not None else None
        said[mark.field] = str(shown(read))
        if read is None:
            del said[mark.field]
    return {name: said[name] for name in MARKS if name in said}


def _is_said(says: Mapping[str, str], wanted: Mapping[str, New]) -> bool:
    """Whether cells say just what was wanted: they were written, and what wrote them could not remember it."""
    given = {name: str(shown(value)) for name, value in wanted.items() if value is not None}
    return bool(says) and all(given.get(name) == value for name, value in says.items())
