"""Number formats, numbers and moments: what a cell shows."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.excel.packages import MAIN, styles
from xlflow.excel.formats import CLOCK, DAY, NUMBER, shown_as
from xlflow.excel.moments import moment
from xlflow.excel.numbers import number
from xlflow.excel.styles import looks

BOTH = DAY | CLOCK


@pytest.mark.parametrize(
    ("code", "look"),
    [
        ("General", NUMBER),
        ("G/通用格式", NUMBER),
        ("@", NUMBER),
        ("0.00_ ", NUMBER),
        ("0.00E+00", NUMBER),
        ("#,##0_);[Red]\\(#,##0\\)", NUMBER),
        ('0.00"元"', NUMBER),
        ('"日期："0', NUMBER),
        ("0.0\\d", NUMBER),
        ("[$¥-804]#,##0.00", NUMBER),
        ("[Red]0.00;[Blue]-0.00", NUMBER),
        ("_-* #,##0.00_-;_-@_-", NUMBER),
        ("[h]:mm", NUMBER),
        ("[mm]:ss", NUMBER),
        ("[ss].00", NUMBER),
        ('"ymd"', NUMBER),
        ("", NUMBER),
        ('"unterminated y', NUMBER),
        ("[$-804", NUMBER),
        ("# ?/?", NUMBER),
        ("yyyy-mm-dd", DAY),
        ("YYYY/M/D", DAY),
        ('yyyy"年"m"月"d"日"', DAY),
        ("[$-804]yyyy年m月d日;@", DAY),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", DAY),
        ("[DBNum1][$-804]m月d日", DAY),
        ("m", DAY),
        ("mmm-yy", DAY),
        ("aaaa", DAY),
        ('e"年"', DAY),
        ("ge.m.d", DAY),
        ("d\\.m\\.yyyy", DAY),
        ('[=0]"";yyyy/m/d', DAY),
        ("h:mm", CLOCK),
        ("h:mm AM/PM", CLOCK),
        ("[$-409]h:mm:ss A/P;@", CLOCK),
        ('上午/下午h"时"mm"分"', CLOCK),
        ("mm:ss", CLOCK),
        ("mm:ss.0", CLOCK),
        ("mmss.0", CLOCK),
        ('h"时"', CLOCK),
        ("s", CLOCK),
        ("yyyy/m/d h:mm", BOTH),
        ("yyyy-mm-dd hh:mm:ss.000", BOTH),
        ("[$-804]m月d日 h时mm分", BOTH),
        ("d h", BOTH),
    ],
)
def test_what_a_format_shows(code: str, look: int) -> None:
    assert shown_as(code) == look


def test_styles_know_built_in_formats_the_chinese_ones_too() -> None:
    days = [14, 17, 27, 28, 30, 31, 36, 50, 57, 58]
    clocks = [18, 21, 32, 33, 34, 35, 45, 47, 55, 56]
    numbers = [0, 1, 2, 4, 9, 11, 37, 41, 46, 49, 163, 999]
    part = styles(*days, *clocks, 22, *numbers)
    expected = [DAY] * len(days) + [CLOCK] * len(clocks) + [BOTH] + [NUMBER] * len(numbers)
    assert looks("p", iter([part])) == expected


def test_a_format_spelt_out_counts_before_the_built_in_one() -> None:
    part = (
        f'<x:styleSheet xmlns:x="{MAIN}"><x:numFmts><x:numFmt numFmtId="31" formatCode="0.00"/></x:numFmts>'
        '<x:cellStyleXfs><x:xf numFmtId="14"/></x:cellStyleXfs><x:cellXfs><x:xf numFmtId="31"/><x:xf/></x:cellXfs>'
        '<x:dxfs><x:dxf><x:numFmt numFmtId="164" formatCode="yyyy"/></x:dxf></x:dxfs></x:styleSheet>'
    ).encode()
    assert looks("p", iter([part])) == [NUMBER, NUMBER]


@given(st.text())
def test_no_format_is_an_error(code: str) -> None:
    assert shown_as(code) in (NUMBER, DAY, CLOCK, BOTH)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("+5", "5"),
        ("0012", "12"),
        ("5.", "5"),
        (".5", "Decimal('0.5')"),
        ("12.50", "Decimal('12.5')"),
        ("4.0", "4"),
        ("1E+3", "1000"),
        ("1e-3", "Decimal('0.001')"),
        ("59.699999999999996", "Decimal('59.7')"),
        ("0.1000000000000000055511151231257827", "Decimal('0.1')"),
        ("116.87999999999998", "Decimal('116.88')"),
        ("2.6749999999999998", "Decimal('2.675')"),
        ("999999999999999", "999999999999999"),
        ("-999999999999999", "-999999999999999"),
        ("999999999999999.6", "Decimal('1E+15')"),
        ("1000000000000000", "Decimal('1E+15')"),
        ("1234567890123456", "Decimal('1.23456789012346E+15')"),
        ("3306036613231039079", "Decimal('3.30603661323104E+18')"),
        ("3.306036613231039E18", "Decimal('3.30603661323104E+18')"),
        ("3.30603661323103E+18", "Decimal('3.30603661323103E+18')"),
        ("1.9E15", "Decimal('1.9E+15')"),
        ("0.3", "Decimal('0.3')"),
        ("2.2250738585072014E-308", "Decimal('2.2250738585072E-308')"),
        ("1E-400", "0"),
        ("1E-999999999", "0"),
        ("1.7976931348623157E+308", "Decimal('1.79769313486232E+308')"),
        ("1E309", "None"),
        ("1E999999999", "None"),
        ("1E9999999999", "None"),
        ("NaN", "None"),
        ("INF", "None"),
        ("Infinity", "None"),
        ("1_0", "None"),
        ("0x10", "None"),
        ("１２", "None"),
        ("١٢", "None"),
        ("1,5", "None"),
        ("1 2", "None"),
        ("1E", "None"),
        ("--1", "None"),
        (".", "None"),
        ("9" * 401, "None"),
        ("", "None"),
    ],
)
def test_numbers_have_fifteen_digits(text: str, value: str) -> None:
    found = number(text)
    assert repr(found) == repr(eval(value))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_money_is_exact(amount: Decimal) -> None:
    assert number(str(amount)) == amount
    assert number(repr(float(amount))) == amount


@given(st.floats(allow_nan=False, allow_infinity=False).filter(lambda f: f == 0 or 1e-307 < abs(f) < 1e308))
def test_floats_are_read_as_excel_shows_them(value: float) -> None:
    found = number(repr(value))
    assert found is not None
    assert abs(float(found) - value) <= abs(value) * 1e-14
    assert (type(found) is int) == (abs(found) < 10**15 and found == found.__trunc__())
    assert len(Decimal(found).as_tuple().digits) <= 15


@given(st.integers(10**15, 10**20))
def test_long_numbers_are_never_shown_as_digits(long: int) -> None:
    assert not str(number(str(long))).isdigit()


@pytest.mark.parametrize(
    ("days", "look", "value"),
    [
        (46083, DAY, date(2026, 3, 2)),
        (46083.0, DAY, date(2026, 3, 2)),
        (46083, BOTH, datetime(2026, 3, 2)),
        (46083, CLOCK, datetime(2026, 3, 2)),
        (46083.5, DAY, datetime(2026, 3, 2, 12)),
        (46083.5, BOTH, datetime(2026, 3, 2, 12)),
        (46111.84243055555, BOTH, datetime(2026, 3, 30, 20, 13, 6)),
        (45000.999999999, BOTH, datetime(2023, 3, 16)),
        (45000.99999, BOTH, datetime(2023, 3, 15, 23, 59, 59, 136000)),
        (45000.000000001, DAY, date(2023, 3, 15)),
        (0.75, CLOCK, time(18)),
        (0, CLOCK, time(0)),
        (0.9999999999, CLOCK, time(0)),
        (1.5, CLOCK, datetime(1900, 1, 1, 12)),
        (1, DAY, date(1900, 1, 1)),
        (59, DAY, date(1900, 2, 28)),
        (60, DAY, None),
        (60.5, BOTH, None),
        (61, DAY, date(1900, 3, 1)),
        (0, DAY, None),
        (0.5, DAY, None),
        (0.5, BOTH, None),
        (-1, DAY, None),
        (-0.5, CLOCK, None),
        (2958465, DAY, date(9999, 12, 31)),
        (2958465.5, DAY, datetime(9999, 12, 31, 12)),
        (2958465.9999999999, BOTH, None),
        (2958466, DAY, None),
        (float("inf"), DAY, None),
    ],
)
def test_moments_since_1900(days: float, look: int, value: object) -> None:
    found = moment(days, look, False)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    ("days", "look", "value"),
    [
        (0, DAY, date(1904, 1, 1)),
        (0.5, BOTH, datetime(1904, 1, 1, 12)),
        (0.5, CLOCK, time(12)),
        (44621, DAY, date(2026, 3, 2)),
        (60, DAY, date(1904, 3, 1)),
        (2957003, DAY, date(9999, 12, 31)),
        (2957004, DAY, None),
    ],
)
def test_moments_since_1904(days: float, look: int, value: object) -> None:
    found = moment(days, look, True)
    assert (type(found), found) == (type(value), value)


@given(st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31, 23, 59, 59)))
def test_moments_keep_their_milliseconds(at: datetime) -> None:
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)
    days = (at - datetime(1899, 12, 30)) / timedelta(days=1)
    assert moment(days, BOTH, False) == at
