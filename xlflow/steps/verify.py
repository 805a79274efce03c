"""What xlflow keeps is looked at: the ledger, who owns it, the backups; nothing is changed (contract §2)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.excel.backups import FOLDER, is_whole
from xlflow.excel.kind import Kind, sniff
from xlflow.ledger import verify_ledger
from xlflow.model import Level, Text
from xlflow.steps.doctor import Problem
from xlflow.steps.reading import Request, label

#: What a register that was written may have been.
_WORKBOOKS = (Kind.OOXML, Kind.ENCRYPTED)


def verify(asked: Request) -> list[Problem]:
    """Everything that is wrong. Raises XlflowError ``busy`` or ``cannot-write`` where the ledger cannot be opened."""
    return [problem for part in PARTS for problem in part(asked)]


def _ledger(asked: Request) -> Iterator[Problem]:
    where = label(asked.home, asked.settings.state / "ledger.db")
    for problem in verify_ledger(asked.settings.state, asked.home):
        yield Problem(
            problem.code, Level.ERROR, where, problem.message, problem.fix or Text("look at the file by hand")
        )


def _backups(asked: Request) -> Iterator[Problem]:
    for copy in sorted((asked.settings.state / FOLDER).glob("[!.]*")):
        try:
            whole = is_whole(copy) and sniff(copy.read_bytes()) in _WORKBOOKS
        except OSError:
            whole = False
        if not whole:
            yield Problem(
                "damaged-file",
                Level.WARNING,
                label(asked.home, copy),
                Text("the backup is not as it was written, so it cannot be put back"),
                Text("delete it, and see that the disk is sound; the other backups of this register stay"),
            )


#: What is looked at, in this order.
PARTS = (_ledger, _backups)
