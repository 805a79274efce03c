"""发票登记表 (contract §3): its headings, what may stand in two columns, what a special invoice needs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.build import O2, day, findings, read, said, sheet, spots
from tests.clean_parcels import INVOICE
from xlflow.grid import UNCACHED, Value
from xlflow.registers.invoice import Invoice

Cells = dict[str, Value]


def without(*headings: str) -> Cells:
    return {heading: value for heading, value in INVOICE.items() if heading not in headings}


def row_of(cells: Cells) -> Any:
    (made,) = read("invoice", sheet([cells]))
    return made.rows[0]


def test_a_clean_row_says_nothing() -> None:
    assert findings(day(invoice=[INVOICE])) == []
    row = row_of(INVOICE)
    assert (row.kind, row.amount, row.requested_on, row.issued_on) == (
        "special",
        Decimal("129.00"),
        date(2026, 3, 27),
        date(2026, 3, 30),
    )
    assert (Invoice.owner, Invoice.table_title, Invoice.date_field) == ("after_sales", "发票登记表", "requested_on")


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("增值税专用发票", "special"),
        ("专票", "special"),
        ("增票", "special"),
        ("普通发票", "normal"),
        ("普票", "normal"),
    ],
)
def test_its_kinds(word: str, kind: str) -> None:
    assert row_of(INVOICE | {"发票类型": word}).kind == kind


@pytest.mark.parametrize(
    ("field", "headings"),
    [
        ("requested_on", ("登记日期", "申请日期", "日期")),
        ("kind", ("发票类型", "类型")),
        ("title", ("发票抬头", "抬头", "公司名称", "名称")),
        ("tax_no", ("税号", "纳税人识别号", "统一社会信用代码")),
        ("amount", ("价税合计", "开票金额", "金额")),
        ("sent_tracking", ("快递单号", "运单号", "物流单号")),
    ],
)
def test_its_headings_in_their_order(field: str, headings: tuple[str, ...]) -> None:
    assert Invoice.columns[field].headings == headings


def test_which_are_required() -> None:
    assert Invoice.required_fields() == ("requested_on", "order_no", "kind", "title", "amount")
    assert spots(day(invoice=[INVOICE | {"价税合计": 0}]), "unreadable") == ["invoice H2 E amount"]


TWO = {"地址": "样板市虚构路 1 号", "电话": "0571-00000000", "开户行": "样板银行", "账号": "0000 0000"}


@pytest.mark.parametrize("lacking", [None, *TWO])
def test_two_columns_are_one_field_when_both_are_filled_in(lacking: str | None) -> None:
    cells = without("地址电话", "开户行及账号") | TWO
    row = row_of(cells | ({lacking: None} if lacking else {}))
    assert row.address_phone == (None if lacking in ("地址", "电话") else "样板市虚构路 1 号 0571-00000000")
    assert row.bank_account == (None if lacking in ("开户行", "账号") else "样板银行 0000 0000")


def test_the_two_columns_are_claimed_and_will_do_where_a_desk_requires_the_field() -> None:
    made = day(
        invoice=[without("地址电话", "开户行及账号") | TWO],
        own={"invoice": {"required": ("title", "address_phone", "bank_account")}},
    )
    assert findings(made) == []


def test_one_column_wins_over_two() -> None:
    assert row_of(INVOICE | {"地址": "另一处", "电话": "1"}).address_phone == INVOICE["地址电话"]


class TestTheTaxNumber:
    def test_a_special_invoice_needs_one(self) -> None:
        (found,) = findings(day(invoice=[INVOICE | {"税号": None}]))
        assert (said(found), found.owner) == (
            "invoice.xlsx 3月!E2 missing E tax_no=None: 税号 is blank; fill in the cell",
            "after_sales",
        )

    def test_without_the_column_it_is_missing_at_the_row(self) -> None:
        (found,) = findings(day(invoice=[without("税号")]))
        assert (found.code, found.row, found.cell, found.field, found.level.value) == (
            "missing",
            2,
            None,
            "tax_no",
            "E",
        )

    @pytest.mark.parametrize("change", [{"发票类型": "普票"}, {"发票类型": None}, {"税号": UNCACHED}])
    def test_else_it_may_be_blank(self, change: Cells) -> None:
        made = day(invoice=[INVOICE | {"税号": None} | change])
        assert [f for f in findings(made, "missing") if f.field == "tax_no"] == []

    def test_it_is_said_once_where_a_desk_requires_it_of_all(self) -> None:
        made = day(invoice=[INVOICE | {"税号": None}], own={"invoice": {"required": ("title", "tax_no")}})
        assert spots(made, "missing") == ["invoice E2 E tax_no"]

    def test_not_before_the_start(self) -> None:
        assert spots(day(invoice=[INVOICE | {"税号": None, "登记日期": date(2026, 2, 27)}]), "missing") == []


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"登记日期": date(2026, 3, 30)}, True),
        ({"发票抬头": "另一家"}, True),
        ({"发票类型": "增票"}, True),
        ({"价税合计": "129.00元"}, True),
        ({"发票类型": "普票"}, False),
        ({"价税合计": 130}, False),
        ({"订单编号": O2}, False),
    ],
)
def test_what_is_the_same_invoice(change: Cells, same: bool) -> None:
    spoken = spots(day(invoice=[INVOICE, INVOICE | change]), "duplicate-row")
    assert spoken == (["invoice B3 E order_no"] if same else [])


@pytest.mark.parametrize("change", [{"发票类型": None}, {"价税合计": None}, {"订单编号": None}, {"价税合计": "很多"}])
def test_what_it_is_cannot_be_known(change: Cells) -> None:
    assert spots(day(invoice=[INVOICE | change, INVOICE | change]), "duplicate-row") == []


def test_the_courier_carries_what_was_sent() -> None:
    spoken = spots(day(invoice=[INVOICE | {"快递公司": "顺丰", "快递单号": "YT1234567890123"}]), "carrier-mismatch")
    assert spoken == ["invoice K2 W sent_tracking"]
