"""``fixes export`` and ``fixes import``: lists out, answers in (contract §2, §4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlflow.judge import Verdict
from xlflow.ledger import Ledger, open_ledger
from xlflow.model import Text, XlflowError
from xlflow.outputs import Published
from xlflow.steps.away import put_away
from xlflow.steps.batches import finish
from xlflow.steps.fix_lists import KIND, hand_out, judged, lists_of, outputs, record, shelf_of
from xlflow.steps.reading import Desk, Request, label, read_desk
from xlflow.steps.recover import writing
from xlflow.steps.returned import ReturnedList, Taken, changed_here, done_with, read_returned, waiting
from xlflow.steps.sealing import Sealing
from xlflow.steps.source import Trouble

if TYPE_CHECKING:  # most runs have no answers
    from xlflow.steps.answers import Import

Say = Callable[[Text], str]


@dataclass(frozen=True, slots=True)
class Exported:
    """The lists that were put out, and what could not be used or written."""

    desk: Desk
    verdict: Verdict
    published: list[Published]
    troubles: tuple[Trouble, ...]


@contextmanager
def at_work(asked: Request) -> Iterator[Ledger]:
    """The desk's ledger, while nobody else works on the desk, with what was interrupted finished or withdrawn."""
    with writing(asked), open_ledger(asked.settings.state, asked.home) as ledger:
        finish(asked, ledger)
        yield ledger


def export_lists(asked: Request, say: Say) -> Exported:
    """Write the fix lists and nothing else; what people changed in the ones that lie there is taken first."""
    with at_work(asked) as ledger:
        desk = read_desk(asked, ledger)
        lists, troubles = changed_here(asked, shelf_of(asked), desk.recalled.memory.imported)
        taken = _import(asked, desk, ledger, say).take(desk, lists)
        desk, verdict = taken.desk, judged(taken.desk)
        made = lists_of(desk, verdict.findings)
        password = Sealing(desk, asked.passwords).password(KIND, "outputs") if made else None
        record(made, desk, ledger)
        shelf = shelf_of(asked)
        published = taken.published + shelf.publish(list(outputs(made, desk, password, say)))
        troubles += (*desk.troubles, *taken.troubles, *hand_out(asked, shelf, published))
        return Exported(desk, verdict, published, tuple(troubles))


def import_lists(asked: Request, paths: Iterable[Path], say: Say) -> Taken:
    """Take the answers out of these files; those that lie in ``inbox/`` are moved when they are done with."""
    with at_work(asked) as ledger:
        desk = read_desk(asked, ledger)
        lists, troubles = _named(asked, paths)
        taken = _import(asked, desk, ledger, say).take(desk, lists)
        troubles += (*desk.troubles, *taken.troubles, *put_away(asked, done_with(taken.done)))
        troubles += hand_out(asked, shelf_of(asked), taken.published)
        taken.troubles = troubles
        return taken


def take_waiting(asked: Request, desk: Desk, ledger: Ledger, say: Say) -> Taken:
    """Take all lists that are back."""
    lists, troubles = waiting(asked, shelf_of(asked), desk.recalled.memory.imported)
    taken = _import(asked, desk, ledger, say).take(desk, lists) if lists else Taken(desk)
    taken.troubles = [*troubles, *taken.troubles]
    return taken


def _import(asked: Request, desk: Desk, ledger: Ledger, say: Say) -> Import:
    from xlflow.steps.answers import Import

    sealing = Sealing(desk, asked.passwords)
    return Import(asked, ledger, shelf_of(asked), lambda: sealing.password(KIND, "outputs"), say)


def _named(asked: Request, paths: Iterable[Path]) -> tuple[list[ReturnedList], list[Trouble]]:
    lists: list[ReturnedList] = []
    troubles: list[Trouble] = []
    inbox = (asked.home / "inbox").resolve()
    for path in paths:
        try:
            found = read_returned(asked, path, stays=path.resolve().parent != inbox)
            if found is None:
                raise _no_list(path)
            lists.append(found)
        except XlflowError as problem:
            troubles.append(Trouble(problem.code, label(asked.home, path), None, problem.message, problem.fix))
    return lists, troubles


def _no_list(path: Path) -> XlflowError:
    return XlflowError(
        "no-sheet",
        Text("{file} is no fix list: no sheet has its headings 编号, 来源, 问题, 处理结果", {"file": path.name}),
        Text("name a list that was made with `xlflow fixes export` or `xlflow run`"),
    )
