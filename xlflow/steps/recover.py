"""What a killed command left is finished or withdrawn, before anything else is written (contract §5, §6).

Read-only commands never do this. What is derived from the ledger catches up by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xlflow import ledger
from xlflow.excel.replace import clean_up
from xlflow.model import Text
from xlflow.outputs import take_up
from xlflow.settings import files
from xlflow.steps.lock import desk_lock
from xlflow.steps.reading import Request, label


@contextmanager
def writing(asked: Request) -> Iterator[None]:
    """Hold the desk to write on it, as every writing command must; what was left there is told first.

    Raises XlflowError ``busy`` or ``cannot-write``.
    """
    with desk_lock(asked.settings.state):
        for part in PARTS:
            for text in part(asked):
                asked.tell(text)
        yield


def _ledger(asked: Request) -> Iterator[Text]:
    if ledger.clean_up(asked.settings.state):
        yield Text("an interrupted step was not finished: it is taken back from the ledger")


def _workbooks(asked: Request) -> Iterator[Text]:
    for path in _written(asked):
        if clean_up(path):
            yield Text("what an interrupted save left beside {file} is removed", {"file": label(asked.home, path)})


def _outputs(asked: Request) -> Iterator[Text]:
    folders = [person.folder for person in asked.settings.people.values() if person.folder is not None]
    for path, finished in take_up(asked.home, asked.settings.state, folders):
        if finished:
            yield Text("{path} of an interrupted run is put in its place", {"path": path})
        else:
            yield Text("{path} of an interrupted run was not finished and is withdrawn", {"path": path})


def _written(asked: Request) -> list[Path]:
    """The workbooks that xlflow writes into."""
    registers = {
        path for own in asked.settings.registers.values() for path in files(asked.home, own, asked.settings.state)
    }
    return sorted(registers | {asked.settings.payouts.list})


#: Who may have left something, in the order of a run.
PARTS = (_ledger, _workbooks, _outputs)
