"""Cells of a new sheet as XML text: every value keeps its type, and text stays text whatever it begins with."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Context, Decimal
from typing import Any

from xlflow.excel.errors import BookError
from xlflow.excel.looks import Styles
from xlflow.model import Text

LONGEST_TEXT = 32767  # UTF-16 units in one cell
_LONGEST_IN_TEXT_FORMAT = 255
_FORMULA_STARTS = "=+-@\t\r"
_CENT = Decimal("0.01")
_DIGITS = Context(prec=15)
_GREATEST_EXPONENT = 300
_EPOCH = date(1899, 12, 30)
_EPOCH_MIDNIGHT = datetime(1899, 12, 30)  # noqa: DTZ001 (cells have no time zone)
_LEAP_DAY_THAT_NEVER_WAS = 60  # Excel believes in 1900-02-29

#: What XML cannot hold as it is; Excel writes it as _x0001_.
UNSPEAKABLE = "\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff"
#: With an underscore that would read as the beginning of such an escape.
_ESCAPED = re.compile(rf"[&<>{UNSPEAKABLE}]|_(?=x[0-9A-Fa-f]{{4}}[_{UNSPEAKABLE}])")
#: Text without any of these is XML as it is. (A class alone is searched several times faster.)
_SPECIAL = re.compile(rf"[&<>_{UNSPEAKABLE}]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escaped(text: str) -> str:
    """The text as XML content that Excel reads back the same."""
    return _ESCAPED.sub(_escape, text) if _SPECIAL.search(text) else text


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return _ENTITIES.get(char) or f"_x{ord(char):04X}_"


def shortened(text: str) -> str:
    """The text as far as Excel holds it; what is cut off leaves an ``…``."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * LONGEST_TEXT:
        return text
    kept = units[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore")
    return f"{kept}…"


def utf16_length(text: str) -> int:
    """The length of a text as Excel counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def element(text: str) -> str:
    """The ``<t>`` element of a text."""
    if len(text) * 2 > LONGEST_TEXT:
        text = shortened(text)
    return f'<t xml:space="preserve">{escaped(text)}</t>'


def text_cell(ref: str, text: str, style: str) -> str:
    """A text cell; without text a blank one."""
    if not text:
        return f'<c r="{ref}" s="{style}"/>'
    return f'<c r="{ref}" s="{style}" t="inlineStr"><is>{element(text)}</is></c>'


def _blank(ref: str, _: None, styles: Styles) -> str:
    return f'<c r="{ref}" s="{styles.own}"/>'


def _text(ref: str, value: str, styles: Styles) -> str:
    if len(value) > _LONGEST_IN_TEXT_FORMAT:
        return text_cell(ref, value, styles.own if value[0] in _FORMULA_STARTS else styles.prose)
    if value.isalnum():  # most ids and names, and they need no escaping
        return f'<c r="{ref}" s="{styles.own}" t="inlineStr"><is><t>{value}</t></is></c>'
    return text_cell(ref, value, styles.own)


def _bool(ref: str, value: bool, styles: Styles) -> str:
    return f'<c r="{ref}" s="{styles.own}" t="b"><v>{"1" if value else "0"}</v></c>'


def _int(ref: str, value: int, styles: Styles) -> str:
    if abs(value) >= 10**15:
        raise _too_precise(ref, value)
    return f'<c r="{ref}" s="{styles.whole}"><v>{value}</v></c>'


def _decimal(ref: str, value: Decimal, styles: Styles) -> str:
    places = 2 if value.same_quantum(_CENT) and value.adjusted() < 13 else _places(ref, value)
    return f'<c r="{ref}" s="{styles.own if places <= styles.places else styles.number}"><v>{value}</v></c>'


def _places(ref: str, value: Decimal) -> int:
    """Decimal places that a number needs."""
    if value.is_finite() and abs(value.adjusted()) <= _GREATEST_EXPONENT:
        exact = value.normalize(_DIGITS)
        if exact == value:
            return max(0, -int(exact.as_tuple().exponent))
    raise _too_precise(ref, value)


def _too_precise(ref: str, value: int | Decimal) -> BookError:
    return BookError(
        "bad-value",
        Text("{cell}: Excel cannot hold the number {value} exactly", dict(cell=ref, value=str(value))),
        Text("write it as text"),
    )


def _date(ref: str, value: date, styles: Styles) -> str:
    days = (value - _EPOCH).days
    days -= days <= _LEAP_DAY_THAT_NEVER_WAS
    if days < 1:
        return _text(ref, value.isoformat(), styles)
    return f'<c r="{ref}" s="{styles.day}"><v>{days}</v></c>'


def _datetime(ref: str, value: datetime, styles: Styles) -> str:
    since = value - _EPOCH_MIDNIGHT
    days = since.days - (since.days <= _LEAP_DAY_THAT_NEVER_WAS)
    if days < 1:
        return _text(ref, value.isoformat(" "), styles)
    return f'<c r="{ref}" s="{styles.moment}"><v>{days + (since.seconds + since.microseconds / 1e6) / 86400}</v></c>'


#: What writes a value of each type: a function of the cell's reference, the value and the styles of the cell.
WRITERS: dict[type, Callable[[str, Any, Styles], str]] = {
    type(None): _blank,
    str: _text,
    bool: _bool,
    int: _int,
    Decimal: _decimal,
    datetime: _datetime,
    date: _date,
}
TYPES = frozenset(WRITERS)


def known(value: object) -> object:
    """The value as one of ``TYPES``: a kind of text, such as a member of an enum, as its text.

    Raises TypeError for what no cell can hold.
    """
    if type(value) in TYPES:
        return value
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"no cell can hold a {type(value).__name__}")
