"""The desk's money at work: its ledger, its payout list and its registers, looked at together (contract §5)."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from xlflow import codes
from xlflow.event import Event
from xlflow.judge import Verdict
from xlflow.ledger import Ledger
from xlflow.model import Text, XlflowError
from xlflow.money.entry import Entry
from xlflow.money.fold import Money
from xlflow.money.gather import gather
from xlflow.money.list_acts import Remark, acts, unknown_to
from xlflow.money.match import on_top
from xlflow.money.plan import PlanView, plan
from xlflow.money.reasons import Holding
from xlflow.outputs import Published
from xlflow.passwords import Secret
from xlflow.steps.batches import Counter, knows_less
from xlflow.steps.fix_lists import judged
from xlflow.steps.fixes import at_work
from xlflow.steps.list_file import ListFile, bring_up_to_date, ensure_sealable, list_if_readable, open_list
from xlflow.steps.reading import Desk, Request, read_desk
from xlflow.steps.sealing import Sealing
from xlflow.steps.source import Trouble


@dataclass(frozen=True)
class Now:
    """A desk on top of what its ledger, its payout list and its registers say.

    ``events`` are what is not in the ledger yet, ``money`` is what stands with them, and ``desk.day`` knows it.
    ``new`` are the entries first seen now, ``remarks`` what the list says and the ledger decides otherwise.
    """

    desk: Desk
    verdict: Verdict
    holding: Holding
    events: tuple[Event, ...]
    money: Money
    new: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @cached_property
    def plan(self) -> PlanView:
        """What would be paid."""
        return plan(self.desk.day, self.money)


def look(desk: Desk, file: ListFile | None = None) -> Now:
    """What a desk as read, and what people did to its payout list, come to; nothing is written."""
    standing, listed = desk.day.standing, file.listed if file is not None else None
    done, remarks = acts(standing.money, listed, desk.day.date) if listed is not None else ([], [])
    desk = dataclasses.replace(desk, day=on_top(desk.day, standing.money.after(done)))
    now = gathered(desk)
    return dataclasses.replace(now, events=(*done, *now.events), remarks=tuple(remarks))


def gathered(desk: Desk) -> Now:
    """What the registers say on top of what stands."""
    verdict = judged(desk)
    found = gather(desk.day, verdict.holding, draw)
    desk = dataclasses.replace(desk, day=found.day)
    return Now(desk, verdict, Holding.of(desk.day, verdict.holding), found.events, found.money, found.new)


def draw() -> str:
    """Seven characters that nobody can foresee."""
    number = secrets.randbits(35)
    return "".join([codes.ALPHABET[number >> shift & 31] for shift in range(0, 35, 5)])


@dataclass(slots=True)
class Till:
    """A desk whose money may be written: its lock is held, its ledger open, what was interrupted is finished.

    ``file`` is the payout list, None where it cannot be read; ``before`` is what stood when the desk was looked at,
    ``kept`` the list once it is up to date, with ``shown`` in it.
    ``troubles`` are what could not be read or written.
    """

    asked: Request
    ledger: Ledger
    counter: Counter
    file: ListFile | None = None
    before: Money = field(default_factory=Money)
    kept: Published | None = None
    shown: Mapping[str, Entry] | None = None
    troubles: list[Trouble] = field(default_factory=list)

    def look(self, desk: Desk | None = None) -> Now:
        """Look at the desk, read anew if it was not. Refused ``ledger-behind`` where it knows more than its ledger."""
        if desk is None:
            desk = read_desk(self.asked, self.ledger)
        self.before = desk.day.standing.money
        self.counter.ensure_known(self.before)
        if self.file is not None and self.file.listed is not None:
            unknown = unknown_to(self.before, self.file.listed)
            if unknown:
                raise knows_less(list(unknown))
        return look(desk, self.file)

    def sealed_with(self, now: Now) -> Secret | None:
        """The password of a list that is to be made. Raises NoOutputPassword before anything is written."""
        sealing = Sealing(now.desk, self.asked.passwords)
        return ensure_sealable(self.file, sealing) if self.file is not None else None

    def keep_list(self, now: Now, secret: Secret | None) -> None:
        """Write into the list what it lacks; where that cannot be done it catches up the next time."""
        if self.file is None or not now.money.entries or now.money.entries == self.shown:
            return
        try:
            if self.kept is not None and self.kept.written:
                self.file = open_list(self.asked)
            written = bring_up_to_date(self.file, now.desk.day, now.money, secret)
        except XlflowError as problem:
            self._trouble(self.file, problem)
        except OSError as problem:
            self._trouble(self.file, _cannot_write(self.file, problem))
        else:
            self.ledger.commit(written)
            self.kept, self.shown = self.file.published(written=bool(written)), now.money.entries

    def _trouble(self, file: ListFile, problem: XlflowError) -> None:
        self.troubles.append(Trouble(problem.code, file.label, None, problem.message, problem.fix))


@contextmanager
def at_the_till(asked: Request) -> Iterator[Till]:
    """Hold the desk, open its ledger, finish what an interrupted command left, and read the payout list.

    Refused: what ``open_ledger`` refuses. XlflowError: ``busy``, ``cannot-write``.
    """
    with at_work(asked) as ledger:
        file, troubles = list_if_readable(asked)
        yield Till(asked, ledger, Counter(asked.home, asked.settings.state), file, troubles=list(troubles))


def _cannot_write(file: ListFile, problem: OSError) -> XlflowError:
    return XlflowError(
        "cannot-write",
        Text("{file} cannot be written: {reason}", {"file": file.label, "reason": problem.strerror or str(problem)}),
        Text("see that the disk is not full and the folder may be written"),
    )
