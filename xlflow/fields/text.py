"""Text as people leave it in cells, cleaned; and plain text for whatever else stands there (contract §3)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from xlflow.fields import FieldType, Unreadable
from xlflow.grid import CellError, Uncached, Value
from xlflow.model import Text

_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_AS_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
_NOT_IN_HEADINGS = str.maketrans("", "", "_-—/*:、")
_OPENING, _CLOSING = "([【〔", ")]】〕"
_LIKE_LATIN = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "LATIN")
_SHOWN_LENGTH = 40
_DIRT = (" ", "'", "’", "=")
_LONGEST_VALUE = 100
#: From here on Excel shows a number with an exponent.
_LEAST_SHORTENED = 10**15


def clean(text: str) -> str:
    """The text without outer white space, invisible characters, a leading ``'`` and ``="…"``."""
    if text.isprintable() and text[:1] not in _DIRT and text[-1:] != " ":
        return text  # most texts are clean, and none with a character that this takes away is printable
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    text = text.strip()
    while text.startswith(("'", "’")) or _AS_FORMULA.fullmatch(text):
        text = (text[2:-1].replace('""', '"') if text[0] == "=" else text[1:]).strip()
    return text


def fold(text: str) -> str:
    """The cleaned text after NFKC, for what is compared or calculated; names are only cleaned.

    A circled, raised or broken number stays what it is: 10² is not 102.
    """
    if text.isascii():
        return clean(text)
    if text.isprintable() and unicodedata.is_normalized("NFKC", text):
        return clean(text)
    runs = groupby(_INVISIBLE.sub("", text), _is_number_sign)
    return clean("".join("".join(run) if sign else _nfkc("".join(run)) for sign, run in runs))


def fold_value(text: str) -> str:
    """The folded text of an id, a number or a date.

    None is longer than 100 characters: the rest is cut off and marked, so that nothing matches it and no
    pattern takes long over a hostile cell.
    """
    text = fold(text)
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"


def _is_number_sign(char: str) -> bool:
    return char.isnumeric() and not char.isdecimal()


def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def squeeze(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


def heading_key(text: str) -> str:
    """What headings are compared by: ``运费金额（元）*`` is ``运费金额`` (contract §3, Headings)."""
    key = squeeze(fold(text).casefold()).translate(_NOT_IN_HEADINGS)
    while key.endswith(tuple(_CLOSING)) and (start := _suffix_start(key)) > 0:
        key = key[:start]
    return key


def _suffix_start(key: str) -> int:
    """Where the bracket opens that the last character closes; 0 if nowhere."""
    depth = 0
    for index in range(len(key) - 1, 0, -1):
        depth += (key[index] in _CLOSING) - (key[index] in _OPENING)
        if depth == 0:
            return index
    return 0


def plain(value: Value) -> str:
    """The cell as Excel would show it; a number of 16 digits or more keeps its exponent."""
    match value:
        case str():
            return clean(value)
        case None | Uncached():
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int() if abs(value) < _LEAST_SHORTENED:
            return str(value)
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "seconds")
        case date() | time():
            return value.isoformat()
        case CellError():
            return value.text
    return _plain_number(Decimal(value))


def _plain_number(number: Decimal) -> str:
    if number.is_zero():
        return "0"
    return format(number.normalize(), "f" if -10 < number.adjusted() < 15 else "E")


def shown(value: Value) -> str:
    """The cell in a message: plain, and cut short where it is long."""
    text = plain(value)
    return text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1] + "…"


def look_alike(text: str) -> str | None:
    """The first letter that only looks like one from A to Z, with its name: а (CYRILLIC SMALL LETTER A)."""
    for char in text:
        name = unicodedata.name(char, "")
        if not char.isascii() and char.isalpha() and name.startswith(_LIKE_LATIN):
            return f"{char} ({name})"
    return None


def _text(value: Value) -> str | None:
    return plain(value) or None


def _picture(value: Value) -> str | Unreadable | None:
    if value is None or isinstance(value, str):
        return _text(value)
    return Unreadable(
        "unreadable",
        Text("{value} is neither a picture nor the path of one", {"value": shown(value)}),
        Text("insert the picture into the cell, or write its path"),
    )


TEXT = FieldType("text", _text)
PICTURE = FieldType("picture", _picture)


@lru_cache(maxsize=4096)
def same(text: str | None) -> str | None:
    """What two texts have in common that say the same: NFKC, casefold, no white space; None stays None."""
    return squeeze(fold(text).casefold()) if text is not None else None
