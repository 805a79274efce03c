"""Dates, in all forms of the contract and in none but those."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fields.reading import CELLS, DIRT, FEW, FULL_WIDTH, read, said
from xlflow.fields import Unreadable
from xlflow.fields.dates import date_type, in_range

DAY = date(2026, 3, 2)
ENTER = "; enter the date as 2026-03-02"
SETTING = "; enter the date as 2026-03-02, or set `year` for this register in xlflow.toml"


@pytest.mark.parametrize(
    "cell",
    [
        DAY,
        datetime.fromisoformat("2026-03-02 23:59"),
        46083,
        Decimal("46083.99"),
        20260302,
        Decimal("20260302"),
        "2026-03-02",
        "2026-3-2",
        "2026/3/2",
        "2026/03/02",
        "2026.3.2",
        "2026年3月2日",
        "2026年03月02日",
        "2026 年 3 月 2 日",
        "20260302",
        "46083",
        "46083.5",
        "２０２６－０３－０２",
        "２０２６．３．２",
        "'2026-03-02",
        '="2026-03-02"',
        "\u200b2026-03-02\u00a0",
        "2026-03-02 14:30",
        "2026-03-02 14:30:05",
        "2026-03-02 14:30:05.123",
        "2026-03-02T14:30:05",
        "2026/3/2 9:05",
        "2026/3/2 下午2:30",
        "2026/3/2 2:30 pm",
        "2026年3月2日14:30",
        "2026年3月2日 14时30分05秒",
        "2026年3月2日 14时",
        "20260302 14:30",
        "2026-03-02　１４：３０",
    ],
)
def test_date(cell: object) -> None:
    found = date_type().parse(cell)
    assert (type(found), found) == (date, DAY)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (None, None),
        (" ", None),
        (1, date(1900, 1, 1)),
        (59, date(1900, 2, 28)),
        (61, date(1900, 3, 1)),
        (2958465, date(9999, 12, 31)),
        (19000101, date(1900, 1, 1)),
        (20991231, date(2099, 12, 31)),
        ("2024-02-29", date(2024, 2, 29)),
        (0, "unreadable: 0 is not a date" + ENTER),
        (60, "unreadable: 60 is not a date" + ENTER),
        (-46083, "unreadable: -46083 is not a date" + ENTER),
        (2958466, "unreadable: 2958466 is not a date" + ENTER),
        (18991231, "unreadable: 18991231 is not a date" + ENTER),
        (21000101, "unreadable: 21000101 is not a date" + ENTER),
        (Decimal("20260302.5"), "unreadable: 20260302.5 is not a date" + ENTER),
        (20260230, "unreadable: 20260230 is not a day of the calendar" + ENTER),
        ("20260230", "unreadable: 20260230 is not a day of the calendar" + ENTER),
        ("2026-02-29", "unreadable: 2026-02-29 is not a day of the calendar" + ENTER),
        ("2026-13-01", "unreadable: 2026-13-01 is not a day of the calendar" + ENTER),
        ("2026年3月32日", "unreadable: 2026年3月32日 is not a day of the calendar" + ENTER),
        ("0000-01-01", "unreadable: 0000-01-01 is not a day of the calendar" + ENTER),
        ("03/04/2026", "unreadable: 03/04/2026 does not say clearly which number is the year" + ENTER),
        ("3-4-26", "unreadable: 3-4-26 does not say clearly which number is the year" + ENTER),
        ("26-3-2", "unreadable: 26-3-2 does not say clearly which number is the year" + ENTER),
        ("26.03.02 14:30", "unreadable: 26.03.02 14:30 does not say clearly which number is the year" + ENTER),
        ("26年3月2日", "unreadable: 26年3月2日 does not say clearly which number is the year" + ENTER),
        ("2026-3/2", "unreadable: 2026-3/2 is not a date" + ENTER),
        ("2026-03", "unreadable: 2026-03 is not a date" + ENTER),
        ("2026年3月", "unreadable: 2026年3月 is not a date" + ENTER),
        ("2026年3月2", "unreadable: 2026年3月2 is not a date" + ENTER),
        ("2026-03-02 25:00", "unreadable: 2026-03-02 25:00 is not a date" + ENTER),
        ("2026-03-02 14", "unreadable: 2026-03-02 14 is not a date" + ENTER),
        ("2026-03-02 已收", "unreadable: 2026-03-02 已收 is not a date" + ENTER),
        ("2026-03-0214:30", "unreadable: 2026-03-0214:30 is not a date" + ENTER),
        ("2026-03-02/03", "unreadable: 2026-03-02/03 is not a date" + ENTER),
        ("2026-W10-1", "unreadable: 2026-W10-1 is not a date" + ENTER),
        ("20260302143005", "unreadable: 20260302143005 is not a date" + ENTER),
        ("2026-03-0②", "unreadable: 2026-03-0② is not a date" + ENTER),
        ("٢٠٢٦-03-02", "unreadable: ٢٠٢٦-03-02 is not a date" + ENTER),
        ("302", "unreadable: 302 is not a date" + ENTER),
        ("昨天", "unreadable: 昨天 is not a date" + ENTER),
        ("3月2日", "unreadable: 3月2日 has no year" + SETTING),
        ("3/2", "unreadable: 3/2 has no year" + SETTING),
        (time(14, 30), "unreadable: 14:30:00 is not a date" + ENTER),
        (True, "unreadable: TRUE is not a date" + ENTER),
    ],
)
def test_date_at_the_edge_and_beyond(cell: object, value: object) -> None:
    assert read(date_type(), cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("3月2日", DAY),
        ("03月02日", DAY),
        ("3/2", DAY),
        ("3-2", DAY),
        ("3.2", DAY),
        ("３月２日 14:30", DAY),
        ("2025-03-02", date(2025, 3, 2)),
        ("2/29", "unreadable: 2/29 is not a day of the calendar" + ENTER),
        ("13/2", "unreadable: 13/2 is not a day of the calendar" + ENTER),
        ("26-3-2", "unreadable: 26-3-2 does not say clearly which number is the year" + ENTER),
        ("3月", "unreadable: 3月 is not a date" + ENTER),
    ],
)
def test_date_without_a_year_takes_that_of_the_settings(cell: str, value: object) -> None:
    assert read(date_type(2026), cell) == value


@pytest.mark.parametrize(
    ("day", "latest", "finding"),
    [
        (date(2005, 1, 1), DAY, None),
        (DAY, DAY, None),
        (date(9999, 12, 31), None, None),
        (date(2004, 12, 31), None, "date-out-of-range: 2004-12-31 is before 2005; correct the date"),
        (date(2026, 3, 3), DAY, "date-out-of-range: 2026-03-03 is after 2026-03-02; correct the date"),
    ],
)
def test_in_range(day: date, latest: date | None, finding: str | None) -> None:
    found = in_range(day, latest)
    assert (f"{found.code}: {said(found.message)}; {said(found.fix)}" if found else None) == finding


@given(st.dates(date(1900, 3, 1)), DIRT)
def test_a_day_is_the_same_in_every_form(day: date, dirt: str) -> None:
    serial = (day - date(1899, 12, 30)).days
    forms = [serial, day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day:%Y}/{day.month}/{day.day} 9:05"]
    if day.year < 2100:
        forms += [int(f"{day:%Y%m%d}"), f"{day:%Y%m%d}"]
    for form in forms:
        assert date_type().parse(form) == day
        if isinstance(form, str):
            assert date_type().parse(dirt + form.translate(FULL_WIDTH) + dirt) == day


@FEW
@given(CELLS)
def test_dates_read_once_and_for_all(cell: object) -> None:
    for field in (date_type(), date_type(2024)):
        value = field.parse(cell)
        if value is not None and not isinstance(value, Unreadable):
            assert field.parse(str(value)) == value
