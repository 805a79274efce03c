"""What bills have in their cells: amounts with a sign, transaction numbers of any length, other parties (domain.md B.5)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fields.reading import CELLS, FEW, read
from xlflow.exports._party import party
from xlflow.fields import Unreadable
from xlflow.fields.ids import TRANSACTION
from xlflow.fields.money import MONEY_SIGNED


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (None, None), ("", None), (" \t", None), ("-12.00\t", "-12.00"), ("+12.00", "12.00"), ("12", "12.00"),
        ("－１２．５０", "-12.50"), ("−12", "-12.00"), ("-1,234.50", "-1234.50"), ("- 12.00", "-12.00"), ("0.00", "0.00"),
        (Decimal("-12.5"), "-12.50"), (-12, "-12.00"), (12, "12.00"), ("-¥12.00", "-12.00"),
    ],
)  # fmt: skip
def test_an_amount_with_a_sign(cell: object, value: str | None) -> None:
    found = MONEY_SIGNED.parse(cell)  # type: ignore[arg-type]
    assert (str(found) if found is not None else None) == value


@pytest.mark.parametrize(
    "cell", ["--12", "+-12", "12-", "-", "十二", "-12.001", "(12.00)", True, Decimal("-0.001"), "1.2E+3"]
)
def test_what_is_no_amount(cell: object) -> None:
    assert isinstance(MONEY_SIGNED.parse(cell), Unreadable)  # type: ignore[arg-type]


@FEW
@given(CELLS)
def test_a_sign_changes_nothing_else(cell: object) -> None:
    value = MONEY_SIGNED.parse(cell)  # type: ignore[arg-type]
    if isinstance(value, Decimal):
        assert MONEY_SIGNED.parse(str(value)) == value
        assert MONEY_SIGNED.parse(f"+{abs(value)}") == abs(value)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (None, None), ("\t", None), ("2026030522001400000000000001\t", "2026030522001400000000000001"),
        ('="2026030522001400000000000001"', "2026030522001400000000000001"), ("'54632446537371", "54632446537371"),
        (54632446537371, "54632446537371"), ("T200P1234567890123456 789", "T200P1234567890123456789"), ("007", "007"),
    ],
)  # fmt: skip
def test_a_transactions_number(cell: object, value: str | None) -> None:
    assert TRANSACTION.parse(cell) == value  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["2.02603E+27", "2.02603e27", Decimal("2.02603E+27"), 2026030522001400])
def test_a_number_that_excel_rounded(cell: object) -> None:
    assert str(read(TRANSACTION, cell)).startswith("damaged-number: ")


@pytest.mark.parametrize(
    ("cell", "account", "name"),
    [
        (None, None, None), ("/", None, None), ("--", None, None), ("张三", None, "张三"), ("*三", None, "*三"),
        ("a@example.com", "a@example.com", None), ("陈静 (a***@example.com)", "a***@example.com", "陈静"),
        ("陈静(138****1234)", "138****1234", "陈静"), ("138****1234", "138****1234", None),
        ("2088123456789012", "2088123456789012", None), ("+8613800001111", "+8613800001111", None),
        ("*静（139******34）", "139******34", "*静"), ("支付宝（中国）网络技术有限公司", None, "支付宝（中国）网络技术有限公司"),
        ("店铺2026", None, "店铺2026"),
    ],
)  # fmt: skip
def test_the_other_party(cell: str | None, account: str | None, name: str | None) -> None:
    assert party(cell) == (account, name)


@given(st.text(max_size=40))
def test_no_party_is_made_up(text: str) -> None:
    account, name = party(text)
    assert all(part is None or set(part) <= set(text) for part in (account, name))
