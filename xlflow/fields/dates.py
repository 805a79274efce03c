"""Dates in every form the contract lists, and no other (contract §3)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from xlflow.fields import FieldType, Unreadable
from xlflow.fields.text import fold_value, shown
from xlflow.grid import Value
from xlflow.model import Text

EARLIEST = date(2005, 1, 1)

_LAST_SERIAL = 2958465  # 9999-12-31
_LEAP_BUG = 60  # Excel's 1900-02-29, a day that never was
_FIRST_DIGITS, _LAST_DIGITS = 19000101, 20991231

_CLOCK = (
    r"(?:上午|下午|[AP]M)?\s*(?:[01]?[0-9]|2[0-3])"
    r"(?::[0-5]?[0-9](?::[0-5]?[0-9](?:\.[0-9]+)?)?|[时点](?:[0-5]?[0-9]分(?:[0-5]?[0-9]秒)?)?)\s*(?:[AP]M)?"
)
_WITH_CLOCK = re.compile(rf"(.*?[0-9日])(?:\s+|T|(?<=日)){_CLOCK}")
_WHOLE = (
    re.compile(r"([0-9]{4})\s*([-/.])\s*([0-9]{1,2})\s*\2\s*([0-9]{1,2})"),
    re.compile(r"([0-9]{4})\s*(年)\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日"),
    re.compile(r"((?:19|20)[0-9]{2})()([0-9]{2})([0-9]{2})"),
)
_NO_YEAR = re.compile(r"([0-9]{1,2})\s*(?:月\s*([0-9]{1,2})\s*日|[-/.]\s*([0-9]{1,2}))")
_YEAR_UNCLEAR = re.compile(r"[0-9]{1,2}\s*([-/.])\s*[0-9]{1,2}\s*\1\s*[0-9]{1,4}|[0-9]{2}\s*年.*日")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")


def date_type(year: int | None = None) -> FieldType:
    """Dates of a register; ``year`` is the settings' one for text such as 3月2日, else that is unreadable."""

    @lru_cache(maxsize=4096)
    def read(text: str) -> date | Unreadable | None:
        return _date_text(text, year)

    def parse(value: Value) -> date | Unreadable | None:
        if value is None:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        return read(value) if isinstance(value, str) else _date_number(value)

    return FieldType("date", parse)


def in_range(value: date, latest: date | None) -> Unreadable | None:
    """Why the date is out of range: before 2005, or after ``latest`` where given; None if it is not."""
    if value < EARLIEST:
        message = Text("{date} is before 2005", {"date": value.isoformat()})
    elif latest is not None and value > latest:
        message = Text("{date} is after {latest}", {"date": value.isoformat(), "latest": latest.isoformat()})
    else:
        return None
    return Unreadable("date-out-of-range", message, Text("correct the date"))


def _date_number(value: Value) -> date | Unreadable:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return _not_a_date(value)
    if _FIRST_DIGITS <= value <= _LAST_DIGITS and value == int(value):
        return _date_text(str(int(value)), None) or _not_a_date(value)
    return _of_serial(int(value), value)


def _date_text(value: str, year: int | None) -> date | Unreadable | None:
    text = fold_value(value).upper()
    if not text:
        return None
    clock = _WITH_CLOCK.fullmatch(text)
    day = clock[1] if clock else text
    if whole := next(filter(None, (form.fullmatch(day) for form in _WHOLE)), None):
        return _of_parts(int(whole[1]), int(whole[3]), int(whole[4]), value)
    if part := _NO_YEAR.fullmatch(day):
        return _year_missing(value) if year is None else _of_parts(year, int(part[1]), int(part[2] or part[3]), value)
    if serial := _SERIAL.fullmatch(text):
        return _of_serial(int(serial[1]), value)
    return _year_unclear(value) if _YEAR_UNCLEAR.fullmatch(day) else _not_a_date(value)


def _of_parts(year: int, month: int, day: int, value: str) -> date | Unreadable:
    try:
        return date(year, month, day)
    except ValueError:
        message = Text("{value} is not a day of the calendar", {"value": shown(value)})
        return Unreadable("unreadable", message, _ENTER_DATE)


def _of_serial(serial: int, value: Value) -> date | Unreadable:
    """The day that Excel's serial number means; 1 is 1900-01-01."""
    if not 1 <= serial <= _LAST_SERIAL or serial == _LEAP_BUG:
        return _not_a_date(value)
    return date(1899, 12, 31 if serial < _LEAP_BUG else 30) + timedelta(serial)


_ENTER_DATE = Text("enter the date as 2026-03-02")


def _not_a_date(value: Value) -> Unreadable:
    return Unreadable("unreadable", Text("{value} is not a date", {"value": shown(value)}), _ENTER_DATE)


def _year_unclear(value: str) -> Unreadable:
    message = Text("{value} does not say clearly which number is the year", {"value": shown(value)})
    return Unreadable("unreadable", message, _ENTER_DATE)


def _year_missing(value: str) -> Unreadable:
    return Unreadable(
        "unreadable",
        Text("{value} has no year", {"value": shown(value)}),
        Text("enter the date as 2026-03-02, or set `year` for this register in xlflow.toml"),
    )
