"""``not-received``: freight is paid only for goods that have come back (contract §4, F1)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.build import FREIGHT, O1, O2, RECEIVING, T1, T2, T3, TODAY, day, findings, said, spots
from xlflow.fixes.offer import offers
from xlflow.grid import Value

CODE = "not-received"
Cells = dict[str, Value]


def ask(freight: Cells | list[Cells], *received: Cells, **options: object) -> list[str]:
    rows = [freight] if isinstance(freight, dict) else freight
    return spots(
        day(freight=[FREIGHT | row for row in rows], receiving=[RECEIVING | row for row in received], **options),  # type: ignore[arg-type]
        CODE,
    )


def test_it_says_what_to_wait_for_and_where() -> None:
    found = findings(day(freight=[FREIGHT], receiving=[RECEIVING | {"订单号": O2, "退回单号": T2}]), CODE)
    assert [(said(f), f.owner, f.related) for f in found] == [
        (
            f"freight.xlsx 3月!B2 not-received E order_no={O1}: no parcel of this order has been received yet "
            "(等收货); wait for the parcel; if it has come, correct the order or tracking number, here or in the "
            "receiving register",
            "after_sales",
            (),
        )
    ]


@pytest.mark.parametrize(
    "received",
    [
        {"订单号": O2, "退回单号": T2},
        {"类型": "拒收"},
        {"类型": "客户拒收"},
        {"类型": "拒签"},
        {"类型": "拍照拒收"},
        {"类型": "无理件"},
        {"类型": None},
        {"类型": "维修"},
        {"收货日期": date(2026, 4, 1)},
        {"收货日期": date(2004, 12, 31)},
        {"收货日期": None},
        {"收货日期": "昨天"},
        {"订单号": O2, "退回单号": None},
        {"订单号": None, "退回单号": T2},
        {"订单号": Decimal("1.23456789012346E+18"), "退回单号": "单号看不清"},
    ],
)
def test_nothing_came_back(received: Cells) -> None:
    assert ask({}, received) == ["freight B2 E order_no"]


@pytest.mark.parametrize(
    "received",
    [
        {},
        {"类型": "换货"},
        {"收货日期": TODAY},
        {"收货日期": date(2026, 2, 1)},  # before `start` it is matched all the same
        {"收货日期": date(2026, 3, 20)},  # after the freight was registered
        {"订单号": O2},  # by tracking
        {"订单号": None},
        {"订单号": "看不清"},
        {"退回单号": T2},  # by order
        {"退回单号": None},
        {"退回单号": "单号看不清"},
        {"退回单号": f"圆通快递 {T1}-1-1-", "订单号": O2},
        {"数量": "很多", "产品": None},  # whatever else is wrong with the row
    ],
)
def test_it_came_back(received: Cells) -> None:
    assert ask({}, received) == []


@pytest.mark.parametrize(
    "row",
    [
        {"订单号": None},  # its `missing` speaks
        {"订单号": "看不清"},  # its `unreadable` speaks
        {"退回单号": "看不清"},
        {"登记日期": date(2026, 2, 28)},  # before `start`
    ],
)
def test_a_row_that_cannot_be_judged_is_not(row: Cells) -> None:
    assert ask(row, {"订单号": O2, "退回单号": T2}) == []


@pytest.mark.parametrize("registered", [None, "昨天", date(2026, 4, 1), date(2026, 3, 1)])
def test_a_row_with_a_mistaken_date_is_judged(registered: Value) -> None:
    assert ask({"登记日期": registered}, {"订单号": O2, "退回单号": T2}) == ["freight B2 E order_no"]


def test_without_a_tracking_number_the_order_will_do() -> None:
    assert ask({"退回单号": None}, {}) == []
    assert ask({"退回单号": None}, {"订单号": O2}) == ["freight B2 E order_no"]


class TestOneParcelServesOneRow:
    def test_a_second_row_with_another_tracking_needs_a_parcel_of_its_own(self) -> None:
        assert ask([{}, {"退回单号": T2}], {}) == ["freight B3 E order_no"]
        assert ask([{}, {"退回单号": T2}], {}, {"退回单号": T2}) == []
        assert ask([{}, {"退回单号": T2}], {}, {"退回单号": T3}) == []

    def test_the_row_that_bears_the_parcel_s_number_has_it_however_late_it_is(self) -> None:
        rows = [{"退回单号": T2, "登记日期": date(2026, 3, 6)}, {}]
        assert ask(rows, {}) == ["freight B2 E order_no"]

    def test_by_order_the_row_registered_first_has_it(self) -> None:
        rows: list[Cells] = [{"退回单号": T3, "登记日期": date(2026, 3, 9)}, {"退回单号": T2}]
        assert ask(rows, {}) == ["freight B2 E order_no"]
        assert ask(list(reversed(rows)), {}) == ["freight B3 E order_no"]

    def test_two_products_of_one_parcel_are_one_parcel(self) -> None:
        assert ask([{}, {"退回单号": T2}], {}, {"产品": "电源"}) == ["freight B3 E order_no"]

    def test_rows_without_a_parcel_s_number_are_a_parcel_each(self) -> None:
        assert ask([{"退回单号": T2}, {"退回单号": T3}], {"退回单号": None}, {"退回单号": None}) == []
        assert ask([{"退回单号": T2}, {"退回单号": T3}], {"退回单号": None}) == ["freight B3 E order_no"]

    def test_a_row_before_the_start_has_its_parcel_too(self) -> None:
        rows = [{"登记日期": date(2026, 2, 20)}, {"退回单号": T2}]
        assert ask(rows, {}) == ["freight B3 E order_no"]

    @pytest.mark.parametrize("tracking", [T1, None])
    def test_the_same_thing_again_is_a_duplicate_and_nothing_more(self, tracking: str | None) -> None:
        assert ask([{}, {"退回单号": tracking}], {}) == []
        assert ask([{"退回单号": tracking}, {}], {}) == []


class TestInTheFixListFromTheEighthDay:
    @pytest.mark.parametrize(
        ("registered", "listed"),
        [(date(2026, 3, 23), True), (date(2026, 3, 24), False), (TODAY, False), (None, True), ("昨天", True)],
    )
    def test_until_then_it_waits(self, registered: Value, listed: bool) -> None:
        made = day(freight=[FREIGHT | {"登记日期": registered}], receiving=[RECEIVING | {"订单号": O2, "退回单号": T2}])
        found = findings(made, CODE)
        assert len(found) == 1
        assert bool(offers(made, found)) is listed
