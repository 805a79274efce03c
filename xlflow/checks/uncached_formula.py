"""A formula was saved without its result, as some programs do; the value is not in the file."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.checks._cells import hits
from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level

LEVEL, NEEDS = Level.ERROR, ()
MENDS = True


def check(day: Day) -> Iterator[Hit]:
    return hits(day, "uncached-formula")
