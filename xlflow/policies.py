"""The desk's dated numbers (``data/policies.toml``), the desk's own in their place, and the only arithmetic on them."""

from __future__ import annotations

import calendar
import dataclasses
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from xlflow.resources import data


@dataclass(frozen=True, slots=True)
class Policy:
    """One number of the rules, in force from ``since`` on.

    ``values`` are several only where any of them counts. One ``by_carrier`` may be another for a carrier, under
    ``KEY.CARRIER`` in the desk's settings.
    """

    key: str
    since: date
    values: tuple[Decimal, ...]
    unit: str
    source: str
    note: str
    by_carrier: bool = False


@cache
def built_in() -> Mapping[str, tuple[Policy, ...]]:
    """The numbers that come with xlflow by key, earliest first."""
    text = data("policies.toml")
    return {key: tuple(_policy(key, line) for line in lines) for key, lines in tomllib.loads(text).items()}


def _policy(key: str, line: dict[str, object]) -> Policy:
    since = line["since"]
    assert isinstance(since, date)  # noqa: S101  # our own data file
    values = tuple(Decimal(word) for word in str(line["value"]).split())
    by_carrier = bool(line.get("by_carrier"))
    return Policy(key, since, values, str(line["unit"]), str(line["source"]), str(line["note"]), by_carrier)


def names(carriers: Iterable[str]) -> tuple[str, ...]:
    """Every key a desk may set: those that come with xlflow, and where one is by carrier that of each carrier."""
    own = (f"{key}.{carrier}" for key, lines in built_in().items() if lines[0].by_carrier for carrier in carriers)
    return (*built_in(), *own)


@dataclass(frozen=True, slots=True)
class Policies:
    """The numbers in force on a desk; ``own`` are the desk's settings, which hold on every day."""

    own: Mapping[str, tuple[Decimal, ...]]

    def on(self, day: date, key: str) -> Policy:
        """The number in force on a day; the earliest one before there was any."""
        found, *later = built_in().get(key) or built_in()[key.rpartition(".")[0]]
        for line in later:
            if line.since <= day:
                found = line
        if key not in self.own:
            return found
        return dataclasses.replace(found, key=key, values=self.own[key], source="xlflow.toml")

    def amount(self, day: date, key: str) -> Decimal:
        """A single number, such as yuan or pieces."""
        return self.on(day, key).values[0]

    def days_of(self, day: date, key: str, carrier: str | None) -> int:
        """A number of days with one carrier: the desk's own for it, else the one for all."""
        own = f"{key}.{carrier}"
        return int(self.amount(day, own if own in self.own else key))

    def amounts(self, day: date, key: str) -> frozenset[Decimal]:
        """Numbers of which any counts."""
        return frozenset(self.on(day, key).values)

    def exceeds_days(self, first: date, last: date, key: str, day: date) -> bool:
        """Whether more days than the policy's lie between two dates: the last allowed day is still inside."""
        return (last - first).days > self.amount(day, key)

    def exceeds_months(self, first: date, last: date, key: str, day: date) -> bool:
        """Whether a date lies after another plus the policy's calendar months: that day is still inside.

        Where its month has no such day, it is that month's last: three months after 30 November is the end of February.
        """
        years, month = divmod(first.month - 1 + int(self.amount(day, key)), 12)
        year = first.year + years
        days = calendar.monthrange(year, month + 1)[1]
        return last > date(year, month + 1, min(first.day, days))
