"""Return freight is paid only for goods that have come back (F1, S0 一.1).

A receiving row of kind return or exchange, dated on or before the day, must have the row's return tracking number or
its order number; one parcel serves one freight row, so a second row with another tracking needs a parcel of its own.
Until the 8th day after registration the row waits (等收货) and stays out of the fix list.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.parcels import CAME_BACK, freight_parcels
from xlflow.registers.freight import Freight
from xlflow.registers.receiving import Receiving

LEVEL, NEEDS = Level.ERROR, (Freight, Receiving)


def check(day: Day) -> Iterator[Hit]:
    parcels = freight_parcels(day)
    for row in day.rows(Freight):
        if row in parcels or row.order_no is None or not row.can_read("return_tracking"):
            continue
        yield Hit(
            row, "order_no",
            _why(day, row),
            Text(
                "wait for the parcel; if it has come, correct the order or tracking number, here or in the receiving "
                "register"
            ),
            from_day=_listed_from(day, row),
        )  # fmt: skip


def _why(day: Day, row: Freight) -> Text:
    if any(received.kind in CAME_BACK for received in day.by(Receiving, "order_no").get(row.order_no, ())):
        return Text("the parcel of this order serves another freight row; this one needs a parcel of its own")
    return Text("no parcel of this order has been received yet (等收货)")


def _listed_from(day: Day, row: Freight) -> date | None:
    if row.registered_on is None:
        return None
    waiting = int(day.policies.amount(row.registered_on, "freight.waiting_days"))
    return row.registered_on + timedelta(days=waiting + 1)
