"""A register row → what the shop owes for it (contract §5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xlflow.day import Day
from xlflow.registers.freight import Freight, PaymentStatus


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing the shop owes one person, in yuan; ``marked_paid`` when a person says in the row that it was paid."""

    row: Freight
    kind: str
    order_no: str
    tracking: str | None
    payee_account: str
    payee_name: str | None
    amount: Decimal
    on: date | None
    marked_paid: bool


def obligations(day: Day) -> Iterator[Obligation]:
    """One for each row that counts and whose order number, payee and amount can be read, by place."""
    for row in day.rows(Freight):
        if row.order_no is None or row.payee_account is None or row.amount is None:
            continue
        yield Obligation(
            row, "freight", row.order_no, row.return_tracking, row.payee_account, row.payee_name,
            row.amount, row.registered_on, is_marked_paid(row),
        )  # fmt: skip


def is_marked_paid(row: Freight) -> bool:
    """Whether a person says in the row that it was paid."""
    return row.paid_on is not None or row.status == PaymentStatus.PAID
