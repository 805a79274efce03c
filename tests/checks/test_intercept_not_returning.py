"""``intercept-not-returning``: booked only when the parcel travels back (contract §4, W5, W6)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import T1, T2, day, findings, said, sheet, spots
from tests.clean_parcels import EMS, INTERCEPTION, LOST
from xlflow.grid import UNCACHED, Value

CODE = "intercept-not-returning"
Cells = dict[str, Value]
BOOKED: Cells = LOST | {"类型": "撤件"}
SPOKEN = ["lost C2 E tracking_no"]


def ask(change: Cells, *notices: Cells) -> list[str]:
    return spots(day(lost=[BOOKED | change], interception=[INTERCEPTION | row for row in notices]), CODE)


def test_it_says_what_to_wait_for() -> None:
    found = findings(day(lost=[BOOKED], interception=[INTERCEPTION]), CODE)
    assert [(said(f), f.owner, f.related) for f in found] == [
        (
            f"lost.xlsx 3月!C2 intercept-not-returning E tracking_no={T1}: booked as lost, and the parcel is neither "
            "travelling back nor promised; wait until its tracking runs back, then fill in 退回日期; if 圆通 promised it, "
            "承诺退回",
            "after_sales",
            ("interception.xlsx 3月!C2",),
        )
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, SPOKEN),
        ({"类型": "拦截"}, SPOKEN),
        ({"类型": "丢件"}, []),
        ({"类型": None}, []),
        ({"类型": "飞了"}, []),
        ({"退回日期": date(2026, 3, 30)}, []),
        ({"退回日期": date(2026, 4, 2)}, []),  # may be ahead
        ({"退回日期": "明天"}, []),
        ({"承诺退回": "是"}, []),
        ({"承诺退回": "明天到"}, []),
        ({"承诺退回": "否"}, SPOKEN),
        ({"承诺退回": UNCACHED}, []),
        ({"快递公司": "EMS", "快递单号": EMS}, []),
        ({"快递公司": None}, []),
        ({"快递公司": "某某快递"}, []),
        ({"快递公司": "申通"}, SPOKEN),
        ({"快递单号": None}, []),
        ({"登记日期": date(2026, 2, 28)}, []),
    ],
)
def test_what_the_row_itself_says(change: Cells, expected: list[str]) -> None:
    assert ask(change) == expected


@pytest.mark.parametrize(
    ("notice", "expected"),
    [
        ({}, SPOKEN),
        ({"退回日期": date(2026, 4, 2)}, []),
        ({"承诺退回": "是"}, []),
        ({"承诺退回": "否"}, SPOKEN),
        ({"承诺退回": "是", "快递单号": T2}, SPOKEN),
        ({"承诺退回": "是", "通知日期": date(2026, 2, 20)}, []),
    ],
)
def test_what_its_interception_says(notice: Cells, expected: list[str]) -> None:
    assert ask({}, notice) == expected


def test_any_of_several_notices_will_do() -> None:
    assert ask({}, {}, {"承诺退回": "是"}) == []


def test_the_carrier_of_the_sheet_s_name() -> None:
    absent = {heading: value for heading, value in BOOKED.items() if heading != "快递公司"}
    assert spots(day(lost=sheet([absent], "圆通"), interception=[INTERCEPTION]), CODE) == SPOKEN
    ems = absent | {"快递单号": EMS}
    assert spots(day(lost=sheet([ems], "EMS 丢件"), interception=[INTERCEPTION]), CODE) == []
