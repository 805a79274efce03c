"""Everything a check or a report may look at: the day, its numbers, and the registers as read."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, TypeVar

from xlflow.policies import Policies
from xlflow.standing import Standing
from xlflow.table.columns import Row
from xlflow.table.sheets import TableSheet

R = TypeVar("R", bound=Row)
T = TypeVar("T")


@dataclass(slots=True)
class Books:
    """The registers and exports of a desk as read.

    ``sheets`` come by place: files by name, sheets in their order. ``present`` are the registers the desk has;
    ``broken`` those of which a file could not be used.
    """

    sheets: Mapping[type[Row], list[TableSheet]]
    present: frozenset[type[Row]]
    broken: frozenset[type[Row]] = frozenset()

    def usable(self, table: type[Row]) -> bool:
        """Whether the register is there and whole, so that something not found in it is not there."""
        return table in self.present and table not in self.broken

    def readable(self, table: type[Row]) -> bool:
        """Whether at least a part of the register could be read."""
        return table in self.sheets


@dataclass(slots=True)
class Day:
    """One day of a desk. ``start`` is the first day that counts: earlier rows are only matched against."""

    date: datetime.date
    start: datetime.date
    policies: Policies
    books: Books
    standing: Standing
    memo: dict[Any, Any] = field(default_factory=dict, repr=False)

    def sheets(self, table: type[Row]) -> list[TableSheet]:
        """The sheets of a register, files by name and sheets in their order."""
        return self.books.sheets.get(table, [])

    def all(self, table: type[R]) -> list[R]:
        """Every row of a register by place, those before ``start`` included."""
        return self._once(("all", table), lambda: self._all(table))

    def _all(self, table: type[R]) -> list[R]:
        return [row for sheet in self.sheets(table) for row in sheet.rows if isinstance(row, table)]

    def rows(self, table: type[R]) -> list[R]:
        """The rows that findings and entries are made of, by place."""
        return self._once(("judged", table), lambda: [row for row in self.all(table) if self.judges(row)])

    def judges(self, row: Row) -> bool:
        """Whether findings are made of the row: a row without a readable date is judged too."""
        day = date_of(row)
        return day is None or day >= self.start

    def by(self, table: type[R], field: str) -> dict[Any, list[R]]:
        """Every row of a register by the value of one field; rows where it is blank or unread are left out."""
        return self._once(("by", table, field), lambda: self._group(table, field))

    def _group(self, table: type[R], field: str) -> dict[Any, list[R]]:
        groups: dict[Any, list[R]] = {}
        for row, value in zip(self.all(table), map(attrgetter(field), self.all(table)), strict=True):
            if value is not None:
                groups.setdefault(value, []).append(row)
        return groups

    def _once(self, key: object, make: Callable[[], T]) -> T:
        if key not in self.memo:
            self.memo[key] = make()
        found: T = self.memo[key]
        return found


def once(make: Callable[[Day], T]) -> Callable[[Day], T]:
    """Compute a function of the day once a day."""

    def made(day: Day) -> T:
        if make not in day.memo:
            day.memo[make] = make(day)
        found: T = day.memo[make]
        return found

    return made


def date_of(row: Row) -> datetime.date | None:
    """The row's date: its register's first date field, None when blank or unreadable."""
    found: datetime.date | None = getattr(row, row.date_field) if row.date_field else None
    return found


def by_date(rows: Iterable[R]) -> list[R]:
    """The rows of one register, which come by place, in the order in which they are first and later (contract §4)."""
    return sorted(rows, key=_date_or_last)


def _date_or_last(row: Row) -> datetime.date:
    return date_of(row) or datetime.date.max


def by_date_then_place(row: Row) -> tuple[datetime.date, str, str, int, int]:
    """The order in which rows are first and later (contract §4); rows without a date come last."""
    return (_date_or_last(row), row.register, row.sheet.file, row.sheet.order, row.number)
