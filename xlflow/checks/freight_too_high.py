"""Return freight above the desk's limit goes to the manager first (T12, policy ``freight.ask_above``)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.registers.freight import Freight

LEVEL, NEEDS, OWNER = Level.HOLD, (Freight,), "manager"


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Freight):
        limit = day.policies.amount(row.registered_on or day.date, "freight.ask_above")
        if row.amount is not None and row.amount > limit:
            yield Hit(
                row, "amount",
                Text(
                    "the freight of {amount} yuan is above the limit of {limit} yuan",
                    {"amount": row.amount, "limit": limit},
                ),
                Text("ask for the receipt; release it if it is right"),
            )  # fmt: skip
