"""Match statements with the ledger's entries: by id, then by account, amount and days, then by name as a proposal.

Each transaction counts once, however statements overlap and however often they are read (contract §5, "reconcile").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlflow.event import Event
from xlflow.reconcile.answers import heed_answers
from xlflow.reconcile.matching import Matching
from xlflow.reconcile.memory import Memory, read
from xlflow.reconcile.payments import match_payments
from xlflow.reconcile.results import Asked, Outcome, Reconciliation, Result
from xlflow.reconcile.silence import proved, unpaid, unproved
from xlflow.reconcile.untaken import heed_refunds, match_returns, sort_rest
from xlflow.statement import Statement


def match(asked: Asked, memory: Memory, statements: Iterable[Statement]) -> Reconciliation:
    """What the statements say of the entries; the same statements again give the same results and no events."""
    unique = tuple({statement.sha256: statement for statement in statements}.values())
    matching = Matching(asked, memory, unique)
    heed_answers(matching)
    matching.repeat_known()
    match_payments(matching)
    match_returns(matching)
    heed_refunds(matching)
    sort_rest(matching)
    unpaid(matching)
    unproved(matching)
    events = tuple(_told(matching, unique))
    return Reconciliation(
        unique, events, tuple(_in_order(matching.results, unique)), matching.others, matching.repeated,
        asked.money, asked.money.after(events),
    )  # fmt: skip


def _told(matching: Matching, statements: Sequence[Statement]) -> Iterable[Event]:
    for statement in statements:
        if statement.sha256 not in matching.memory.read:
            yield read(statement, proved(statement, matching.asked.account, matching.asked.today))
    yield from matching.events


def _in_order(results: Iterable[Result], statements: Sequence[Statement]) -> list[Result]:
    """By outcome, the one that matters most first; then as they stand in the statements; then by entry."""
    ranks = {outcome: rank for rank, outcome in enumerate(Outcome)}
    files = {statement.file: number for number, statement in enumerate(statements)}

    def rank(result: Result) -> tuple[int, int, int, str]:
        entry = result.entry.id if result.entry is not None else ""
        return ranks[result.outcome], files.get(result.file or "", -1), result.row or 0, entry

    return sorted(results, key=rank)
