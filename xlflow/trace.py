"""Everything known of an order, a parcel, a phone, a buyer or a name, over registers and exports (H5, S0 五.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xlflow.day import Day, date_of
from xlflow.fields.text import same
from xlflow.finding import shown, spelled
from xlflow.table.columns import Row

#: A part of a number is enough when it is its end and at least this long: people read labels over the phone.
SHORTEST = 4
#: Fields by which a row is looked for.
KEYS = (
    "order_no", "tracking_no", "return_tracking", "sent_tracking", "phone", "buyer", "payee_name", "recipient",
    "refund_no",
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
    wanted = same(key) or ""
    if len(wanted) < min(SHORTEST, 2):
        return []
    found = [_event(row) for table in day.books.sheets for row in day.all(table) if _has(row, wanted)]
    return sorted(found, key=lambda event: (event.on or date.max, event.register, event.source))


def _has(row: Row, wanted: str) -> bool:
    return any(value == wanted or (len(wanted) >= SHORTEST and value.endswith(wanted)) for value in _keys(row))


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
