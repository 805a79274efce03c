"""A lost or intercepted parcel has not been scanned for 7 days: ask the carrier, who then has 3 days (T3).

Said of parcels that are not in the receiving register, not claimed and not settled. The days run from the last scan,
else from the registration; a carrier may have numbers of its own (policies ``lost.chase_days``, ``lost.claim_days``).
"""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.losses import chased_from, claimed_from, is_gone, silent_since
from xlflow.model import Level, Text
from xlflow.registers.lost import Lost
from xlflow.registers.receiving import Receiving

LEVEL, NEEDS = Level.WARNING, (Lost, Receiving)


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Lost):
        since, chase, claim = silent_since(row), chased_from(day, row), claimed_from(day, row)
        if since is None or chase is None or claim is None or not is_gone(day, row):
            continue
        if chase <= day.date < claim:
            yield Hit(
                row, "tracking_no",
                Text("no trace of the parcel for {days} days", {"days": (day.date - since).days}),
                Text("ask the carrier where it is; from {date} on it is to be claimed", {"date": claim.isoformat()}),
            )  # fmt: skip
