"""A ledger in memory for tests of money: a day on top of what stands, and ids that are drawn one after the other."""

from __future__ import annotations

import dataclasses
from itertools import count

from tests.build import verdict
from xlflow import codes
from xlflow.day import Day
from xlflow.event import Head
from xlflow.money.fold import Money
from xlflow.money.gather import Draw, Gathered, gather
from xlflow.standing import Standing


def drawing(start: int = 0) -> Draw:
    """Seven characters that have not been drawn before."""
    numbers = count(start)
    return lambda: codes.from_content(f"draw {next(numbers)}", 7)


def on_top(day: Day, money: Money, seq: int = 1) -> Day:
    """The same day on a ledger in which this stands."""
    return dataclasses.replace(day, standing=Standing(Head(seq, ""), money), memo={})


def gathered(day: Day, off: tuple[str, ...] = (), draw: Draw | None = None) -> Gathered:
    """What a day adds; the same day on top of that adds nothing."""
    found = gather(day, verdict(day, off=off), draw or drawing())
    again = on_top(day, found.money, day.standing.head.seq + max(1, len(found.events)))
    assert gather(again, verdict(again, off=off), drawing(1000)).events == ()
    return found
