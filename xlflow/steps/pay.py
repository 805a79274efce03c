"""The money commands: plan, approve, export, and what is decided about single entries (contract §5, §8).

Each holds the desk, reads the registers and the payout list again, writes the ledger, then what shows it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlflow.event import Event
from xlflow.excel.write import to_bytes
from xlflow.model import Text
from xlflow.money import decide, events
from xlflow.money.approve import Approval, Refused, Rules, approve
from xlflow.money.batch import batch_files
from xlflow.money.entry import Batch, Entry, State, Why
from xlflow.money.gather import entry_id
from xlflow.money.marks import marks_of
from xlflow.money.match import matched, on_top
from xlflow.money.payment import Payment, obstacle
from xlflow.money.plan import PlanView, in_order, payment
from xlflow.money.plan_book import Looked, plan_book
from xlflow.money.said import STATE_TEXTS
from xlflow.outputs import Output, Published
from xlflow.settings import Settings
from xlflow.steps.batches import hand_out
from xlflow.steps.fix_lists import shelf_of
from xlflow.steps.reading import Desk, Request, read_desk
from xlflow.steps.sealing import Sealing
from xlflow.steps.source import Trouble
from xlflow.steps.till import Now, Till, at_the_till, draw, gathered

Say = Callable[[Text], str]
#: The kind of the workbook to look at (contract §6).
PLAN = "payout-plan"
#: The registers and exports without which money cannot be judged.
_JUDGING = frozenset({"freight", "compensation", "receiving", "exchange", "taobao_refunds"})


@dataclass(frozen=True, slots=True)
class Done:
    """What a money command did: the desk as it then stands, the entries it touched, batches, what it left and why."""

    now: Now
    entries: tuple[Entry, ...]
    batches: tuple[Batch, ...] = ()
    left: tuple[tuple[str, Text], ...] = ()
    plan: PlanView | None = None
    published: tuple[Published, ...] = ()
    troubles: tuple[Trouble, ...] = ()


def make_plan(asked: Request, by: str | None, say: Say) -> Done:
    """Show what would be paid, and remember that it was shown; ``by`` is who plans, None for whoever runs it."""
    with at_the_till(asked) as till:
        now = till.look()
        view = now.plan
        output = plan_output(now, Sealing(now.desk, asked.passwords), say)
        now = write(till, now, planned(now, view, by, asked.user))
        published = shelf_of(asked).publish([output])
        return _done(till, now, view.entries, left=view.beside, plan=view, published=tuple(published))


def planned(now: Now, view: PlanView, by: str | None, user: str) -> list[Event]:
    """That a plan was shown: once by whoever runs it, and by each who gives a name, for four eyes."""
    known = now.money.plans.get(view.fingerprint)
    name = by if by is not None else user
    if known is not None and (by is None or name in known.planners):
        return []
    return [events.planned(view.fingerprint, view.lines, view.total, name)]


def plan_output(now: Now, sealing: Sealing, say: Say) -> Output:
    """The plan as a workbook to look at. Raises NoOutputPassword."""
    password = sealing.password(PLAN, "outputs")
    looked = Looked(now.desk.day, now.money, now.plan, now.holding, now.verdict.findings)
    name = f"打款计划-{now.desk.day.date.isoformat()}.xlsx"
    return Output(PLAN, name, to_bytes(plan_book(looked, say)), password)


def approve_plan(asked: Request, fingerprint: str, total: Decimal, by: str) -> Done:
    """Approve a plan exactly as it was seen. Refused where anything of it differs by now."""
    with at_the_till(asked) as till:
        _ensure_list_read(till)
        now = till.look()
        said = Approval(fingerprint, total, by.strip(), asked.today)
        event = approve(now.money, said, rules(asked.settings))
        now = write(till, now, [event] if event is not None else [])
        found = now.money.plans[fingerprint.strip().upper()]
        return _done(till, now, [now.money.entries[each] for each in found.lines])


def export(asked: Request) -> Done:
    """Write what is approved into Alipay batch files: staged, recorded, then put where people find it."""
    with at_the_till(asked) as till:
        _ensure_list_read(till)
        now = till.look()
        _ensure_registers_read(now)
        ready, left = _ready(now)
        own = asked.settings.payouts
        files = batch_files(now.money, ready, asked.today, own.max_rows, own.account)
        left += _no_longer_approved(till, now)
        secret = till.sealed_with(now)
        till.counter.stage(files)
        now = _commit(till, now, [events.exported(file.batch) for file in files])
        hand_out(asked, till.ledger, [file.batch for file in files])
        till.keep_list(now, secret)
        batches = tuple(file.batch for file in files)
        sent = [now.money.entries[each] for batch in batches for each in batch.ids]
        return _done(till, now, sent, batches=batches, left=left)


def _ready(now: Now) -> tuple[list[Payment], list[tuple[str, Text]]]:
    """The payments of what is approved, and what the bank would not take of it."""
    ready: list[Payment] = []
    left: list[tuple[str, Text]] = []
    for entry in in_order(now.money.entries.values()):
        if entry.state is State.APPROVED:
            paying = payment(now.desk.day, entry)
            why = obstacle(paying)
            if why is None:
                ready.append(paying)
            else:
                left.append((entry.id, why))
    return ready, left


def _no_longer_approved(till: Till, now: Now) -> list[tuple[str, Text]]:
    """What was approved, and is held or paid since."""
    approved = [entry for entry in till.before.entries.values() if entry.state is State.APPROVED]
    after = [now.money.entries[entry.id] for entry in approved]
    return [(entry.id, _by_now(entry)) for entry in after if entry.state is not State.APPROVED]


def _by_now(entry: Entry) -> Text:
    facts = {"state": STATE_TEXTS[entry.state], "reasons": list(entry.reasons)}
    return Text("it is {state} by now ({reasons})", facts) if entry.reasons else Text("it is {state} by now", facts)


def _ensure_list_read(till: Till) -> None:
    """Somebody may have marked an entry there as paid."""
    if till.file is None:
        raise Refused(
            "list-unreadable",
            Text("the payout list cannot be read ({code}), and somebody may have written into it what is paid already",
                 {"code": till.troubles[0].code}),
            till.troubles[0].fix,
        )  # fmt: skip


def _ensure_registers_read(now: Now) -> None:
    """A row that cannot be seen may say that it is paid, or that something is wrong."""
    troubles = [trouble for trouble in now.desk.troubles if trouble.register in _JUDGING]
    if troubles:
        raise Refused(
            "register-unreadable",
            Text("{file} cannot be used ({code}), so it is not known what stands against the payouts",
                 {"file": troubles[0].file, "code": troubles[0].code}),
            troubles[0].fix,
        )  # fmt: skip


def standing_entries(asked: Request) -> tuple[Desk, list[Entry]]:
    """Every entry as the ledger has it, and the registers that tell the payees; nothing is written."""
    desk = read_desk(asked)
    return desk, in_order(desk.day.standing.money.entries.values())


def release(asked: Request, entry: str, reason: str, by: str) -> Done:
    """Lift what may be lifted of what holds an entry."""

    def lift(now: Now) -> list[Event]:
        found = decide.find(now.money, entry)
        row = matched(now.desk.day).rows.get(found.id)
        reasons = now.holding.of_row(row) if row is not None else ()
        return [decide.release(found, reasons, Why(reason, by, asked.today))]

    return _decided(asked, lift, [entry], by)


def void(asked: Request, entry: str, reason: str, by: str) -> Done:
    """An entry will not be paid."""
    return _decided(
        asked,
        lambda now: [decide.void(decide.find(now.money, entry), Why(reason, by, asked.today))],
        [entry],
        by,
    )


def fail(asked: Request, entry: str, reason: str, by: str) -> Done:
    """The bank did not pay an exported entry, as a statement shows."""
    return _decided(
        asked,
        lambda now: [decide.fail(decide.find(now.money, entry), Why(reason, by, asked.today))],
        [entry],
        by,
    )


def void_batch(asked: Request, number: str, total: Decimal | None, why: str, by: str) -> Done:
    """The bank refused a batch whole, or its file was never uploaded."""
    with at_the_till(asked) as till:
        now = till.look()
        batch = decide.find_batch(now.money, number)
        happened = decide.void_batch(now.money, batch, total, Why(why, by, asked.today))
        rules(asked.settings).ensure(by, batch.total)
        now = write(till, now, happened)
        return _done(till, now, [now.money.entries[each] for each in batch.ids], batches=(batch,))


def retry(asked: Request, entry: str, reason: str, by: str) -> Done:
    """Put a new entry in the place of a failed one."""
    with at_the_till(asked) as till:
        now = till.look()
        failed = decide.find(now.money, entry)
        rules(asked.settings).ensure(by, failed.amount)
        row = matched(now.desk.day).rows.get(failed.id)
        new_id = _free_id(now)
        marked = marks_of(row) if row is not None else {}
        event = decide.retry(failed, new_id, marked, till.ledger.head.seq, Why(reason, by, asked.today))
        now = _again(now, [event])
        now = write(till, now, [])
        return _done(till, now, [now.money.entries[failed.id], now.money.entries[new_id]])


def _free_id(now: Now) -> str:
    while (made := entry_id(draw())) in now.money.entries:
        pass
    return made


def _again(now: Now, happened: Sequence[Event]) -> Now:
    """The desk when this has happened too, and what the registers say to that."""
    day = on_top(now.desk.day, now.money.after(happened))
    then = gathered(dataclasses.replace(now.desk, day=day))
    return dataclasses.replace(then, events=(*now.events, *happened, *then.events), remarks=now.remarks)


def rules(settings: Settings) -> Rules:
    """Who may decide, as the settings say."""
    return Rules(settings.payouts.approvers, settings.payouts.four_eyes)


def _decided(asked: Request, decision: Callable[[Now], list[Event]], ids: Iterable[str], by: str) -> Done:
    with at_the_till(asked) as till:
        now = till.look()
        happened = decision(now)
        found = [decide.find(now.money, each) for each in ids]
        rules(asked.settings).ensure(by, sum(entry.amount for entry in found))
        now = write(till, now, happened)
        return _done(till, now, [now.money.entries[entry.id] for entry in found])


def write(till: Till, now: Now, happened: Sequence[Event]) -> Now:
    """The ledger first, then the payout list."""
    secret = till.sealed_with(now)
    now = _commit(till, now, happened)
    till.keep_list(now, secret)
    return now


def _commit(till: Till, now: Now, happened: Sequence[Event]) -> Now:
    money = now.money.after(happened)
    till.ledger.commit([*now.events, *happened])
    desk = dataclasses.replace(now.desk, day=on_top(now.desk.day, money))
    return dataclasses.replace(now, desk=desk, money=money, events=())


def _done(
    till: Till,
    now: Now,
    entries: Iterable[Entry],
    *,
    batches: tuple[Batch, ...] = (),
    left: Iterable[tuple[Entry | str, Text]] = (),
    plan: PlanView | None = None,
    published: tuple[Published, ...] = (),
) -> Done:
    named = tuple((each.id if isinstance(each, Entry) else each, why) for each, why in left)
    troubles = (*now.desk.troubles, *till.troubles)
    return Done(now, tuple(entries), batches, named, plan, published, troubles)
