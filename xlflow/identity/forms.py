"""Canonical forms: what is left of a value when all that people write differently is gone (contract §5)."""

from __future__ import annotations

from decimal import Decimal

from xlflow.fields.people import ALIPAY
from xlflow.fields.text import fold, squeeze

_INTERPUNCTS = str.maketrans("", "", "·•・‧∙⋅●.．｡。")


def account(text: str) -> str:
    """An Alipay account: e-mail in lower case, a mobile without +86; what is neither, folded and without spaces."""
    read = ALIPAY.parse(text)
    return read if isinstance(read, str) else squeeze(fold(text)).casefold()


def name(text: str) -> str:
    """A person's name without spaces and interpuncts: 阿依·古丽 and 阿依 古丽 are one."""
    return squeeze(fold(text)).translate(_INTERPUNCTS).casefold()


def number(text: str) -> str:
    """An order or tracking number: NFKC, no white space, letters raised."""
    return squeeze(fold(text)).upper()


def fen(yuan: Decimal) -> int:
    """An amount in 分; ValueError when it is no whole number of them."""
    amount = int(yuan * 100)
    if amount != yuan * 100:
        raise ValueError(f"{yuan} yuan is not a whole number of fen")
    return amount
