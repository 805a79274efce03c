"""What xlflow keeps is looked at: the ledger, its batch files, the payout list, the backups (contract §2).

Nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.excel.backups import FOLDER, is_whole
from xlflow.excel.kind import Kind, sniff
from xlflow.ledger import verify_ledger
from xlflow.model import Level, Text
from xlflow.money.fold import Money
from xlflow.money.list_acts import acts, unknown_to
from xlflow.steps.batches import Counter, knows_less
from xlflow.steps.doctor import Problem
from xlflow.steps.list_file import list_if_readable
from xlflow.steps.reading import Request, label
from xlflow.steps.recall import recall

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


def _batches(asked: Request) -> Iterator[Problem]:
    """The batch files against what was recorded of them; a ledger that cannot be read has been told of."""
    money = _money(asked)
    counter = Counter(asked.home, asked.settings.state)
    for path in counter.strange(money):
        yield _older(label(asked.home, path), path.name)
    for batch in money.batches.values():
        if counter.is_changed(batch):
            yield Problem(
                "batch-changed",
                Level.ERROR,
                batch.path,
                Text("the file of batch {batch} is not as it was written", {"batch": batch.number}),
                Text("do not upload it; if it was uploaded, reconcile the bank's statement first"),
            )


def _list(asked: Request) -> Iterator[Problem]:
    """The payout list against the ledger, which decides."""
    money = _money(asked)
    file, troubles = list_if_readable(asked)
    where = label(asked.home, asked.settings.payouts.list)
    for trouble in troubles:
        fix = trouble.fix or Text("look at the file by hand")
        yield Problem(trouble.code, Level.WARNING, where, trouble.message, fix)
    if file is None or file.listed is None:
        return
    for name in unknown_to(money, file.listed):
        yield _older(where, name)
    for remark in acts(money, file.listed, asked.today)[1]:
        if remark.entry in money.entries:
            what = Text("{entry}: {message}", {"entry": remark.entry, "message": remark.message})
            fix = Text("the next run puts right what the list shows")
            yield Problem("list-differs", Level.WARNING, where, what, fix)


def _older(where: str, name: str) -> Problem:
    problem = knows_less([name])
    assert problem.fix is not None  # noqa: S101  # it has one
    return Problem(problem.code, Level.ERROR, where, problem.message, problem.fix)


def _money(asked: Request) -> Money:
    return recall(asked.settings.state, None)[0].standing.money


#: What is looked at, in this order.
PARTS = (_ledger, _batches, _list, _backups)
