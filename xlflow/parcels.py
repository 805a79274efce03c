"""Which parcel a freight or an exchange row was sent back in (F1, contract §4 ``not-received``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xlflow.day import Day, by_date, once
from xlflow.registers.exchange import Exchange
from xlflow.registers.freight import Freight
from xlflow.registers.receiving import Receiving, ReceivingKind

CAME_BACK = (ReceivingKind.RETURN, ReceivingKind.EXCHANGE)


@dataclass(frozen=True, slots=True)
class Parcel:
    """The receiving rows of one parcel, by date and place; ``by_tracking`` tells how a row was matched with it."""

    rows: tuple[Receiving, ...]
    by_tracking: bool

    @property
    def first(self) -> Receiving:
        """The row by which the parcel is named."""
        return self.rows[0]


@once
def freight_parcels(day: Day) -> Mapping[Freight, Parcel]:
    """The parcel of each freight row that has one.

    A row takes the parcel with its tracking number. Without one it takes a parcel of its order that no other freight
    row took, unless that one is the same thing again: one receiving row serves one freight row.
    """
    found: dict[Freight, Parcel] = {}
    taken: dict[str, list[Freight]] = {}
    rows = by_date(day.all(Freight))
    by_tracking = day.by(Receiving, "tracking_no")
    for row in rows:
        received = _received(day, by_tracking.get(row.return_tracking, ()))
        if received:
            found[row] = Parcel(received, by_tracking=True)
            taken.setdefault(_key(received[0]), []).append(row)
    for row in rows:
        if row in found or not row.can_read("return_tracking"):
            continue
        for parcel in _parcels_of_order(day, row.order_no):
            if all(_same_claim(row, other) for other in taken.get(_key(parcel[0]), ())):
                found[row] = Parcel(parcel, by_tracking=False)
                taken.setdefault(_key(parcel[0]), []).append(row)
                break
    return found


@once
def exchange_parcels(day: Day) -> Mapping[Exchange, Parcel]:
    """The parcel of each exchange row that has one: by its tracking number, else by its order."""
    found: dict[Exchange, Parcel] = {}
    by_tracking = day.by(Receiving, "tracking_no")
    for row in day.all(Exchange):
        received = _received(day, by_tracking.get(row.return_tracking, ()))
        if received:
            found[row] = Parcel(received, by_tracking=True)
        elif of_order := _parcels_of_order(day, row.order_no):
            found[row] = Parcel(of_order[0], by_tracking=False)
    return found


def _received(day: Day, rows: Iterable[Receiving]) -> tuple[Receiving, ...]:
    """Those that came back for a return or an exchange, on or before the day."""
    came = [row for row in rows if row.kind in CAME_BACK and row.received_on and row.received_on <= day.date]
    return tuple(by_date(came))


def _parcels_of_order(day: Day, order_no: str | None) -> list[tuple[Receiving, ...]]:
    parcels: dict[str, list[Receiving]] = {}
    for row in _received(day, day.by(Receiving, "order_no").get(order_no, ())):
        parcels.setdefault(_key(row), []).append(row)
    return [tuple(rows) for rows in parcels.values()]


def _key(row: Receiving) -> str:
    """A parcel is its tracking number; a row without a readable one stands for itself."""
    return row.tracking_no or row.sheet.place(None, row.number)


def _same_claim(row: Freight, other: Freight) -> bool:
    """Whether two freight rows ask for the same parcel's freight: one order, and no two different trackings."""
    if row.order_no != other.order_no:
        return False
    return row.return_tracking == other.return_tracking or None in (
        row.return_tracking,
        other.return_tracking,
    )
