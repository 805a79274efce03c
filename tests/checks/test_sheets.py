"""``control-total``, ``unclaimed-column``, ``hidden-rows``: what is said of sheets (contract §4)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.build import FREIGHT, RECEIVING, day, findings, grid, said, sheet, spots
from xlflow.grid import Value

OLD = FREIGHT | {"登记日期": date(2026, 2, 20)}


def totalled(*rows: list[Value]) -> list[str]:
    head = ["登记日期", "订单号", "支付宝账号", "收款人姓名", "运费金额", "原因"]
    return [f.place for f in findings(day(freight=[grid([head, *rows])]), "control-total")]  # type: ignore[list-item]


def paid(amount: Value, on: Value = date(2026, 3, 8)) -> list[Value]:
    return [on, "1234567890123456789", "a@example.com", "张三", amount, "坏"]


def total(amount: Value, label: str = "合计") -> list[Value]:
    return [label, None, None, None, amount, None]


def test_a_wrong_total_is_named_at_its_cell() -> None:
    made = day(freight=[grid([list(FREIGHT), list(FREIGHT.values()), ["合计", None, None, None, Decimal("13.50")]])])
    assert [(said(f), f.owner, f.row, f.field) for f in findings(made, "control-total")] == [
        (
            "freight.xlsx 3月!E3 control-total W amount=13.50: the total says 13.50, the rows above it add up to 12; "
            "look for a row left out of the sum, or correct the total",
            "after_sales",
            3,
            "amount",
        )
    ]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([paid(12), paid("很多"), total(12)], False),  # of the readable amounts
        ([paid(12), paid("很多"), total(20)], True),
        ([paid(12, date(2026, 2, 1)), paid(8), total(20)], False),  # those before `start` are in the sum
        ([paid(12, date(2026, 2, 1)), total(99)], False),  # and of them nothing is said
        ([paid(12), total(None)], False),
        ([paid(12), total(None), paid(8), total(20, "总计")], False),
        ([paid(12), total(12, "小计"), paid(8), total(8, "小计"), total(20)], False),
        ([paid(12), total(12, "小计"), paid(8), total(20, "小计")], True),
        ([paid(12), total(12, "本页合计"), paid(8), total(20, "总计")], False),
        ([paid(12), total(12), paid(8), total(8)], True),  # 合计 is over all rows
        ([paid(12), ["审核：老王", None, None, None, None, None], total(12)], False),
    ],
)
def test_totals(rows: list[list[Value]], wrong: bool) -> None:
    assert bool(totalled(*rows)) is wrong


def test_a_heading_no_field_claims_is_told_of() -> None:
    made = day(receiving=[RECEIVING | {"货架号": "A-3"}])
    assert [(said(f), f.owner, f.row, f.cell, f.level.severity) for f in findings(made, "unclaimed-column")] == [
        (
            "receiving.xlsx 3月!H1 unclaimed-column I None=货架号: nothing reads the column 货架号; if it matters, "
            "name its heading in xlflow.toml under [registers.receiving.headings]",
            "warehouse",
            1,
            "H1",
            "info",
        )
    ]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ({}, []),
        ({"备注": "好"}, []),
        ({"回寄备注": "好"}, ["H1"]),
        ({"订单编号": "1234567890123456789"}, ["C1"]),  # the earlier spelling wins
        ({"交易编号": "1234567890123456789"}, ["H1"]),
        ({"  ": None}, []),
    ],
)
def test_which_columns_are_unclaimed(row: dict[str, Value], cells: list[str]) -> None:
    assert [f.cell for f in findings(day(receiving=[RECEIVING | row]), "unclaimed-column")] == cells


def test_a_column_without_a_heading_is_told_of_when_it_holds_something() -> None:
    rows = [[*RECEIVING, None, None], [*RECEIVING.values(), None, "易碎"]]
    found = findings(day(receiving=[grid(rows)]), "unclaimed-column")
    assert [(said(f), f.cell) for f in found] == [
        (
            "receiving.xlsx 3月!I1 unclaimed-column I None=None: nothing reads this column: it has no heading; if it "
            "matters, name its heading in xlflow.toml under [registers.receiving.headings]",
            "I1",
        )
    ]


def test_hidden_rows_are_counted() -> None:
    rows = [RECEIVING | {"退回单号": f"YT{i:013d}"} for i in range(4)]
    made = day(receiving=sheet(rows, hidden_rows=frozenset({1, 3, 4, 9})))
    assert [(said(f), f.row, f.cell, f.owner) for f in findings(made)] == [
        (
            "receiving.xlsx 3月 hidden-rows I None=None: 2 rows are hidden or filtered away; they were read all the "
            "same; clear the filter or unhide them if you want to see what was read",
            0,
            None,
            "warehouse",
        )
    ]


def test_hidden_rows_are_judged_like_any() -> None:
    rows = [RECEIVING, RECEIVING | {"数量": None, "退回单号": "YT0000000000001"}]
    assert spots(day(receiving=sheet(rows, hidden_rows=frozenset({3}))), "missing") == ["receiving F3 E quantity"]


def test_a_hidden_heading_or_title_hides_no_row() -> None:
    assert findings(day(receiving=sheet([RECEIVING], hidden_rows=frozenset({1})))) == []


def test_a_sheet_of_rows_before_the_start_says_nothing() -> None:
    made = day(freight=sheet([OLD | {"货架号": "A-3"}], hidden_rows=frozenset({2})))
    assert findings(made) == []
