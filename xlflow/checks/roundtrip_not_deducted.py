"""Who refuses a 顺丰 upgrade or an order of 5 or more pieces bears the freight both ways (W2, W3, S0 四.1, 四.2).

What is refunded is what was paid less that freight; both must be known before it is refunded.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.interceptions import bears_freight
from xlflow.model import Level, Text
from xlflow.registers.interception import Interception

LEVEL, NEEDS = Level.ERROR, (Interception,)


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Interception):
        if row.refund_amount is not None and row.can_read("paid_amount", "roundtrip_freight"):
            message = _too_much(row)
            if message is not None and bears_freight(day, row):
                yield Hit(
                    row, "refund_amount", message,
                    Text("deduct the freight both ways (来回运费) from what was paid, and refund the rest"),
                )  # fmt: skip


def _too_much(row: Interception) -> Text | None:
    if row.paid_amount is None:
        return Text("it is not known what the customer paid: 实付金额 is blank")
    if row.roundtrip_freight is None:
        return Text("it is not known what is to be deducted: 来回运费 is blank")
    due = row.paid_amount - row.roundtrip_freight
    if row.refund_amount is None or row.refund_amount <= due:
        return None
    return Text(
        "{refund} yuan is more than the {paid} yuan paid less {freight} yuan of freight both ways",
        {"refund": row.refund_amount, "paid": row.paid_amount, "freight": row.roundtrip_freight},
    )
