"""A lost or intercepted parcel has not been scanned for 10 days: claim it from the carrier (T3, T6).

Said of parcels that are not in the receiving register, not claimed and not settled. The days run from the last scan,
else from the registration; a carrier may have a number of its own (policy ``lost.claim_days``).
"""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.losses import claimed_from, is_gone, silent_since
from xlflow.model import Level, Text
from xlflow.registers.lost import Lost
from xlflow.registers.receiving import Receiving

LEVEL, NEEDS = Level.WARNING, (Lost, Receiving)


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Lost):
        since, claim = silent_since(row), claimed_from(day, row)
        if since is not None and claim is not None and claim <= day.date and is_gone(day, row):
            yield Hit(
                row, "tracking_no",
                Text("no trace of the parcel for {days} days: claim it", {"days": (day.date - since).days}),
                Text("put it on the claim sheet and fill in 索赔日期; if it came back, book it as received"),
            )  # fmt: skip
