"""Only a replacement that fails within 15 days after it was sent is exchanged again at the shop's cost (F4, S0 一.4).

The days run from the latest sending of that order before the parcel came back to the day of the complaint. Where nobody
noted that day, the manager looks when the parcel came in more than 22 days after the sending.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xlflow.day import Day
from xlflow.finding import Hit, places
from xlflow.freight_terms import kind_of
from xlflow.model import Level, Text
from xlflow.parcels import freight_parcels
from xlflow.registers.exchange import Exchange
from xlflow.registers.freight import Freight, FreightKind
from xlflow.registers.receiving import Receiving

LEVEL, NEEDS = Level.ERROR, (Freight, Receiving, Exchange)


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Freight):
        if kind_of(day, row) == FreightKind.EXCHANGE and row.can_read("problem_on"):
            sending = _sending_before(day, row)
            if sending is not None:
                yield from _judge(day, row, *sending)


def _sending_before(day: Day, row: Freight) -> tuple[Exchange, date, date] | None:
    """The latest replacement sent before the row's parcel came back, the day it was sent, the day the parcel came."""
    parcel = freight_parcels(day).get(row)
    received = parcel.first.received_on if parcel is not None else None
    if received is None:
        return None
    exchanges = day.by(Exchange, "order_no").get(row.order_no, ())
    sent = [(e.sent_on, e) for e in exchanges if e.sent_on is not None and e.sent_on < received]
    if not sent:
        return None
    latest, exchange = max(sent, key=lambda pair: pair[0])
    return exchange, latest, received


def _judge(day: Day, row: Freight, exchange: Exchange, sent: date, received: date) -> Iterator[Hit]:
    on = row.registered_on or day.date
    related = places((exchange,), "sent_on")
    if row.problem_on is not None:
        if day.policies.exceeds_days(sent, row.problem_on, "freight.replacement_days", on):
            yield Hit(
                row, "problem_on",
                Text(
                    "the complaint came {days} days after the replacement was sent",
                    {"days": (row.problem_on - sent).days},
                ),
                Text("too late for the shop to pay the freight: take the row out, or correct the dates"),
                related=related,
            )  # fmt: skip
    elif day.policies.exceeds_days(sent, received, "freight.replacement_days_received", on):
        yield Hit(
            row, "registered_on",
            Text(
                "the parcel came {days} days after the replacement was sent, and 反馈日期 is blank",
                {"days": (received - sent).days},
            ),
            Text("fill in 反馈日期, or release it"),
            related=related, level=Level.HOLD,
        )  # fmt: skip
