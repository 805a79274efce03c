"""``quantity-mismatch``: what came back is not what the customer applied for (contract §4, S0 五.7)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import FREIGHT, O2, RECEIVING, T2, day, findings, said, spots
from xlflow.grid import UNCACHED, Value
from xlflow.locale import render

CODE = "quantity-mismatch"
Cells = dict[str, Value]
QUESTIONS = ("是寄回来什么产品", "几个产品", "需要退货几个")


def ask(**received: Value) -> list[str]:
    return spots(day(receiving=[RECEIVING | received]), CODE)


def test_it_is_for_after_sales_to_ask() -> None:
    found = findings(day(receiving=[RECEIVING | {"申请数量": 2}]), CODE)
    assert [(said(f), f.owner, f.related) for f in found] == [
        (
            "receiving.xlsx 3月!F2 quantity-mismatch E quantity=1: 1 came back, 2 were applied for: "
            "客户寄回来的产品数量不符，拍照拒收; ask the customer: “是寄回来什么产品？”、“几个产品？”、“需要退货几个？”"
            "; settle it with the customer and correct the quantities",
            "after_sales",
            (),
        )
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_message_has_the_wording_and_the_three_questions(language: str) -> None:
    (found,) = findings(day(receiving=[RECEIVING | {"申请数量": 2}]), CODE)
    message = render(found.message, language)
    assert [words for words in ("客户寄回来的产品数量不符，拍照拒收", *QUESTIONS) if words not in message] == []


@pytest.mark.parametrize(
    ("row", "speaks"),
    [
        ({"数量": 3, "申请数量": 2}, True),
        ({"数量": 0, "申请数量": 1}, True),
        ({"数量": "1个", "申请数量": "2台"}, True),
        ({"类型": "拒收", "申请数量": 2}, True),
        ({"类型": "拍照拒收", "申请数量": 2}, True),
        ({"数量": 2, "申请数量": "2个"}, False),
        ({"数量": 0, "申请数量": 0}, False),
        ({"数量": None, "申请数量": 2}, False),
        ({"申请数量": None}, False),
        ({"数量": "几个", "申请数量": 2}, False),
        ({"申请数量": "几个"}, False),
        ({"申请数量": UNCACHED}, False),
        ({"申请数量": 2, "收货日期": date(2026, 2, 28)}, False),
    ],
)
def test_whether_it_speaks(row: Cells, speaks: bool) -> None:
    assert ask(**row) == (["receiving F2 E quantity"] if speaks else [])


def test_it_holds_the_freight_of_the_order_and_no_other() -> None:
    rows = [FREIGHT, FREIGHT | {"退回单号": T2}, FREIGHT | {"订单号": O2, "退回单号": None}]
    (found,) = findings(day(freight=rows, receiving=[RECEIVING | {"申请数量": 2}]), CODE)
    assert [(row.register, row.number) for row in found.rows] == [("receiving", 2), ("freight", 2), ("freight", 3)]


@pytest.mark.parametrize("order", [None, "看不清"])
def test_without_an_order_it_holds_the_freight_that_came_back_in_the_parcel(order: str | None) -> None:
    freight = [FREIGHT, FREIGHT | {"退回单号": None}]
    (found,) = findings(day(freight=freight, receiving=[RECEIVING | {"申请数量": 2, "订单号": order}]), CODE)
    assert [(row.register, row.number) for row in found.rows] == [("receiving", 2), ("freight", 2)]
