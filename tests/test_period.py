"""Weeks and months: their days, their names, and when their reports are due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlflow.period import BadPeriod, Period, Span, containing, due, latest, parse, up_to, weeks_of

DAYS = st.dates(date(2005, 2, 7), date(2096, 1, 1))
SPANS = st.sampled_from(Span)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026-W09", date(2026, 2, 23), date(2026, 3, 1)),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4)),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        ("2021-W01", date(2021, 1, 4), date(2021, 1, 10)),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        ("2024-W09", date(2024, 2, 26), date(2024, 3, 3)),  # a leap day inside
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_name_stands_for_its_days(name: str, first: date, last: date) -> None:
    found = parse(name)
    assert (found.first, found.last, str(found)) == (first, last, name)


@pytest.mark.parametrize("text", ["2026-w09", " 2026-W09 "])
def test_small_letters_and_spaces_do_no_harm(text: str) -> None:
    assert str(parse(text)) == "2026-W09"


@pytest.mark.parametrize(
    ("text", "span", "message"),
    [
        ("2026-W00", None, "usage: 2026-W00 is no week and no month"),
        ("2026-W54", None, "usage: 2026-W54 is no week and no month"),
        ("2025-W53", Span.WEEK, "usage: 2025-W53 is no week"),
        ("2026-13", None, "usage: 2026-13 is no week and no month"),
        ("2026-00", Span.MONTH, "usage: 2026-00 is no month"),
        ("2026-W9", Span.WEEK, "usage: 2026-W9 is no week"),
        ("2026-2", Span.MONTH, "usage: 2026-2 is no month"),
        ("2026-02", Span.WEEK, "usage: 2026-02 is no week"),
        ("2026-W09", Span.MONTH, "usage: 2026-W09 is no month"),
        ("2026-02-01", None, "usage: 2026-02-01 is no week and no month"),
        ("2004-12", None, "usage: 2004-12 is no week and no month"),
        ("2100-01", None, "usage: 2100-01 is no week and no month"),
        ("9999-W52", None, "usage: 9999-W52 is no week and no month"),
        ("２０２６-02", None, "usage: ２０２６-02 is no week and no month"),
        ("", None, "usage:  is no week and no month"),
        ("上周", None, "usage: 上周 is no week and no month"),
    ],
)
def test_what_is_no_period_is_said(text: str, span: Span | None, message: str) -> None:
    with pytest.raises(BadPeriod) as found:
        parse(text, span)
    assert str(found.value) == message


@pytest.mark.parametrize(
    ("span", "fix"),
    [
        (Span.WEEK, "write a week such as 2026-W09"),
        (Span.MONTH, "write a month such as 2026-02"),
        (None, "write a week such as 2026-W09 or a month such as 2026-02"),
    ],
)
def test_the_remedy_shows_the_form(span: Span | None, fix: str) -> None:
    with pytest.raises(BadPeriod) as found:
        parse("next", span)
    assert (str(found.value.fix), found.value.exit_code) == (fix, 2)


@given(SPANS, DAYS)
def test_names_are_read_back(span: Span, day: date) -> None:
    found = containing(span, day)
    assert parse(str(found), span) == found
    assert day in found


@given(SPANS, DAYS)
def test_periods_follow_each_other_without_a_gap(span: Span, day: date) -> None:
    found = containing(span, day)
    assert found.following.first - found.last == timedelta(days=1)
    assert found.following.previous == found
    assert found < found.following


@given(DAYS, st.integers(1, 60))
def test_a_row_of_weeks_ends_with_the_one_given(day: date, count: int) -> None:
    weeks = up_to(containing(Span.WEEK, day), count)
    assert [week.first for week in weeks] == [weeks[-1].first - timedelta(weeks=n) for n in reversed(range(count))]
    assert day in weeks[-1]


@given(DAYS)
def test_the_weeks_of_a_month_hold_each_of_its_days_once(day: date) -> None:
    month = containing(Span.MONTH, day)
    weeks = weeks_of(month)
    assert all(sum(day in week for week in weeks) == 1 for day in month.days)
    assert all(week.first <= month.last and week.last >= month.first for week in weeks)
    assert 4 <= len(weeks) <= 6


@given(SPANS, DAYS)
def test_its_days_are_those_that_lie_in_it(span: Span, day: date) -> None:
    period = containing(span, day)
    near = [period.first + timedelta(days=n) for n in range(-3, 40)]
    assert list(period.days) == [one for one in near if one in period]


def test_no_day_lies_in_no_period() -> None:
    assert None not in parse("2026-02")


@pytest.mark.parametrize(
    ("span", "day", "found"),
    [
        (Span.WEEK, date(2026, 3, 1), "2026-W08"),  # Sunday
        (Span.WEEK, date(2026, 3, 2), "2026-W09"),  # Monday
        (Span.WEEK, date(2026, 3, 8), "2026-W09"),
        (Span.WEEK, date(2027, 1, 4), "2026-W53"),
        (Span.MONTH, date(2026, 2, 27), "2026-01"),
        (Span.MONTH, date(2026, 2, 28), "2026-02"),
        (Span.MONTH, date(2024, 2, 28), "2024-01"),
        (Span.MONTH, date(2024, 2, 29), "2024-02"),
        (Span.MONTH, date(2026, 12, 31), "2026-12"),
        (Span.MONTH, date(2027, 1, 1), "2026-12"),
    ],
)
def test_the_newest_that_is_due(span: Span, day: date, found: str) -> None:
    assert str(latest(span, day)) == found


START = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("span", "day", "made", "found"),
    [
        # A new desk: the latest one alone, if its day is not before the start.
        (Span.WEEK, date(2026, 3, 1), (), ()),
        (Span.WEEK, date(2026, 3, 2), (), ("2026-W09",)),
        (Span.WEEK, date(2026, 4, 1), (), ("2026-W13",)),
        (Span.MONTH, date(2026, 3, 30), (), ()),
        (Span.MONTH, date(2026, 3, 31), (), ("2026-03",)),
        # Once.
        (Span.WEEK, date(2026, 3, 4), ("2026-W09",), ()),
        (Span.MONTH, date(2026, 4, 15), ("2026-03",), ()),
        # Nobody ran it for a while: the first run after makes each.
        (Span.WEEK, date(2026, 3, 24), ("2026-W09",), ("2026-W10", "2026-W11", "2026-W12")),
        (Span.MONTH, date(2026, 6, 30), ("2026-03", "2026-04"), ("2026-05", "2026-06")),
        # The clock was set back.
        (Span.WEEK, date(2026, 3, 4), ("2026-W20",), ()),
    ],
)
def test_what_is_due_on_a_day(span: Span, day: date, made: tuple[str, ...], found: tuple[str, ...]) -> None:
    assert tuple(map(str, due(span, day, made, START))) == found


@given(SPANS, DAYS, st.lists(st.integers(0, 40), min_size=1, max_size=30))
def test_runs_on_any_days_make_each_period_once(span: Span, first: date, gaps: list[int]) -> None:
    made: list[Period] = []
    day = first
    for gap in gaps:
        day += timedelta(days=gap)
        made += due(span, day, [str(period) for period in made], date(2005, 1, 1))
    expected = [latest(span, first + timedelta(days=gaps[0]))]
    while expected[-1] < latest(span, day):
        expected.append(expected[-1].following)
    assert made == expected
