"""``tax-number``, ``invoice-incomplete``, ``invoice-due``, ``invoice-not-posted`` (contract §4, H2, T14)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import T1, TODAY, day, findings, said, spots
from tests.clean_parcels import INVOICE
from xlflow.grid import UNCACHED, CellError, Value

Cells = dict[str, Value]
POSTED = "invoice-not-posted"


def ask(code: str, change: Cells) -> list[str]:
    return spots(day(invoice=[INVOICE | change]), code, on=[POSTED])


def without(*headings: str) -> Cells:
    return {heading: value for heading, value in INVOICE.items() if heading not in headings}


class TestTheTaxNumber:
    def test_it_says_what_is_wrong(self) -> None:
        rows: list[Cells] = [INVOICE | {"税号": "91330100MA2XXXXX6A"}, INVOICE | {"税号": "9133"}]
        fix = "ask the customer for the number on the business licence"
        assert [(said(f), f.owner, f.mends) for f in findings(day(invoice=rows), "tax-number")] == [
            (
                "invoice.xlsx 3月!E2 tax-number E tax_no=91330100MA2XXXXX6A: "
                f"the last character of 91330100MA2XXXXX6A does not fit the others; {fix}",
                "after_sales",
                True,
            ),
            (
                f"invoice.xlsx 3月!E3 tax-number E tax_no=9133: 9133 does not have the form of a tax number; {fix}",
                "after_sales",
                True,
            ),
        ]

    @pytest.mark.parametrize(
        ("change", "speaks"),
        [
            ({}, False),
            ({"税号": "91330100 ma2xxxxx6t"}, False),
            ({"税号": "330100123456789"}, False),
            ({"税号": 330100123456789}, False),
            ({"税号": 913301001234567890}, True),  # Excel has rounded it
            ({"税号": "待补"}, True),
            ({"税号": None}, False),
            ({"税号": CellError("#N/A")}, False),
            ({"税号": "待补", "发票类型": "普票"}, True),
            ({"税号": "待补", "登记日期": date(2026, 2, 28)}, False),
        ],
    )
    def test_which_numbers(self, change: Cells, speaks: bool) -> None:
        assert ask("tax-number", change) == (["invoice E2 E tax_no"] if speaks else [])


class TestIncomplete:
    CODE = "invoice-incomplete"

    def test_it_says_what_is_blank(self) -> None:
        made = day(invoice=[INVOICE | {"地址电话": None, "开户行及账号": None}])
        fix = "ask the customer and fill them in"
        assert [(said(f), f.owner, f.mends) for f in findings(made, self.CODE)] == [
            (
                "invoice.xlsx 3月!F2 invoice-incomplete W address_phone=None: "
                f"a special invoice needs the buyer's address and phone; {fix}",
                "after_sales",
                True,
            ),
            (
                "invoice.xlsx 3月!G2 invoice-incomplete W bank_account=None: "
                f"a special invoice needs the buyer's bank and account number; {fix}",
                "after_sales",
                True,
            ),
        ]

    @pytest.mark.parametrize(
        "change",
        [{}, {"发票类型": "普票", "地址电话": None}, {"发票类型": None, "地址电话": None}, {"地址电话": UNCACHED}],
    )
    def test_it_is_quiet(self, change: Cells) -> None:
        assert ask(self.CODE, change) == []

    def test_without_the_column_it_points_at_the_title(self) -> None:
        assert spots(day(invoice=[without("地址电话")]), self.CODE) == ["invoice D2 W title"]

    @pytest.mark.parametrize(
        ("address", "phone", "expected"),
        [
            ("样板市", "0571", []),
            (None, "0571", ["invoice I2 W address"]),
            ("样板市", None, ["invoice J2 W phone"]),
            (None, None, ["invoice I2 W address"]),
            (UNCACHED, "0571", []),
        ],
    )
    def test_of_two_columns_it_points_at_the_blank_one(self, address: Value, phone: Value, expected: list[str]) -> None:
        cells = without("地址电话") | {"地址": address, "电话": phone}
        assert spots(day(invoice=[cells]), self.CODE) == expected

    def test_one_of_two_columns_is_not_enough(self) -> None:
        assert spots(day(invoice=[without("地址电话") | {"地址": "样板市"}]), self.CODE) == ["invoice D2 W title"]


class TestDue:
    CODE = "invoice-due"

    def test_it_is_finance_s(self) -> None:
        found = findings(day(invoice=[INVOICE | {"开票日期": None}]), self.CODE)
        assert [(said(f), f.owner) for f in found] == [
            (
                "invoice.xlsx 3月!A2 invoice-due W requested_on=2026-03-27: asked for 4 days ago and not issued yet; "
                "issue it and fill in 开票日期 and 发票号码",
                "finance",
            )
        ]

    @pytest.mark.parametrize(
        ("change", "speaks"),
        [
            ({}, True),
            ({"登记日期": date(2026, 3, 30)}, True),
            ({"登记日期": TODAY}, False),
            ({"登记日期": None}, False),
            ({"登记日期": date(2026, 2, 28)}, False),
            ({"发票类型": "普票"}, False),
            ({"发票类型": None}, False),
            ({"开票日期": date(2026, 3, 30)}, False),
            ({"开票日期": "昨天"}, False),
            ({"发票号码": "26330000000000000001"}, False),
            ({"发票号码": CellError("#N/A")}, False),
        ],
    )
    def test_asked_for_before_today_and_not_issued(self, change: Cells, speaks: bool) -> None:
        assert ask(self.CODE, {"开票日期": None} | change) == (["invoice A2 W requested_on"] if speaks else [])


class TestNotPosted:
    def test_it_says_since_when(self) -> None:
        found = findings(day(invoice=[INVOICE | {"开票日期": date(2026, 3, 27)}]), POSTED, on=[POSTED])
        assert [(said(f), f.owner) for f in found] == [
            (
                "invoice.xlsx 3月!I2 invoice-not-posted I issued_on=2026-03-27: "
                "issued 4 days ago, and no tracking number; post it and fill in 快递单号",
                "after_sales",
            )
        ]

    @pytest.mark.parametrize(
        ("change", "speaks"),
        [
            ({}, True),
            ({"开票日期": date(2026, 3, 28)}, False),  # the third day is still inside
            ({"开票日期": None}, False),
            ({"开票日期": "上周"}, False),
            ({"快递单号": T1}, False),
            ({"快递单号": "看不清"}, False),
            ({"快递单号": None}, True),
            ({"发票类型": "普票"}, True),
            ({"登记日期": date(2026, 2, 28)}, False),
        ],
    )
    def test_issued_and_not_on_its_way(self, change: Cells, speaks: bool) -> None:
        spoken = ask(POSTED, {"开票日期": date(2026, 3, 27)} | change)
        assert spoken == (["invoice I2 I issued_on"] if speaks else [])

    def test_it_is_off(self) -> None:
        assert spots(day(invoice=[INVOICE | {"开票日期": date(2026, 3, 20)}]), POSTED) == []
