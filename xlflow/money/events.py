"""Everything that can happen to money, each written in one place: the bodies that the ledger keeps (contract §5).

Amounts are 分, days ISO dates; people are keyed digests and masked texts. ``xlflow.money.fold`` reads them back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeAlias

from xlflow.event import Event, Json
from xlflow.identity import Anchor
from xlflow.money.entry import Batch, Entry, Why

#: What an entry takes from its row, and what two of one obligation are compared by.
FACTS = ("item", "order_no", "tracking", "payee", "payee_masked", "name", "amount", "registered_on")
#: Of these the batch's hold for ever once an entry was exported.
SENT_FACTS = ("payee", "payee_masked", "name", "amount")

#: File, sheet and row.
Place: TypeAlias = tuple[str, str, int]


def made(entry: Entry, why: Why | None = None) -> Event:
    """A new entry: held, open, or paid because its row says so; or a second try that replaces one, and why."""
    body: dict[str, Json] = {name: _json(getattr(entry, name)) for name in ("id", "kind", *FACTS)}
    body |= {
        "anchor": entry.anchor.to_json(),
        "first_seen": entry.first_seen.isoformat(),
        "seen_in": entry.seen_in,
        "state": entry.state.value,
    }
    body |= {"reasons": list(entry.reasons), "paid_on": _json(entry.paid_on), "transaction": entry.transaction}
    body |= {"replaces": entry.replaces, "marked": dict(entry.marked) if entry.marked is not None else None}
    body |= {"there": entry.there} | (_why(why) if why is not None else {})
    unique = [f"entry/{entry.id}"] + ([f"replaces/{entry.replaces}"] if entry.replaces is not None else [])
    return Event("entry-made", body, tuple(unique))


def corrected(entry: Entry) -> Event:
    """The row says something else now: the entry's new facts."""
    return Event("entry-corrected", {name: _json(getattr(entry, name)) for name in ("id", *FACTS)})


def seen(rows: Mapping[str, Anchor | Place | None]) -> Event:
    """What became of entries' rows: a new anchor, only a new place (file, sheet, row), or None when it is gone."""
    body: dict[str, Json] = {}
    for entry_id, row in rows.items():
        body[entry_id] = row.to_json() if isinstance(row, Anchor) else [*row] if row is not None else None
    return Event("rows-seen", {"rows": body})


def held(entry_id: str, reasons: Iterable[str]) -> Event:
    """Something stands against an entry, or something else than before."""
    return Event("entry-held", {"id": entry_id, "reasons": list(reasons)})


def opened(entry_id: str) -> Event:
    """Nothing stands against a held entry any more."""
    return Event("entry-opened", {"id": entry_id})


def released(entry: Entry, lifted: Iterable[str], left: Iterable[str], why: Why) -> Event:
    """Somebody answers for an entry: ``lifted`` no longer hold it, ``left`` still do."""
    return Event("entry-released", {"id": entry.id, "lifted": list(lifted), "left": list(left), **_why(why)})


def planned(plan: str, lines: Mapping[str, str], total: int, by: str) -> Event:
    """A plan was shown: of each entry in it the digest of what was seen, and what they add up to."""
    return Event("plan-made", {"plan": plan, "entries": dict(lines), "total": total, "by": by})


def approved(plan: str, ids: Iterable[str], total: int, by: str, on: date) -> Event:
    """Somebody approved a plan."""
    return Event("plan-approved", {"plan": plan, "ids": list(ids), "total": total, "by": by, "on": on.isoformat()})


def exported(batch: Batch) -> Event:
    """Entries go into a batch file, each once in the life of a ledger; so does the name of the file."""
    name = batch.path.rpartition("/")[2]
    unique = (f"batch/{batch.number}", f"file/{name}", *(f"exported/{entry_id}" for entry_id in batch.ids))
    body: dict[str, Json] = {
        "batch": batch.number, "path": batch.path, "sha256": batch.sha256, "ids": [*batch.ids],
        "total": batch.total, "account": batch.account, "on": batch.on.isoformat(),
    }  # fmt: skip
    return Event("batch-exported", body, unique)


def confirmed(batch: str, *, there: bool) -> Event:
    """A batch file lies where people find it; or it was gone when we looked, and counts as sent."""
    return Event("batch-confirmed", {"batch": batch, "there": there}, (f"confirmed/{batch}",))


def paid(entry_id: str, on: date | None, amount: int | None, transaction: str | None, by: str) -> Event:
    """An entry is paid, as ``by`` says: ``register``, ``list`` or ``statement``. Of a paid one: its first payment."""
    body: dict[str, Json] = {"id": entry_id, "on": _json(on), "amount": amount, "transaction": transaction, "by": by}
    return Event("entry-paid", body)


def failed(entry_id: str, why: Why) -> Event:
    """The money of an exported entry did not go out, or that of a paid one came back."""
    return Event("entry-failed", {"id": entry_id, **_why(why)})


def voided(entry_id: str, why: Why) -> Event:
    """An entry will not be paid."""
    return Event("entry-voided", {"id": entry_id, **_why(why)})


def shown_unpaid(entry_id: str, statement: str) -> Event:
    """A complete statement of the account that the batch was for does not have an exported entry."""
    return Event("entry-shown-unpaid", {"id": entry_id, "statement": statement})


def listed(rows: Mapping[str, Mapping[str, str]]) -> Event:
    """What the payout list's rows say since xlflow saved it, by entry and heading."""
    return Event("list-written", {"rows": {entry_id: dict(cells) for entry_id, cells in rows.items()}})


def marked(rows: Mapping[str, Mapping[str, str]]) -> Event:
    """What xlflow wrote into the payment columns of registers, by entry and field, as JSON shows the values."""
    return Event("register-marked", {"rows": {entry_id: dict(cells) for entry_id, cells in rows.items()}})


def _why(why: Why) -> dict[str, Json]:
    return {"reason": why.reason, "by": why.by, "on": why.on.isoformat()}


def _json(value: object) -> Json:
    match value:
        case date():
            return value.isoformat()
        case None | bool() | int() | str():
            return value
    raise TypeError(type(value).__name__)
