"""打款清单: one row an entry that was ever open, kept up to date with the ledger (contract §5, "Payout list")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeAlias

from xlflow.day import Day
from xlflow.fields.money import MONEY
from xlflow.fields.text import plain
from xlflow.finding import spelled
from xlflow.grid import CellError, Uncached, Value
from xlflow.layout import Block, NewBook, NewSheet
from xlflow.money.entry import NOT_SENT, SENT, Entry, State
from xlflow.money.fold import Money
from xlflow.money.listed import (
    ACCOUNT,
    AMOUNT,
    BATCH,
    COLUMNS,
    DAY,
    ID,
    NAME,
    ORDER,
    PAID_ON,
    SHEET,
    SOURCE,
    STATE,
    TRANSACTION,
    WHAT,
    Listed,
    ListRow,
)  # fmt: skip
from xlflow.money.match import matched
from xlflow.money.plan import in_order, payment, yuan
from xlflow.registers.freight import Freight

#: What a cell is given.
New: TypeAlias = str | Decimal | date
STATES: Mapping[State, str] = {
    State.HELD: "暂缓", State.OPEN: "待批准", State.APPROVED: "已批准", State.EXPORTED: "已导出", State.PAID: "已打款",
    State.FAILED: "打款失败", State.VOID: "作废",
}  # fmt: skip
#: What somebody writes into 状态 to have an entry not paid; it counts with a reason in 备注.
DO_NOT_PAY = "不付"
#: What the ledger remembers of a row, to know what a person typed there since.
REMEMBERED = (STATE, BATCH, PAID_ON, TRANSACTION, AMOUNT)


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell of a row of the list gets another value."""

    row: int
    heading: str
    old: str | bool | int | Decimal | date | datetime | time | None
    new: New


@dataclass(frozen=True, slots=True)
class ListChanges:
    """What is to be written: headings that are missing, cells of rows, new rows; and what then stands, by entry."""

    headings: tuple[str, ...]
    cells: tuple[CellChange, ...]
    rows: tuple[Mapping[str, New], ...]
    written: Mapping[str, Mapping[str, str]]


def changes(day: Day, money: Money, listed: Listed) -> ListChanges:
    """What the list lacks of the ledger ``money``, which knows the day."""
    cells: list[CellChange] = []
    rows: list[Mapping[str, New]] = []
    written: dict[str, dict[str, str]] = {}
    for entry in in_order(money.entries.values()):
        row = listed.by_id.get(entry.id)
        if row is not None:
            undecided = _is_undecided(entry, row)
            wanted = {name: new for name, new in _following(day, entry).items() if name != STATE or not undecided}
            mine = list(_differing(wanted, row))
            cells += mine
            now = {name: row.cells.get(name) for name in REMEMBERED} | {cell.heading: cell.new for cell in mine}
            before = (entry.listed or {}).get(STATE, STATES[entry.state])
            written[entry.id] = _remembered(now) | ({STATE: before} if undecided else {})
        elif entry.was_open and entry.listed is None:
            made = list_row(day, entry)
            rows.append(made)
            written[entry.id] = _remembered(made)
    known = {entry_id: said for entry_id, said in written.items() if said != money.entries[entry_id].listed}
    return ListChanges(listed.missing, tuple(cells), tuple(rows), known)


def new_list(day: Day, money: Money) -> tuple[NewBook, Mapping[str, Mapping[str, str]]]:
    """A list where there is none: all entries that were ever open; and what then stands, by entry."""
    entries = [entry for entry in in_order(money.entries.values()) if entry.was_open]
    rows = [list_row(day, entry) for entry in entries]
    table = Block(columns=COLUMNS, rows=[[row.get(column.heading) for column in COLUMNS] for row in rows])
    return NewBook((NewSheet(SHEET, (table,), 1),)), {
        entry.id: _remembered(row) for entry, row in zip(entries, rows, strict=True)
    }


def list_row(day: Day, entry: Entry) -> dict[str, New]:
    """An entry's row of the list; blank cells are left out."""
    row: dict[str, New | None] = {
        ID: entry.id,
        DAY: entry.registered_on,
        ORDER: entry.order_no,
        WHAT: what_for(day, entry),
    }
    row |= {SOURCE: entry.source, ACCOUNT: entry.payee_masked, **_following(day, entry)}
    return {heading: value for heading, value in row.items() if value is not None}


def _is_undecided(entry: Entry, row: ListRow) -> bool:
    """不付 without a reason stays in its cell, and is still news when the reason comes."""
    return row.text(STATE) == DO_NOT_PAY and entry.state in NOT_SENT


def _following(day: Day, entry: Entry) -> dict[str, New]:
    """The cells that follow the ledger: amount and payee until exported, the others always."""
    cells: dict[str, New | None] = {AMOUNT: yuan(entry.amount), STATE: STATES[entry.state], BATCH: entry.batch}
    cells |= {PAID_ON: entry.paid_on, TRANSACTION: entry.transaction}
    if entry.state not in SENT:
        known = payment(day, entry)
        cells |= {ACCOUNT: known.account, NAME: known.name}
    return {heading: value for heading, value in cells.items() if value is not None}


def _differing(wanted: Mapping[str, New], row: ListRow) -> Iterator[CellChange]:
    """What a formula or an error gives is left alone."""
    for heading, new in wanted.items():
        old = row.cells.get(heading)
        if isinstance(old, CellError | Uncached) or heading in row.formulas:
            continue
        if _text(heading, old) != _text(heading, new):
            yield CellChange(row.number, heading, old, new)


def what_for(day: Day, entry: Entry) -> str:
    """What an entry is paid for, in the register's words: 退运费 and its reason, or 补偿 and its item."""
    row = matched(day).rows.get(entry.id)
    if entry.kind == "freight":
        said = row.reason.text if isinstance(row, Freight) and row.reason is not None else ""
        return f"退运费 {said}".strip()
    item = spelled(row, "item") if row is not None else entry.item
    return f"补偿 {item or ''}".strip()


def _remembered(cells: Mapping[str, Value]) -> dict[str, str]:
    return {heading: text for heading in REMEMBERED if (text := _text(heading, cells.get(heading)))}


def _text(heading: str, value: Value) -> str:
    return amount_text(value) if heading == AMOUNT else plain(value)


def amount_text(value: Value) -> str:
    """An amount as 12.00, whether it is a number or a text; what is none as it stands."""
    read = MONEY.parse(value)
    return f"{read:.2f}" if isinstance(read, Decimal) else plain(value)
