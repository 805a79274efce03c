"""A third or later exchange of one order: exchanged "once more" means once (F4, S0 一.4); the manager should know."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day, by_date
from xlflow.finding import Hit, places
from xlflow.model import Level, Text
from xlflow.registers.exchange import Exchange

LEVEL, NEEDS, OWNER = Level.WARNING, (Exchange,), "manager"


def check(day: Day) -> Iterator[Hit]:
    counted: dict[str, list[Exchange]] = {}
    for row in by_date(day.rows(Exchange)):
        if row.order_no is None:
            continue
        before = counted.setdefault(row.order_no, [])
        if len(before) >= day.policies.amount(row.registered_on or day.date, "exchange.per_order"):
            yield Hit(
                row, "order_no",
                Text("exchange number {count} of this order", {"count": len(before) + 1}),
                Text("ask the manager before it is exchanged again"),
                related=places(before, "order_no"),
            )  # fmt: skip
        before.append(row)
