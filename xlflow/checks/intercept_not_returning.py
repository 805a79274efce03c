"""A stopped parcel is booked as lost only when it travels back, or the carrier promised it (W5, W6, S0 四.3).

EMS has a rule of its own (``intercept-unconfirmed``).
"""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit, places
from xlflow.interceptions import EMS, is_returning
from xlflow.model import Level, Text
from xlflow.registers.interception import Interception
from xlflow.registers.lost import Lost, LostKind

LEVEL, NEEDS = Level.ERROR, (Lost, Interception)


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Lost):
        if row.kind != LostKind.INTERCEPTED or row.courier in (None, EMS) or row.tracking_no is None:
            continue
        notices = day.by(Interception, "tracking_no").get(row.tracking_no, [])
        if row.can_read("returning_on", "promised") and not is_returning(row) and not any(map(is_returning, notices)):
            yield Hit(
                row, "tracking_no",
                Text("booked as lost, and the parcel is neither travelling back nor promised"),
                Text("wait until its tracking runs back, then fill in 退回日期; if {carrier} promised it, 承诺退回",
                     {"carrier": row.courier}),
                related=places(notices, "tracking_no"),
            )  # fmt: skip
