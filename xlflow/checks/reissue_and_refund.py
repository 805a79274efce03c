"""A product that was refunded is not sent again: of a lost parcel the customer gets the money or another one (T18)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.exports.taobao_refunds import TaobaoRefund
from xlflow.finding import Hit, places
from xlflow.model import Level, Text
from xlflow.registers.lost import Handling, Lost
from xlflow.registers.reissue import Reissue, ReissueItem
from xlflow.table.columns import Row

LEVEL, NEEDS = Level.ERROR, (Reissue, Lost, TaobaoRefund)
PARTLY = True


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Reissue):
        refunds = _refunds(day, row.order_no) if row.has(ReissueItem.PRODUCT) else []
        if refunds:
            yield Hit(
                row, "items",
                Text("this order was refunded, and a product is sent again"),
                Text("find out which of the two the customer wants, and take out the other"),
                related=places(refunds, "order_no"),
            )  # fmt: skip


def _refunds(day: Day, order_no: str | None) -> list[Row]:
    """What refunded the goods of the order: lost parcels, and refunds of the platform."""
    lost = day.by(Lost, "order_no").get(order_no, [])
    refunds = day.by(TaobaoRefund, "order_no").get(order_no, [])
    booked = [row for row in lost if row.refunded_on is not None or row.handling == Handling.REFUND]
    return [*booked, *(refund for refund in refunds if refund.pays_goods)]
