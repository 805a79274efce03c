"""A ledger is opened: made where there is none, to be written by its owner only, read by anybody."""

from __future__ import annotations

import secrets
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from xlflow.excel.atomic import sweep
from xlflow.ledger import key, schema
from xlflow.ledger.errors import network_folder, told_plainly
from xlflow.ledger.files import connect, journal, make
from xlflow.ledger.owner import ensure_known, ensure_machine, read_owner, this_machine
from xlflow.ledger.snapshot import snapshot
from xlflow.ledger.store import Ledger
from xlflow.network import elsewhere

FILE = "ledger.db"


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
        ledger = _opened(connect(file, "rw"), file, home)
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
        return _opened(snapshot(file), file)


def clean_up(state: Path) -> bool:
    """Remove what a process left that was killed while it made a ledger; whether one was killed in a step.

    To be called by who holds the desk's lock. The next one who opens the ledger takes such a step back.
    """
    sweep(state / FILE)
    sweep(state / key.FILE)
    return journal(state / FILE).exists()


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
