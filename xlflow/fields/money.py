"""Amounts to the cent and counts, exact (contract §3)."""

from __future__ import annotations

import re
from decimal import Decimal

from xlflow.fields import FieldType, Unreadable
from xlflow.fields.text import fold_value, shown
from xlflow.grid import Value
from xlflow.model import Text

_CENT = Decimal("0.01")
#: From here on a cell, which keeps 15 digits, cannot hold the cents: an id in the wrong column.
_TOO_MUCH = Decimal(10**13)
_TOO_MANY = 10**15

_AMOUNT = re.compile(r"¥?\s*([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(\.[0-9]{1,2})?\s*元?")
_NEGATIVE = re.compile(r"¥?\s*[-−]\s*¥?\s*[0-9][0-9,.]*\s*元?")
_MORE_DECIMALS = re.compile(r"¥?\s*[0-9][0-9,]*\.[0-9]{3,}\s*元?")
_ODD_COMMA = re.compile(r"¥?\s*[0-9.]*,[0-9,.]*\s*元?")
_SIGN = re.compile(r"([-+−])\s*(¥?\s*[0-9].*)")
_COUNT = re.compile(r"([0-9]+)(?:\.0+)?\s*[个件台只条盒套箱包张根部把本双份瓶块支枚卷袋对组片颗粒桶罐]?")


def _money(value: Value) -> Decimal | Unreadable | None:
    if value is None:
        return None
    if isinstance(value, str):
        return _money_text(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return _to_the_cent(Decimal(value), value)
    return _not_an_amount(value)


def _money_text(value: str) -> Decimal | Unreadable | None:
    text = fold_value(value)
    if not text:
        return None
    if match := _AMOUNT.fullmatch(text):
        return _to_the_cent(Decimal(match[1].replace(",", "") + (match[2] or "")), value)
    if _NEGATIVE.fullmatch(text):
        return _negative(value)
    if _MORE_DECIMALS.fullmatch(text):
        return _more_decimals(value)
    if _ODD_COMMA.fullmatch(text):
        message = Text("{value} has a comma that does not part thousands", {"value": shown(value)})
        return Unreadable("unreadable", message, _ENTER_AMOUNT)
    return _not_an_amount(value)


def _to_the_cent(number: Decimal, value: Value) -> Decimal | Unreadable:
    if number < 0:
        return _negative(value)
    if number >= _TOO_MUCH:
        message = Text("{value} is too large for an amount", {"value": shown(value)})
        return Unreadable("unreadable", message, _ENTER_AMOUNT)
    amount = number.quantize(_CENT)
    return amount if amount == number else _more_decimals(value)


def _money_positive(value: Value) -> Decimal | Unreadable | None:
    amount = _money(value)
    if isinstance(amount, Decimal) and not amount:
        message = Text("the amount is 0, and it must be more than 0")
        return Unreadable("unreadable", message, _ENTER_AMOUNT)
    return amount


def _money_signed(value: Value) -> Decimal | Unreadable | None:
    """What moved on an account: a sign before the amount says which way."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        amount = _to_the_cent(abs(Decimal(value)), value)
        return -amount if value < 0 and isinstance(amount, Decimal) else amount
    match = _SIGN.fullmatch(fold_value(value)) if isinstance(value, str) else None
    if match is None:
        return _money(value)
    unsigned = _money(match[2])
    return -unsigned if match[1] != "+" and isinstance(unsigned, Decimal) else unsigned


def _int(value: Value) -> int | Unreadable | None:
    if isinstance(value, str):
        text = fold_value(value)
        match = _COUNT.fullmatch(text)
        return (_counted(int(match[1]), value) if match else _not_a_count(value)) if text else None
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value != int(value):
        return _not_a_count(value)
    return _counted(int(value), value)


def _counted(count: int, value: Value) -> int | Unreadable:
    return count if 0 <= count < _TOO_MANY else _not_a_count(value)


_ENTER_AMOUNT = Text("enter the amount as a number in yuan, such as 12.50")


def _negative(value: Value) -> Unreadable:
    message = Text("{value} is negative", {"value": shown(value)})
    return Unreadable("unreadable", message, _ENTER_AMOUNT)


def _more_decimals(value: Value) -> Unreadable:
    message = Text("{value} has more than two decimals", {"value": shown(value)})
    return Unreadable("unreadable", message, _ENTER_AMOUNT)


def _not_an_amount(value: Value) -> Unreadable:
    message = Text("{value} is not an amount of money", {"value": shown(value)})
    return Unreadable("unreadable", message, _ENTER_AMOUNT)


def _not_a_count(value: Value) -> Unreadable:
    message = Text("{value} is not a whole number of 0 or more", {"value": shown(value)})
    return Unreadable("unreadable", message, Text("enter the quantity as a whole number, such as 2"))


MONEY = FieldType("money", _money)
MONEY_POSITIVE = FieldType("money+", _money_positive)
MONEY_SIGNED = FieldType("money", _money_signed)
INT = FieldType("int", _int)
