"""What is done with a register's row only once: the ledger remembers the row, and it is known again when it changes.

Claims are made and invoices sent only once (contract §6). The name that such an event takes in the ledger stands for
what the row is about, so that the same thing in another row is known too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from xlflow.event import Event
from xlflow.finding import shown
from xlflow.identity import Anchor, anchor, known_again
from xlflow.table.columns import Row

Digest = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Done:
    """A row as it was when something was done with it; ``when`` is a day or a period."""

    name: str
    row: Anchor
    when: str


def done(kind: str, row: Row, when: str, digest: Digest) -> Event:
    """The event that remembers it."""
    return Event(kind, {"when": when, "row": anchor(row, digest).to_json()}, (_name(kind, row, digest),))


def fold(kind: str, events: Iterable[Event]) -> tuple[Done, ...]:
    """What was done of one kind, the oldest first."""
    own = (event for event in events if event.kind == kind)
    return tuple(
        Done(event.unique[0], Anchor.from_json(event.body["row"]), str(event.body["when"]))  # type: ignore[arg-type]
        for event in own
    )


def when_done(kind: str, rows: Sequence[Row], before: Iterable[Done], digest: Digest) -> Mapping[Row, str]:
    """Of the rows with which it was done before, when. ``rows`` are all of a register, that none is mistaken."""
    by_name = {each.name: each for each in before}
    names = {row: _name(kind, row, digest) for row in rows} if by_name else {}
    found = {row: by_name[name].when for row, name in names.items() if name in by_name}
    there = set(names.values())
    changed = [each for name, each in by_name.items() if name not in there]
    others = [row for row in rows if row not in found] if changed else []
    pairs = known_again([each.row for each in changed], [anchor(row, digest) for row in others])
    return found | {others[new]: changed[old].when for old, new in pairs.items()}


def _name(kind: str, row: Row, digest: Digest) -> str:
    thing = row.same_thing()
    parts = thing if isinstance(thing, tuple) else (thing,)
    said = anchor(row, digest).content if thing is None else "\n".join(str(shown(part) or "") for part in parts)
    return f"{kind}/{row.register}/{digest(said)}"
