"""The cell cannot be read as what its column holds (contract §3, "Types"). Nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.checks._cells import hits
from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level

LEVEL, NEEDS = Level.ERROR, ()
MENDS = True


def check(day: Day) -> Iterator[Hit]:
    return hits(day, "unreadable")
