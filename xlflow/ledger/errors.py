"""Why the ledger cannot be used: refused (exit code 3), busy, or not to be written (both 4)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xlflow.model import Text, XlflowError

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_CANNOT_WRITE = (
    sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_AUTH,
)  # fmt: skip
_RESTORE = Text(
    "put ledger.db and ledger.key of one and the same backup of the state folder in their place, and run xlflow verify"
)


class Refused(XlflowError):
    """The ledger stops a money step: it is broken, of a newer xlflow, of another computer, an older copy …"""

    exit_code = 3


class Taken(Refused):
    """A name that can be taken only once is taken; nothing was written."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "already-recorded",
            Text("{name} is in the ledger already, so nothing was written", {"name": name}),
            Text("run it again: what is there by now is then known"),
        )
        self.name = name


@contextmanager
def told_plainly(file: Path) -> Iterator[None]:
    """What SQLite and the system say of a ledger's file, as errors of ours."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise  # a mistake in the program
    except sqlite3.Error as problem:
        raise _by_code(file, problem) from problem
    except UnicodeDecodeError as problem:  # of a name in the file, or of a message that has one
        raise broken(file, Text("it cannot be read ({reason})", {"reason": problem.reason})) from problem
    except OSError as problem:
        raise cannot_write(problem.filename or str(file), problem.strerror or str(problem)) from problem


def _by_code(file: Path, problem: sqlite3.Error) -> XlflowError:
    code = getattr(problem, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if code in _BUSY:
        return XlflowError(
            "busy",
            Text("another xlflow is at work on this desk"),
            Text("wait until it is done, then try again"),
        )
    if code in _CANNOT_WRITE:
        return cannot_write(str(file), str(problem))
    return broken(file, Text("it cannot be read ({reason})", {"reason": str(problem)}))


def cannot_write(file: str, reason: str) -> XlflowError:
    """The disk is full, or the folder may not be written."""
    return XlflowError(
        "cannot-write",
        Text("{file} cannot be written: {reason}", {"file": file, "reason": reason}),
        Text("see that the disk is not full and the folder may be written"),
    )


def broken(file: Path, what: Text) -> Refused:
    """The file is no whole ledger; ``what`` says what is wrong with it."""
    return Refused(
        "ledger-broken", Text("the ledger {file} is broken: {what}", {"file": str(file), "what": what}), _RESTORE
    )


def newer(file: Path, version: int, known: int) -> Refused:
    """A later xlflow made the ledger, or changed its form."""
    facts = {"file": str(file), "version": version, "known": known}
    return Refused(
        "ledger-newer",
        Text("the ledger {file} has form {version}, and this xlflow knows forms up to {known}", facts),
        Text("install the newest xlflow on this computer"),
    )


def moved() -> Refused:
    """Somebody else committed since this ledger was opened."""
    return Refused(
        "ledger-moved",
        Text("another xlflow has written into the ledger meanwhile, so nothing was written"),
        Text("run it again: it then starts from what is there now"),
    )


def key_missing(file: Path) -> Refused:
    """The ledger is there, and its key is not."""
    return Refused(
        "ledger-key-missing",
        Text("the key of the ledger, {file}, is missing or is that of another ledger", {"file": str(file)}),
        Text("put it back from the newest backup of the state folder: without it nobody in the ledger is known again"),
    )


def network_folder(folder: Path, what: str) -> Refused:
    """The state lies where a ledger can be torn or split in two."""
    return Refused(
        "network-folder",
        Text(
            "the state folder {folder} is on a network or in a synced folder ({what})",
            {"folder": str(folder), "what": what},
        ),
        Text("set `state` under [desk] in xlflow.toml to a folder on this computer's own disk"),
    )
