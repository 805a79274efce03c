"""``duplicate-row``: the same thing again, the later row flagged, the earlier named (contract §4)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import EXCHANGE, FREIGHT, O1, O2, RECEIVING, T1, T2, T3, day, findings, said, spots
from xlflow.grid import UNCACHED, Value

CODE = "duplicate-row"
Cells = dict[str, Value]
CLEAN = {"receiving": RECEIVING, "exchange": EXCHANGE, "freight": FREIGHT}


def ask(register: str, *changes: Cells) -> list[str]:
    return spots(day(**{register: [CLEAN[register] | change for change in changes]}), CODE)  # type: ignore[arg-type]


MEND = "delete one of the two rows; if they are two cases, correct what was typed wrong"


@pytest.mark.parametrize(
    ("register", "cell", "field", "value", "owner"),
    [
        ("receiving", "B", "tracking_no", T1, "warehouse"),
        ("exchange", "B", "order_no", O1, "warehouse"),
        ("freight", "B", "order_no", O1, "after_sales"),
    ],
)
def test_the_later_is_flagged_and_the_earlier_named(
    register: str, cell: str, field: str, value: str, owner: str
) -> None:
    row = CLEAN[register]
    found = findings(day(**{register: [row, row]}), CODE)  # type: ignore[arg-type]
    first = f"{register}.xlsx 3月!{cell}2"
    assert [(said(f), f.owner, f.related) for f in found] == [
        (
            f"{register}.xlsx 3月!{cell}3 duplicate-row E {field}={value}: "
            f"the same as {first}, registered before; {MEND}",
            owner,
            (first,),
        )
    ]


RECEIVED_AGAIN: list[Cells] = [
    {},
    {"收货日期": date(2026, 3, 9)},
    {"订单号": O2},
    {"数量": 5},
    {"类型": "换货"},
    {"退回单号": f"圆通{T1}-1-1-"},
    {"产品": " 路由 器 "},
    {"型号": "ａｘ３０００"},
]
RECEIVED_OTHER: list[Cells] = [
    {"退回单号": T2},
    {"退回单号": None},
    {"退回单号": "看不清"},
    {"产品": "电源"},
    {"型号": "AX1500"},
    {"型号": None},
    {"产品": UNCACHED},
    {"型号": UNCACHED},
]


@pytest.mark.parametrize("change", RECEIVED_AGAIN)
def test_the_same_product_in_the_same_parcel(change: Cells) -> None:
    assert ask("receiving", {}, change) == ["receiving B3 E tracking_no"]


@pytest.mark.parametrize("change", RECEIVED_OTHER)
def test_another_product_or_another_parcel(change: Cells) -> None:
    assert ask("receiving", {}, change) == []


def test_blank_parts_of_the_key() -> None:
    assert ask("receiving", {"型号": None}, {"型号": None}) == ["receiving B3 E tracking_no"]
    assert ask("receiving", {"退回单号": None}, {"退回单号": None}) == []
    assert ask("receiving", {"产品": None, "型号": None}, {"产品": None, "型号": None}) == []
    assert ask("exchange", {"型号": None}, {"型号": None}) == ["exchange B3 E order_no"]
    assert ask("exchange", {"订单号": None}, {"订单号": None}) == []
    assert ask("freight", {"订单号": None}, {"订单号": None}) == []


EXCHANGED_AGAIN: list[Cells] = [{}, {"登记日期": date(2026, 3, 20)}, {"数量": 2}, {"换出单号": T3}]
EXCHANGED_OTHER: list[Cells] = [
    {"订单号": O2}, {"订单号": "看不清"}, {"产品": "电源"}, {"型号": None}, {"退回单号": T2}, {"退回单号": None},
    {"退回单号": "看不清"}, {"产品": UNCACHED},
]  # fmt: skip


@pytest.mark.parametrize("change", EXCHANGED_AGAIN)
def test_the_same_exchange(change: Cells) -> None:
    assert ask("exchange", {}, change) == ["exchange B3 E order_no"]


@pytest.mark.parametrize("change", EXCHANGED_OTHER)
def test_another_exchange(change: Cells) -> None:
    assert ask("exchange", {}, change) == []


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({}, {}, True),
        ({}, {"登记日期": date(2026, 3, 7)}, False),
        ({"登记日期": None}, {"登记日期": None}, False),
        ({"登记日期": "昨天"}, {"登记日期": "昨天"}, False),
    ],
)
def test_without_a_parcel_an_exchange_goes_by_its_day(first: Cells, second: Cells, same: bool) -> None:
    blank: Cells = {"退回单号": None}
    assert ask("exchange", blank | first, blank | second) == (["exchange B3 E order_no"] if same else [])


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (T1, T1, True),
        (T1, f"{T1}-1-1-", True),
        (T1, None, True),
        (None, T1, True),
        (None, None, True),
        (T1, T2, False),
        (T1, "看不清", False),  # the later row's own cell
    ],
)
def test_freight_goes_by_its_order_unless_the_parcels_differ(first: Value, second: Value, same: bool) -> None:
    assert ask("freight", {"退回单号": first}, {"退回单号": second}) == (["freight B3 E order_no"] if same else [])


def test_an_earlier_row_whose_parcel_cannot_be_read_is_the_same_order_s() -> None:
    """Not both rows have a tracking number that differs; and the earlier one may be paid already."""
    assert ask("freight", {"退回单号": "看不清", "打款状态": "已打款"}, {}) == ["freight B3 E order_no"]


@pytest.mark.parametrize(
    "change",
    [{"支付宝账号": "other@example.com"}, {"运费金额": 15}, {"原因": "坏"}, {"订单号": f" {O1[:4]} {O1[4:]}'"[:-1]}],
)
def test_what_else_a_freight_row_says_does_not_matter(change: Cells) -> None:
    assert ask("freight", {}, change) == ["freight B3 E order_no"]


def test_orders_that_differ_are_two() -> None:
    assert ask("freight", {}, {"订单号": O2}) == []
    assert ask("freight", {}, {"订单号": "看不清"}) == []


class TestWhichIsLater:
    def test_by_date(self) -> None:
        assert ask("freight", {"登记日期": date(2026, 3, 9)}, {}) == ["freight B2 E order_no"]

    def test_on_one_day_by_place(self) -> None:
        made = day(freight={"b.xlsx": [FREIGHT], "a.xlsx": [FREIGHT]})
        assert [f.place for f in findings(made, CODE)] == ["b.xlsx 3月!B2"]

    def test_a_row_without_a_date_comes_last(self) -> None:
        assert ask("freight", {"登记日期": None}, {}) == ["freight B2 E order_no"]

    def test_each_later_row_names_all_before_it(self) -> None:
        found = findings(day(freight=[FREIGHT, FREIGHT, FREIGHT]), CODE)
        assert [f.related for f in found] == [
            ("freight.xlsx 3月!B2",),
            ("freight.xlsx 3月!B2", "freight.xlsx 3月!B3"),
        ]

    def test_only_those_it_is_the_same_as(self) -> None:
        rows = [{"退回单号": T1}, {"退回单号": T2}, {"退回单号": T2}, {"退回单号": None}]
        found = findings(day(freight=[FREIGHT | row for row in rows]), CODE)
        assert [(f.cell, f.related) for f in found] == [
            ("B4", ("freight.xlsx 3月!B3",)),
            ("B5", ("freight.xlsx 3月!B2", "freight.xlsx 3月!B3", "freight.xlsx 3月!B4")),
        ]

    def test_a_row_before_the_start_is_the_first_and_is_not_flagged(self) -> None:
        old: Cells = {"登记日期": date(2026, 2, 20)}
        assert ask("freight", old, {}) == ["freight B3 E order_no"]
        assert ask("freight", old, old) == []
        assert ask("receiving", {"收货日期": date(2026, 2, 20)}, {}) == ["receiving B3 E tracking_no"]


def test_registers_do_not_repeat_each_other() -> None:
    assert spots(day(freight=[FREIGHT], receiving=[RECEIVING], exchange=[EXCHANGE]), CODE) == []
