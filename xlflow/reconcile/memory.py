"""What earlier statements said, as the ledger keeps it: each transaction counted once (contract §5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xlflow.event import Event, Json, Recorded
from xlflow.reconcile.results import Outcome
from xlflow.statement import Movement, Statement

COUNTED, READ = "transaction-counted", "statement-read"


@dataclass(frozen=True, slots=True)
class Counted:
    """A transaction that was counted: for which entry, as what, and in which format of statement."""

    entry: str
    outcome: Outcome
    format: str


@dataclass(frozen=True, slots=True)
class Memory:
    """``counted`` are transactions by their names; ``read`` the digests of statements; ``proved`` the first and last
    days of those whose silence proves that something was not paid."""

    counted: Mapping[str, Counted] = field(default_factory=dict)
    read: frozenset[str] = frozenset()
    proved: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """A transaction's names: its own, and one that it shares with the same one in another format of statement."""

    own: str
    shared: str | None


def names(movement: Movement, form: str, digest: Callable[[str], str]) -> Names:
    """Keyed digests, so that the ledger tells nobody which transactions there were.

    A payment and its way back may bear one number: the direction is part of the name.
    """
    way = "in" if movement.amount > 0 else "out"
    shared = f"trade\n{movement.trade}\n{movement.amount}" if movement.trade is not None else None
    own = f"{form}\n{movement.transaction}\n{way}"
    return Names(digest(own), digest(shared) if shared is not None else None)


def counted(movement: Movement, named: Names, found: Counted) -> Event:
    """A transaction is counted, once in the life of a ledger."""
    body: dict[str, Json] = {
        "entry": found.entry, "outcome": found.outcome.value, "format": found.format, "transaction": named.own,
        "shared": named.shared, "amount": int(movement.amount * 100),
        "on": movement.on.isoformat() if movement.on is not None else None,
    }  # fmt: skip
    return Event(COUNTED, body, (f"transaction/{named.own}",))


def read(statement: Statement, proved: tuple[date, date] | None) -> Event:
    """A statement was read; ``proved`` are the days of which its silence proves that something was not paid."""
    body: dict[str, Json] = {
        "sha256": statement.sha256, "format": statement.format, "rows": statement.rows, "balanced": statement.balanced,
        "proved": [day.isoformat() for day in proved] if proved is not None else None,
    }  # fmt: skip
    return Event(READ, body, (f"statement/{statement.sha256}",))


def fold(events: Iterable[Recorded]) -> Memory:
    """What the statements so far said."""
    known: dict[str, Counted] = {}
    digests: set[str] = set()
    proved: list[tuple[date, date]] = []
    for body, kind in ((recorded.event.body, recorded.event.kind) for recorded in events):
        if kind == COUNTED:
            found = Counted(str(body["entry"]), Outcome(str(body["outcome"])), str(body["format"]))
            known.update((str(name), found) for name in (body["transaction"], body["shared"]) if name is not None)
        elif kind == READ:
            digests.add(str(body["sha256"]))
            proved += _days(body["proved"])
    return Memory(known, frozenset(digests), tuple(proved))


def _days(body: Any) -> list[tuple[date, date]]:
    return [(date.fromisoformat(body[0]), date.fromisoformat(body[1]))] if body is not None else []
