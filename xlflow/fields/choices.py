"""A few known words: choices by their spellings, several at once, and yes or no (contract §3)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from xlflow.fields import FieldType, Unreadable
from xlflow.fields.text import fold, plain, shown, squeeze
from xlflow.grid import Value
from xlflow.model import Text

#: Value → its spellings, the one to show first.
Spellings: TypeAlias = Mapping[str, tuple[str, ...]]

_NO = frozenset(("否", "无", "不", "没有", "×", "0", "n"))
_BETWEEN = re.compile("[+、/,和]")


@dataclass(frozen=True, slots=True)
class Choice(FieldType):
    """A field type that knows its values by spellings. ``build`` makes ``parse`` from them."""

    spellings: Spellings
    build: Callable[[Spellings], Callable[[Value], object]]

    def with_spellings(self, extra: Mapping[str, str]) -> Choice:
        """The same with a desk's own spellings (spelling → value), which go before the built-in ones.

        Raises ValueError for a value that the choice does not have.
        """
        if strange := set(extra.values()) - set(self.spellings):
            raise ValueError(f"not a value of this choice: {', '.join(sorted(strange))}")
        taught = {spelling_key(spelling) for spelling in extra}
        spellings = {
            value: (
                *(spelling for spelling in known if spelling_key(spelling) not in taught),
                *(spelling for spelling, meant in extra.items() if meant == value),
            )
            for value, known in self.spellings.items()
        }
        return Choice(self.name, self.build(spellings), spellings, self.build)

    def shown(self, value: str) -> str:
        """How the value is written in a cell."""
        return next(iter(self.spellings[value]), value)


def spelling_key(text: str) -> str:
    """What spellings are compared by: cleaned, NFKC, casefold, no white space."""
    return squeeze(fold(text).casefold())


def spelled(spellings: Spellings) -> dict[str, str]:
    """Spelling key → value."""
    keys = {spelling_key(word): value for value, words in spellings.items() for word in words}
    keys.pop("", None)
    return keys


def unknown(value: Value, spellings: Spellings) -> Unreadable:
    """That nothing spells this, with the nearest spelling or all values as they are written."""
    words = {spelling_key(word): word for known in spellings.values() for word in known}
    near = difflib.get_close_matches(spelling_key(plain(value)), words, n=1, cutoff=0.5)
    if near:
        fix = Text(
            "write {nearest} if that is meant, or teach this spelling in the fix list",
            {"nearest": words[near[0]]},
        )
    else:
        fix = Text(
            "write one of these: {known}; or teach this spelling in the fix list",
            {"known": "、".join(known[0] for known in spellings.values() if known)},
        )
    return Unreadable("unknown-value", Text("{value} is not a known spelling", {"value": shown(value)}), fix)


def choice(spellings: Spellings, name: str = "choice") -> Choice:
    """One of the values; read as the value's key."""
    return Choice(name, _one(spellings), spellings, _one)


def several(spellings: Spellings) -> Choice:
    """One or more of the values, split at ``+ 、 / ， ,`` and 和; read as a tuple in the spellings' order."""
    return Choice("choices", _many(spellings), spellings, _many)


def split(text: str) -> list[str]:
    """The parts of a cell with several choices (contract §3, reissue's items)."""
    return [part.strip() for part in _BETWEEN.split(fold(text)) if part.strip()]


def _one(spellings: Spellings) -> Callable[[Value], object]:
    values = spelled(spellings)

    @lru_cache(maxsize=1024)
    def look_up(text: str) -> str | Unreadable | None:
        key = spelling_key(text)
        return None if not key else values.get(key) or unknown(text, spellings)

    def parse(value: Value) -> object:
        return None if value is None else look_up(value if isinstance(value, str) else plain(value))

    return parse


def _many(spellings: Spellings) -> Callable[[Value], object]:
    one = _one(spellings)

    def parse(value: Value) -> object:
        text = plain(value)
        found = [one(part) for part in split(text)]
        wrong = next((part for part in found if isinstance(part, Unreadable)), None)
        if wrong is not None:
            return wrong
        if not found:
            return unknown(value, spellings) if text else None
        return tuple(known for known in spellings if known in found)

    return parse


def _flag(value: Value) -> bool | None:
    """No by its few spellings, unknown when blank, yes for anything else."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | Decimal):
        return value != 0
    key = spelling_key(plain(value))
    return key not in _NO if key else None


FLAG = FieldType("flag", _flag)
