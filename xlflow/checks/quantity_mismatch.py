"""What came back is not what the customer applied for (S0 五.7 (1), H5, H6).

The parcel is refused with the wording 客户寄回来的产品数量不符，拍照拒收, and the customer is asked three questions.
The freight of the order is held meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day, once
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.parcels import freight_parcels
from xlflow.registers.freight import Freight
from xlflow.registers.receiving import Receiving

LEVEL, NEEDS, OWNER = Level.ERROR, (Receiving,), "after_sales"


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Receiving):
        if row.quantity is None or row.expected_quantity is None or row.quantity == row.expected_quantity:
            continue
        yield Hit(
            row, "quantity",
            Text(
                "{quantity} came back, {expected} were applied for: 客户寄回来的产品数量不符，拍照拒收; "
                "ask the customer: “是寄回来什么产品？”、“几个产品？”、“需要退货几个？”",
                {"quantity": row.quantity, "expected": row.expected_quantity},
            ),
            Text("settle it with the customer and correct the quantities"), holds=tuple(_freight(day, row)),
        )  # fmt: skip


def _freight(day: Day, row: Receiving) -> dict[Freight, None]:
    """The freight of the parcel's order, and the freight that was sent back in it under a blank one."""
    return dict.fromkeys([*day.by(Freight, "order_no").get(row.order_no, ()), *_by_parcel(day).get(row, ())])


@once
def _by_parcel(day: Day) -> dict[Receiving, list[Freight]]:
    found: dict[Receiving, list[Freight]] = {}
    for freight, parcel in freight_parcels(day).items():
        for received in parcel.rows:
            found.setdefault(received, []).append(freight)
    return found
