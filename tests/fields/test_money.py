"""Amounts and counts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fields.reading import CELLS, FEW, FULL_WIDTH, read
from xlflow.fields import Unreadable
from xlflow.fields.money import INT, MONEY, MONEY_POSITIVE

ENTER = "; enter the amount as a number in yuan, such as 12.50"
COUNT = "; enter the quantity as a whole number, such as 2"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (None, None),
        (" ", None),
        (12, "12.00"),
        (0, "0.00"),
        (Decimal("12.5"), "12.50"),
        (Decimal("59.7"), "59.70"),
        (Decimal("9999999999999.99"), "9999999999999.99"),
        ("12", "12.00"),
        ("0", "0.00"),
        ("12.5", "12.50"),
        ("¥12.50", "12.50"),
        ("￥ 12.50", "12.50"),
        ("12.50元", "12.50"),
        ("¥12.50 元", "12.50"),
        ("1,234.50", "1234.50"),
        ("1，234，567", "1234567.00"),
        ("１２．５", "12.50"),
        ("'12.50", "12.50"),
        ("\u200b12.50\u3000", "12.50"),
        (-1, "unreadable: -1 is negative" + ENTER),
        ("-12.50", "unreadable: -12.50 is negative" + ENTER),
        ("¥−12.50元", "unreadable: ¥−12.50元 is negative" + ENTER),
        (Decimal("12.345"), "unreadable: 12.345 has more than two decimals" + ENTER),
        ("12.345", "unreadable: 12.345 has more than two decimals" + ENTER),
        ("12.500", "unreadable: 12.500 has more than two decimals" + ENTER),
        ("12,34", "unreadable: 12,34 has a comma that does not part thousands" + ENTER),
        ("1234,567", "unreadable: 1234,567 has a comma that does not part thousands" + ENTER),
        (",123", "unreadable: ,123 has a comma that does not part thousands" + ENTER),
        (Decimal("3.30603661323104E+18"), "unreadable: 3.30603661323104E+18 is too large for an amount" + ENTER),
        ("3306036613231039079", "unreadable: 3306036613231039079 is too large for an amount" + ENTER),
        (10**13, "unreadable: 10000000000000 is too large for an amount" + ENTER),
        ("12.5.1", "unreadable: 12.5.1 is not an amount of money" + ENTER),
        ("约10", "unreadable: 约10 is not an amount of money" + ENTER),
        ("10左右", "unreadable: 10左右 is not an amount of money" + ENTER),
        ("5+3", "unreadable: 5+3 is not an amount of money" + ENTER),
        ("1 2", "unreadable: 1 2 is not an amount of money" + ENTER),
        ("12.", "unreadable: 12. is not an amount of money" + ENTER),
        (".5", "unreadable: .5 is not an amount of money" + ENTER),
        ("10²", "unreadable: 10² is not an amount of money" + ENTER),
        ("十元", "unreadable: 十元 is not an amount of money" + ENTER),
        ("¥", "unreadable: ¥ is not an amount of money" + ENTER),
        ("1E2", "unreadable: 1E2 is not an amount of money" + ENTER),
        ("١٢", "unreadable: ١٢ is not an amount of money" + ENTER),
        (True, "unreadable: TRUE is not an amount of money" + ENTER),
        (date(2026, 3, 2), "unreadable: 2026-03-02 is not an amount of money" + ENTER),
    ],
)
def test_money(cell: object, value: str | None) -> None:
    found = read(MONEY, cell)
    assert (str(found) if isinstance(found, Decimal) else found) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (None, None),
        ("0.01", Decimal("0.01")),
        (0, "unreadable: the amount is 0, and it must be more than 0" + ENTER),
        ("¥0.00", "unreadable: the amount is 0, and it must be more than 0" + ENTER),
        ("-1", "unreadable: -1 is negative" + ENTER),
    ],
)
def test_money_positive(cell: object, value: object) -> None:
    assert read(MONEY_POSITIVE, cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (None, None),
        ("", None),
        (2, 2),
        (0, 0),
        (Decimal("2.0"), 2),
        ("2", 2),
        ("2.0", 2),
        ("２", 2),
        ("2个", 2),
        (" 2 台 ", 2),
        ("10条", 10),
        (Decimal("2.5"), "unreadable: 2.5 is not a whole number of 0 or more" + COUNT),
        ("2.5", "unreadable: 2.5 is not a whole number of 0 or more" + COUNT),
        (-1, "unreadable: -1 is not a whole number of 0 or more" + COUNT),
        ("-1", "unreadable: -1 is not a whole number of 0 or more" + COUNT),
        ("1,000", "unreadable: 1,000 is not a whole number of 0 or more" + COUNT),
        ("两个", "unreadable: 两个 is not a whole number of 0 or more" + COUNT),
        ("2条网线", "unreadable: 2条网线 is not a whole number of 0 or more" + COUNT),
        ("2个个", "unreadable: 2个个 is not a whole number of 0 or more" + COUNT),
        ("个", "unreadable: 个 is not a whole number of 0 or more" + COUNT),
        ("1/2", "unreadable: 1/2 is not a whole number of 0 or more" + COUNT),
        ("①", "unreadable: ① is not a whole number of 0 or more" + COUNT),
        (Decimal("1E+15"), "unreadable: 1E+15 is not a whole number of 0 or more" + COUNT),
        ("9" * 5000, f"unreadable: {'9' * 39}… is not a whole number of 0 or more" + COUNT),
        (True, "unreadable: TRUE is not a whole number of 0 or more" + COUNT),
        (date(2026, 3, 2), "unreadable: 2026-03-02 is not a whole number of 0 or more" + COUNT),
    ],
)
def test_int(cell: object, value: object) -> None:
    assert read(INT, cell) == value


@given(st.decimals(0, 10**13, places=2).filter(lambda amount: amount < 10**13), st.sampled_from(["", "¥", "￥"]))
def test_an_amount_is_read_to_the_cent_however_it_is_typed(amount: Decimal, sign: str) -> None:
    for typed in (f"{amount:f}", f"{amount:,f}", f"{amount:f}".translate(FULL_WIDTH)):
        found = MONEY.parse(f" {sign}{typed}元\u200b")
        assert str(found) == str(amount.quantize(Decimal("0.01")))


@given(st.integers(0, 10**13 * 100 - 1), st.integers(1, 99))
def test_an_amount_with_more_decimals_is_never_rounded(cents: int, rest: int) -> None:
    number = (Decimal(cents) * 100 + rest).scaleb(-4)
    assert isinstance(MONEY.parse(number), Unreadable)
    assert isinstance(MONEY.parse(f"{number:f}"), Unreadable)


@FEW
@given(CELLS)
def test_numbers_read_once_and_for_all(cell: object) -> None:
    for field in (MONEY, MONEY_POSITIVE, INT):
        value = field.parse(cell)
        if value is not None and not isinstance(value, Unreadable):
            assert field.parse(str(value)) == field.parse(value) == value
