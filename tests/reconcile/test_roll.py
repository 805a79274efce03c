"""The month rolled forward: every path adds up, and a payment counts on the bank's day."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reconcile.desk import entry, key
from xlflow.event import Event
from xlflow.money import events
from xlflow.money.entry import Entry, State, Why
from xlflow.reconcile.roll import Roll, roll

MARCH, APRIL = date(2026, 3, 15), date(2026, 4, 15)
DAYS = st.integers(0, 90).map(lambda n: date(2026, 2, 10) + timedelta(n))
Written = list[tuple[date, Event]]


def rolled(written: Sequence[tuple[date, Event]], *entries: Entry, month: date = MARCH) -> dict[str, int]:
    """The lines of a month that are not 0."""
    made = roll(written, {e.id: e for e in entries}, month)
    shown = {f.name: getattr(made, f.name) for f in dataclasses.fields(Roll) if f.name != "month"}
    return {name: value for name, value in shown.items() if value}


def made(word: str, on: date, state: State = State.OPEN, **own: object) -> tuple[Entry, tuple[date, Event]]:
    found = entry(word, state, first_seen=on, **own)
    return found, (on, events.made(found))


def paid(word: str, on: date | None, written: date) -> tuple[date, Event]:
    return written, events.paid(key(word), on, 1200, None, "statement")


def failed(word: str, on: date) -> tuple[date, Event]:
    return on, events.failed(key(word), Why("退回", "statement", on))


def voided(word: str, on: date) -> tuple[date, Event]:
    return on, events.voided(key(word), Why("不付", "张三", on))


def test_new_and_still_owed() -> None:
    a, born = made("a", date(2026, 3, 3))
    assert rolled([born], a) == {"new": 1200, "closing": 1200}
    assert rolled([born], a, month=APRIL) == {"opening": 1200, "closing": 1200}
    assert rolled([born], a, month=date(2026, 2, 1)) == {}


def test_paid_on_the_banks_day() -> None:
    a, born = made("a", date(2026, 2, 3))
    story = [born, paid("a", date(2026, 3, 31), written=date(2026, 4, 9))]
    assert rolled(story, a) == {"opening": 1200, "paid": 1200}
    assert rolled(story, a, month=APRIL) == {}


def test_paid_without_a_day_counts_when_it_was_written() -> None:
    a, born = made("a", date(2026, 2, 3))
    assert rolled([born, paid("a", None, written=date(2026, 3, 2))], a) == {"opening": 1200, "paid": 1200}


def test_paid_twice_over_is_paid_once() -> None:
    a, born = made("a", date(2026, 3, 3))
    story = [born, paid("a", date(2026, 3, 5), date(2026, 3, 5)), paid("a", date(2026, 3, 6), date(2026, 3, 9))]
    assert rolled(story, a) == {"new": 1200, "paid": 1200}


def test_void() -> None:
    a, born = made("a", date(2026, 3, 3))
    assert rolled([born, voided("a", date(2026, 3, 9))], a) == {"new": 1200, "void": 1200}


def test_money_that_came_back_is_owed_again() -> None:
    a, born = made("a", date(2026, 2, 3))
    story = [born, paid("a", date(2026, 2, 5), date(2026, 2, 9)), failed("a", date(2026, 3, 8))]
    assert rolled(story, a) == {"returned": 1200, "closing": 1200}


def test_a_second_try_is_the_same_obligation() -> None:
    a, born = made("a", date(2026, 2, 3))
    b, again = made("b", date(2026, 3, 9), replaces=a.id)
    story = [born, failed("a", date(2026, 3, 8)), again]
    assert rolled(story, a, b) == {"opening": 1200, "closing": 1200}
    assert rolled([*story, paid("b", date(2026, 3, 10), date(2026, 3, 10))], a, b) == {"opening": 1200, "paid": 1200}


def test_paid_before_it_was_first_seen_it_was_never_owed() -> None:
    a, born = made("a", date(2026, 3, 3), State.PAID)
    assert rolled([born, paid("a", date(2026, 3, 2), date(2026, 3, 20))], a) == {}
    assert rolled([born, failed("a", date(2026, 3, 8))], a) == {"returned": 1200, "closing": 1200}


@settings(max_examples=50)
@given(st.lists(st.tuples(DAYS, st.sampled_from(["", "p", "pp", "pf", "ppf", "f", "v"]), DAYS, DAYS, DAYS), max_size=4))
def test_it_always_adds_up(stories: list[tuple[date, str, date, date, date]]) -> None:
    written: Written = []
    entries = {}
    for word, (on, steps, *days) in zip("abcd", stories, strict=False):
        found, born = made(word, on, amount=f"{ord(word)}.00")
        entries[found.id] = found
        written.append(born)
        for what, day in zip(steps, days, strict=False):
            written.append({"p": paid(word, day, day), "f": failed(word, day), "v": voided(word, day)}[what])
    closing = 0
    for month in (
        date(2026, 1, 1),
        date(2026, 2, 1),
        date(2026, 3, 1),
        date(2026, 4, 1),
        date(2026, 5, 1),
        date(2026, 6, 1),
    ):
        got = roll(written, entries, month)
        assert got.opening == closing
        assert got.opening + got.new + got.returned - got.paid - got.void == got.closing
        closing = got.closing
