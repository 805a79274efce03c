"""The parcel of an exchange came in more than two days ago and nothing was sent out (T13)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit, places
from xlflow.model import Level, Text
from xlflow.parcels import exchange_parcels
from xlflow.registers.exchange import Exchange
from xlflow.registers.receiving import Receiving

LEVEL, NEEDS = Level.WARNING, (Exchange, Receiving)
ON = False
MENDS = True


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Exchange):
        parcel = exchange_parcels(day).get(row)
        if parcel is None or row.sent_tracking is not None or not row.can_read("sent_tracking"):
            continue
        received = parcel.first.received_on
        on = row.registered_on or day.date
        if received is not None and day.policies.exceeds_days(received, day.date, "exchange.ship_days", on):
            yield Hit(
                row, "sent_tracking",
                Text("its parcel came {days} days ago and nothing has been sent", {"days": (day.date - received).days}),
                Text("send the replacement and fill in 换出单号"),
                related=places(parcel.rows, "tracking_no"),
            )  # fmt: skip
