"""What a money command did → its JSON (contract §8), as plain dictionaries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from xlflow.day import Day
from xlflow.model import Text, XlflowError
from xlflow.money.entry import Batch, Entry
from xlflow.money.plan import payment, yuan
from xlflow.money.plan_book import newest_export
from xlflow.steps.documents import errors, output, remarks_document

if TYPE_CHECKING:
    from xlflow.steps.pay import Done

Say = Callable[[Text], str]
Document = dict[str, Any]


def plan_document(done: Done, say: Say) -> Document:
    """``payouts plan --json``."""
    view = done.plan
    return done_document(done, say) | {
        "fingerprint": view.fingerprint if view is not None else None,
        "newest_export": _newest(done.now.desk.day),
    }


def done_document(done: Done, say: Say) -> Document:
    """``payouts approve --json`` and its like."""
    day = done.now.desk.day
    return {
        **entries_document(day, done.entries),
        "batches": [_batch(batch) for batch in done.batches],
        "left": [{"id": entry_id, "reason": say(why)} for entry_id, why in done.left],
        "remarks": remarks_document(done.now.remarks, say),
        "refused": None,
        "errors": errors(done.troubles, say),
        "outputs": [output(place) for place in done.published],
    }


def refused_document(problem: XlflowError, say: Say) -> Document:
    """The same of a step that was refused: nothing was touched."""
    refused = {"code": problem.code, "message": say(problem.message)}
    return {"entries": [], "count": 0, "total": "0.00", "batches": [], "left": [], "refused": refused}


def status_document(day: Day, entries: Iterable[Entry]) -> Document:
    """``payouts status --json``."""
    return entries_document(day, entries) | {"newest_export": _newest(day)}


def entries_document(day: Day, entries: Iterable[Entry]) -> Document:
    """The entries with their number and what they add up to."""
    found = list(entries)
    total = yuan(sum(entry.amount for entry in found))
    return {"entries": [entry_document(day, entry) for entry in found], "count": len(found), "total": f"{total:.2f}"}


def entry_document(day: Day, entry: Entry) -> Document:
    """One entry; its payee is masked where the register does not tell it."""
    paying = payment(day, entry)
    return {
        "id": entry.id,
        "kind": entry.kind,
        "state": entry.state.value,
        "reasons": list(entry.reasons),
        "register": entry.anchor.register,
        "source": entry.source,
        "order_no": entry.order_no,
        "payee_account": paying.account or entry.payee_masked,
        "payee_name": paying.name,
        "amount": f"{yuan(entry.amount):.2f}",
        "batch": entry.batch,
        "paid_on": entry.paid_on.isoformat() if entry.paid_on is not None else None,
        "replaces": entry.replaces,
    }


def _batch(batch: Batch) -> Document:
    return {
        "batch": batch.number,
        "path": batch.path,
        "count": len(batch.ids),
        "total": f"{yuan(batch.total):.2f}",
        "sha256": batch.sha256,
    }


def _newest(day: Day) -> str | None:
    newest = newest_export(day)
    return newest.isoformat() if newest is not None else None
