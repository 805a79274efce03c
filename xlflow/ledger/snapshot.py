"""A ledger's file as it stands, for who only reads it: nothing on the disk is changed, not even what a kill left."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

from xlflow.ledger import schema
from xlflow.ledger.files import connect, journal


def snapshot(file: Path) -> sqlite3.Connection:
    """What the file holds; what must be changed before it can be read is changed in a copy of it."""
    connection = connect(file, "ro")
    try:
        old = schema.version(connection, file) < len(schema.MIGRATIONS)
    except sqlite3.OperationalError as problem:
        connection.close()
        if problem.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
            raise
        return _rolled_back(file)
    except BaseException:
        connection.close()
        raise
    return _in_memory(connection) if old else connection


def _rolled_back(file: Path) -> sqlite3.Connection:
    """The file of a writer that was killed, as it was before its last step."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / file.name
        undo = _content(journal(file))
        copy.write_bytes(file.read_bytes())
        if not undo or _content(journal(file)) != undo:  # the next writer has taken it back meanwhile
            return snapshot(file)
        journal(copy).write_bytes(undo)
        return _in_memory(connect(copy, "rw"))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _in_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.backup(memory)
    except BaseException:
        memory.close()
        raise
    finally:
        connection.close()
    return memory
