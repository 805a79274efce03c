"""The day's batch: read, judge, fix lists and the payout list out (contract §6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from xlflow.excel.write import to_bytes
from xlflow.fixes.offer import offers
from xlflow.fixes.sheet import fix_list
from xlflow.judge import Verdict, judge
from xlflow.model import Text, XlflowError
from xlflow.money.entries import Entry, State, entries, total
from xlflow.money.payout_list import payout_list
from xlflow.outputs import Output, Published, Shelf
from xlflow.passwords import Passwords, Secret
from xlflow.settings import Settings
from xlflow.steps.reading import Desk, Request, read_desk
from xlflow.steps.recover import writing
from xlflow.steps.source import Trouble

Say = Callable[[Text], str]

#: Who a fix list is for, in the names of files.
OWNER_NAMES = {"warehouse": "仓库", "after_sales": "售后", "finance": "财务"}


class NoOutputPassword(XlflowError):
    """Something would leave an encrypted register unencrypted."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run found and made, or on a dry run would make; ``troubles`` are what could not be used or written."""

    desk: Desk
    verdict: Verdict
    entries: list[Entry]
    published: list[Published]
    troubles: tuple[Trouble, ...]

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
    return desk, judge(desk.day, asked.settings.checks.on, asked.settings.checks.off)


def run(asked: Request, say: Say, *, dry: bool = False) -> Summary:
    """Do the day's batch, or with ``dry`` find out what it would do.

    Raises NoOutputPassword before anything is written when an output of an encrypted register has no password.
    """
    if dry:
        return _make(asked, say)
    with writing(asked):
        summary = _make(asked, say)
        shelf = _shelf(asked)
        published = shelf.publish([place.output for place in summary.published])
        troubles = summary.troubles + tuple(_hand_out(shelf, asked.settings, published))
        return replace(summary, published=published, troubles=troubles)


def _shelf(asked: Request) -> Shelf:
    return Shelf(asked.home, asked.settings.state, asked.today.isoformat())


def _hand_out(shelf: Shelf, settings: Settings, published: list[Published]) -> Iterator[Trouble]:
    """Put fix lists into their owners' folders too; a folder that cannot be written stops nothing else."""
    for place in published:
        folder = settings.people[place.output.owner].folder if place.output.owner is not None else None
        if folder is not None:
            try:
                shelf.hand(place, folder)
            except XlflowError as problem:
                yield Trouble(problem.code, str(folder), None, problem.message, problem.fix)


def _make(asked: Request, say: Say) -> Summary:
    desk, verdict = check(asked)
    owed = entries(desk.day, verdict)
    made = list(_outputs(desk, verdict, owed, asked.passwords, say))
    return Summary(desk, verdict, owed, _shelf(asked).plan(made), desk.troubles)


def _outputs(desk: Desk, verdict: Verdict, owed: list[Entry], passwords: Passwords, say: Say) -> Iterator[Output]:
    today = desk.day.date
    lists = offers(desk.day, verdict.findings)
    sealing = _Sealing(desk, passwords)
    if lists:
        password = sealing.password("fix-list", "outputs")
        for offer in lists:
            name = f"待补录-{OWNER_NAMES[offer.owner]}.xlsx"
            yield Output("fix-list", name, to_bytes(fix_list(offer, today, say)), password, offer.owner)
    if owed:
        password = sealing.password("payout-list", "payouts", "outputs")
        yield Output(
            "payout-list",
            f"打款清单-{today.isoformat()}.xlsx",
            to_bytes(payout_list(owed, today, say)),
            password,
        )


@dataclass(frozen=True, slots=True)
class _Sealing:
    """Which outputs must be encrypted, and with what."""

    desk: Desk
    passwords: Passwords

    def password(self, kind: str, *names: str) -> Secret | None:
        """The first password there is of these names; None where the output may be plain."""
        if not self.desk.encrypted or self.desk.settings.stays_plain(kind):
            return None
        for name in names:
            if (found := self.passwords.open(name)) is not None:
                return found
        raise NoOutputPassword(
            "no-password",
            Text(
                "{kind} holds cells of an encrypted register, and there is no password `outputs`",
                {"kind": kind},
            ),
            Text(
                "store one with `xlflow password outputs`, or allow this kind to be unencrypted under [outputs] plain "
                "in xlflow.toml",
            ),
        )
