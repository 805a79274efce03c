"""Events → what stands: entries, plans, batches, transactions. The states of contract §5 and the ways between them.

Commands refuse what is not allowed before they write an event; an event that its state does not allow is a bug.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xlflow.event import Event, Recorded
from xlflow.identity import Anchor
from xlflow.money.entry import Batch, Entry, Plan, State
from xlflow.money.events import FACTS, SENT_FACTS

H, O, A, E, P, F, V = State  # noqa: E741  # the letters of the table below

#: From which states an event may happen to an entry (contract §5).
FROM: Mapping[str, frozenset[State]] = {
    "entry-corrected": frozenset({H, O, E, P}),  # an approved one is held first
    "entry-held": frozenset({H, O, A}),
    "entry-opened": frozenset({H}),
    "entry-released": frozenset({H}),
    "plan-approved": frozenset({O}),
    "batch-exported": frozenset({A}),
    "entry-paid": frozenset({H, O, A, E, P}),  # a paid one takes its first payment
    "entry-failed": frozenset({E, P}),
    "entry-voided": frozenset({H, O, A}),
    "entry-shown-unpaid": frozenset({E}),
}
#: What is in the body of a new entry as it is in the entry.
_AS_THEY_ARE = ("id", "kind", "seen_in", "paid_on", "transaction", "replaces", "marked", "there")


class ImpossibleEvent(Exception):
    """An event that cannot have happened: a bug, or a ledger that somebody wrote into."""


@dataclass(frozen=True, slots=True)
class Money:
    """What the ledger knows of money: entries by id, plans by fingerprint, batches by number; by transaction, the id of
    the entry that it paid."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    plans: Mapping[str, Plan] = field(default_factory=dict)
    batches: Mapping[str, Batch] = field(default_factory=dict)
    transactions: Mapping[str, str] = field(default_factory=dict)

    def after(self, events: Iterable[Event]) -> Money:
        """What stands when these have happened too. Raises ImpossibleEvent."""
        books = _Books(dict(self.entries), dict(self.plans), dict(self.batches), dict(self.transactions))
        for event in events:
            happened = _HAPPENED.get(event.kind)
            if happened is not None:
                happened(books, event.body)
        return Money(books.entries, books.plans, books.batches, books.transactions)


@dataclass(slots=True)
class _Books:
    """The same while events are folded into it."""

    entries: dict[str, Entry]
    plans: dict[str, Plan]
    batches: dict[str, Batch]
    transactions: dict[str, str]

    def change(self, kind: str, entry_id: object, **new: Any) -> None:
        entry = self.entries.get(str(entry_id))
        if entry is None or entry.state not in FROM[kind]:
            raise ImpossibleEvent(f"{kind}: {entry_id} is {entry.state if entry is not None else 'unknown'}")
        self.put(dataclasses.replace(entry, **new))

    def prove(self, entry_id: str, transaction: str | None) -> None:
        """One transaction pays one entry."""
        if transaction is not None and self.transactions.setdefault(transaction, entry_id) != entry_id:
            raise ImpossibleEvent(f"{transaction} paid {self.transactions[transaction]}, not {entry_id}")

    def put(self, entry: Entry) -> None:
        if entry.state is State.OPEN and not entry.was_open:
            entry = dataclasses.replace(entry, was_open=True)
        self.entries[entry.id] = entry


Body = Mapping[str, Any]


def _made(books: _Books, body: Body) -> None:
    known = {name: body[name] for name in (*_AS_THEY_ARE, *FACTS)} | _days(body)
    state, anchor = State(body["state"]), Anchor.from_json(body["anchor"])
    reasons, was_open = tuple(body["reasons"]), state is O
    entry = Entry(**known, state=state, anchor=anchor, reasons=reasons, was_open=was_open)
    if entry.id in books.entries or entry.state not in (H, O, P):
        raise ImpossibleEvent(f"entry-made: {entry.id} as {entry.state}")
    books.prove(entry.id, entry.transaction)
    if entry.replaces is not None:
        old = books.entries.get(entry.replaces)
        if old is None or old.state is not F or old.replaced_by is not None:
            raise ImpossibleEvent(f"entry-made: {entry.id} replaces {entry.replaces}")
        books.put(dataclasses.replace(old, replaced_by=entry.id))
    books.put(entry)


def _days(body: Body) -> dict[str, date | None]:
    return {name: _day(body[name]) for name in ("registered_on", "first_seen", "paid_on") if name in body}


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value is not None else None


def _corrected(books: _Books, body: Body) -> None:
    entry = books.entries.get(body["id"])
    facts = {name: body[name] for name in FACTS} | {"registered_on": _day(body["registered_on"])}
    if entry is not None and entry.state in (E, P):
        facts = {name: value for name, value in facts.items() if name not in SENT_FACTS}
    only_the_name = entry is not None and all(getattr(entry, name) == facts[name] for name in facts if name != "name")
    lifted: dict[str, Any] = {} if only_the_name else {"released": frozenset(), "released_by": frozenset()}
    books.change("entry-corrected", body["id"], **facts, **lifted)


def _seen(books: _Books, body: Body) -> None:
    for entry_id, row in body["rows"].items():
        entry = books.entries[entry_id]
        books.put(dataclasses.replace(entry, there=row is not None, anchor=_anchor(entry.anchor, row)))


def _anchor(old: Anchor, row: dict[str, Any] | list[Any] | None) -> Anchor:
    if isinstance(row, list):
        return dataclasses.replace(old, file=row[0], sheet=row[1], number=row[2])
    return old if row is None else Anchor.from_json(row)


def _held(books: _Books, body: Body) -> None:
    books.change("entry-held", body["id"], state=H, reasons=tuple(body["reasons"]), plan=None)


def _opened(books: _Books, body: Body) -> None:
    books.change("entry-opened", body["id"], state=O, reasons=())


def _released(books: _Books, body: Body) -> None:
    entry = books.entries.get(body["id"])
    lifted = (entry.released if entry is not None else frozenset()) | set(body["lifted"])
    by = (entry.released_by if entry is not None else frozenset()) | {body["by"]}
    left = tuple(body["left"])
    state = H if left else O
    books.change("entry-released", body["id"], state=state, reasons=left, released=lifted, released_by=by)


def _planned(books: _Books, body: Body) -> None:
    old = books.plans.get(body["plan"])
    planners = (*(old.planners if old is not None else ()), body["by"])
    books.plans[body["plan"]] = Plan(body["plan"], body["entries"], body["total"], planners)


def _approved(books: _Books, body: Body) -> None:
    plan = books.plans.get(body["plan"])
    if plan is None:
        raise ImpossibleEvent(f"plan-approved: {body['plan']} is unknown")
    books.plans[plan.fingerprint] = dataclasses.replace(plan, approved_by=body["by"])
    for entry_id in body["ids"]:
        books.change("plan-approved", entry_id, state=A, plan=plan.fingerprint)


def _exported(books: _Books, body: Body) -> None:
    on, ids = date.fromisoformat(body["on"]), tuple(body["ids"])
    batch = Batch(body["batch"], body["path"], body["sha256"], ids, body["total"], body["account"], on)
    if batch.number in books.batches or sum(books.entries[entry_id].amount for entry_id in ids) != batch.total:
        raise ImpossibleEvent(f"batch-exported: {batch.number}")
    books.batches[batch.number] = batch
    for entry_id in ids:
        books.change("batch-exported", entry_id, state=E, batch=batch.number, exported_on=on)


def _confirmed(books: _Books, body: Body) -> None:
    books.batches[body["batch"]] = dataclasses.replace(books.batches[body["batch"]], there=body["there"])


def _paid(books: _Books, body: Body) -> None:
    entry, transaction = books.entries.get(body["id"]), body["transaction"]
    if entry is not None and entry.state is P and (entry.transaction is not None or transaction is None):
        raise ImpossibleEvent(f"entry-paid: {entry.id} is paid")
    books.prove(body["id"], transaction)
    new = {"paid_on": _day(body["on"]), "paid_amount": body["amount"], "transaction": transaction}
    books.change("entry-paid", body["id"], state=P, reasons=(), shown_unpaid=False, **new)


def _failed(books: _Books, body: Body) -> None:
    books.change("entry-failed", body["id"], state=F, failed_because=body["reason"])


def _voided(books: _Books, body: Body) -> None:
    books.change("entry-voided", body["id"], state=V, reasons=())


def _shown_unpaid(books: _Books, body: Body) -> None:
    books.change("entry-shown-unpaid", body["id"], shown_unpaid=True)


def _listed(books: _Books, body: Body) -> None:
    for entry_id, cells in body["rows"].items():
        books.put(dataclasses.replace(books.entries[entry_id], listed=cells))


def _marked(books: _Books, body: Body) -> None:
    for entry_id, cells in body["rows"].items():
        books.put(dataclasses.replace(books.entries[entry_id], marked=cells))


_HAPPENED: Mapping[str, Callable[[_Books, Body], None]] = {
    "entry-made": _made,
    "entry-corrected": _corrected,
    "rows-seen": _seen,
    "entry-held": _held,
    "entry-opened": _opened,
    "entry-released": _released,
    "plan-made": _planned,
    "plan-approved": _approved,
    "batch-exported": _exported,
    "batch-confirmed": _confirmed,
    "entry-paid": _paid,
    "entry-failed": _failed,
    "entry-voided": _voided,
    "entry-shown-unpaid": _shown_unpaid,
    "list-written": _listed,
    "register-marked": _marked,
}


def fold(events: Iterable[Recorded]) -> Money:
    """What stands after all that happened. Raises ImpossibleEvent."""
    return Money().after(recorded.event for recorded in events)
