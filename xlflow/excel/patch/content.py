"""A value as the XML of a cell; what no cell can hold is refused (contract §7, ``bad-value``)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal

from xlflow.excel.celltext import LONGEST_TEXT, escaped, utf16_length
from xlflow.excel.moments import EPOCH, FROM_1904, LEAP_1900
from xlflow.excel.patch.cells import Content
from xlflow.model import Text

#: What Excel keeps of a number, and the powers of ten at which it still does.
DIGITS = Context(prec=15, traps=[])
GREATEST_POWER, LEAST_POWER = 307, -292
#: Numbers of more digits than this, leading and trailing zeros included, are written with a power of ten.
LONGEST_PLAIN = 21
DAY, MILLISECOND = timedelta(days=1), timedelta(milliseconds=1)
NO_PAIR = re.compile("[\ud800-\udfff]")


class UnfitValueError(Exception):
    """A value that no cell can hold as it is: why, and what to do."""

    def __init__(self, why: Text, fix: Text) -> None:
        super().__init__(why, fix)
        self.why, self.fix = why, fix


def content(value: object, prefix: str, since_1904: bool) -> Content:
    """The XML of a value; ``prefix`` is that of all names, with colon. UnfitValueError for what no cell can hold."""
    if value is None or value == "":
        return Content()
    if isinstance(value, str):
        text = f'<{prefix}is><{prefix}t xml:space="preserve">{_text(str(value))}</{prefix}t></{prefix}is>'
        return Content("inlineStr", text.encode())
    kind, shown = _shown(value, since_1904)
    return Content(kind, f"<{prefix}v>{shown}</{prefix}v>".encode())


def _shown(value: object, since_1904: bool) -> tuple[str, str]:
    if isinstance(value, bool):
        return "b", "1" if value else "0"
    if isinstance(value, int | Decimal):
        return "", _number(Decimal(value))
    if isinstance(value, date | time):
        return "", _days(value, since_1904)
    raise UnfitValueError(
        Text("no cell can hold a {type} exactly", {"type": type(value).__name__}),
        Text("give text, a whole number, a Decimal, a date or a time"),
    )


def _text(text: str) -> str:
    if utf16_length(text) > LONGEST_TEXT:
        raise UnfitValueError(
            Text("the text is longer than {limit} characters", {"limit": LONGEST_TEXT}),
            Text("shorten it, or split it over two cells"),
        )
    if NO_PAIR.search(text):
        raise UnfitValueError(Text("the text has half a character in it"), Text("type the text again"))
    return escaped(text)


def _number(value: Decimal) -> str:
    if not value:
        return "0"
    exact = value.normalize(DIGITS)
    if not exact.is_finite() or exact != value or not LEAST_POWER <= exact.adjusted() <= GREATEST_POWER:
        raise UnfitValueError(
            Text("Excel keeps only {digits} digits of a number", {"digits": DIGITS.prec}),
            Text("write an id as text, or round the number"),
        )
    return f"{exact:f}" if abs(exact.adjusted()) < LONGEST_PLAIN else str(exact)


def _days(value: date | time, since_1904: bool) -> str:
    """Days since Excel's first, with the time of day as their fraction."""
    clock = value if isinstance(value, time) else value.time() if isinstance(value, datetime) else time()
    past = timedelta(0, clock.second + 60 * (clock.minute + 60 * clock.hour), clock.microsecond)
    if clock.tzinfo is not None or getattr(value, "tzinfo", None) is not None or past % MILLISECOND:
        raise UnfitValueError(
            Text("Excel keeps times to the thousandth of a second, without a time zone"),
            Text("leave out the time zone and what is below a thousandth of a second"),
        )
    days = 0 if isinstance(value, time) else _day(value, since_1904)
    return str(days) if not past else repr(days + past / DAY)


def _day(value: date, since_1904: bool) -> int:
    days = value.toordinal() - EPOCH.toordinal()
    if since_1904:
        days -= FROM_1904
    elif days <= LEAP_1900:
        days -= 1
    if days < (0 if since_1904 else 1):
        raise UnfitValueError(
            Text("the workbook knows no day before {first}", {"first": "1904-01-01" if since_1904 else "1900-01-01"}),
            Text("write such a date as text"),
        )
    return days
