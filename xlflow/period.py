"""Weeks from Monday to Sunday and calendar months: what reports are about, and when they are due (contract §6)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NoReturn

from xlflow.model import Text, XlflowError

_FORM = re.compile(r"([0-9]{4})-(?:W([0-9]{2})|([0-9]{2}))")
#: Registers hold no dates before these years (contract §4), and nobody asks about later ones.
_YEARS = range(2005, 2100)


class Span(StrEnum):
    """How long a period is."""

    WEEK = "week"
    MONTH = "month"


class BadPeriod(XlflowError):
    """What somebody wrote as a period is none, or not one of this report."""

    exit_code = 2

    def __init__(self, message: Text, fix: Text) -> None:
        super().__init__("usage", message, fix)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A week or a month: its days from ``first`` to ``last``, both inside."""

    first: date
    last: date
    span: Span

    def __str__(self) -> str:
        """``2026-W09`` or ``2026-02``."""
        if self.span is Span.MONTH:
            return f"{self.first:%Y-%m}"
        year, number, _ = self.first.isocalendar()
        return f"{year}-W{number:02}"

    def __contains__(self, day: date | None) -> bool:
        """Whether a day lies in it; no day does not."""
        return day is not None and self.first <= day <= self.last

    @property
    def days(self) -> Iterator[date]:
        """Its days, one after the other."""
        return (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))

    @property
    def due(self) -> date:
        """The day its reports are due: of a week the Monday after it, of a month its last day."""
        return self.last if self.span is Span.MONTH else self.last + timedelta(days=1)

    @property
    def previous(self) -> Period:
        """The period before."""
        return containing(self.span, self.first - timedelta(days=1))

    @property
    def following(self) -> Period:
        """The period after."""
        return containing(self.span, self.last + timedelta(days=1))


def containing(span: Span, day: date) -> Period:
    """The week or the month that a day lies in."""
    if span is Span.WEEK:
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + timedelta(days=6), span)
    return Period(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]), span)


def up_to(last: Period, count: int) -> tuple[Period, ...]:
    """So many periods, the earliest first, of which ``last`` is the last."""
    found = [last]
    while len(found) < count:
        found.append(found[-1].previous)
    return tuple(reversed(found))


def weeks_of(month: Period) -> tuple[Period, ...]:
    """The weeks that have a day in a month; the first and the last may reach beyond it."""
    found = [containing(Span.WEEK, month.first)]
    while found[-1].last < month.last:
        found.append(found[-1].following)
    return tuple(found)


def latest(span: Span, day: date) -> Period:
    """The newest period whose reports are due on a day or before it."""
    found = containing(span, day)
    return found if found.due <= day else found.previous


def due(span: Span, day: date, made: Collection[str], start: date) -> tuple[Period, ...]:
    """The periods whose reports are to be made on a day, the earliest first.

    ``made`` are the names of those that were. On a new desk, one without any, it is the latest alone, unless that was
    due before ``start`` (contract §6); later on each one since the newest that was made.
    """
    found = latest(span, day)
    if not made:
        return (found,) if found.due >= start else ()
    newest = max(map(parse, made))
    waiting: list[Period] = []
    while found > newest:
        waiting.append(found)
        found = found.previous
    return tuple(reversed(waiting))


def parse(text: str, span: Span | None = None) -> Period:
    """The period that ``2026-W09`` or ``2026-02`` names, of this span if one is given. Raises BadPeriod."""
    form = _FORM.fullmatch(text.strip().upper())
    if form is None or int(form[1]) not in _YEARS:
        _refuse(text, span)
    year, week, month = int(form[1]), form[2], form[3]
    found = Span.WEEK if week else Span.MONTH
    if span not in (None, found):
        _refuse(text, span)
    try:
        return containing(found, date.fromisocalendar(year, int(week), 1) if week else date(year, int(month), 1))
    except ValueError:
        _refuse(text, span)


def _refuse(text: str, span: Span | None) -> NoReturn:
    match span:
        case Span.WEEK:
            raise BadPeriod(Text("{text} is no week", {"text": text}), Text("write a week such as 2026-W09"))
        case Span.MONTH:
            raise BadPeriod(Text("{text} is no month", {"text": text}), Text("write a month such as 2026-02"))
    raise BadPeriod(
        Text("{text} is no week and no month", {"text": text}),
        Text("write a week such as 2026-W09 or a month such as 2026-02"),
    )
