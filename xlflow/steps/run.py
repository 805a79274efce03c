"""The day's batch: read, judge, fix lists and the payout list out (contract §6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from xlflow.fixes.offer import Offer
from xlflow.fixes.results import Merge
from xlflow.judge import Verdict
from xlflow.ledger import Refused
from xlflow.model import Text, XlflowError
from xlflow.money.entry import State
from xlflow.money.plan import total
from xlflow.outputs import Output, Published
from xlflow.steps.away import put_away
from xlflow.steps.daily import Daily, daily
from xlflow.steps.fix_lists import hand_out, judged, lists_of, outputs, record, shelf_of
from xlflow.steps.fixes import take_waiting
from xlflow.steps.inbox import files_in
from xlflow.steps.list_file import ensure_sealable, list_if_readable
from xlflow.steps.mail import mails
from xlflow.steps.making import Making
from xlflow.steps.pay import plan_output, planned, write
from xlflow.steps.reading import Desk, Request, label, read_desk
from xlflow.steps.recover import writing
from xlflow.steps.reports import Made, Wanted, remember, wanted_reports
from xlflow.steps.returned import done_with, waiting
from xlflow.steps.sealing import Sealing
from xlflow.steps.source import Trouble
from xlflow.steps.till import Now, Till, at_the_till, look

if TYPE_CHECKING:  # most runs have no statement
    from xlflow.steps.reconcile import Settled

Say = Callable[[Text], str]
#: What can be made while nothing is known of the past.
WITHOUT_MEMORY = ("fix-list", "tasks")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run found and made, or on a dry run would make.

    ``troubles`` are what could not be used or written, ``answers`` what came of the fix lists that were back,
    ``reports`` those among the ``published``; on a dry run ``waiting`` are the lists whose answers would be taken.
    ``refused`` is why the ledger was left alone: then answers, statements and money wait, and all else is done.
    """

    now: Now
    daily: Daily
    published: list[Published]
    troubles: tuple[Trouble, ...]
    lists: list[Offer]
    reports: tuple[Made, ...]
    answers: Merge = field(default_factory=Merge)
    waiting: tuple[str, ...] = ()
    refused: XlflowError | None = None

    @property
    def desk(self) -> Desk:
        """The desk as read."""
        return self.now.desk

    @property
    def verdict(self) -> Verdict:
        """What the checks found."""
        return self.now.verdict

    @property
    def payouts(self) -> dict[str, int | Decimal]:
        """New, open and held entries, and the total of the open ones in yuan; nothing without a ledger."""
        entries = self.now.money.entries.values() if self.refused is None else ()
        states = [entry.state for entry in entries]
        return {
            "new": len(self.now.new) if self.refused is None else 0,
            "open": states.count(State.OPEN),
            "held": states.count(State.HELD),
            "total": total(entries),
        }


def check(asked: Request) -> tuple[Desk, Verdict]:
    """Read the desk and judge it; nothing is written."""
    desk = read_desk(asked)
    return desk, judged(desk)


def run(asked: Request, say: Say, *, dry: bool = False, wanted: Wanted = Wanted.DUE) -> Summary:
    """Do the day's batch with the reports that are ``wanted``, or with ``dry`` find out what it would do.

    Raises NoOutputPassword before anything is written when an output of an encrypted register has no password.
    """
    if dry:
        return _with_waiting(asked, _planned(asked, say, wanted))
    with ExitStack() as stack:
        try:
            till = stack.enter_context(at_the_till(asked))
            now = till.look(read_desk(asked, till.ledger))
        except Refused as problem:
            stack.close()
            return _without_ledger(asked, say, problem)
        return _with_ledger(till, now, say, wanted)


def _with_ledger(till: Till, now: Now, say: Say, wanted: Wanted) -> Summary:
    """Answers and statements first, then what is made of the desk as it is then; each step as design says."""
    asked = till.asked
    summary = _make(asked, say, now, wanted)
    till.sealed_with(now)
    taken = take_waiting(asked, now.desk, till.ledger, say)
    if taken.desk is not now.desk:
        summary = _make(asked, say, till.look(taken.desk), wanted)
    settled = _settled(till, summary.now, say)
    if settled is not None and settled.found.statements:
        summary = _make(asked, say, settled.now, wanted)
    record(summary.lists, summary.desk, till.ledger)
    now = _paid(till, settled.now if settled is not None else summary.now, asked)
    shelf = shelf_of(asked)
    published = [*taken.published, *(settled.published if settled is not None else ())]
    till.ledger.commit(summary.daily.before)
    published += shelf.publish(_with_page(asked, summary))
    remember(summary.reports, summary.desk, till.ledger)
    till.ledger.commit(summary.daily.after)
    published += shelf.publish(list(mails(summary.daily.making, published)))
    troubles = [*summary.troubles, *taken.troubles, *(settled.troubles if settled is not None else ()), *till.troubles]
    troubles += put_away(asked, done_with(taken.done))
    troubles += hand_out(asked, shelf, published)
    if till.kept is not None and all(place.path != till.kept.path for place in published):
        published.append(till.kept)
    return replace(summary, now=now, published=published, troubles=tuple(troubles), answers=taken.merge)


def _settled(till: Till, now: Now, say: Say) -> Settled | None:
    """What came of statements; None where the inbox is empty and nothing that the registers may lack was ever told."""
    if not files_in(till.asked.home / "inbox") and not any(entry.is_told for entry in now.money.entries.values()):
        return None
    from xlflow.steps.reconcile import reconcile_waiting

    return reconcile_waiting(till, now, say)


def _without_ledger(asked: Request, say: Say, problem: XlflowError) -> Summary:
    """The fix lists, tasks and the page: what needs no memory."""
    with writing(asked):
        now = look(read_desk(asked))
        summary = replace(_make(asked, say, now, Wanted.NOTHING), refused=problem)
        kept = [place.output for place in summary.published if place.output.kind in WITHOUT_MEMORY]
        shelf = shelf_of(asked)
        published = shelf.publish([*kept, summary.daily.page(summary.payouts, [])])
        troubles = [trouble for trouble in summary.troubles if trouble.code != problem.code]
        troubles += hand_out(asked, shelf, published)
        return replace(summary, published=published, troubles=tuple(troubles))


def _paid(till: Till, now: Now, asked: Request) -> Now:
    """The ledger and the payout list follow the registers; the plan was shown."""
    return write(till, now, planned(now, now.plan, None, asked.user) if now.money.entries else [])


def _with_waiting(asked: Request, summary: Summary) -> Summary:
    known = summary.desk.recalled.memory.imported
    lists, troubles = waiting(asked, shelf_of(asked), known)
    names = tuple(one.label for one in lists if one.sha256 not in known)
    return replace(summary, waiting=names, troubles=(*summary.troubles, *troubles))


def _planned(asked: Request, say: Say, wanted: Wanted) -> Summary:
    file, troubles = list_if_readable(asked)
    summary = _make(asked, say, look(read_desk(asked), file), wanted)
    shelf = shelf_of(asked)
    published = shelf.plan(_with_page(asked, summary))
    published += shelf.plan(mails(summary.daily.making, published))
    if file is not None and summary.now.money.entries:
        ensure_sealable(file, Sealing(summary.desk, asked.passwords))
        published.append(file.published(written=True))
    return replace(summary, published=published, troubles=summary.troubles + troubles)


def _make(asked: Request, say: Say, now: Now, wanted: Wanted) -> Summary:
    lists = lists_of(now.desk, now.verdict.findings)
    sealing = Sealing(now.desk, asked.passwords)
    reports, troubles = wanted_reports(asked, now.desk, wanted)
    rest = daily(Making(asked, now.desk, now.verdict, say), wanted)
    made = [*_outputs(now, lists, sealing, say), *(report.output for report in reports), *rest.outputs]
    return Summary(now, rest, shelf_of(asked).plan(made), now.desk.troubles + troubles, lists, reports)


def _with_page(asked: Request, summary: Summary) -> list[Output]:
    """What is to be published, and the page that links it, the payout list and what lies there already."""
    listed = [label(asked.home, asked.settings.payouts.list)] if summary.now.money.entries else []
    paths = [*(place.path for place in summary.published), *shelf_of(asked).lying(), *listed]
    return [*(place.output for place in summary.published), summary.daily.page(summary.payouts, paths)]


def _outputs(now: Now, lists: list[Offer], sealing: Sealing, say: Say) -> Iterator[Output]:
    if lists:
        yield from outputs(lists, now.desk, sealing.password("fix-list", "outputs"), say)
    if now.money.entries:
        yield plan_output(now, sealing, say)
