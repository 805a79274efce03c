"""Why goods came back, and what is wrong with them: text in groups (contract §3, domain.md T27)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from xlflow.fields import FieldType, Unreadable
from xlflow.fields.choices import Choice, Spellings, spelled, spelling_key, unknown
from xlflow.fields.text import plain
from xlflow.grid import Value
from xlflow.resources import data

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason or a problem as written, its group, and the spelling found: "" for one that none fits.

    Groups of reasons are quality, shop_fault, non_quality and other, of problems missing, broken, noisy and other;
    a reason that is a text in the first place may have none, "".
    """

    text: str
    group: str
    spelling: str


def reason_type(extra: Mapping[str, str] = _NOTHING) -> Choice:
    """Reasons, read as ``Reason``; ``extra`` are a desk's own spellings (spelling → group)."""
    return Choice("reason", _reason(_spellings("reason")), _spellings("reason"), _reason).with_spellings(extra)


def text_type() -> FieldType:
    """Reasons in anybody's words, read as ``Reason`` with the group of the spelling that fits."""
    return FieldType("text", _found(_spellings("reason"), ""))


def problem_type(extra: Mapping[str, str] = _NOTHING) -> Choice:
    """Problems, read as ``Reason``; ``other`` is the group of one that no spelling fits."""
    return Choice("problem", _problem(_spellings("problem")), _spellings("problem"), _problem).with_spellings(extra)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(data("reasons.toml"))


def _spellings(kind: str) -> Spellings:
    return {group: tuple(words) for group, words in _table()[kind].items()}


def _reason(spellings: Spellings) -> Callable[[Value], object]:
    groups = spelled(spellings)
    words = _written(spellings)

    @lru_cache(maxsize=4096)
    def read(text: str) -> Reason | Unreadable | None:
        if not text:
            return None
        found = find(spelling_key(text), groups)
        if found is None:
            return unknown(text, _without(spellings, spelling_key(text)))
        return Reason(text, groups[found], words[found])

    return lambda value: read(plain(value))


def _written(spellings: Spellings) -> dict[str, str]:
    """Spelling key → the spelling."""
    return {spelling_key(word): word for known in spellings.values() for word in known}


def _without(spellings: Spellings, text: str) -> Spellings:
    """The spellings that the text does not hold: one it denies would be the wrong advice."""
    return {
        group: tuple(word for word in words if spelling_key(word) not in text) for group, words in spellings.items()
    }


def _problem(spellings: Spellings) -> Callable[[Value], object]:
    return _found(spellings, "other")


def _found(spellings: Spellings, otherwise: str) -> Callable[[Value], object]:
    """Read a ``Reason`` whose group is ``otherwise`` where no spelling fits."""
    groups = spelled(spellings)
    words = _written(spellings)

    @lru_cache(maxsize=4096)
    def read(text: str) -> Reason | None:
        found = find(spelling_key(text), groups)
        if found is None:
            return Reason(text, otherwise, "") if text else None
        return Reason(text, groups[found], words[found])

    return lambda value: read(plain(value))


def find(text: str, words: Mapping[str, str]) -> str | None:
    """The word that the text is, else the longest in it that is not denied; of equally long ones the first.

    Denied is a word directly after 非, 不是, 没有 or 无, with all that lies inside the two.
    """
    if text in words:
        return text
    for length in sorted(set(map(len, words)), reverse=True):
        for start in range(len(text) - length + 1):
            word = text[start : start + length]
            if word in words:
                denial = _denial_before(text, start)
                if not denial:
                    return word
                text = text[: start - len(denial)] + "\0" * len(denial + word) + text[start + length :]
    return None


def _denial_before(text: str, start: int) -> str:
    return next((denial for denial in _table()["denials"] if text.endswith(denial, 0, start)), "")
