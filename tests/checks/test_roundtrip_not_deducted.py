"""``roundtrip-not-deducted``: who refuses an upgrade or many pieces bears the freight (contract §4, W2, W3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.build import day, findings, said, spots
from tests.clean_parcels import INTERCEPTION, SF
from xlflow.grid import UNCACHED, Value

CODE = "roundtrip-not-deducted"
Cells = dict[str, Value]
MANY: Cells = {"数量": 5, "实付金额": 645, "来回运费": 24, "退款金额": 621}


def ask(change: Cells, **options: object) -> list[str]:
    return spots(day(interception=[INTERCEPTION | MANY | change], **options), CODE)  # type: ignore[arg-type]


def test_it_says_what_was_refunded_and_what_is_due() -> None:
    rows: list[Cells] = [{"退款金额": "621.01"}, {"实付金额": None}, {"来回运费": None}]
    found = findings(day(interception=[INTERCEPTION | MANY | row for row in rows]), CODE)
    fix = "deduct the freight both ways (来回运费) from what was paid, and refund the rest"
    assert [(said(f), f.owner) for f in found] == [
        (f"interception.xlsx 3月!{cell} {CODE} E refund_amount={value}: {message}; {fix}", "after_sales")
        for cell, value, message in (
            ("H2", "621.01", "621.01 yuan is more than the 645.00 yuan paid less 24.00 yuan of freight both ways"),
            ("H3", "621.00", "it is not known what the customer paid: 实付金额 is blank"),
            ("H4", "621.00", "it is not known what is to be deducted: 来回运费 is blank"),
        )
    ]


@pytest.mark.parametrize(
    ("change", "speaks"),
    [
        ({}, False),
        ({"退款金额": Decimal("621.01")}, True),
        ({"退款金额": 645}, True),
        ({"退款金额": 600}, False),
        ({"退款金额": None}, False),
        ({"退款金额": "全退"}, False),
        ({"退款金额": 0}, False),
        ({"退款金额": 0, "实付金额": None}, True),
        ({"实付金额": None}, True),
        ({"来回运费": None}, True),
        ({"来回运费": 0, "退款金额": 645}, False),
        ({"实付金额": "不记得"}, False),
        ({"来回运费": UNCACHED, "退款金额": 645}, False),
        ({"数量": 4, "退款金额": 645}, False),
        ({"数量": "5台", "退款金额": 645}, True),
        ({"数量": 12, "退款金额": 645}, True),
        ({"数量": None, "退款金额": 645}, False),
        ({"数量": "几台", "退款金额": 645}, False),
        ({"通知日期": date(2026, 2, 28), "退款金额": 645}, False),
        ({"通知日期": None, "退款金额": 645}, True),
    ],
)
def test_many_pieces(change: Cells, speaks: bool) -> None:
    assert ask(change) == (["interception H2 E refund_amount"] if speaks else [])


@pytest.mark.parametrize(
    ("change", "speaks"),
    [
        ({}, True),
        ({"退款金额": 621}, False),
        ({"补差价": "否"}, False),
        ({"补差价": None}, False),
        ({"快递公司": "圆通"}, False),  # nothing was upgraded to 顺丰
        ({"数量": "几台"}, True),
    ],
)
def test_an_upgrade(change: Cells, speaks: bool) -> None:
    sent: Cells = {"快递公司": "顺丰", "快递单号": SF, "补差价": "是", "数量": 1, "退款金额": 645}
    assert ask(sent | change) == (["interception H2 E refund_amount"] if speaks else [])


def test_absent_columns_count_as_blank() -> None:
    assert spots(day(interception=[INTERCEPTION | {"数量": 5, "退款金额": 645}]), CODE) == [
        "interception F2 E refund_amount"
    ]


def test_the_desk_s_own_number_of_pieces() -> None:
    own = {"interception.deduct_from_units": (Decimal(3),)}
    assert ask({"数量": 3, "退款金额": 645}, policies=own) == ["interception H2 E refund_amount"]
