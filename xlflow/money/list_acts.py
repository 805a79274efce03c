"""What a person did to the payout list since xlflow saved it → events and remarks (contract §5, "Payout list")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xlflow.event import Event
from xlflow.model import Text
from xlflow.money import events
from xlflow.money.entry import NOT_SENT, Entry, State, Why
from xlflow.money.fold import Money
from xlflow.money.listed import AMOUNT, BATCH, NOTE, PAID_ON, STATE, TRANSACTION, Listed, ListRow, is_entry_id
from xlflow.money.payout_list import DO_NOT_PAY, amount_text
from xlflow.money.plan import yuan
from xlflow.money.said import STATE_TEXTS
from xlflow.registers.freight import STATUSES, PaymentStatus

_BATCH = re.compile(r"B[0-9]{11,}")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in the list that the ledger decides otherwise, or that nobody can read."""

    entry: str
    message: Text


def unknown_to(money: Money, listed: Listed) -> tuple[str, ...]:
    """Entries and batches that the list has and the ledger does not: the ledger is an older copy, or another one."""
    ids = [row.id for row in listed.rows if is_entry_id(row.id) and row.id not in money.entries]
    numbers = [text for row in listed.rows if _BATCH.fullmatch(text := row.text(BATCH)) and text not in money.batches]
    return tuple(dict.fromkeys(ids + numbers))


def acts(money: Money, listed: Listed, today: date) -> tuple[list[Event], list[Remark]]:
    """What persons decided in the list, and what is to be told about it."""
    reader = _Reader(today, set(money.transactions))
    found: dict[str, Event] = {}
    remarks: list[Remark] = []
    for row in listed.rows:
        entry = money.entries.get(row.id)
        if entry is None:
            remarks.append(Remark(row.id, Text("row {row} of the payout list is of no entry", {"row": row.number})))
            continue
        for said in reader.row(entry, row):
            if isinstance(said, Event):
                found.setdefault(entry.id, said)
            else:
                remarks.append(Remark(entry.id, said))
    remarks += _deleted(money, listed)
    return list(found.values()), remarks


def _deleted(money: Money, listed: Listed) -> Iterator[Remark]:
    for entry in money.entries.values():
        if entry.listed is not None and entry.id not in listed.by_id:
            yield Remark(entry.id, Text("its row was deleted from the payout list; the ledger goes on having it"))


@dataclass(slots=True)
class _Reader:
    today: date
    taken: set[str]  # transactions: one pays one entry, however often it is typed

    def row(self, entry: Entry, row: ListRow) -> Iterator[Event | Text]:
        """What a person did to one row: at most one event."""
        was = entry.listed or {}
        if row.text(STATE) != was.get(STATE, "") or row.text(PAID_ON) != was.get(PAID_ON, ""):
            yield from self._decided(entry, row, was.get(STATE, ""), was.get(PAID_ON, ""))
        amount = amount_text(row.cells.get(AMOUNT))
        if AMOUNT in was and amount != was[AMOUNT]:
            facts = {"written": amount or "-", "amount": f"{yuan(entry.amount):.2f}"}
            yield Text("the payout list says {written} yuan and the ledger {amount}, which is what is paid", facts)

    def _decided(self, entry: Entry, row: ListRow, state: str, paid_on: str) -> Iterator[Event | Text]:
        typed = row.text(STATE)
        paid = typed != state and STATUSES.parse(typed) == PaymentStatus.PAID
        if paid or (row.day(PAID_ON) is not None and row.text(PAID_ON) != paid_on):
            yield from self._paid(entry, row)
        elif typed != state and typed == DO_NOT_PAY:
            yield from self._not_paid(entry, row)

    def _paid(self, entry: Entry, row: ListRow) -> Iterator[Event | Text]:
        if entry.state in NOT_SENT or entry.state is State.EXPORTED:
            typed = row.text(TRANSACTION) or None
            transaction = typed if typed not in self.taken else None
            self.taken |= {typed} if typed is not None else set()
            yield events.paid(entry.id, row.day(PAID_ON), None, transaction, "list")
        elif entry.state is not State.PAID:
            facts = {"state": STATE_TEXTS[entry.state]}
            yield Text("the payout list says it is paid, and the ledger says {state}: look at the statement", facts)

    def _not_paid(self, entry: Entry, row: ListRow) -> Iterator[Event | Text]:
        note = row.text(NOTE)
        if entry.state not in NOT_SENT:
            facts = {"state": STATE_TEXTS[entry.state]}
            yield Text("the payout list says 不付, and the ledger says {state}: that is no longer possible", facts)
        elif not note:
            yield Text("the payout list says 不付 without a reason: write it into 备注")
        else:
            yield events.voided(entry.id, Why(note, "打款清单", self.today))
