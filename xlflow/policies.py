"""The desk's dated numbers (``data/policies.toml``), the desk's own in their place, and the only arithmetic on them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from xlflow.resources import data


@dataclass(frozen=True, slots=True)
class Policy:
    """One number of the rules, in force from ``since`` on; ``values`` are several only where any of them counts."""

    key: str
    since: date
    values: tuple[Decimal, ...]
    unit: str
    source: str
    note: str


@cache
def built_in() -> Mapping[str, tuple[Policy, ...]]:
    """The numbers that come with xlflow by key, earliest first."""
    text = data("policies.toml")
    return {key: tuple(_policy(key, line) for line in lines) for key, lines in tomllib.loads(text).items()}


def _policy(key: str, line: dict[str, object]) -> Policy:
    since = line["since"]
    assert isinstance(since, date)  # noqa: S101  # our own data file
    values = tuple(Decimal(word) for word in str(line["value"]).split())
    return Policy(key, since, values, str(line["unit"]), str(line["source"]), str(line["note"]))


@dataclass(frozen=True, slots=True)
class Policies:
    """The numbers in force on a desk; ``own`` are the desk's settings, which hold on every day."""

    own: Mapping[str, tuple[Decimal, ...]]

    def on(self, day: date, key: str) -> Policy:
        """The number in force on a day; the earliest one before there was any."""
        lines = built_in()[key]
        found = next((line for line in reversed(lines) if line.since <= day), lines[0])
        if key not in self.own:
            return found
        return Policy(key, found.since, self.own[key], found.unit, "xlflow.toml", found.note)

    def amount(self, day: date, key: str) -> Decimal:
        """A single number, such as yuan or pieces."""
        return self.on(day, key).values[0]

    def amounts(self, day: date, key: str) -> frozenset[Decimal]:
        """Numbers of which any counts."""
        return frozenset(self.on(day, key).values)

    def exceeds_days(self, first: date, last: date, key: str, day: date) -> bool:
        """Whether more days than the policy's lie between two dates: the last allowed day is still inside."""
        return (last - first).days > self.amount(day, key)
