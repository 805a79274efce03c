"""Carriers: their names, and which tracking numbers can be theirs (domain.md B.2)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from xlflow.fields.choices import choice
from xlflow.fields.text import fold
from xlflow.resources import data


@dataclass(frozen=True, slots=True)
class Carrier:
    """One carrier: all its names, the canonical first, and the whole forms of its numbers."""

    names: tuple[str, ...]
    modern: re.Pattern[str]
    wider: re.Pattern[str]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(data("carriers.toml"))


@cache
def carriers() -> dict[str, Carrier]:
    """All carriers by canonical name, as carriers.toml has them."""
    return {
        row["name"]: Carrier((row["name"], *row["aliases"]), _whole(row["modern"]), _whole(row["wider"]))
        for row in _table()["carrier"]
    }


def _whole(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in forms) or "(?!)", re.ASCII)


def _names() -> list[str]:
    """Every name there is, longest first."""
    known = [name for carrier in carriers().values() for name in carrier.names]
    return sorted((*known, *_table()["separate"]), key=len, reverse=True)


def named_in(text: str) -> str | None:
    """The one carrier a sheet's name or the like names: 中通丢件登记 → 中通; None for none or several."""
    canonical = {name.casefold(): key for key, carrier in carriers().items() for name in carrier.names}
    found = {canonical.get(name.casefold()) for name in _any_name().findall(fold(text))}
    return found.pop() if len(found) == 1 else None


@cache
def _any_name() -> re.Pattern[str]:
    """Longest name first; Latin names only as whole words."""
    words = (f"(?<![a-z]){re.escape(name)}(?![a-z])" if name.isascii() else re.escape(name) for name in _names())
    return _pattern("|".join(words))


@cache
def names_apart() -> tuple[re.Pattern[str], ...]:
    """A name set apart from a number by white space; Latin ones, which may be the number's own letters, last."""
    return tuple(_pattern(rf"\A{name}\s+|\s+{name}\Z") for name in (_either(_not_latin()), _either(_names())))


@cache
def names_beside() -> tuple[re.Pattern[str], ...]:
    """A name with a colon or brackets between it and a number, then one that touches the number; Latin ones last."""
    name, not_latin = _either(_names()), _either(_not_latin())
    return (
        _pattern(rf"\A[(\[【]?{name}[)\]】:]+|[(\[【:]+{name}[)\]】]?\Z"),
        _pattern(rf"\A{not_latin}|{not_latin}\Z"),
        _pattern(rf"\A{name}|{name}\Z"),
    )


def _not_latin() -> list[str]:
    return [name for name in _names() if not (name.isascii() and name.isalpha())]


def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(form, re.ASCII | re.IGNORECASE)


def _either(words: Iterable[str]) -> str:
    return "(?:" + "|".join(map(re.escape, words)) + ")"


def fits(carrier: str, tracking: str) -> bool:
    """Whether the number has a form of this carrier, today's or a wider one; yes where none is known."""
    known = carriers().get(carrier)
    return known is None or bool(known.modern.fullmatch(tracking) or known.wider.fullmatch(tracking))


def guess(tracking: str) -> frozenset[str]:
    """The carriers whose modern form the number has: often one, sometimes none or several."""
    return frozenset(name for name, carrier in carriers().items() if carrier.modern.fullmatch(tracking))


COURIER = choice({name: carrier.names for name, carrier in carriers().items()}, "courier")
