"""``third-exchange``: the third or later exchange row of one order (contract §4, F4)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.build import EXCHANGE, O2, day, findings, said, spots
from xlflow.grid import Value

CODE = "third-exchange"
Cells = dict[str, Value]


def rows(*changes: Cells) -> list[Cells]:
    """One row a change, of one order, each in a parcel and on a day of its own."""
    return [
        EXCHANGE | {"登记日期": date(2026, 3, 2 + i), "退回单号": f"YT{i:013d}", "换出日期": None} | change
        for i, change in enumerate(changes)
    ]


def ask(*changes: Cells) -> list[str]:
    return spots(day(exchange=rows(*changes)), CODE)


def test_the_manager_should_know_of_the_third() -> None:
    found = findings(day(exchange=rows({}, {}, {})), CODE)
    assert [(said(f), f.owner, f.related) for f in found] == [
        (
            "exchange.xlsx 3月!B4 third-exchange W order_no=1234567890123456789: exchange number 3 of this order; "
            "ask the manager before it is exchanged again",
            "manager",
            ("exchange.xlsx 3月!B2", "exchange.xlsx 3月!B3"),
        )
    ]


def test_and_of_each_after_it() -> None:
    assert ask({}, {}, {}, {}) == ["exchange B4 W order_no", "exchange B5 W order_no"]


@pytest.mark.parametrize("other", [{"订单号": O2}, {"订单号": None}, {"订单号": "看不清"}])
def test_two_are_quiet_whatever_else_is_there(other: Cells) -> None:
    assert ask({}, {}, other) == []
    assert ask({}, other, {}) == []


def test_the_third_is_told_by_its_date_not_by_its_place() -> None:
    assert ask({"登记日期": date(2026, 3, 20)}, {}, {}) == ["exchange B2 W order_no"]


def test_on_one_day_by_its_place() -> None:
    same: Cells = {"登记日期": date(2026, 3, 5)}
    assert ask(same, same, same) == ["exchange B4 W order_no"]


def test_it_is_counted_from_the_first_judged_row() -> None:
    old: Cells = {"登记日期": date(2026, 2, 20)}
    assert ask(old, {}, {}) == []
    assert ask(old, {}, {}, {}) == ["exchange B5 W order_no"]


def test_the_desk_may_have_a_number_of_its_own() -> None:
    made = day(exchange=rows({}, {}), policies={"exchange.per_order": (Decimal(1),)})
    assert spots(made, CODE) == ["exchange B3 W order_no"]


def test_across_sheets_and_files() -> None:
    first, second, third = rows({}, {}, {})
    made = day(exchange={"a.xlsx": [first], "b.xlsx": [second, third]})
    assert [f.place for f in findings(made, CODE)] == ["b.xlsx 3月!B3"]
