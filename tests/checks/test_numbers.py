"""``damaged-number`` and ``suspect-number``: what Excel does to long ids (contract §4, domain.md B.1)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.build import EXCHANGE, FREIGHT, RECEIVING, REFUND, day, findings, said, spots
from xlflow.grid import Value

Cells = dict[str, Value]
WHOLE = "3306041234567891234"
STORED = Decimal("3.30604123456789E+18")  # as Excel keeps it
NOT_WHOLE = "set the cell's format to text, then enter the whole number again"


def told(damaged: Value, *candidates: str | None, **registers: object) -> list[str]:
    """What is said of a damaged order number in the exchange register, with these whole ones in receiving."""
    rows = [RECEIVING | {"订单号": order, "退回单号": f"YT{i:013d}"} for i, order in enumerate(candidates)]
    made = day(exchange=[EXCHANGE | {"订单号": damaged}], receiving=rows or [RECEIVING], **registers)  # type: ignore[arg-type]
    return [said(f).partition(": ")[2] for f in findings(made, "damaged-number")]


def proposed(number: str) -> str:
    return f"it may be {number}: check, and type it in as text"


def test_a_number_of_sixteen_digits_or_more_is_damaged() -> None:
    found = findings(day(exchange=[EXCHANGE | {"订单号": STORED}]), "damaged-number")
    assert [(said(f), f.owner) for f in found] == [
        (
            "exchange.xlsx 3月!B2 damaged-number E order_no=3.30604123456789E+18: 3.30604123456789E+18 is stored as a "
            f"number, and the digits after the 15th are gone; {NOT_WHOLE}",
            "warehouse",
        )
    ]


def test_a_text_cut_short_is_damaged() -> None:
    found = findings(day(freight=[FREIGHT | {"退回单号": "7.35E+13"}]), "damaged-number")
    assert [(said(f), f.owner) for f in found] == [
        (
            "freight.xlsx 3月!G2 damaged-number E return_tracking=7.35E+13: 7.35E+13 is a number cut short, and its "
            f"last digits are gone; {NOT_WHOLE}",
            "after_sales",
        )
    ]


@pytest.mark.parametrize(
    "cell", [Decimal("1E+15"), Decimal("1.23456789012345E+15"), "3.30604E+18", "3.30604e18", "３．３０６０４Ｅ＋１８"]
)
def test_every_form_of_damage(cell: Value) -> None:
    assert spots(day(exchange=[EXCHANGE | {"订单号": cell}]), "damaged-number") == ["exchange B2 E order_no"]
    assert spots(day(exchange=[EXCHANGE | {"订单号": cell}]), "unreadable") == []


@pytest.mark.parametrize("cell", [123456789012345, "1234567890123456", f"{WHOLE}.0", f'="{WHOLE}"'])
def test_what_lost_nothing(cell: Value) -> None:
    assert told(cell) == []


def test_before_the_start_nothing_is_said() -> None:
    row = EXCHANGE | {"订单号": STORED, "登记日期": date(2026, 2, 28)}
    assert findings(day(exchange=[row]), "damaged-number") == []


class TestTheOneThatFits:
    def test_one_full_id_is_proposed(self) -> None:
        assert told(STORED, WHOLE)[0].endswith(proposed(WHOLE))
        assert told("3.30604E+18", WHOLE)[0].endswith(proposed(WHOLE))

    def test_the_same_one_twice_is_one(self) -> None:
        assert told(STORED, WHOLE, WHOLE, None)[0].endswith(proposed(WHOLE))

    def test_rounded_up_it_fits_too(self) -> None:
        assert told(Decimal("3.30604123456790E+18"), "3306041234567899876")[0].endswith(proposed("3306041234567899876"))

    @pytest.mark.parametrize(
        "candidates",
        [
            (),
            (WHOLE, "3306041234567895555"),  # two
            ("3306041234567881234",),  # other digits
            ("330604123456789123",),  # shorter
            ("看不清",),
        ],
    )
    def test_none_or_several_are_not(self, candidates: tuple[str, ...]) -> None:
        assert [text.partition("; ")[2] for text in told(STORED, *candidates)] == [NOT_WHOLE]

    def test_a_refund_export_knows_it_too(self) -> None:
        text = told(STORED, taobao_refunds=[REFUND | {"订单编号": WHOLE}])
        assert text[0].endswith(proposed(WHOLE))

    def test_a_register_and_an_export_that_differ_are_two(self) -> None:
        refunds = [REFUND | {"订单编号": "3306041234567895555"}]
        assert told(STORED, WHOLE, taobao_refunds=refunds)[0].endswith(NOT_WHOLE)

    def test_rows_before_the_start_know_it(self) -> None:
        made = day(
            exchange=[EXCHANGE | {"订单号": STORED}],
            receiving=[RECEIVING | {"订单号": WHOLE, "收货日期": date(2026, 1, 5)}],
        )
        assert said(findings(made, "damaged-number")[0]).endswith(proposed(WHOLE))

    def test_an_order_is_never_proposed_for_a_parcel(self) -> None:
        made = day(
            exchange=[EXCHANGE | {"退回单号": Decimal("3.30604123456789E+18")}],
            receiving=[RECEIVING | {"订单号": WHOLE}],
        )
        assert said(findings(made, "damaged-number")[0]).endswith(NOT_WHOLE)

    def test_a_parcel_s_number_is_proposed_for_a_parcel(self) -> None:
        made = day(
            freight=[FREIGHT | {"退回单号": Decimal("3.12345678901234E+15")}],
            receiving=[RECEIVING | {"退回单号": "3123456789012345"}],
        )
        assert said(findings(made, "damaged-number")[0]).endswith(proposed("3123456789012345"))


class TestSuspectNumbers:
    def test_it_is_compared_with_the_platform(self) -> None:
        found = findings(day(exchange=[EXCHANGE | {"订单号": "3306041234567890000"}]), "suspect-number")
        assert [(said(f), f.owner) for f in found] == [
            (
                "exchange.xlsx 3月!B2 suspect-number W order_no=3306041234567890000: 3306041234567890000 ends in "
                "zeros, as numbers do that Excel has rounded; compare it with the platform's page and type the right "
                "one in as text",
                "warehouse",
            )
        ]

    @pytest.mark.parametrize(
        ("number", "speaks"),
        [
            ("330604123456789000", True),
            ("3306041234567890000", True),
            ("３３０６０４１２３４５６７８９０００", True),
            ("3306041234567891000", False),
            ("330604123456789100", False),
            ("330604123456789010", False),
            ("33060412345678000", False),
            ("3306041234567000", False),
            ("330604123456000", False),
        ],
    )
    def test_eighteen_digits_with_three_noughts_or_nineteen_with_four(self, number: str, speaks: bool) -> None:
        made = day(exchange=[EXCHANGE | {"订单号": number}])
        assert spots(made, "suspect-number") == (["exchange B2 W order_no"] if speaks else [])

    def test_parcels_too(self) -> None:
        made = day(receiving=[RECEIVING | {"退回单号": "612345678901234000"}])
        assert spots(made, "suspect-number") == ["receiving B2 W tracking_no"]

    def test_not_before_the_start(self) -> None:
        row = RECEIVING | {"订单号": "3306041234567890000", "收货日期": date(2026, 2, 1)}
        assert spots(day(receiving=[row]), "suspect-number") == []
