"""What a parcel that is to be stopped on its way needs before its refund can go out (S0 四)."""

from __future__ import annotations

from xlflow.day import Day
from xlflow.registers.interception import Interception
from xlflow.registers.lost import Lost

EMS, UPGRADE = "EMS", "顺丰"


def is_upgraded(row: Interception) -> bool:
    """Whether the customer paid the difference to have it sent by 顺丰 (W2)."""
    return row.courier == UPGRADE and row.upgraded is True


def bears_freight(day: Day, row: Interception) -> bool:
    """Whether the customer who refuses it bears the freight both ways: a 顺丰 upgrade, or many pieces (W2, W3)."""
    many = day.policies.amount(row.notified_on or day.date, "interception.deduct_from_units")
    return is_upgraded(row) or (row.quantity is not None and row.quantity >= many)


def booked(day: Day, row: Interception) -> list[Lost]:
    """The rows in which the parcel was booked as lost."""
    return day.by(Lost, "tracking_no").get(row.tracking_no, [])


def is_unconfirmed(day: Day, row: Interception) -> bool:
    """Whether EMS was told before the day, nobody confirmed that it stopped the parcel, and it is not booked (W4)."""
    if row.courier != EMS or row.tracking_no is None or row.notified_on is None or not row.can_read("confirmed_on"):
        return False
    return row.notified_on < day.date and row.confirmed_on is None and not booked(day, row)


def is_returning(row: Lost | Interception) -> bool:
    """Whether the parcel travels back, or the carrier promised it (W5, W6)."""
    return row.returning_on is not None or row.promised is True
