"""China's workdays, make-up days included; beyond the known years Monday to Friday (contract §6)."""

from __future__ import annotations

from datetime import date, timedelta


def is_workday(day: date) -> bool:
    """Whether people work on a day: by the published calendar, else Monday to Friday."""
    import chinese_calendar

    try:
        found: bool = chinese_calendar.is_workday(day)
    except NotImplementedError:
        return day.weekday() < 5
    return found


def is_known(day: date) -> bool:
    """Whether the calendar of that year has been published and is built in."""
    import chinese_calendar

    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True


def next_workday(day: date) -> date:
    """The first workday after a day."""
    after = day + timedelta(days=1)
    while not is_workday(after):
        after += timedelta(days=1)
    return after
