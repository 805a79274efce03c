"""What becomes of parcels booked as lost: silent since when, found again, to be chased or to be claimed (T3, T6)."""

from __future__ import annotations

from datetime import date, timedelta

from xlflow.day import Day
from xlflow.registers.lost import Lost, LostKind
from xlflow.registers.receiving import Receiving

#: Kinds whose carrier is asked, and then pays, when nothing comes back.
GONE = (LostKind.LOST, LostKind.INTERCEPTED)
#: Kinds that are no claim any more once the parcel is back.
FOUND = (LostKind.LOST, LostKind.DAMAGED, LostKind.SHORT)


def came_back(day: Day, row: Lost) -> list[Receiving]:
    """The receiving rows with the parcel's tracking number."""
    return day.by(Receiving, "tracking_no").get(row.tracking_no, [])


def is_unclaimed(row: Lost) -> bool:
    """Whether nobody says that it was claimed or settled, all of which must be readable."""
    told = row.claimed_on or row.settled_on or row.settled_amount
    return not told and row.can_read("claimed_on", "settled_on", "settled_amount")


def is_gone(day: Day, row: Lost) -> bool:
    """Whether a lost or intercepted parcel is not back, not claimed and not settled."""
    if not is_unclaimed(row) or row.tracking_no is None:
        return False
    return row.happened in GONE and not came_back(day, row)


def silent_since(row: Lost) -> date | None:
    """The last day the carrier knew of the parcel; blank, the day it was registered."""
    return row.last_scan_on or (row.registered_on if row.can_read("last_scan_on") else None)


def chased_from(day: Day, row: Lost) -> date | None:
    """The day from which the carrier is asked for the parcel, and no longer waited for."""
    return _after(day, row, "lost.chase_days")


def claimed_from(day: Day, row: Lost) -> date | None:
    """The day from which the parcel is claimed."""
    return _after(day, row, "lost.claim_days")


def _after(day: Day, row: Lost, key: str) -> date | None:
    since = silent_since(row)
    if since is None:
        return None
    return since + timedelta(day.policies.days_of(row.registered_on or day.date, key, row.courier))
