"""Days and times of day as Excel counts them: days since 1899 or 1904, the time as a fraction of the day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from xlflow.excel.formats import CLOCK

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  (a workbook knows no time zone)
#: Excel counts a 29 February 1900, its day 60, which there was not; the days before are one off.
LEAP_1900 = 60
#: The day after 9999-12-31, and the first day of workbooks that count from 1904.
TOO_LATE, FROM_1904 = 2_958_466, 1462
DAY_MS = 86_400_000


def moment(days: float, look: int, since_1904: bool) -> date | datetime | time | None:
    """``days`` as the number format shows them, to the millisecond; None where there is no such day or time.

    A format of the day alone gives a date when there is no time, a format of the clock alone a time below one
    day, everything else a datetime. There is no day before the first, none after 9999 and no 29 February 1900.
    """
    if not 0 <= days < TOO_LATE:
        return None
    day, ms = divmod(round(days * DAY_MS), DAY_MS)
    if days < 1 and look == CLOCK:
        return (EPOCH + timedelta(0, 0, ms * 1000)).time()
    day += FROM_1904 if since_1904 else 0
    if not 0 < day < TOO_LATE or day == LEAP_1900:
        return None
    at = EPOCH + timedelta(day + (day < LEAP_1900), 0, ms * 1000)
    return at if ms or look & CLOCK else at.date()
