"""Network cables: compensated with 2.00 each, 4.00 an order, within seven days; sent again once (contract §4, C1–C5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.build import COMPENSATION, O1, O2, REISSUE, day, findings, said, spots
from tests.clean_parcels import INVOICE
from xlflow.grid import UNCACHED, Value

Cells = dict[str, Value]
MISSED = COMPENSATION | {"签收日期": date(2026, 3, 1), "反馈日期": date(2026, 3, 8), "原因": "没收到网线"}


def told(code: str, *rows: Cells, clean: Cells = COMPENSATION, **policies: tuple[Decimal, ...]) -> list[str]:
    return spots(day(compensation=[clean | row for row in rows], policies=policies), code)


class TestOverUnit:
    CODE = "cable-over-unit"

    def test_a_cable_is_2_yuan(self) -> None:
        made = day(compensation=[COMPENSATION | {"补偿金额": "3元"}])
        assert [(said(f), f.owner) for f in findings(made, self.CODE)] == [
            (
                "compensation.xlsx 3月!D2 cable-over-unit W amount=3.00: 3.00 yuan for 1, and one cable is 2.00 yuan; "
                "correct the amount or the quantity",
                "after_sales",
            )
        ]

    @pytest.mark.parametrize(
        ("row", "speaks"),
        [
            ({}, False),
            ({"补偿金额": Decimal("2.01")}, True),
            ({"补偿金额": 4, "数量": 2}, False),
            ({"补偿金额": Decimal("4.01"), "数量": "2条"}, True),
            ({"补偿金额": 4, "数量": None}, True),
            ({"补偿金额": 2, "数量": 0}, True),
            ({"补偿金额": 4, "数量": "几条"}, False),  # its own finding speaks
            ({"补偿金额": 4, "数量": UNCACHED}, False),
            ({"补偿金额": "很多"}, False),
            ({"补偿金额": 4, "补偿项目": "电源"}, False),
            ({"补偿金额": 4, "补偿项目": "其他"}, False),
            ({"补偿金额": 4, "补偿方式": "店长"}, True),
            ({"补偿金额": 4, "订单号": None}, True),
            ({"补偿金额": 4, "登记日期": date(2026, 2, 28)}, False),
            ({"补偿金额": 4, "登记日期": None}, True),
        ],
    )
    def test_when_it_speaks(self, row: Cells, speaks: bool) -> None:
        assert told(self.CODE, row) == (["compensation D2 W amount"] if speaks else [])

    def test_the_desk_s_own_number(self) -> None:
        assert told(self.CODE, {"补偿金额": 3}, **{"cable.per_unit": (Decimal(3),)}) == []


class TestOverCap:
    CODE = "cable-over-cap"

    def test_an_order_gets_4_yuan(self) -> None:
        rows = [COMPENSATION | {"登记日期": date(2026, 3, day_)} for day_ in (5, 6, 7)]
        assert [(said(f), f.related) for f in findings(day(compensation=rows), self.CODE)] == [
            (
                "compensation.xlsx 3月!D4 cable-over-cap E amount=2.00: the cables of this order come to 6.00 yuan, and "
                "4.00 is the most an order gets; take the row out, or correct the amounts",
                ("compensation.xlsx 3月!D2", "compensation.xlsx 3月!D3"),
            )
        ]

    @pytest.mark.parametrize(
        ("rows", "cells"),
        [
            ([{"补偿金额": 4}], []),
            ([{"补偿金额": Decimal("4.01")}], ["D2"]),
            ([{}, {}], []),
            ([{}, {}, {"补偿金额": Decimal("0.01")}, {"补偿金额": Decimal("0.01")}], ["D4", "D5"]),
            ([{"登记日期": date(2026, 3, 9)}, {}, {}], ["D2"]),  # by date, then by place
            ([{"登记日期": None}, {}, {}], ["D2"]),
            ([{}, {}, {"订单号": O2}], []),
            ([{}, {}, {"订单号": f"{O1[:9]} {O1[9:]}"}], ["D4"]),
            ([{}, {}, {"补偿项目": "电源"}], []),
            ([{}, {}, {"补偿项目": None}], []),
            ([{}, {"补偿金额": "2左右"}, {}], []),
            ([{}, {"登记日期": date(2026, 2, 28)}, {}], []),  # from the first judged row
            ([{"补偿金额": 9, "订单号": None}, {"补偿金额": 9, "订单号": "看不清"}], []),
            ([{"补偿方式": "店长"}, {"补偿方式": "小额打款"}, {}], ["D4"]),
            ([{"补偿金额": 4, "数量": 9}, {}], ["D3"]),
        ],
    )
    def test_which_rows(self, rows: list[Cells], cells: list[str]) -> None:
        assert told(self.CODE, *rows) == [f"compensation {cell} E amount" for cell in cells]

    def test_the_desk_s_own_number(self) -> None:
        assert told(self.CODE, {}, {}, {}, **{"cable.per_order": (Decimal(6),)}) == []


class TestLate:
    CODE = "cable-late"

    def test_after_seven_days_there_is_no_money(self) -> None:
        made = day(compensation=[MISSED | {"反馈日期": date(2026, 3, 9)}])
        assert [said(f) for f in findings(made, self.CODE)] == [
            "compensation.xlsx 3月!G2 cable-late E feedback_on=2026-03-09: missed the cable 8 days after signing for "
            "the goods; too late for money: take the row out, or correct the dates"
        ]

    @pytest.mark.parametrize(
        ("row", "speaks"),
        [
            ({}, False),  # the seventh day
            ({"反馈日期": date(2026, 3, 9)}, True),
            ({"反馈日期": None, "登记日期": date(2026, 3, 8)}, False),
            ({"反馈日期": None, "登记日期": date(2026, 3, 9)}, True),
            ({"反馈日期": None, "登记日期": None}, False),
            ({"反馈日期": "上周", "登记日期": date(2026, 3, 20)}, False),
            ({"反馈日期": date(2026, 3, 20), "登记日期": "昨天"}, True),
            ({"签收日期": date(2026, 2, 1)}, True),
            ({"签收日期": None, "反馈日期": date(2026, 3, 20)}, False),
            ({"签收日期": "前天", "反馈日期": date(2026, 3, 20)}, False),
            ({"原因": "网线坏了", "反馈日期": date(2026, 3, 20)}, False),
            ({"原因": None, "反馈日期": date(2026, 3, 20)}, False),
            ({"原因": "漏发", "反馈日期": date(2026, 3, 20)}, True),
            ({"补偿项目": "电源", "反馈日期": date(2026, 3, 20)}, False),
            ({"反馈日期": date(2026, 2, 20)}, False),
            ({"反馈日期": date(2026, 3, 20), "登记日期": date(2026, 2, 20)}, False),
        ],
    )
    def test_when_it_speaks(self, row: Cells, speaks: bool) -> None:
        assert told(self.CODE, row, clean=MISSED) == (["compensation G2 E feedback_on"] if speaks else [])

    def test_without_the_column_the_registration_counts(self) -> None:
        row = {name: value for name, value in MISSED.items() if name != "反馈日期"} | {"登记日期": date(2026, 3, 9)}
        assert spots(day(compensation=[row]), self.CODE) == ["compensation 2 E feedback_on"]


class TestBrokenReissue:
    CODE = "cable-broken-reissue"

    def test_a_broken_cable_is_not_sent_again(self) -> None:
        made = day(reissue=[REISSUE | {"补发原因": "网线坏了"}])
        assert [(said(f), f.owner) for f in findings(made, self.CODE)] == [
            (
                "reissue.xlsx 3月!C2 cable-broken-reissue E items=网线: a broken cable is not sent again: 网线坏了; "
                "offer the customer 2 yuan instead, and take the cable out; if it never came, correct 原因",
                "after_sales",
            )
        ]

    @pytest.mark.parametrize(
        ("row", "speaks"),
        [
            ({"补发原因": "不通"}, True),
            ({"补发原因": "没收到"}, False),
            ({"补发原因": "不是坏的"}, False),
            ({"补发原因": None}, False),
            ({"补发原因": "坏", "补发类型": "电源"}, False),
            ({"补发原因": "坏", "补发类型": "发票+网线"}, True),
            ({"补发原因": "坏", "补发类型": "网线1条"}, False),
            ({"补发原因": "坏", "登记日期": date(2026, 2, 28)}, False),
        ],
    )
    def test_when_it_speaks(self, row: Cells, speaks: bool) -> None:
        made = day(reissue=[REISSUE | row])
        assert spots(made, self.CODE) == (["reissue C2 E items"] if speaks else [])


class TestInvoice:
    CODE = "cable-invoice"
    ALONE = REISSUE | {"附发票": None, "已开发票": None}

    def told(self, *rows: Cells, invoices: tuple[Cells, ...] = ()) -> list[str]:
        reissues = [self.ALONE | row for row in rows]
        return spots(
            day(reissue=reissues, invoice=[{**INVOICE, "订单编号": O2, **row} for row in invoices or ({},)]), self.CODE
        )

    def test_with_a_cable_goes_the_invoice(self) -> None:
        made = day(reissue=[self.ALONE], invoice=[INVOICE | {"订单编号": O2}])
        assert [(said(f), f.owner) for f in findings(made, self.CODE)] == [
            (
                "reissue.xlsx 3月!C2 cable-invoice W items=网线: a cable is sent, and no invoice of this order was "
                "issued; send the invoice with it and write 附发票, or write 已开发票 if the customer has one",
                "after_sales",
            )
        ]

    @pytest.mark.parametrize(
        ("row", "speaks"),
        [
            ({"附发票": "否", "已开发票": "无"}, True),
            ({"附发票": "√"}, False),
            ({"已开发票": "开过"}, False),
            ({"附发票": UNCACHED}, False),
            ({"补发类型": "网线、发票"}, False),
            ({"补发类型": "电源"}, False),
            ({"订单号": None}, False),
            ({"登记日期": date(2026, 2, 28)}, False),
        ],
    )
    def test_what_the_row_says(self, row: Cells, speaks: bool) -> None:
        assert self.told(row) == (["reissue C2 W items"] if speaks else [])

    @pytest.mark.parametrize(
        ("invoice", "speaks"),
        [
            ({}, False),
            ({"开票日期": None}, True),
            ({"开票日期": date(2026, 2, 2), "登记日期": date(2026, 2, 1)}, False),
            ({"发票类型": "普票"}, False),
            ({"订单编号": None}, True),
        ],
    )
    def test_what_was_issued(self, invoice: Cells, speaks: bool) -> None:
        told = self.told({}, invoices=({"订单编号": O1} | invoice,))
        assert told == (["reissue C2 W items"] if speaks else [])

    @pytest.mark.parametrize("other", [{}, {"登记日期": date(2026, 2, 1)}, {"登记日期": date(2026, 3, 30)}])
    def test_another_parcel_may_bring_it(self, other: Cells) -> None:
        assert self.told({}, {"补发类型": "发票"} | other) == []
        assert self.told({}, {"补发类型": "发票", "订单号": O2} | other) == ["reissue C2 W items"]
