"""A register row → what the shop owes for it (contract §5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from xlflow.day import Day
from xlflow.registers.compensation import Channel, Compensation
from xlflow.registers.freight import Freight, PaymentStatus

#: A row that may stand for money.
Payable: TypeAlias = Freight | Compensation
PAYABLE: tuple[type[Freight] | type[Compensation], ...] = (Freight, Compensation)


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing the shop owes one person, in yuan; ``item`` is a compensation's.

    ``marked_paid`` is True when a person, or xlflow, says in the row that it was paid.
    """

    row: Payable
    kind: str
    item: str | None
    order_no: str
    tracking: str | None
    payee_account: str
    payee_name: str | None
    amount: Decimal
    on: date | None
    marked_paid: bool


def obligations(day: Day) -> Iterator[Obligation]:
    """One for each row that counts and whose order number, payee and amount can be read, by place."""
    for table in PAYABLE:
        for row in day.rows(table):
            owed = obligation(row)
            if owed is not None:
                yield owed


def obligation(row: Payable) -> Obligation | None:
    """What the shop owes for a row, whether it counts or not; None when that cannot be read, or somebody else pays."""
    if row.order_no is None or row.payee_account is None or row.amount is None:
        return None
    if isinstance(row, Freight):
        kind, item, tracking = "freight", None, row.return_tracking
    elif row.channel == Channel.MANAGER_ALIPAY:
        kind, item, tracking = "compensation", row.item, None
    else:
        return None
    return Obligation(
        row, kind, item, row.order_no, tracking, row.payee_account, row.payee_name, row.amount, row.registered_on,
        is_marked_paid(row),
    )  # fmt: skip


def is_marked_paid(row: Payable) -> bool:
    """Whether the row says that it was paid."""
    return row.paid_on is not None or row.status == PaymentStatus.PAID
