"""What the registers say today → what happened to money: new entries, holds, openings, marks (contract §5).

Pure; the same day on top of its own events gives none.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from xlflow import codes
from xlflow.day import Day
from xlflow.event import Event
from xlflow.identity import Anchor, fen
from xlflow.judge import Verdict
from xlflow.money import events
from xlflow.money.entry import NOT_SENT, Entry, State
from xlflow.money.fold import Money
from xlflow.money.marks import marks_of
from xlflow.money.masks import masked
from xlflow.money.match import matched, on_top, payee_of
from xlflow.money.reasons import CHANGED, GONE, NOT_RUN, Holding, Reason
from xlflow.obligations import Obligation, Payable, is_marked_paid, obligation, obligations
from xlflow.registers.compensation import Compensation
from xlflow.registers.freight import Freight

#: Seven characters that nobody can foresee, of ``codes.ALPHABET``.
Draw = Callable[[], str]

_REGISTERS = {table.register: table for table in (Freight, Compensation)}


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a day adds to the ledger, the day on top of that, and which entries are new."""

    events: tuple[Event, ...]
    day: Day
    new: tuple[str, ...]

    @property
    def money(self) -> Money:
        """What stands then."""
        return self.day.standing.money


def gather(day: Day, verdict: Verdict, draw: Draw) -> Gathered:
    """All that the day's registers change.

    Where two rows fitted an entry and one of them is another's now, the other one is the entry's: so look again.
    """
    happened: list[Event] = []
    while True:
        found = list(_Gathering(day, Holding.of(day, verdict), draw).happened())
        happened += found
        day = on_top(day, day.standing.money.after(found))
        entries = day.standing.money.entries
        if not found or all(entries[entry_id].there for entry_id in matched(day).rows):
            break
    new = tuple(str(event.body["id"]) for event in happened if event.kind == "entry-made")
    return Gathered(tuple(happened), day, new)


class _Gathering:
    """One gathering: the day, what holds its rows, and the transactions that people typed, each taken once."""

    def __init__(self, day: Day, holding: Holding, draw: Draw) -> None:
        self.day, self.holding, self.draw = day, holding, draw
        self.money, self.matched = day.standing.money, matched(day)
        self.ids = set(self.money.entries)
        self.transactions = set(self.money.transactions)

    def happened(self) -> Iterator[Event]:
        """The events, in the order in which their states allow them."""
        rows = dict(self._seen())
        if rows:
            yield events.seen(rows)
        for entry in self.money.entries.values():
            if entry.replaced_by is None:
                yield from self._of(entry)
        for owed in obligations(self.day):
            if owed.row not in self.matched.entries:
                yield self._made(owed)

    def _seen(self) -> Iterator[tuple[str, Anchor | events.Place | None]]:
        """The rows that moved, changed, came back, or are gone."""
        for entry_id, row in self.matched.rows.items():
            old, new = self.money.entries[entry_id], self.matched.anchors[row]
            if old.anchor != new or not old.there:
                place = (new.file, new.sheet, new.number)
                moved = dataclasses.replace(old.anchor, file=new.file, sheet=new.sheet, number=new.number)
                yield entry_id, place if moved == new else new
        for entry in self.matched.gone:
            if entry.there and not self._is_broken(entry):
                yield entry.id, None

    def _is_broken(self, entry: Entry) -> bool:
        """Whether a part of its register could not be read, where its row may be."""
        table = _REGISTERS[entry.anchor.register]
        return table in self.day.books.broken or not self.day.books.readable(table)

    def _of(self, entry: Entry) -> Iterator[Event]:
        row = self.matched.rows.get(entry.id)
        if row is None or not self.day.judges(row):
            if entry.state in NOT_SENT:
                gone = NOT_RUN if row is None and self._is_broken(entry) else GONE
                yield from self._held_or_opened(entry, (Reason(gone),), changed=False)
            return
        if entry.state not in NOT_SENT | {State.EXPORTED, State.PAID}:
            return
        owed = obligation(row)
        said = self._said(owed, entry)
        paid = entry.state is not State.PAID and _says_paid(row, entry)
        approved = entry.state is State.APPROVED
        if not approved and said != entry:
            yield events.corrected(said)
        if paid:
            yield events.paid(entry.id, row.paid_on, None, self._transaction(row), "register")
            said = self._said(owed, dataclasses.replace(entry, state=State.PAID))
        elif entry.state in NOT_SENT:
            same = _only_named(entry, said)
            pending = entry if same else dataclasses.replace(entry, released=frozenset())
            yield from self._held_or_opened(pending, self.holding.of_row(row), changed=approved and not same)
        if approved and not _only_named(entry, dataclasses.replace(said, state=entry.state)):
            yield events.corrected(said)

    def _said(self, owed: Obligation | None, entry: Entry) -> Entry:
        """The entry with what its row says now; what was sent to whom stays."""
        if owed is None:
            return entry
        facts = self._facts(owed)
        if entry.state in (State.EXPORTED, State.PAID):
            facts = {name: value for name, value in facts.items() if name not in events.SENT_FACTS}
        same = all(getattr(entry, name) == value for name, value in facts.items())
        return entry if same else dataclasses.replace(entry, **facts)

    def _facts(self, owed: Obligation) -> dict[str, Any]:
        """``events.FACTS`` as the row has them."""
        payee, name = payee_of(self.day, owed.row)
        return {
            "item": owed.item, "order_no": owed.order_no, "tracking": owed.tracking,
            "payee": payee, "payee_masked": masked(owed.payee_account),
            "name": name, "amount": fen(owed.amount), "registered_on": owed.on,
        }  # fmt: skip

    def _held_or_opened(self, entry: Entry, found: tuple[Reason, ...], *, changed: bool) -> Iterator[Event]:
        codes_ = {reason.code for reason in found if reason.stands(entry.released)}
        if changed or CHANGED in entry.reasons:
            codes_.add(CHANGED)
        reasons = tuple(sorted(codes_))
        if reasons and (entry.state is not State.HELD or reasons != entry.reasons):
            yield events.held(entry.id, reasons)
        elif not reasons and entry.state is State.HELD:
            yield events.opened(entry.id)

    def _made(self, owed: Obligation) -> Event:
        reasons = () if owed.marked_paid else tuple(reason.code for reason in self.holding.of_row(owed.row))
        state = State.PAID if owed.marked_paid else State.HELD if reasons else State.OPEN
        new = Entry(
            id=self._id(), kind=owed.kind, first_seen=self.day.date, seen_in=self.day.standing.head.seq, state=state,
            anchor=self.matched.anchors[owed.row], reasons=reasons, **self._facts(owed),
        )  # fmt: skip
        if owed.marked_paid:
            new = dataclasses.replace(new, paid_on=owed.row.paid_on, transaction=self._transaction(owed.row))
        return events.made(new)

    def _id(self) -> str:
        """``XF``, seven characters and a check character; drawn again where it is taken."""
        while (made := entry_id(self.draw())) in self.ids:
            pass
        self.ids.add(made)
        return made

    def _transaction(self, row: Payable) -> str | None:
        """The transaction that a person typed, where no other entry has it: it may be typed twice, it paid once."""
        typed = row.transaction
        if typed is None or typed in self.transactions:
            return None
        self.transactions.add(typed)
        return typed


def entry_id(drawn: str) -> str:
    """The id of an entry of which seven characters were drawn."""
    return f"XF{drawn}{codes.check_character(drawn)}"


def _only_named(entry: Entry, said: Entry) -> bool:
    """Whether a row says what its entry says, but for a name that was blank: that is no change (contract §5)."""
    if said is entry:
        return True
    return (dataclasses.replace(said, name=None) if entry.name is None else said) == entry


def _says_paid(row: Payable, entry: Entry) -> bool:
    """Whether a person says that it was paid: what xlflow wrote there itself says nothing."""
    return is_marked_paid(row) and marks_of(row) != (entry.marked or {})
