"""Everything known of an order, a parcel, a phone, a buyer or a name, over registers and exports (H5, S0 五.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xlflow.day import Day, by_date_then_place, date_of
from xlflow.fields import ids, people
from xlflow.fields.text import TEXT, same
from xlflow.finding import shown, spelled
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
    """The rows that have the key, whole or by its last four or more characters, in order of time."""
    wanted = _readings(key)
    found = [row for table in day.books.sheets for row in day.all(table) if _has(row, wanted)]
    return [_event(row) for row in sorted(found, key=by_date_then_place)]


def _readings(key: str) -> set[str]:
    """The key as it stands, and as the phone or the tracking number that it may be written for."""
    read = (TEXT.parse(key), people.PHONE.parse(key), ids.TRACKING.parse(key))
    return {wanted for value in read if isinstance(value, str) and len(wanted := same(value) or "") >= SHORTEST_NAME}


def _has(row: Row, wanted: set[str]) -> bool:
    ends = tuple(key for key in wanted if len(key) >= SHORTEST)
    return any(value in wanted or value.endswith(ends) for value in _keys(row))


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
