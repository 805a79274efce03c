"""Which parcel a freight or an exchange row came back in (contract §4 ``not-received``)."""

from __future__ import annotations

from datetime import date

from tests.build import EXCHANGE, FREIGHT, O1, O2, RECEIVING, T1, T2, T3, TODAY, day
from xlflow.grid import Value
from xlflow.parcels import exchange_parcels, freight_parcels

Cells = dict[str, Value]


def freight(rows: list[Cells], *received: Cells) -> dict[int, tuple[list[int], bool]]:
    """Row number of each freight row that has a parcel → the parcel's rows, and whether by its tracking number."""
    made = day(freight=[FREIGHT | row for row in rows], receiving=[RECEIVING | row for row in received])
    return {
        row.number: ([r.number for r in parcel.rows], parcel.by_tracking)
        for row, parcel in freight_parcels(made).items()
    }


def exchange(row: Cells, *received: Cells) -> list[tuple[list[int], bool]]:
    made = day(exchange=[EXCHANGE | row], receiving=[RECEIVING | r for r in received])
    return [([r.number for r in parcel.rows], parcel.by_tracking) for parcel in exchange_parcels(made).values()]


def test_the_tracking_number_goes_before_the_order() -> None:
    assert freight([{}], {"退回单号": T2}, {"订单号": O2}) == {2: ([3], True)}


def test_a_parcel_has_all_rows_of_its_number_in_order_of_date_and_place() -> None:
    rows: tuple[Cells, ...] = ({"收货日期": date(2026, 3, 6)}, {"产品": "电源"}, {"产品": "网线", "订单号": O2})
    assert freight([{}], *rows) == {2: ([3, 4, 2], True)}


def test_a_row_that_did_not_come_back_is_no_part_of_it() -> None:
    assert freight([{}], {"类型": "拒收"}, {"产品": "电源"}, {"收货日期": None}) == {2: ([3], True)}


def test_by_order_it_has_the_rows_of_one_parcel() -> None:
    rows: tuple[Cells, ...] = ({"退回单号": T2}, {"退回单号": T3}, {"退回单号": T2, "产品": "电源"})
    assert freight([{}], *rows) == {2: ([2, 4], False)}


def test_by_order_the_first_parcel_that_is_free() -> None:
    rows: list[Cells] = [{"退回单号": T3}, {"退回单号": T2}, {"退回单号": None, "登记日期": TODAY}]
    assert freight(rows, {"退回单号": T1, "收货日期": date(2026, 3, 9)}, {"退回单号": None}, {"退回单号": T2}) == {
        2: ([4 - 1], False),
        3: ([4], True),
        4: ([3], False),
    }


def test_a_row_whose_number_cannot_be_read_has_none() -> None:
    assert freight([{"退回单号": "看不清"}], {}) == {}


def test_a_row_without_number_and_order_has_none() -> None:
    assert freight([{"退回单号": None, "订单号": None}], {"退回单号": None, "订单号": None}) == {}


def test_received_on_the_day_it_counts_and_after_it_does_not() -> None:
    assert freight([{}], {"收货日期": TODAY}) == {2: ([2], True)}
    assert freight([{}], {"收货日期": date(2026, 4, 1)}) == {}


def test_an_exchange_has_its_parcel_by_its_number_else_by_its_order() -> None:
    assert exchange({}, {}) == [([2], True)]
    assert exchange({"退回单号": T2}, {}) == [([2], False)]
    assert exchange({"退回单号": None}, {}, {"退回单号": T2}) == [([2], False)]
    assert exchange({"退回单号": T2, "订单号": O2}, {}) == []
    assert exchange({"订单号": O1}, {"订单号": O2, "类型": "换货"}) == [([2], True)]
