"""The day's batch: read, judge, fix lists and the payout list out (contract §6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from xlflow.excel.write import to_bytes
from xlflow.fixes.offer import Offer
from xlflow.fixes.results import Merge
from xlflow.judge import Verdict
from xlflow.model import Text
from xlflow.money.entries import Entry, State, entries, total
from xlflow.money.payout_list import payout_list
from xlflow.outputs import Output, Published
from xlflow.passwords import Passwords
from xlflow.steps.fix_lists import hand_out, judged, lists_of, outputs, record, shelf_of
from xlflow.steps.fixes import at_work, take_waiting
from xlflow.steps.reading import Desk, Request, read_desk
from xlflow.steps.returned import put_away
from xlflow.steps.sealing import Sealing
from xlflow.steps.source import Trouble

Say = Callable[[Text], str]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run found and made, or on a dry run would make.

    ``troubles`` are what could not be used or written, ``answers`` what came of the fix lists that were back.
    """

    desk: Desk
    verdict: Verdict
    entries: list[Entry]
    published: list[Published]
    troubles: tuple[Trouble, ...]
    lists: list[Offer]
    answers: Merge = field(default_factory=Merge)

    @property
    def payouts(self) -> dict[str, int | Decimal]:
        """New, open and held entries, and the total of the open ones in yuan."""
        states = [entry.state for entry in self.entries]
        return {
            "new": len(states),
            "open": states.count(State.OPEN),
            "held": states.count(State.HELD),
            "total": total(self.entries),
        }


def check(asked: Request) -> tuple[Desk, Verdict]:
    """Read the desk and judge it; nothing is written."""
    desk = read_desk(asked)
    return desk, judged(desk)


def run(asked: Request, say: Say, *, dry: bool = False) -> Summary:
    """Do the day's batch, or with ``dry`` find out what it would do.

    Raises NoOutputPassword before anything is written when an output of an encrypted register has no password.
    """
    if dry:
        return _make(asked, say, read_desk(asked))
    with at_work(asked) as ledger:
        summary = _make(asked, say, read_desk(asked, ledger))
        taken = take_waiting(asked, summary.desk, ledger, say)
        if taken.desk is not summary.desk:
            summary = _make(asked, say, taken.desk)
        record(summary.lists, summary.desk, ledger)
        shelf = shelf_of(asked)
        published = taken.published + shelf.publish([place.output for place in summary.published])
        troubles = [*summary.troubles, *taken.troubles, *put_away(asked, taken.done)]
        troubles += hand_out(asked, shelf, published)
        return replace(summary, published=published, troubles=tuple(troubles), answers=taken.merge)


def _make(asked: Request, say: Say, desk: Desk) -> Summary:
    verdict = judged(desk)
    owed = entries(desk.day, verdict.holding)
    lists = lists_of(desk, verdict.findings)
    made = list(_outputs(desk, lists, owed, asked.passwords, say))
    return Summary(desk, verdict, owed, shelf_of(asked).plan(made), desk.troubles, lists)


def _outputs(desk: Desk, lists: list[Offer], owed: list[Entry], passwords: Passwords, say: Say) -> Iterator[Output]:
    today = desk.day.date
    sealing = Sealing(desk, passwords)
    if lists:
        yield from outputs(lists, desk, sealing.password("fix-list", "outputs"), say)
    if owed:
        password = sealing.password("payout-list", "payouts", "outputs")
        yield Output(
            "payout-list",
            f"打款清单-{today.isoformat()}.xlsx",
            to_bytes(payout_list(owed, today, say)),
            password,
        )
