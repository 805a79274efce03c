"""What statements do not say: exported entries that are in none of them, payments that none has proved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeAlias

from xlflow.money import events
from xlflow.money.entry import State
from xlflow.reconcile.evidence import is_masked, may_be
from xlflow.reconcile.matching import Matching
from xlflow.reconcile.results import Outcome
from xlflow.statement import Statement

#: First and last day, and the file that goes furthest.
Span: TypeAlias = tuple[date, date, str]
#: So long after its export a payment may take (contract §5).
_DAYS = timedelta(days=2)
_USER_ID = 16


def proved(statement: Statement, account: str, today: date) -> tuple[date, date] | None:
    """The days of which a statement's silence proves that something was not paid; None where it proves nothing.

    It must be whole, say of which days it is, and be of the right account; no statement knows of tomorrow.
    """
    if statement.answers or statement.refunds is not None or not statement.balanced:
        return None
    first, last = statement.covers_from, statement.last
    if first is None or last is None or not _is_of(statement.account, account):
        return None
    return first, min(last, today)


def _is_of(shown: str | None, account: str) -> bool:
    """Whether a statement is of the account that pays, where the desk says which that is."""
    if not account:
        return True
    if shown is None:
        return False
    if is_masked(shown):
        return may_be(shown, account)
    return account.casefold() in (shown.casefold(), shown[:_USER_ID])


def unpaid(matching: Matching) -> None:
    """Exported entries that statements without a gap, from that day on for two days and more, do not have."""
    spans: dict[str, list[Span]] = {}
    for case in matching.cases.values():
        on, batch = case.entry.exported_on, matching.asked.money.batches.get(case.entry.batch or "")
        if case.state is not State.EXPORTED or case.proposed or on is None or batch is None:
            continue
        if batch.account not in spans:
            spans[batch.account] = _spans(matching, batch.account)
        file = next((file for first, last, file in spans[batch.account] if first <= on and on + _DAYS <= last), None)
        if file is None:
            continue
        if not case.entry.shown_unpaid:
            matching.events.append(events.shown_unpaid(case.entry.id, file))
        matching.tell(Outcome.UNPAID, case, None)


def _spans(matching: Matching, account: str) -> list[Span]:
    """The days that these statements, and earlier ones that meet them, cover without a gap."""
    own = [
        (*days, statement.file)
        for statement in matching.statements
        if (days := proved(statement, account, matching.asked.today)) is not None
    ]
    same = bool(own) and account == matching.asked.account
    return _joined([*own, *((first, last, own[-1][2]) for first, last in (matching.memory.proved if same else ()))])


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for first, last, file in sorted(spans):
        if joined and first <= joined[-1][1] + timedelta(days=1):
            known = joined[-1]
            joined[-1] = (known[0], max(known[1], last), file if last > known[1] else known[2])
        else:
            joined.append((first, last, file))
    return joined


def unproved(matching: Matching) -> None:
    """Entries that a person marked paid long ago, and no statement has a payment for."""
    limit = timedelta(days=matching.asked.prove_days)
    for case in matching.cases.values():
        on = case.paid_on or case.entry.first_seen
        waits = case.state is State.PAID and case.transaction is None and case.payments == 0 and not case.proposed
        if waits and on + limit <= matching.asked.today:
            matching.tell(Outcome.UNPROVED, case, None)
