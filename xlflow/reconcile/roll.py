"""The month rolled forward: what was owed, what came to it, what was paid, what is still owed (contract §5)."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any, TypeAlias

from xlflow.event import Event
from xlflow.money.entry import Entry, State


class Stand(Enum):
    """Where an obligation stands for finance."""

    OWED = auto()
    PAID = auto()
    VOID = auto()


@dataclass(slots=True)
class Roll:
    """One month in 分: opening + new + returned - paid - void = closing."""

    month: date
    opening: int = 0
    new: int = 0
    returned: int = 0
    paid: int = 0
    void: int = 0
    closing: int = 0


#: From when on an obligation stands how; the first stand of one paid before it was first seen has no day.
Steps: TypeAlias = list[tuple[date, Stand]]
_BOOKED: Mapping[tuple[Stand | None, Stand], str] = {
    (None, Stand.OWED): "new",
    (Stand.OWED, Stand.PAID): "paid",
    (Stand.PAID, Stand.OWED): "returned",
    (Stand.OWED, Stand.VOID): "void",
}
_STANDS = {"entry-paid": Stand.PAID, "entry-failed": Stand.OWED, "entry-voided": Stand.VOID}


def roll(events: Iterable[tuple[date, Event]], entries: Mapping[str, Entry], day: date) -> Roll:
    """The month of a day, from all that happened to money, each with the day it was written.

    A payment counts on the bank's day. What was paid before it was first seen was never owed here; an entry that
    replaces a failed one is the same obligation. Amounts are what is owed: a difference is no part of the month.
    """
    first, last = day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    made = Roll(first)
    for entry_id, steps in _histories(events).items():
        amount, stand = entries[entry_id].amount, None
        for on, new in steps:
            if on >= first:
                break
            stand = new
        made.opening += amount * (stand is Stand.OWED)
        for on, new in steps:
            if first <= on <= last:
                _book(made, stand, new, amount)
                stand = new
        made.closing += amount * (stand is Stand.OWED)
    return made


def _book(made: Roll, before: Stand | None, after: Stand, amount: int) -> None:
    name = _BOOKED.get((before, after))
    if name is not None:
        setattr(made, name, getattr(made, name) + amount)


def _histories(events: Iterable[tuple[date, Event]]) -> Mapping[str, Steps]:
    """The steps of each obligation in order of time, by its newest entry."""
    found: dict[str, Steps] = {}
    for written, event in events:
        body: Mapping[str, Any] = event.body
        if event.kind == "entry-made":
            found[body["id"]] = found.pop(body["replaces"], []) or _began(body)
        elif event.kind in _STANDS:
            steps = found[body["id"]]
            on = date.fromisoformat(body["on"]) if body["on"] is not None else written
            steps.append((max([on, *(day for day, _ in steps[-1:])]), _STANDS[event.kind]))
    return found


def _began(body: Mapping[str, Any]) -> Steps:
    if body["state"] == State.PAID:
        return [(date.min, Stand.PAID)]
    return [(date.fromisoformat(body["first_seen"]), Stand.OWED)]
