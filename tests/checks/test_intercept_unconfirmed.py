"""``intercept-unconfirmed``: EMS confirms the next day, then the parcel is booked (contract §4, W4)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import T1, T2, TODAY, day, findings, said, spots, verdict
from tests.clean_parcels import EMS, INTERCEPTION, LOST
from xlflow.grid import UNCACHED, Value

CODE = "intercept-unconfirmed"
Cells = dict[str, Value]
TOLD: Cells = INTERCEPTION | {"快递公司": "EMS", "快递单号": EMS}
BOOKED: Cells = LOST | {"快递公司": "EMS", "快递单号": EMS, "类型": "撤件", "登记日期": date(2026, 3, 30)}
SPOKEN = ["interception C2 W tracking_no"]


def ask(change: Cells, *booked: Cells) -> list[str]:
    return spots(day(interception=[TOLD | change], lost=[BOOKED | row for row in booked]), CODE)


def test_it_says_what_to_ask() -> None:
    rows = [TOLD, TOLD | {"快递单号": "1112345678902"}]
    made = day(interception=rows, lost=[BOOKED | {"快递单号": "1112345678902", "登记日期": date(2026, 3, 29)}])
    assert [(said(f), f.owner, f.related) for f in findings(made, CODE)] == [
        (
            f"interception.xlsx 3月!C2 intercept-unconfirmed W tracking_no={EMS}: EMS was told 2 days ago and nobody "
            "has confirmed that it stopped the parcel; ask EMS today; if the parcel was stopped, fill in 确认日期 and "
            "book it as lost",
            "after_sales",
            (),
        ),
        (
            "interception.xlsx 3月!C3 intercept-unconfirmed W tracking_no=1112345678902: booked as lost on the day EMS "
            "was told, or before: nothing was confirmed by then; ask EMS whether it stopped the parcel, and correct "
            "the dates",
            "after_sales",
            ("lost.xlsx 3月!C2",),
        ),
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, SPOKEN),
        ({"通知日期": date(2026, 3, 30)}, SPOKEN),
        ({"通知日期": TODAY}, []),
        ({"通知日期": None}, []),
        ({"通知日期": "昨天"}, []),
        ({"快递公司": "中国邮政"}, SPOKEN),
        ({"快递公司": "圆通", "快递单号": T1}, []),
        ({"快递公司": None}, []),
        ({"确认日期": date(2026, 3, 30)}, []),
        ({"确认日期": "问过了"}, []),
        ({"确认日期": UNCACHED}, []),
        ({"快递单号": None}, []),
        ({"快递单号": "看不清"}, []),
        ({"通知日期": date(2026, 2, 28)}, []),
    ],
)
def test_told_before_today_and_not_confirmed(change: Cells, expected: list[str]) -> None:
    assert ask(change) == expected


@pytest.mark.parametrize(
    ("booked", "expected"),
    [
        ({}, []),
        ({"类型": "丢件"}, []),
        ({"快递单号": T2}, SPOKEN),
        ({"登记日期": date(2026, 3, 29)}, SPOKEN),  # the day of the notice
        ({"登记日期": date(2026, 2, 20)}, SPOKEN),
        ({"登记日期": None}, []),
        ({"登记日期": "昨天"}, []),
    ],
)
@pytest.mark.parametrize("confirmed", [None, date(2026, 3, 30)])
def test_booked_as_lost(booked: Cells, expected: list[str], confirmed: Value) -> None:
    unconfirmed = confirmed is None or booked.get("快递单号") != T2
    assert ask({"确认日期": confirmed}, booked) == (expected if unconfirmed else [])


def test_of_two_bookings_the_early_one_counts() -> None:
    assert ask({}, {}, {"登记日期": date(2026, 3, 29), "产品": "电源"}) == SPOKEN


def test_other_carriers_have_their_own_rule() -> None:
    other: Cells = {"快递公司": "圆通", "快递单号": T1}
    assert ask(other, other | {"登记日期": date(2026, 3, 29)}) == []


def test_without_the_lost_register_it_cannot_be_known() -> None:
    made = verdict(day(interception=[TOLD]))
    assert [n.needs for n in made.not_run if n.code == CODE] == [("lost",)]
