"""The cables of one order are compensated with 4.00 at the most, however many they are (C2, S0 二.4).

The row that takes the order above that is flagged, and each after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlflow.day import Day, by_date_then_place
from xlflow.finding import Hit, places
from xlflow.model import Level, Text
from xlflow.registers.compensation import Compensation, Item

LEVEL, NEEDS = Level.ERROR, (Compensation,)
WHOLE = True


def check(day: Day) -> Iterator[Hit]:
    orders: dict[str, list[Compensation]] = {}
    for row in sorted(day.rows(Compensation), key=by_date_then_place):
        if row.item != Item.CABLE or row.order_no is None or row.amount is None:
            continue
        before = orders.setdefault(row.order_no, [])
        total = row.amount + sum((other.amount or Decimal(0) for other in before), Decimal(0))
        most = day.policies.amount(row.registered_on or day.date, "cable.per_order")
        if total > most:
            yield Hit(
                row, "amount",
                Text(
                    "the cables of this order come to {total} yuan, and {most} is the most an order gets",
                    {"total": total, "most": most},
                ),
                Text("take the row out, or correct the amounts"),
                related=places(before, "amount"),
            )  # fmt: skip
        before.append(row)
