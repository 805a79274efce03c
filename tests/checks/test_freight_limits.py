"""``freight-too-high``: what goes to the manager first (contract §4)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.build import FREIGHT, RECEIVING, day, findings, said, spots
from xlflow.grid import UNCACHED, CellError, Value

Cells = dict[str, Value]


def ask(code: str, **freight: Value) -> list[str]:
    return spots(day(freight=[FREIGHT | freight], receiving=[RECEIVING]), code)


def test_a_high_freight_is_the_manager_s() -> None:
    made = day(freight=[FREIGHT | {"运费金额": Decimal("50.01")}], receiving=[RECEIVING])
    assert [(said(f), f.owner) for f in findings(made, "freight-too-high")] == [
        (
            "freight.xlsx 3月!E2 freight-too-high H amount=50.01: the freight of 50.01 yuan is above the limit of "
            "50.00 yuan; ask for the receipt; release it if it is right",
            "manager",
        )
    ]


@pytest.mark.parametrize(
    "amount", [50, "50.00", "￥50.00元", Decimal("49.99"), None, "很多", UNCACHED, CellError("#N/A"), 0, -60]
)
def test_up_to_the_limit_and_unreadable_it_is_quiet(amount: Value) -> None:
    assert ask("freight-too-high", 运费金额=amount) == []


def test_before_the_start_it_is_quiet() -> None:
    assert ask("freight-too-high", 运费金额=99, 登记日期=date(2026, 2, 28)) == []


def test_the_desk_s_own_limit() -> None:
    made = day(
        freight=[FREIGHT | {"运费金额": Decimal("30.01")}, FREIGHT | {"运费金额": 30}],
        receiving=[RECEIVING],
        policies={"freight.ask_above": (Decimal("30.00"),)},
    )
    assert spots(made, "freight-too-high") == ["freight E2 H amount"]
