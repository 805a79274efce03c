"""A parcel that matches no order (无理件): whose may it be? Candidates share its tracking number, buyer or phone."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.discover import registers
from xlflow.finding import Hit, places
from xlflow.model import Level, Text
from xlflow.registers.receiving import Receiving, ReceivingKind
from xlflow.table.columns import Row

LEVEL, NEEDS, OWNER = Level.WARNING, (Receiving,), "after_sales"

#: More than this many candidates are counted, not named.
NAMED = 5


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Receiving):
        if row.kind == ReceivingKind.UNMATCHED:
            yield _hit(row, _candidates(day, row))


def _hit(row: Receiving, candidates: list[Row]) -> Hit:
    orders = list(dict.fromkeys(getattr(candidate, "order_no", None) for candidate in candidates))
    named = "、".join(order for order in orders[:NAMED] if order)
    return Hit(
        row, "tracking_no",
        Text("matches no order; it may belong to {orders}", {"orders": named}) if named
        else Text("matches no order, and nothing known shares its tracking number, buyer or phone"),
        Text("find the customer, then correct 类型 and fill in 订单编号"),
        related=places(candidates, "order_no"),
    )  # fmt: skip


def _candidates(day: Day, parcel: Receiving) -> list[Row]:
    found: dict[Row, None] = {}
    for table in registers().values():
        for field, value in (("return_tracking", parcel.tracking_no),
                             ("sent_tracking", parcel.tracking_no), ("tracking_no", parcel.tracking_no),
                             ("buyer", parcel.buyer), ("phone", parcel.phone)):  # fmt: skip
            if field in table.columns and value is not None:
                rows = day.by(table, field).get(value, ())
                found.update((row, None) for row in rows if getattr(row, "order_no", None) and row is not parcel)
    return list(found)
