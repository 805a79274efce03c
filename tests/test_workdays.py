"""China's workdays: holidays, make-up days, and Monday to Friday where nobody knows better (contract §6)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from xlflow.workdays import is_known, is_workday, next_workday


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 1, 1), False),  # New Year, a Thursday
        (date(2026, 1, 4), True),  # a Sunday, made up
        (date(2026, 2, 14), True),  # a Saturday, made up for the Spring Festival
        (date(2026, 2, 17), False),
        (date(2026, 3, 28), False),  # a Saturday like any other
        (date(2026, 3, 31), True),
        (date(2026, 4, 6), False),  # Qingming, a Monday
        (date(2026, 10, 1), False),
        (date(2035, 10, 1), True),  # nobody knows yet: a Monday
        (date(2035, 10, 6), False),
        (date(1999, 10, 1), True),
    ],
)
def test_is_workday(day: date, works: bool) -> None:
    assert is_workday(day) is works


@pytest.mark.parametrize(("year", "known"), [(1999, False), (2004, True), (2026, True), (2035, False)])
def test_is_known(year: int, known: bool) -> None:
    assert is_known(date(year, 6, 1)) is known


def test_the_next_workday_is_the_first_after_a_day() -> None:
    for day in (date(2026, 1, 1) + timedelta(n) for n in range(364)):
        found = next_workday(day)
        assert found > day
        assert is_workday(found)
        assert not any(is_workday(day + timedelta(n)) for n in range(1, (found - day).days))
