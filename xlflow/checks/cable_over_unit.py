"""A missing or broken cable is compensated with 2.00, for that is what it costs in the shop (C1, S0 二.3, 二.6)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.registers.compensation import Compensation, Item

LEVEL, NEEDS = Level.WARNING, (Compensation,)


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Compensation):
        if row.item != Item.CABLE or row.amount is None or row.pieces is None:
            continue
        each = day.policies.amount(row.registered_on or day.date, "cable.per_unit")
        if row.amount > each * row.pieces:
            yield Hit(
                row, "amount",
                Text(
                    "{amount} yuan for {pieces}, and one cable is {each} yuan",
                    {"amount": row.amount, "pieces": row.pieces, "each": each},
                ),
                Text("correct the amount or the quantity"),
            )  # fmt: skip
