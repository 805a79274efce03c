"""``intercept-carrier``: who stops parcels on their way (contract §4, W1)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import day, findings, said, spots
from tests.clean_parcels import INTERCEPTION
from xlflow.grid import UNCACHED, Value

CODE = "intercept-carrier"
Cells = dict[str, Value]


def ask(change: Cells) -> list[str]:
    return spots(day(interception=[INTERCEPTION | change]), CODE)


def test_it_names_the_carrier() -> None:
    found = findings(day(interception=[INTERCEPTION | {"快递公司": "申通快递", "快递单号": "773123456789012"}]), CODE)
    assert [(said(f), f.owner) for f in found] == [
        (
            "interception.xlsx 3月!D2 intercept-carrier W courier=申通: 申通 does not stop parcels on their way; "
            "let the customer refuse it, or correct the carrier; where 顺丰 was an upgrade, fill in 补差价",
            "after_sales",
        )
    ]


@pytest.mark.parametrize(
    ("courier", "upgraded", "speaks"),
    [
        ("中通快递", None, False),
        ("EMS", None, False),
        ("中国邮政", None, False),
        ("韵达", None, False),
        ("圆通", None, False),
        ("申通", None, True),
        ("极兔", "是", True),
        ("顺丰", None, True),
        ("顺丰速运", "否", True),
        ("顺丰", "是", False),
        ("顺丰", "补了 12 元", False),
        ("顺丰", UNCACHED, False),
        (None, None, False),
        ("某某快递", None, False),
    ],
)
def test_which_carriers(courier: Value, upgraded: Value, speaks: bool) -> None:
    assert ask({"快递公司": courier, "补差价": upgraded}) == (["interception D2 W courier"] if speaks else [])


def test_without_the_column_nothing_was_upgraded() -> None:
    assert ask({"快递公司": "顺丰"}) == ["interception D2 W courier"]


def test_not_before_the_start() -> None:
    assert ask({"快递公司": "申通", "通知日期": date(2026, 2, 28)}) == []
