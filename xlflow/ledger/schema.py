"""The form of the ledger's file: what each version added, in order, and the triggers that let nothing be changed.

``PRAGMA user_version`` counts the migrations a file has had. A migration that has been published is never edited.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from xlflow.ledger.errors import broken, newer
from xlflow.model import Text

#: ``xlfl``, in the header of the file.
APPLICATION = 0x786C666C

_FIRST = (
    """
    CREATE TABLE ledger (
        id TEXT NOT NULL,   -- which ledger this is, for ever
        key TEXT NOT NULL,  -- the fingerprint of its key
        made TEXT NOT NULL  -- when, ISO, UTC
    )
    """,
    """
    CREATE TABLE event (
        seq INTEGER PRIMARY KEY,  -- 1, 2, 3 …
        at TEXT NOT NULL,         -- when it was written, ISO, UTC
        kind TEXT NOT NULL,
        body TEXT NOT NULL,       -- canonical JSON, money in 分
        names TEXT NOT NULL,      -- the unique names it takes, as JSON
        hash TEXT NOT NULL        -- over the hash before and all of the above
    )
    """,
    """
    CREATE TABLE name (
        name TEXT PRIMARY KEY,
        seq INTEGER NOT NULL  -- the event that took it
    ) WITHOUT ROWID
    """,
    *(
        f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END"
        for table in ("ledger", "event", "name")
        for deed in ("UPDATE", "DELETE")
    ),
    # INSERT OR REPLACE would replace without asking the triggers above.
    "CREATE TRIGGER ledger_once BEFORE INSERT ON ledger WHEN EXISTS (SELECT 1 FROM ledger) "
    "BEGIN SELECT RAISE(ABORT, 'a ledger has one id'); END",
    "CREATE TRIGGER event_next BEFORE INSERT ON event WHEN NEW.seq IS NOT (SELECT ifnull(max(seq), 0) + 1 FROM event) "
    "BEGIN SELECT RAISE(ABORT, 'an event follows the last one'); END",
    "CREATE TRIGGER name_once BEFORE INSERT ON name WHEN EXISTS (SELECT 1 FROM name WHERE name = NEW.name) "
    "BEGIN SELECT RAISE(ABORT, 'a name is taken once'); END",
)

#: The statements that lead from each version to the next one; the version of an empty file is 0.
MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST,)


def version(connection: sqlite3.Connection, file: Path) -> int:
    """The version of a ledger's file. Refused: ``ledger-newer``; ``ledger-broken`` where it is no ledger."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION or found < 1:
        raise broken(file, Text("it is no ledger of xlflow"))
    if found > len(MIGRATIONS):
        raise newer(file, found, len(MIGRATIONS))
    return int(found)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file to the newest version, in one step."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        (found,) = connection.execute("PRAGMA user_version").fetchone()
        for statement in (statement for migration in MIGRATIONS[found:] for statement in migration):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def shape(connection: sqlite3.Connection) -> list[tuple[str | None, ...]]:
    """All tables, indexes and triggers of a file, with their text."""
    return sorted(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"), key=repr)


def expected_shape() -> list[tuple[str | None, ...]]:
    """The same of a new file."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(connection)
        return shape(connection)
    finally:
        connection.close()
