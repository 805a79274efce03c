"""A bank's answer to a batch: which lines were paid, which were not, and why (contract §5, "Finer points")."""

from __future__ import annotations

from xlflow.money import events
from xlflow.money.entry import State
from xlflow.reconcile.case import Case
from xlflow.reconcile.evidence import ids
from xlflow.reconcile.line import Line
from xlflow.reconcile.matching import BY, Matching
from xlflow.reconcile.results import Outcome


def heed_answers(matching: Matching) -> None:
    """Take what the bank says of each line.

    A line that was paid confirms its entry and proves nothing: the transaction is still to come, in a statement.
    """
    for statement in matching.statements:
        for movement in statement.movements if statement.answers else ():
            line = Line.of(movement, statement, matching.asked.digest)
            case = _meant(matching, line)
            if case is None or case.state not in (State.EXPORTED, State.PAID, State.FAILED):
                matching.tell(Outcome.UNKNOWN_PAYMENT, case, line)
            elif movement.rejected is not None:
                _refuse(matching, case, line, movement.rejected)
            else:
                _confirm(matching, case, line)


def _meant(matching: Matching, line: Line) -> Case | None:
    """The entry with the line's id; without one, the only exported entry of that payee and amount."""
    known = [matching.cases[found] for found in ids(line.movement.words) if found in matching.cases]
    if known or line.payee is None:
        return known[0] if len(known) == 1 else None
    cases = matching.of_payee.get(line.payee, ())
    fitting = [case for case in cases if case.entry.amount == -line.fen and case.entry.batch is not None]
    return fitting[0] if len(fitting) == 1 else None


def _refuse(matching: Matching, case: Case, line: Line, reason: str) -> None:
    if case.state is State.EXPORTED:
        matching.fail(case, reason, line.movement.on)
    matching.tell(Outcome.FAILED, case, line, reason)


def _confirm(matching: Matching, case: Case, line: Line) -> None:
    paid = -line.fen
    if case.state is State.EXPORTED:
        matching.events.append(events.paid(case.entry.id, line.movement.on, paid, None, BY))
        case.state, case.paid, case.paid_on = State.PAID, paid, line.movement.on
    if case.state is State.FAILED:
        matching.tell(Outcome.UNKNOWN_PAYMENT, case, line)
    else:
        matching.tell(Outcome.MATCHED if paid == case.entry.amount else Outcome.AMOUNT_DIFFERS, case, line)
