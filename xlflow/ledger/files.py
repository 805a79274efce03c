"""The files of a ledger: made whole or not at all, readable by their owner only, and never over another."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from xlflow.excel.atomic import beside, remove, settle, write_new

#: How long a busy ledger is waited for, in seconds (contract §5).
PATIENCE = 30.0


def connect(file: Path, mode: str) -> sqlite3.Connection:
    """SQLite's connection to a file that is there, to be read (``ro``) or written too (``rw``)."""
    address = f"{file.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)


def journal(file: Path) -> Path:
    """Where SQLite keeps what a step has changed until the step is done."""
    return file.with_name(f"{file.name}-journal")


def make(target: Path, fill: Callable[[Path], object]) -> None:
    """Make ``target`` of what ``fill`` writes into a new file; one that is there by then stays. Raises OSError."""
    new = beside(target)
    try:
        write_new(new, b"")
        fill(new)
        _to_disk(new)
        _put(new, target)
    finally:
        remove(new)
    settle(target.parent)


def _to_disk(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _put(new: Path, target: Path) -> None:
    """A second name is never put over a file, as a move is."""
    try:
        os.link(new, target)
    except FileExistsError:
        return
    except OSError:  # a disk that knows no second names; who makes a ledger holds the desk's lock
        if not target.exists():
            new.replace(target)
