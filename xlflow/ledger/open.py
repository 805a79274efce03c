"""A ledger is opened: made where there is none, to be written by its owner only, read by anybody."""

from __future__ import annotations

import secrets
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from xlflow.excel.atomic import sweep
from xlflow.ledger import key, schema
from xlflow.ledger.errors import network_folder, told_plainly
from xlflow.ledger.files import make
from xlflow.ledger.owner import ensure_known, ensure_machine, read_owner, this_machine
from xlflow.ledger.store import Ledger
from xlflow.network import elsewhere

FILE = "ledger.db"
#: How long a busy ledger is waited for, in seconds (contract §5).
PATIENCE = 30.0


def open_ledger(state: Path, home: Path) -> Ledger:
    """The ledger in a state folder, which owns the desk ``home`` from then on; made where there is none.

    Refused: ``network-folder``, ``other-machine``, ``ledger-behind``, ``owner-broken``, ``ledger-newer``,
    ``ledger-broken``, ``ledger-key-missing``. XlflowError: ``busy``, ``cannot-write``.
    """
    remote = elsewhere(state)
    if remote is not None:
        raise network_folder(state, remote)
    file = state / FILE
    with told_plainly(file):
        owner = read_owner(home)
        ensure_machine(owner, this_machine())
        if not file.exists():
            ensure_known(owner, None)
            _make(state)
        ledger = _opened(_connect(file, "rw"), file, home)
        try:
            ensure_known(owner, ledger)
            if owner is None or owner.head != ledger.head:
                ledger.confirm()
        except BaseException:
            ledger.close()
            raise
    return ledger


def read_ledger(state: Path) -> Ledger | None:
    """The ledger in a state folder as it stands, to be read only; None where there is none. Nothing is written.

    Refused: ``ledger-newer``, ``ledger-broken``, ``ledger-key-missing``. XlflowError ``busy``.
    """
    file = state / FILE
    if not file.exists():
        return None
    with told_plainly(file):
        return _opened(_snapshot(file), file)


def clean_up(state: Path) -> bool:
    """Remove what a process left that was killed while it made a ledger; whether one was killed in a step.

    To be called by who holds the desk's lock. The next one who opens the ledger takes such a step back.
    """
    sweep(state / FILE)
    sweep(state / key.FILE)
    return _journal(state / FILE).exists()


def _make(state: Path) -> None:
    state.mkdir(parents=True, exist_ok=True)
    fingerprint = key.fingerprint(key.make_key(state))

    def fill(new: Path) -> None:
        connection = sqlite3.connect(new, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = OFF")  # nobody has it yet
            schema.migrate(connection)
            made = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
            connection.execute("INSERT INTO ledger VALUES (?, ?, ?)", (secrets.token_hex(8), fingerprint, made))
        finally:
            connection.close()

    make(state / FILE, fill)


def _opened(connection: sqlite3.Connection, file: Path, home: Path | None = None) -> Ledger:
    """Office users and programs copy files: without a log beside it, a copy of ledger.db is a whole ledger."""
    try:
        version = schema.version(connection, file)
        if home is not None:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA synchronous = EXTRA")
        if version < len(schema.MIGRATIONS):
            schema.migrate(connection)
        connection.execute(f"PRAGMA query_only = {'ON' if home is None else 'OFF'}")
        return Ledger(connection, file, home)
    except BaseException:
        connection.close()
        raise


def _connect(file: Path, mode: str) -> sqlite3.Connection:
    address = f"{file.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)


def _snapshot(file: Path) -> sqlite3.Connection:
    """What a ledger's file holds; what must be changed before it can be read is changed in a copy of it."""
    connection = _connect(file, "ro")
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
    """A ledger whose writer was killed, as it was before its last step."""
    journal = _journal(file)
    with TemporaryDirectory() as folder:
        copy = Path(folder) / FILE
        undo = _content(journal)
        copy.write_bytes(file.read_bytes())
        if not undo or _content(journal) != undo:  # the next writer has taken it back meanwhile
            return _snapshot(file)
        copy.with_name(journal.name).write_bytes(undo)
        return _in_memory(_connect(copy, "rw"))


def _journal(file: Path) -> Path:
    return file.with_name(f"{file.name}-journal")


def _content(journal: Path) -> bytes:
    try:
        return journal.read_bytes()
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
