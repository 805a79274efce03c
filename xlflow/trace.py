"""Everything known of an order, a parcel, a phone, a buyer or a name, over registers and exports (H5, S0 五.7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from xlflow.day import Day, by_date_then_place, date_of
from xlflow.fields import ids, people
from xlflow.fields.text import TEXT, same
from xlflow.finding import shown, spelled
from xlflow.money.entry import Entry, State
from xlflow.money.match import matched
from xlflow.money.payout_list import STATES
from xlflow.money.plan import yuan
from xlflow.table.columns import Row

#: A part of a number is enough when it is its end and at least this long: people read labels over the phone.
SHORTEST = 4
#: A whole name has at least two characters.
SHORTEST_NAME = 2
#: Fields by which a row is looked for.
KEYS = (
    "order_no", "tracking_no", "return_tracking", "sent_tracking", "phone", "buyer", "payee_account", "payee_name",
    "recipient", "refund_no",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """One row that has the key: the day it is of, its register, its place, and what it says."""

    on: date | None
    register: str
    source: str
    what: str


def trace(day: Day, key: str) -> list[Event]:
    """The rows and the entries that have the key, whole or by its last four or more characters, in order of time."""
    wanted = _readings(key)
    found = [row for table in day.books.sheets for row in day.all(table) if _has(_keys(row), wanted)]
    told = [_event(row) for row in sorted(found, key=by_date_then_place)]
    told += (event for entry in _entries(day, found, wanted) for event in _of_entry(entry))
    return sorted(told, key=lambda event: event.on or date.max)


def _entries(day: Day, rows: Iterable[Row], wanted: set[str]) -> Iterator[Entry]:
    """The entries that have the key themselves, or belong to a row that has it."""
    ids = {entry.id for row in rows if (entry := matched(day).entries.get(row)) is not None}  # type: ignore[call-overload]
    for entry in day.standing.money.entries.values():
        keys = (
            same(key) or "" for key in (entry.id, entry.order_no, entry.tracking, entry.batch, entry.transaction) if key
        )
        if entry.id in ids or _has(keys, wanted):
            yield entry


def _of_entry(entry: Entry) -> Iterator[Event]:
    """What became of an entry, with the days that are known."""

    def event(on: date | None, state: State, *said: str | None) -> Event:
        what = "，".join(filter(None, (entry.id, f"{yuan(entry.amount):.2f} 元", STATES[state], *said)))
        return Event(on, "ledger", entry.source, what)

    if entry.state in (State.HELD, State.OPEN, State.APPROVED):
        yield event(entry.first_seen, entry.state, *entry.reasons)
    if entry.exported_on is not None:
        yield event(entry.exported_on, State.EXPORTED, entry.batch)
    if entry.state is State.PAID:
        yield event(entry.paid_on, State.PAID, entry.transaction)
    if entry.state in (State.FAILED, State.VOID):
        yield event(None, entry.state, entry.failed_because)


def _readings(key: str) -> set[str]:
    """The key as it stands, and as the phone or the tracking number that it may be written for."""
    read = (TEXT.parse(key), people.PHONE.parse(key), ids.TRACKING.parse(key))
    return {wanted for value in read if isinstance(value, str) and len(wanted := same(value) or "") >= SHORTEST_NAME}


def _has(keys: Iterable[str], wanted: set[str]) -> bool:
    ends = tuple(key for key in wanted if len(key) >= SHORTEST)
    return any(value in wanted or value.endswith(ends) for value in keys)


def _keys(row: Row) -> Iterator[str]:
    for name in KEYS:
        if name in type(row).columns:
            value = getattr(row, name)
            if value is not None:
                yield same(value) or ""


def _event(row: Row) -> Event:
    said = []
    for name, claim in row.sheet.claims.items():
        value = shown(spelled(row, name))
        if value is not None and name not in ("order_no", row.date_field):
            said.append(f"{claim.heading.strip()} {value}")
    order = getattr(row, "order_no", None)
    what = "，".join([order, *said] if order else said)
    return Event(date_of(row), row.register, row.sheet.place(None, row.number), what)
