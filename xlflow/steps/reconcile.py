"""Statements → ledger, registers, payout list, and a workbook for finance (contract §5; design, "Order on disk")."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from xlflow import writeback
from xlflow.day import Day
from xlflow.event import Event, Recorded
from xlflow.excel.errors import BookError
from xlflow.excel.write import to_bytes
from xlflow.model import Text
from xlflow.money.plan import payment
from xlflow.outputs import Output, Published
from xlflow.reconcile import Asked, Payee, Reconciliation, fold, match
from xlflow.reconcile.marks import Mark, marks
from xlflow.reconcile.roll import Roll, roll
from xlflow.reconcile.workbook import workbook
from xlflow.registers.compensation import Channel, Compensation, Item
from xlflow.steps.away import put_away
from xlflow.steps.fix_lists import shelf_of
from xlflow.steps.inbox import files_in
from xlflow.steps.pay import write
from xlflow.steps.reading import Request, label
from xlflow.steps.sealing import Sealing
from xlflow.steps.source import Trouble
from xlflow.steps.statements import Read, read_statements
from xlflow.steps.targets import targets
from xlflow.steps.till import Now, Till, at_the_till
from xlflow.writeback import Give

Say = Callable[[Text], str]
KIND = "reconciliation"


@dataclass(frozen=True, slots=True)
class Settled:
    """What statements said: the desk as it then stands, what was found, what was made, and what could not be used."""

    now: Now
    found: Reconciliation
    published: tuple[Published, ...]
    troubles: tuple[Trouble, ...]


def reconcile(asked: Request, paths: Iterable[Path], say: Say) -> Settled:
    """Match these statements with the ledger. Refused, NoOutputPassword: then nothing was written."""
    with at_the_till(asked) as till:
        named = [(path, label(asked.home, path.absolute())) for path in paths]
        done = _settled(till, till.look(), read_statements(named, asked.today), say)
        kept = (till.kept,) if till.kept is not None else ()
        troubles = dict.fromkeys((*done.troubles, *done.now.desk.troubles, *till.troubles))
        return replace(done, published=done.published + kept, troubles=tuple(troubles))


def reconcile_waiting(till: Till, now: Now, say: Say) -> Settled:
    """The same of what lies in the inbox, as a run does it; other files there are nobody's statement.

    Without a statement, and where no register lacks a mark, nothing is written.
    """
    asked = till.asked
    named = [(path, label(asked.home, path)) for path in files_in(asked.home / "inbox")]
    got = read_statements(named, asked.today, by_hand=False)
    if got.statements or marks(now.desk.day, now.money).says:
        return _settled(till, now, got, say)
    nothing = Reconciliation((), (), (), {}, {}, now.money, now.money)
    return Settled(now, nothing, (), (*got.troubles, *put_away(asked, got.files)))


def _settled(till: Till, now: Now, got: Read, say: Say) -> Settled:
    """The ledger first, then the payout list and the registers, then the workbook; handled files leave the inbox."""
    asked, recorded = till.asked, till.ledger.events()
    found = match(_question(till, now), fold(recorded), got.statements)
    new = ((asked.today, event) for event in (*now.events, *found.events))
    month = roll([*_written(recorded), *new], found.after.entries, _month(found, asked.today))
    made = list(_outputs(now, asked, found, month, say))
    now = write(till, now, found.events)
    marking = list(_mark(till, now))
    published = shelf_of(asked).publish(made)
    troubles = (*got.troubles, *marking, *put_away(asked, _of_inbox(asked, got.files)))
    return Settled(now, found, tuple(published), troubles)


def _of_inbox(asked: Request, paths: Iterable[Path]) -> Iterator[Path]:
    """What was named by hand and lies elsewhere stays there."""
    return (path for path in paths if path.absolute().parent == (asked.home / "inbox").absolute())


def _question(till: Till, now: Now) -> Asked:
    asked, day = till.asked, now.desk.day
    return Asked(
        now.money, till.ledger.digest, asked.today,
        days=int(day.policies.amount(asked.today, "reconcile.days")),
        prove_days=int(day.policies.amount(asked.today, "reconcile.prove_days")),
        account=asked.settings.payouts.account, payees=dict(_payees(now)), accounted=tuple(_accounted(day)),
    )  # fmt: skip


def _payees(now: Now) -> Iterator[tuple[str, Payee]]:
    for entry in now.money.entries.values():
        paying = payment(now.desk.day, entry)
        if paying.account is not None:
            yield entry.id, Payee(paying.account, paying.name)


def _accounted(day: Day) -> Iterator[tuple[str, Decimal]]:
    """The compensations that the platform paid for something else than freight; its refund for one says 退运费 too."""
    for row in day.all(Compensation):
        if row.channel == Channel.PLATFORM and row.item not in (None, Item.FREIGHT) and row.order_no and row.amount:
            yield row.order_no, row.amount


def _written(recorded: Iterable[Recorded]) -> Iterator[tuple[date, Event]]:
    return ((date.fromisoformat(one.at[:10]), one.event) for one in recorded)


def _month(found: Reconciliation, today: date) -> date:
    """The month that the statements end in."""
    return max((statement.last for statement in found.statements if statement.last is not None), default=today)


def _outputs(now: Now, asked: Request, found: Reconciliation, month: Roll, say: Say) -> Iterator[Output]:
    """A workbook where money moved: a platform's export in which nothing concerns an entry makes none."""
    if found.statements and (found.results or any(statement.refunds is None for statement in found.statements)):
        password = Sealing(now.desk, asked.passwords).password(KIND, "outputs")
        name = f"对账-{asked.today.isoformat()}.xlsx"
        yield Output(KIND, name, to_bytes(workbook(found, month, say)), password)


def _mark(till: Till, now: Now) -> Iterator[Trouble]:
    """Write into the registers what became of payments; what cannot be written now is written the next time."""
    lacking = marks(now.desk.day, now.money)
    refused: set[str] = set()
    for file in dict.fromkeys(mark.file for mark in lacking.cells):
        mine = [mark for mark in lacking.cells if mark.file == file]
        for mark, problem in _save(till, now, file, mine):
            refused.add(mark.entry)
            yield Trouble(problem.code, file, None, problem.message, problem.fix)
    till.ledger.commit(lacking.written(frozenset(lacking.says) - refused))


def _save(till: Till, now: Now, file: str, mine: list[Mark]) -> Iterator[tuple[Mark, BookError]]:
    seal = next(reading.sha256 for reading in now.desk.readings if reading.label == file)
    try:
        written = writeback.write(targets(till.asked)[file], [Give(m.sheet, m.cell, m.new) for m in mine], seal)
    except BookError as problem:
        yield from ((mark, problem) for mark in mine)
    else:
        for mark in mine:
            if (mark.sheet, mark.cell) in written.refused:
                yield mark, written.refused[mark.sheet, mark.cell]
