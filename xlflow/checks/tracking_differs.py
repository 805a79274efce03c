"""The parcel that came back does not bear the tracking number of the freight row, or belongs to another order (F1).

Received by order number only while the freight row names a tracking: a warning. The named parcel was received for
another order: held until somebody has looked.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit, places
from xlflow.model import Level, Text
from xlflow.parcels import freight_parcels
from xlflow.registers.freight import Freight
from xlflow.registers.receiving import Receiving

LEVEL, NEEDS = Level.WARNING, (Freight, Receiving)


def check(day: Day) -> Iterator[Hit]:
    parcels = freight_parcels(day)
    for row in day.rows(Freight):
        parcel = parcels.get(row)
        if parcel is None or row.return_tracking is None:
            continue
        if not parcel.by_tracking:
            yield _hit(row, parcel.rows, _other_parcel(parcel.first), Level.WARNING)
        elif row.order_no is not None and _is_of_another_order(row, parcel.rows):
            message = Text("this parcel was received for order {order}", {"order": parcel.first.order_no})
            yield _hit(row, parcel.rows, message, Level.HOLD)


def _other_parcel(received: Receiving) -> Text:
    if received.tracking_no is None:
        return Text("the order came back in a parcel without a tracking number")
    return Text("the order came back in {other}, not in this parcel", {"other": received.tracking_no})


def _is_of_another_order(row: Freight, received: tuple[Receiving, ...]) -> bool:
    orders = {r.order_no for r in received if r.order_no is not None}
    return bool(orders) and row.order_no not in orders


def _hit(row: Freight, received: tuple[Receiving, ...], message: Text, level: Level) -> Hit:
    return Hit(
        row, "return_tracking", message,
        Text("compare with the parcel's label and correct the number, here or in the receiving register"),
        related=places(received, "tracking_no"), level=level,
    )  # fmt: skip
