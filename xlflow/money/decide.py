"""What a person decides about single entries: release, void, retry, fail (contract §5); events, or Refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from xlflow.event import Event
from xlflow.model import Text
from xlflow.money import events
from xlflow.money.approve import Refused
from xlflow.money.entry import NOT_SENT, Batch, Entry, State, Why
from xlflow.money.fold import Money
from xlflow.money.plan import yuan
from xlflow.money.reasons import CHANGED, GONE, Reason
from xlflow.money.said import STATE_TEXTS


def find(money: Money, entry_id: str) -> Entry:
    """The entry of an id as people type it. Refused ``unknown-entry``."""
    entry = money.entries.get(entry_id.strip().upper())
    if entry is None:
        raise Refused(
            "unknown-entry",
            Text("there is no entry {entry}", {"entry": entry_id}),
            Text("copy its id from the payout list or from `xlflow payouts status`"),
        )
    return entry


def find_batch(money: Money, number: str) -> Batch:
    """The batch of a number as people type it. Refused ``unknown-batch``."""
    batch = money.batches.get(number.strip().upper())
    if batch is None:
        raise Refused(
            "unknown-batch",
            Text("there is no batch {batch}", {"batch": number}),
            Text("copy its number from the payout list or from the name of its file"),
        )
    return batch


def release(entry: Entry, found: Iterable[Reason], why: Why) -> Event:
    """Lift what may be lifted of all that stands against an entry today; the rest goes on holding it.

    Refused ``wrong-state``, ``not-releasable``.
    """
    if entry.state is not State.HELD:
        raise _wrong_state(entry, Text("only what is held can be released"))
    standing = {reason.code: reason for reason in found if reason.stands(entry.released)}
    lifted = {token for reason in standing.values() if reason.may_be_lifted for token in reason.tokens}
    left = sorted(
        code for code in entry.reasons if code != CHANGED and not (code in standing and standing[code].may_be_lifted)
    )
    if not lifted and CHANGED not in entry.reasons:
        raise Refused(
            "not-releasable",
            Text("{entry} is held by {reasons}, which nobody can release", {"entry": entry.id, "reasons": left}),
            Text("mend what these findings say: the entry opens by itself then"),
        )
    return events.released(entry, sorted(lifted), left, why)


def void(entry: Entry, why: Why) -> Event:
    """The entry will not be paid. Refused ``wrong-state`` once it is in a batch file."""
    if entry.state not in NOT_SENT:
        raise _wrong_state(entry, Text("only what is in no batch file yet can be made void"))
    return events.voided(entry.id, why)


def void_batch(money: Money, batch: Batch, typed: Decimal | None, why: Why) -> list[Event]:
    """The bank refused a batch whole, or its file was never uploaded: its entries have failed.

    Refused ``batch-paid``, ``total-differs``, ``not-shown-unpaid``; nothing where all have failed before.
    """
    entries = [money.entries[entry_id] for entry_id in batch.ids]
    paid = [entry.id for entry in entries if entry.state is State.PAID]
    if paid:
        raise Refused(
            "batch-paid",
            Text("of batch {batch} {entries} are paid, so it was not refused whole",
                 {"batch": batch.number, "entries": paid}),
            Text("reconcile the newest statement; then `xlflow payouts fail` what it shows unpaid, one by one"),
        )  # fmt: skip
    sent = [entry for entry in entries if entry.state is State.EXPORTED]
    if typed is not None and typed != yuan(batch.total):
        facts = {"batch": batch.number, "typed": f"{typed}", "total": f"{yuan(batch.total):.2f}"}
        raise Refused(
            "total-differs",
            Text("batch {batch} adds up to {total} yuan, and not to {typed}", facts),
            Text("look at the file once more, and type its total"),
        )
    if typed is None and not all(entry.shown_unpaid for entry in sent):
        raise Refused(
            "not-shown-unpaid",
            Text("no complete statement shows batch {batch} unpaid", {"batch": batch.number}),
            Text("reconcile the statement first; if the file was never uploaded, say so with --total and its total"),
        )
    return [events.failed(entry.id, why) for entry in sent]


def fail(entry: Entry, why: Why) -> Event:
    """The bank did not pay an entry. Refused ``wrong-state``, ``not-shown-unpaid`` unless a statement shows that."""
    if entry.state is not State.EXPORTED:
        raise _wrong_state(entry, Text("only what is in a batch file can fail"))
    if not entry.shown_unpaid:
        raise Refused(
            "not-shown-unpaid",
            Text("no complete statement shows {entry} unpaid", {"entry": entry.id}),
            Text("reconcile a statement that ends two days or more after the export, or the bank's result file"),
        )
    return events.failed(entry.id, why)


def retry(entry: Entry, new_id: str, marked: Mapping[str, str], seen_in: int, why: Why) -> Event:
    """A new entry in the place of a failed one: held until its row is seen again, which is now.

    ``marked`` is what the row's payment columns say today: it speaks of the try that failed.
    Refused ``wrong-state``, ``replaced``.
    """
    if entry.state is not State.FAILED:
        raise _wrong_state(entry, Text("only what failed can be tried again"))
    if entry.replaced_by is not None:
        raise Refused(
            "replaced",
            Text("{entry} was replaced by {other} already", {"entry": entry.id, "other": entry.replaced_by}),
            Text("look at that one"),
        )
    new = Entry(
        id=new_id, kind=entry.kind, item=entry.item, order_no=entry.order_no, tracking=entry.tracking,
        payee=entry.payee, payee_masked=entry.payee_masked, name=entry.name, amount=entry.amount,
        registered_on=entry.registered_on, first_seen=why.on, seen_in=seen_in, anchor=entry.anchor, there=entry.there,
        state=State.HELD, reasons=(GONE,), replaces=entry.id, marked=dict(marked),
    )  # fmt: skip
    return events.made(new, why)


def _wrong_state(entry: Entry, rule: Text) -> Refused:
    return Refused(
        "wrong-state",
        Text("{entry} is {state}", {"entry": entry.id, "state": STATE_TEXTS[entry.state]}),
        rule,
    )
