"""Order and tracking numbers, and what Excel does to them (contract §3; domain.md B.1, B.2).

Excel keeps 15 digits of a number. An id of 16 or more that is stored as a number, or written as
``3.30604E+18``, has lost its last digits; ``stem`` and ``fits`` say which whole ids it may have been.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from xlflow.fields import FieldType, Unreadable
from xlflow.fields.carriers import guess, names_apart, names_beside
from xlflow.fields.text import fold_value, look_alike, plain, shown, squeeze
from xlflow.grid import Value
from xlflow.model import Text

_EXACT_DIGITS = 15
_DIGITS = re.compile("[0-9]+")
_ORDER = re.compile("[0-9]{15,19}")
_TRACKING = re.compile("[A-Z0-9]{8,20}")
_ROUND_TRIP = re.compile(r"([0-9]+)\.0+")
_SHORTENED = re.compile(r"([0-9]+)(?:\.([0-9]+))?[Ee]\+?([0-9]{1,3})")
_PASTED = re.compile("[0-9]{15}(?:000|0000)")
_SCANNER_MARK = re.compile(r"(?:-[0-9]{1,3}){2}-?\Z")


def _order_no(value: Value) -> str | Unreadable | None:
    if value is None:
        return None
    if isinstance(value, str):
        return value if _ORDER.fullmatch(value) else _order_text(value)
    digits = _number(value)
    return digits if isinstance(digits, Unreadable) else _checked_order(digits, value)


def _order_text(value: str) -> str | Unreadable | None:
    text = _without_round_trip(squeeze(fold_value(value)))
    if not text:
        return None
    return _damaged_text(value) if _SHORTENED.fullmatch(text) else _checked_order(text, value)


def _checked_order(text: str, value: Value) -> str | Unreadable:
    if _ORDER.fullmatch(text):
        return text
    if not _DIGITS.fullmatch(text):
        message = Text("{value} is not an order number of 15 to 19 digits", {"value": shown(value)})
    else:
        message = Text(
            "{value} has {count} digits, an order number has 15 to 19",
            {"value": shown(value), "count": len(text)},
        )
        if len(text) > 19:
            fix = Text("this looks like an Alipay number; copy the order number from the platform instead")
            return Unreadable("unreadable", message, fix)
    return Unreadable("unreadable", message, Text("copy the order number from the platform again"))


def _tracking(value: Value) -> str | Unreadable | None:
    if value is None:
        return None
    if isinstance(value, str):
        return value if _TRACKING.fullmatch(value) else _tracking_text(value)
    digits = _number(value)
    return digits if isinstance(digits, Unreadable) or _is_tracking(digits) else _no_tracking(value)


def _tracking_text(value: str) -> str | Unreadable | None:
    text = fold_value(value)
    if not text:
        return None
    bare = _without_round_trip(_without_names(text))
    if _is_tracking(bare):
        return bare.upper()
    return _damaged_text(value) if _SHORTENED.fullmatch(bare) else _no_tracking(value)


def _without_names(text: str) -> str:
    """The text without white space, a scanner's ``-1-1-`` and carriers' names.

    What is set apart by white space goes first, unless the letters are the number's own (SF 1234567890123);
    what then is a whole number stays as it is (contract §3).
    """
    text = squeeze(_take_off(text, (_SCANNER_MARK, *names_apart()), _is_modern))
    return _take_off(text, (_SCANNER_MARK, *names_beside()), _is_tracking)


def _take_off(text: str, patterns: tuple[re.Pattern[str], ...], done: Callable[[str], bool]) -> str:
    """The text without all that the patterns match, the earlier ones first, as far as it has to be."""
    while not done(text):
        shorter = next((cut for pattern in patterns if (cut := pattern.sub("", text, count=1)) != text), None)
        if shorter is None:
            break
        text = shorter
    return text


def _is_modern(text: str) -> bool:
    joined = squeeze(text)
    return _is_tracking(joined) and bool(guess(joined.upper()))


def _is_tracking(text: str) -> bool:
    return text.isascii() and _TRACKING.fullmatch(text.upper()) is not None


def _no_tracking(value: Value) -> Unreadable:
    letter = look_alike(plain(value))
    if letter is not None:
        message = Text(
            "{value} holds {letter}, which is none of the letters A to Z",
            {"value": shown(value), "letter": letter},
        )
    else:
        message = Text("{value} is not a tracking number of 8 to 20 letters and digits", {"value": shown(value)})
    return Unreadable("unreadable", message, Text("enter the number of one parcel and nothing else"))


def _number(value: Value) -> str | Unreadable:
    """The digits of a number cell; of anything else its plain text, which is no id."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value < 0 or value != int(value):
        return shown(value)
    if value < 10**_EXACT_DIGITS:
        return str(int(value))
    return Unreadable(
        "damaged-number",
        Text("{value} is stored as a number, and the digits after the 15th are gone", {"value": shown(value)}),
        _ENTER_AGAIN,
    )


def _damaged_text(value: str) -> Unreadable:
    message = Text("{value} is a number cut short, and its last digits are gone", {"value": shown(value)})
    return Unreadable("damaged-number", message, _ENTER_AGAIN)


_ENTER_AGAIN = Text("set the cell's format to text, then enter the whole number again")


def _without_round_trip(text: str) -> str:
    """Digits that went through a decimal number: ``123….0`` is ``123…``."""
    match = _ROUND_TRIP.fullmatch(text)
    return match[1] if match else text


def _transaction(value: Value) -> str | Unreadable | None:
    """The number that a bank or a platform gave something, of whatever length: Alipay's have up to 32 digits."""
    if significant(value) is not None:
        return _damaged_text(value) if isinstance(value, str) else _number(value)
    return squeeze(fold_value(plain(value))) or None


def suspect(value: str) -> bool:
    """Whether a text id was pasted after the damage: 18 digits ending in 000, or 19 in 0000 (contract §4)."""
    return _PASTED.fullmatch(value) is not None


def significant(value: Value) -> tuple[str, int] | None:
    """What a damaged number still shows: its digits, 15 at most, and how many digits the whole id had.

    15 for a number cell, the written ones for text such as ``3.30604E+18``; None for what is not damaged.
    """
    if isinstance(value, str):
        match = _SHORTENED.fullmatch(squeeze(fold_value(value)))
        if match is None:
            return None
        digits, length = match[1] + (match[2] or ""), len(match[1]) + int(match[3])
    elif isinstance(value, int | Decimal) and value >= 10**_EXACT_DIGITS:
        number = Decimal(value)
        digits = "".join(map(str, number.as_tuple().digits)).ljust(_EXACT_DIGITS, "0")
        length = number.adjusted() + 1
    else:
        return None
    return digits[: min(_EXACT_DIGITS, length)], length


def fits(damaged: Value, full_id: str) -> bool:
    """Whether the full id may be what the number was: as long, and equal after rounding or cutting off."""
    left = significant(damaged)
    if left is None or not _DIGITS.fullmatch(full_id) or len(full_id) != left[1]:
        return False
    digits, length = left
    unit: int = 10 ** (length - len(digits))
    least = int(digits) * unit
    return least - unit // 2 <= int(full_id) < least + unit


def stem(damaged: Value) -> tuple[str, ...]:
    """The beginnings of all ids that may fit, of one length: look ids up by their first so many digits."""
    left = significant(damaged)
    if left is None:
        return ()
    digits, length = left
    below = str(int(digits) - 1)
    return (digits, below) if len(below) == len(digits) < length else (digits,)


ORDER_NO = FieldType("order_no", _order_no)
TRANSACTION = FieldType("text", _transaction)
TRACKING = FieldType("tracking", _tracking)
