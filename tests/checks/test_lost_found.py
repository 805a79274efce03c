"""``lost-found``: what came back is no claim any more (contract §4, T6)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import RECEIVING, T1, T2, day, findings, said, spots
from tests.clean_parcels import LOST
from xlflow.grid import Value

CODE = "lost-found"
Cells = dict[str, Value]


def ask(change: Cells, received: Cells) -> list[str]:
    return spots(day(lost=[LOST | change], receiving=[RECEIVING | received]), CODE)


def test_it_says_where_the_parcel_is() -> None:
    found = findings(day(lost=[LOST], receiving=[RECEIVING]), CODE)
    assert [(said(f), f.owner, f.related) for f in found] == [
        (
            f"lost.xlsx 3月!C2 lost-found W tracking_no={T1}: this parcel came back: see receiving.xlsx 3月!B2; "
            "note it in 状态; it is not claimed. If it was claimed already, tell the carrier",
            "after_sales",
            ("receiving.xlsx 3月!B2",),
        )
    ]


@pytest.mark.parametrize(
    ("change", "received", "speaks"),
    [
        ({"类型": "丢件"}, {}, True),
        ({"类型": None}, {}, True),
        ({"类型": "破损"}, {}, True),
        ({"类型": "短少"}, {}, True),
        ({"类型": "延误"}, {}, False),
        ({"类型": "拦截"}, {}, False),
        ({"类型": "飞了"}, {}, False),
        ({}, {"类型": "拒收"}, True),
        ({}, {"退回单号": f"{T1}-1-1-"}, True),
        ({}, {"收货日期": date(2026, 1, 5)}, True),
        ({}, {"退回单号": T2}, False),
        ({"快递单号": None}, {}, False),
        ({"快递单号": "看不清"}, {"退回单号": "看不清"}, False),
        ({"索赔日期": date(2026, 3, 30)}, {}, True),
        ({"登记日期": date(2026, 2, 28)}, {}, False),
    ],
)
def test_which_parcels(change: Cells, received: Cells, speaks: bool) -> None:
    assert ask(change, received) == (["lost C2 W tracking_no"] if speaks else [])
