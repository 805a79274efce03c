"""Is a ledger whole? Its pages, its form, its chain, and the names that are taken (``xlflow verify``)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from xlflow.event import Recorded
from xlflow.ledger.errors import Refused, broken, told_plainly
from xlflow.ledger.schema import expected_shape, shape
from xlflow.model import Text


def problems(connection: sqlite3.Connection, file: Path, proven: Callable[[], Iterable[Recorded]]) -> Iterator[Refused]:
    """Everything that is wrong; ``proven`` are the events, and raise where the chain breaks."""
    for check in (_pages, _form, _names):
        try:
            with told_plainly(file):
                what = check(connection, proven)
        except Refused as problem:
            yield problem
        else:
            if what is not None:
                yield broken(file, what)


def _pages(connection: sqlite3.Connection, _proven: Callable[[], Iterable[Recorded]]) -> Text | None:
    """SQLite's own look at every page."""
    (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return None if said == "ok" else Text("its pages do not fit together ({reason})", {"reason": said})


def _form(connection: sqlite3.Connection, _proven: Callable[[], Iterable[Recorded]]) -> Text | None:
    """A trigger that was taken away lets anything be changed."""
    if shape(connection) == expected_shape():
        return None
    return Text("its tables or the triggers that protect them were changed")


def _names(connection: sqlite3.Connection, proven: Callable[[], Iterable[Recorded]]) -> Text | None:
    """The events one by one, and the names they take."""
    taken = {(name, recorded.seq) for recorded in proven() for name in recorded.event.unique}
    if taken == set(connection.execute("SELECT name, seq FROM name")):
        return None
    return Text("the names that are taken are not those of its events")
