"""Order numbers, tracking numbers, and numbers that Excel damaged."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.fields.reading import CELLS, FEW, dirty, read
from xlflow.fields.carriers import carriers, guess
from xlflow.fields.ids import ORDER_NO, TRACKING, fits, significant, stem, suspect

AGAIN = "; copy the order number from the platform again"
ALIPAY = "; this looks like an Alipay number; copy the order number from the platform instead"
RETYPE = "; set the cell's format to text, then enter the whole number again"
ONE_PARCEL = "; enter the number of one parcel and nothing else"
NO_TRACKING = "unreadable: {} is not a tracking number of 8 to 20 letters and digits" + ONE_PARCEL


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (None, None),
        ("  ", None),
        ("3306036613231039079", "3306036613231039079"),
        ("330603661323103", "330603661323103"),
        ("３３０６０３６６１３２３１０３９０７９", "3306036613231039079"),
        ("'3306036613231039079\u200b", "3306036613231039079"),
        ('="3306036613231039079"', "3306036613231039079"),
        ("3306 0366\u00a01323\u30001039\n079", "3306036613231039079"),
        ("3306036613231039079.0", "3306036613231039079"),
        (330603661323103, "330603661323103"),
        (
            "33060366132310",
            "unreadable: 33060366132310 has 14 digits, an order number has 15 to 19" + AGAIN,
        ),
        (
            33060366132310,
            "unreadable: 33060366132310 has 14 digits, an order number has 15 to 19" + AGAIN,
        ),
        (
            "33060366132310390791",
            "unreadable: 33060366132310390791 has 20 digits, an order number has 15 to 19" + ALIPAY,
        ),
        (
            "2026030222001400000000000001",
            "unreadable: 2026030222001400000000000001 has 28 digits, an order number has 15 to 19" + ALIPAY,
        ),
        (
            "T200P3306036613231039",
            "unreadable: T200P3306036613231039 is not an order number of 15 to 19 digits" + AGAIN,
        ),
        (
            "3306036613231039079/3306036613231039080",
            "unreadable: 3306036613231039079/3306036613231039080 is not an order number of 15 to 19 digits" + AGAIN,
        ),
        ("330603661323103②", "unreadable: 330603661323103② is not an order number of 15 to 19 digits" + AGAIN),
        ("-330603661323103", "unreadable: -330603661323103 is not an order number of 15 to 19 digits" + AGAIN),
        ("330603661323103.5", "unreadable: 330603661323103.5 is not an order number of 15 to 19 digits" + AGAIN),
        (Decimal("33060366132310.5"), "unreadable: 33060366132310.5 is not an order number of 15 to 19 digits" + AGAIN),
        (True, "unreadable: TRUE is not an order number of 15 to 19 digits" + AGAIN),
        (date(2026, 3, 2), "unreadable: 2026-03-02 is not an order number of 15 to 19 digits" + AGAIN),
        (
            Decimal("3.30603661323104E+18"),
            "damaged-number: 3.30603661323104E+18 is stored as a number, and the digits after the 15th are gone"
            + RETYPE,
        ),
        (
            Decimal(10**15),
            "damaged-number: 1E+15 is stored as a number, and the digits after the 15th are gone" + RETYPE,
        ),
        ("3.30604E+18", "damaged-number: 3.30604E+18 is a number cut short, and its last digits are gone" + RETYPE),
        ("'３.30604e18 ", "damaged-number: ３.30604e18 is a number cut short, and its last digits are gone" + RETYPE),
        ("3.30604E+", "unreadable: 3.30604E+ is not an order number of 15 to 19 digits" + AGAIN),
    ],
)
def test_order_no(cell: object, value: str | None) -> None:
    assert read(ORDER_NO, cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (None, None),
        ("\u3000", None),
        ("YT1234567890123", "YT1234567890123"),
        ("yt1234567890123", "YT1234567890123"),
        ("ＹＴ１２３４５６７８９０１２３", "YT1234567890123"),
        ("YT 1234 5678 90123", "YT1234567890123"),
        ("12345678", "12345678"),
        ("12345678901234567890", "12345678901234567890"),
        (431234567890123, "431234567890123"),
        ("431234567890123.0", "431234567890123"),
        # a carrier's name before or after it
        ("顺丰 SF1234567890123", "SF1234567890123"),
        ("顺丰速运：SF1234567890123", "SF1234567890123"),
        ("顺丰SF1234567890123", "SF1234567890123"),
        ("SF1234567890123顺丰", "SF1234567890123"),
        ("SF1234567890123（顺丰）", "SF1234567890123"),
        ("【圆通】YT1234567890123", "YT1234567890123"),
        ("EMS 1234567890123", "1234567890123"),
        ("ems:1234567890123", "1234567890123"),
        ("1234567890123 EMS", "1234567890123"),
        ("申通E物流 773012345678901", "773012345678901"),
        ("J&T JT1234567890123", "JT1234567890123"),
        ("J&T1234567890123", "1234567890123"),
        ("韵达快运 431234567890123", "431234567890123"),
        ("SF 123456789012", "123456789012"),
        ("EMS123456789012345678", "123456789012345678"),
        ("123456789012345678EMS", "123456789012345678"),
        # the letters are the number's own
        ("SF1234567890123", "SF1234567890123"),
        ("SF 1234567890123", "SF1234567890123"),
        ("sf 1234 5678 90123 顺丰", "SF1234567890123"),
        ("顺丰 SF 1234567890123", "SF1234567890123"),
        ("JD 0012345678901", "JD0012345678901"),
        ("JT 1234567890123", "JT1234567890123"),
        ("EMS1234567890123", "EMS1234567890123"),
        ("1234567890123EMS", "1234567890123EMS"),
        ("STO1234567890", "STO1234567890"),
        ("4E1234567890", "4E1234567890"),
        # a scanner's mark
        ("JDVA12345678901-1-1-", "JDVA12345678901"),
        ("JD0012345678901-2-3- 京东", "JD0012345678901"),
        ("京东物流JD0012345678901-1-1-", "JD0012345678901"),
        ("JDVA12345678901-1-", NO_TRACKING.format("JDVA12345678901-1-")),
        # none
        ("1234567", NO_TRACKING.format("1234567")),
        (1234567, NO_TRACKING.format("1234567")),
        ("123456789012345678901", NO_TRACKING.format("123456789012345678901")),
        ("顺丰", NO_TRACKING.format("顺丰")),
        ("自提", NO_TRACKING.format("自提")),
        ("YT1234567890123/YT1234567890124", NO_TRACKING.format("YT1234567890123/YT1234567890124")),
        ("单号YT1234567890123", NO_TRACKING.format("单号YT1234567890123")),
        ("YT12345678901②3", NO_TRACKING.format("YT12345678901②3")),
        (Decimal("12345678.5"), NO_TRACKING.format("12345678.5")),
        (-12345678, NO_TRACKING.format("-12345678")),
        (True, NO_TRACKING.format("TRUE")),
        (date(2026, 3, 2), NO_TRACKING.format("2026-03-02")),
        (
            "YТ1234567890123",
            "unreadable: YТ1234567890123 holds Т (CYRILLIC CAPITAL LETTER TE), which is none of the letters A to Z"
            + ONE_PARCEL,
        ),
        ("4.31235E+14", "damaged-number: 4.31235E+14 is a number cut short, and its last digits are gone" + RETYPE),
        ("1E+12", "damaged-number: 1E+12 is a number cut short, and its last digits are gone" + RETYPE),
        (
            Decimal("1.23456789012345E+17"),
            "damaged-number: 1.23456789012345E+17 is stored as a number, and the digits after the 15th are gone"
            + RETYPE,
        ),
    ],
)
def test_tracking(cell: object, value: str | None) -> None:
    assert read(TRACKING, cell) == value


ORDERS = st.integers(10**14, 10**19 - 1).map(str)
PARCELS = st.from_regex("[A-Z0-9]{8,20}", fullmatch=True)
MODERN = st.sampled_from([c.modern for c in carriers().values() if c.modern.pattern != "(?!)"]).flatmap(
    lambda form: st.from_regex(form, fullmatch=True)
)


@given(ORDERS.flatmap(lambda order: st.tuples(st.just(order), dirty(order))))
def test_dirt_never_changes_an_order_number(case: tuple[str, str]) -> None:
    assert ORDER_NO.parse(case[1]) == case[0]


@given(MODERN.flatmap(lambda parcel: st.tuples(st.just(parcel), dirty(parcel))))
def test_dirt_never_changes_a_tracking_number(case: tuple[str, str]) -> None:
    assert TRACKING.parse(case[1]) == case[0]


@given(PARCELS.flatmap(lambda parcel: st.tuples(st.just(parcel), dirty(parcel.lower(), inside=False))))
def test_dirt_around_never_changes_any_parcel(case: tuple[str, str]) -> None:
    assert TRACKING.parse(case[1]) == case[0]


@given(MODERN, st.sampled_from([name for c in carriers().values() for name in c.names]), st.booleans())
def test_a_name_set_apart_is_taken_off(parcel: str, name: str, before: bool) -> None:
    assume(not guess(name + parcel))  # JD 5000000000000: together they are a number of 京东
    assert TRACKING.parse(f"{name} {parcel}" if before else f"{parcel} {name}") == parcel


@FEW
@given(CELLS)
def test_ids_read_once_and_for_all(cell: object) -> None:
    for field in (ORDER_NO, TRACKING):
        value = field.parse(cell)
        assert not isinstance(value, str) or field.parse(value) == value


@pytest.mark.parametrize(
    ("value", "is_suspect"),
    [
        ("330603661323103000", True),
        ("3306036613231030000", True),
        ("3306036613231031000", False),
        ("330603661323103900", False),
        ("3306036613231000", False),
        ("33060366132310000", False),
        ("YT0603661323103000", False),
        ("33060366132310300000", False),
    ],
)
def test_suspect(value: str, is_suspect: bool) -> None:
    assert suspect(value) is is_suspect


@pytest.mark.parametrize(
    ("damaged", "left"),
    [
        (Decimal("3.30603661323104E+18"), ("330603661323104", 19)),
        (Decimal("3.3E+18"), ("330000000000000", 19)),
        (Decimal(10**15), ("100000000000000", 16)),
        ("3.30604E+18", ("330604", 19)),
        ("3.30600E+18", ("330600", 19)),
        ("3E18", ("3", 19)),
        ("3.306036613231039E+18", ("330603661323103", 19)),
        ("1.234E+2", ("123", 3)),
        (330603661323103, None),
        (Decimal("12.5"), None),
        ("3306036613231039079", None),
        ("3.30604E+", None),
        (True, None),
        (None, None),
        (date(2026, 3, 2), None),
    ],
)
def test_significant(damaged: object, left: tuple[str, int] | None) -> None:
    assert significant(damaged) == left


@pytest.mark.parametrize(
    ("damaged", "full", "fitting"),
    [
        (Decimal("3.30603661323103E+18"), "3306036613231039079", True),
        (Decimal("3.30603661323104E+18"), "3306036613231039079", True),
        (Decimal("3.30603661323104E+18"), "3306036613231035000", True),
        (Decimal("3.30603661323104E+18"), "3306036613231034999", False),
        (Decimal("3.30603661323105E+18"), "3306036613231039079", False),
        (Decimal("3.30603661323102E+18"), "3306036613231039079", False),
        (Decimal("3.30603661323103E+17"), "3306036613231039079", False),
        ("3.30604E+18", "3306036613231039079", True),
        ("3.30603E+18", "3306036613231039079", True),
        ("3.30605E+18", "3306036613231039079", False),
        ("3.30604E+18", "YT06036613231039079", False),
        ("3.30604E+18", "", False),
        ("3306036613231039079", "3306036613231039079", False),
        (None, "3306036613231039079", False),
    ],
)
def test_fits(damaged: object, full: str, fitting: bool) -> None:
    assert fits(damaged, full) is fitting


def rounded(full: str, digits: int, rounding: str) -> Decimal:
    return Context(prec=digits, rounding=rounding).create_decimal(full)


@given(st.integers(10**15, 10**20 - 1).map(str), st.integers(1, 15), st.sampled_from([ROUND_DOWN, ROUND_HALF_UP]))
def test_an_id_fits_what_excel_left_of_it(full: str, digits: int, rounding: str) -> None:
    number = rounded(full, digits, rounding)
    assume(number.adjusted() + 1 == len(full))
    text = f"{number:.{digits - 1}E}"
    assert fits(text, full)
    assert any(full.startswith(start) for start in stem(text))
    if digits == 15:
        assert fits(number, full)
        assert any(full.startswith(start) for start in stem(number))


@given(st.integers(10**15, 10**20 - 1), st.integers(1, 15), st.integers(-(10**6), 10**6))
def test_no_id_fits_that_contradicts_the_digits(near: int, digits: int, away: int) -> None:
    shown = rounded(str(near), digits, ROUND_DOWN)
    full = str(near + away * 10 ** (len(str(near)) - digits) // 1000)
    if fits(f"{shown:.{digits - 1}E}", full):
        assert shown in (rounded(full, digits, ROUND_DOWN), rounded(full, digits, ROUND_HALF_UP))
