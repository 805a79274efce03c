"""One table of a TOML document, handing out its keys as typed values and noting every mistake on the way.

A value that is wrong is noted and its default handed out, so that one reading finds all mistakes of a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from xlflow.model import Text
from xlflow.settings.document import Document
from xlflow.settings.mistakes import Mistake, instead, placed

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

#: The types a parser gives, in words; bool before int, datetime before date.
_KINDS: tuple[tuple[type | tuple[type, ...], Text], ...] = (
    (bool, Text("true or false")),
    (str, Text("text in quotes")),
    ((int, Decimal), Text("a number")),
    (datetime, Text("a date with a time")),
    (date, Text("a date")),
    (list, Text("a list")),
    (dict, Text("a table")),
)


class Table:
    """A table at ``path`` of the document; each key is asked for once, ``close`` notes all others."""

    def __init__(self, document: Document, path: tuple[str, ...], values: object, mistakes: list[Mistake]) -> None:
        self.mistakes = mistakes
        self._document = document
        self._path = path
        self._values = dict(values) if isinstance(values, dict) else {}
        self._asked: list[str] = []
        self._inner: list[Table] = []

    def given(self) -> tuple[str, ...]:
        """The keys not asked for yet."""
        return tuple(self._values)

    def wrong(self, key: str, what: Text, fix: Text | None) -> None:
        """Note a mistake at a key of this table, in the key's line or else the table's."""
        path = (*self._path, key)
        name = ".".join(part if _BARE.fullmatch(part) else f'"{part}"' for part in path)
        lines = self._document.lines
        line = next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), None)
        self.mistakes.append(Mistake(line, name, placed(self._document.file, line, name, what), fix))

    def needed(self, key: str, example: str) -> None:
        """Note a key that is absent and must not be; ``example`` is a line that would do."""
        if key not in self._values:
            self.wrong(key, Text("is missing"), Text("add a line such as {example}", {"example": example}))

    def text(self, key: str, default: str) -> str:
        """A text, not blank unless the default is."""
        value = self._take(key, (str,), Text("text in quotes"))
        if not isinstance(value, str):
            return default
        if default and not value.strip():
            self.wrong(key, Text("is empty"), Text("fill it in"))
        if _CONTROL.search(value):
            self.wrong(key, Text("has a line break or another control character"), Text("write it in one line"))
        return value

    def choice(self, key: str, known: Sequence[str], what: Text) -> str:
        """A text out of the known ones, by default the first; ``what`` says that there is no such thing."""
        value = self.text(key, known[0])
        if value.strip() and value not in known:
            self.wrong(key, Text("{what}: {name}", {"what": what, "name": value}), instead(value, known))
        return value

    def flag(self, key: str) -> bool:
        """true or false, by default false."""
        return self._take(key, (bool,), Text("true or false")) is True

    def whole(self, key: str, low: int, high: int) -> int | None:
        """A whole number from low to high."""
        value = self._take(key, (int,), Text("a whole number"))
        if not isinstance(value, int):
            return None
        if not low <= value <= high:
            limits = {"low": low, "high": high}
            self.wrong(key, Text("is out of range"), Text("write a number from {low} to {high}", limits))
        return value

    def number(self, key: str, places: int) -> Decimal:
        """A number not below 0 with at most so many decimals, quoted or not."""
        return self._numbers(key, [self._take(key, (str, int, Decimal), Text("a number"))], places)[0]

    def numbers(self, key: str, places: int) -> tuple[Decimal, ...]:
        """Such a number, or several of them as a list or in one text with spaces between."""
        value = self._take(key, (str, int, Decimal, list), Text("a number"))
        if isinstance(value, str):
            value = value.split()
        return self._numbers(key, value if isinstance(value, list) else [value], places)

    def _numbers(self, key: str, values: list[object], places: int) -> tuple[Decimal, ...]:
        shown = [_digits(value) for value in values]
        if any(one.startswith("-") for one in shown):
            self.wrong(key, Text("is negative"), Text("write 0 or more"))
        elif not shown or not all(_NUMBER.fullmatch(one) for one in shown):
            self.wrong(key, Text("is not a number"), Text("write digits and a point only, such as 500.00"))
        elif any(len(one.partition(".")[2]) > places for one in shown):
            self.wrong(key, Text("has too many decimals"), Text("write at most {places}", {"places": places}))
        else:
            return tuple(Decimal(one) for one in shown)
        return (Decimal(0),)

    def day(self, key: str) -> date:
        """A date."""
        value = self._take(key, (date,), Text("a date without quotes, such as 2026-03-01"))
        return value if isinstance(value, date) else date.min

    def texts(self, key: str, least: int = 0) -> tuple[str, ...]:
        """A list of at least so many texts, none blank; where the key is absent none."""
        value = self._take(key, (list,), Text('a list of texts, such as ["one", "two"]'))
        items = value if isinstance(value, list) else []
        if not all(isinstance(item, str) and item.strip() for item in items):
            self.wrong(key, Text("has an item that is empty or not text"), Text("put each item into quotes"))
            return ()
        if isinstance(value, list) and len(items) < least:
            self.wrong(key, Text("is empty"), Text("fill it in"))
        return tuple(items)

    def names(self, key: str, known: Sequence[str], what: Text) -> tuple[str, ...]:
        """A list of known names; ``what`` says that there is no such thing."""
        names = self.texts(key)
        for name in names:
            if name not in known:
                self.wrong(key, Text("{what}: {name}", {"what": what, "name": name}), instead(name, known))
        return names

    def table(self, key: str) -> Table:
        """The table under a key, empty where there is none."""
        value = self._take(key, (dict,), Text("a table"))
        self._inner.append(Table(self._document, (*self._path, key), value, self.mistakes))
        return self._inner[-1]

    def tables(self, known: Sequence[str], what: Text) -> Iterator[tuple[str, Table]]:
        """The tables in this one, each under a known name."""
        return ((key, self.table(key)) for key in self.keys(known, what))

    def keys(self, known: Sequence[str], what: Text) -> list[str]:
        """The keys that are known names, to be asked for one by one; the others are noted."""
        for key in [key for key in self._values if key not in known]:
            del self._values[key]
            self.wrong(key, what, instead(key, known))
        return list(self._values)

    def has(self, key: str, kind: type) -> bool:
        """Whether the key is there with a value of this type."""
        return isinstance(self._values.get(key), kind)

    def close(self) -> None:
        """Note each key, here and below, that nobody asked for, with the nearest known one (contract §1)."""
        self.keys(self._asked, Text("there is no such setting"))
        for inner in self._inner:
            inner.close()

    def _take(self, key: str, kinds: tuple[type, ...], expected: Text) -> object:
        """The value where it is of these types, else None."""
        self._asked.append(key)
        value = self._values.pop(key, None)
        if value is None or _is(value, kinds):
            return value
        found = next((words for kind, words in _KINDS if isinstance(value, kind)), Text("a time"))
        fix = Text("write {expected}", {"expected": expected})
        self.wrong(key, Text("cannot be {found}", {"found": found}), fix)
        return None


def _is(value: object, kinds: tuple[type, ...]) -> bool:
    """Whether the value is of these types; true is no number, a moment no day."""
    kind = bool if isinstance(value, bool) else datetime if isinstance(value, datetime) else None
    return kind in kinds if kind else isinstance(value, kinds)


def _digits(value: object) -> str:
    """A number as its digits; what is absent, or noted already, counts as 0."""
    if value is None:
        return "0"
    return format(value, "f") if isinstance(value, Decimal) else str(value).strip()
