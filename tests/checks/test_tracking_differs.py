"""``tracking-differs``: the parcel that came back is not quite the one the freight row names (contract §4)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import FREIGHT, O1, O2, RECEIVING, T1, T2, day, findings, said, spots
from xlflow.grid import Value

CODE = "tracking-differs"
Cells = dict[str, Value]
MEND = "compare with the parcel's label and correct the number, here or in the receiving register"


def ask(freight: Cells, *received: Cells) -> list[str]:
    return spots(day(freight=[FREIGHT | freight], receiving=[RECEIVING | row for row in received]), CODE)


def test_another_parcel_of_the_order_is_a_warning() -> None:
    found = findings(day(freight=[FREIGHT], receiving=[RECEIVING | {"退回单号": T2}]), CODE)
    assert [(said(f), f.owner, f.related) for f in found] == [
        (
            f"freight.xlsx 3月!G2 tracking-differs W return_tracking={T1}: "
            f"the order came back in {T2}, not in this parcel; {MEND}",
            "after_sales",
            ("receiving.xlsx 3月!B2",),
        )
    ]


def test_the_parcel_of_another_order_holds() -> None:
    found = findings(day(freight=[FREIGHT], receiving=[RECEIVING | {"订单号": O2}]), CODE)
    assert [(said(f), f.owner, f.related) for f in found] == [
        (
            f"freight.xlsx 3月!G2 tracking-differs H return_tracking={T1}: "
            f"this parcel was received for order {O2}; {MEND}",
            "after_sales",
            ("receiving.xlsx 3月!B2",),
        )
    ]


def test_the_parcel_of_another_order_holds_although_the_order_came_back_too() -> None:
    assert ask({}, {"订单号": O2}, {"退回单号": T2}) == ["freight G2 H return_tracking"]


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (None, "the order came back in a parcel without a tracking number"),
        ("看不清", "the order came back in a parcel without a tracking number"),
    ],
)
def test_a_parcel_without_a_number_differs_too(number: str | None, told: str) -> None:
    found = findings(day(freight=[FREIGHT], receiving=[RECEIVING | {"退回单号": number}]), CODE)
    assert [said(f).partition(": ")[2] for f in found] == [f"{told}; {MEND}"]


@pytest.mark.parametrize(
    ("freight", "received"),
    [
        ({}, [{}]),
        ({"退回单号": "圆通 YT1234567890123"}, [{"退回单号": "yt1234567890123-1-1-"}]),
        ({"退回单号": None}, [{"退回单号": T2}]),
        ({"退回单号": "看不清"}, [{"退回单号": T2}]),
        ({}, [{"订单号": None}]),
        ({}, [{"订单号": "看不清"}]),
        ({}, [{"订单号": O2}, {"产品": "电源"}]),  # two orders in one parcel, this one among them
        ({"订单号": None}, [{"订单号": O2}]),  # its `missing` speaks
        ({"订单号": "看不清"}, [{"订单号": O2}]),
        ({}, [{"订单号": O2, "退回单号": T2}]),  # not received at all
        ({}, [{"订单号": O2, "类型": "拒收"}, {"类型": "换货"}]),  # a refused parcel is not one that came back
        ({"登记日期": date(2026, 2, 28)}, [{"订单号": O2}]),
    ],
)
def test_it_says_nothing(freight: Cells, received: list[Cells]) -> None:
    assert ask(freight, *received) == []


def test_of_its_own_number_and_its_order_the_number_speaks() -> None:
    assert ask({}, {"退回单号": T2}, {}) == []
    assert ask({}, {"订单号": O1, "退回单号": T2, "类型": "换货"}) == ["freight G2 W return_tracking"]
