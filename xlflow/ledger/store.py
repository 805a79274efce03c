"""The ledger: events are read, and added in one transaction a step (contract §5)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from xlflow.event import Event, Head, Recorded
from xlflow.ledger import audit, chain, key
from xlflow.ledger.errors import Refused, Taken, broken, key_missing, moved, told_plainly
from xlflow.ledger.owner import Owner, this_machine, write_owner
from xlflow.model import Text


class Ledger:
    """An open ledger. ``id`` is its own for ever; ``head`` is how far it went when it was opened, or committed to here.

    Everything raises Refused ``ledger-broken`` where the file is no whole ledger.
    """

    def __init__(self, connection: sqlite3.Connection, file: Path, home: Path | None = None) -> None:
        """``home`` is the desk that is told of what is committed. Refused ``ledger-key-missing``."""
        self._connection, self._file, self._home = connection, file, home
        self.id, fingerprint, made = self._identity()
        self._key = key.read_key(file.parent)
        if key.fingerprint(self._key) != fingerprint:
            raise key_missing(file.with_name(key.FILE))
        self._first = chain.first(self.id, fingerprint, made)
        self.head = self._head()
        self._read: list[Recorded] = []
        self._read_to = self._first

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def events(self) -> tuple[Recorded, ...]:
        """All events up to the head, the oldest first; the whole chain is proven on the way, each event once."""
        with told_plainly(self._file):
            self._read += self._proven(len(self._read), self._read_to)
            self._read_to = self.head.hash
            return tuple(self._read)

    def hash_at(self, seq: int) -> str | None:
        """The hash that seals the events up to this one, 0 for none; None where there are not so many."""
        if seq == 0:
            return self._first
        with told_plainly(self._file):
            found = self._connection.execute("SELECT hash FROM event WHERE seq = ?", (seq,)).fetchone()
        return None if found is None else str(found[0])

    def digest(self, text: str) -> str:
        """What stands for a text about a person, 32 hexadecimal characters; another ledger has another one."""
        return key.digest(self._key, text)

    def commit(self, events: Sequence[Event]) -> Head:
        """Add all these events or none; returns the new head, which the desk's owner file has by then.

        Taken where a unique name is taken, Refused ``ledger-moved`` where somebody else committed meanwhile;
        XlflowError ``busy`` after 30 seconds, and ``cannot-write``.
        """
        if not events:
            return self.head
        now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        with told_plainly(self._file):
            with self._step():
                if self._head() != self.head:
                    raise moved()
                head = self.head
                for event in events:
                    head = self._add(head, now, event)
            self.head = head
            self.confirm()
        return head

    def confirm(self) -> None:
        """Tell the desk how far its ledger has come, one after the other where several write. Raises OSError."""
        if self._home is not None:
            with self._step():
                write_owner(self._home, Owner(self.id, this_machine(), self._head()))

    def verify(self) -> list[Refused]:
        """What is wrong with the file: its pages, its form, its chain, its names."""
        return list(audit.problems(self._connection, self._file, lambda: self._proven(0, self._first)))

    @contextmanager
    def _step(self) -> Iterator[None]:
        """A transaction; nobody else begins one meanwhile."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.rollback()
            raise

    def _identity(self) -> tuple[str, str, str]:
        found = self._connection.execute("SELECT id, key, made FROM ledger").fetchall()
        if len(found) != 1 or not all(isinstance(part, str) for part in found[0]):
            raise broken(self._file, Text("it does not say which ledger it is"))
        identity, fingerprint, made = found[0]
        return identity, fingerprint, made

    def _head(self) -> Head:
        found = self._connection.execute("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()
        return Head(0, self._first) if found is None else Head(found[0], str(found[1]))

    def _add(self, head: Head, now: str, event: Event) -> Head:
        body, names = chain.canonical(dict(event.body)), chain.canonical(list(event.unique))
        link = (head.seq + 1, now, event.kind, body, names)
        sealed = chain.follow(head.hash, link)
        if not sealed:
            raise ValueError(f"a kind is one line: {event.kind!r}")
        self._connection.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)", (*link, sealed))
        for name in event.unique:
            try:
                self._connection.execute("INSERT INTO name VALUES (?, ?)", (name, link[0]))
            except sqlite3.IntegrityError:
                raise Taken(name) from None
        return Head(link[0], sealed)

    def _proven(self, after: int, previous: str) -> tuple[Recorded, ...]:
        """The events after one, whose hash is ``previous``."""
        rows = self._connection.execute(
            "SELECT seq, at, kind, body, names, hash FROM event WHERE seq > ? AND seq <= ? ORDER BY seq",
            (after, self.head.seq),
        ).fetchall()
        self._prove(rows, after, previous)
        bodies, names = _parsed(row[3] for row in rows), _parsed(row[4] for row in rows)
        return tuple(
            Recorded(row[0], row[1], Event(row[2], body, tuple(unique)))
            for row, body, unique in zip(rows, bodies, names, strict=True)
        )

    def _prove(self, rows: Iterable[tuple[int, str, str, str, str, str]], after: int, previous: str) -> None:
        for number, (seq, at, kind, body, names, sealed) in enumerate(rows, start=after + 1):
            previous = chain.follow(previous, (seq, at, kind, body, names))
            if seq != number or not previous or previous != sealed:
                raise broken(self._file, Text("event {number} was changed or removed", {"number": number}))
        if previous != self.head.hash:
            raise broken(self._file, Text("its last events are missing"))


def _parsed(texts: Iterable[str]) -> list[Any]:
    """Proven JSON texts in one go, which takes half the time of one by one."""
    found: list[Any] = json.loads(f"[{','.join(texts)}]")
    return found
