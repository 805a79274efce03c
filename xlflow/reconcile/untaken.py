"""What no payment of an entry has taken: money that came back, refunds of the platform, payments nobody knows."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from xlflow.money.entry import Entry, State
from xlflow.reconcile.case import Case
from xlflow.reconcile.evidence import came_back, ids, is_the_desks, looks_like_id
from xlflow.reconcile.line import Line
from xlflow.reconcile.matching import Matching
from xlflow.reconcile.results import Outcome, Result
from xlflow.statement import Refund

_SENT = (State.EXPORTED, State.PAID)


def match_returns(matching: Matching) -> None:
    """Money in from a payee: with the entry's id, or of its amount and marked as coming back."""
    for line in matching.take_all():
        case = _returned(matching, line) if line.fen > 0 else None
        if case is None:
            matching.left.append(line)
        else:
            matching.give_back(case, line)


def _returned(matching: Matching, line: Line) -> Case | None:
    for found in ids(line.movement.words):
        case = matching.cases.get(found)
        sent = case is not None and case.state in (*_SENT, State.FAILED)
        if case is not None and sent and case.account_of(line) is not False:
            return case
    return _of_its_amount(matching, line) if came_back(line.movement.words) else None


def _of_its_amount(matching: Matching, line: Line) -> Case | None:
    """The payee's latest entry of that amount that was sent no later, a paid one first."""
    on = line.movement.on
    if line.payee is None or on is None:
        return None
    fitting = [
        case
        for case in matching.of_payee.get(line.payee, ())
        if case.state in _SENT and (case.paid if case.paid is not None else case.entry.amount) == line.fen
        and case.expected <= on
    ]  # fmt: skip
    return max(fitting, key=lambda case: (case.state is State.PAID, case.expected), default=None)


def heed_refunds(matching: Matching) -> None:
    """What the platform refunded for 退运费 and the desk paid, or sent, as well."""
    refunds = {refund.number: (s.file, refund) for s in reversed(matching.statements) for refund in s.refunds or ()}
    accounted = Counter(matching.asked.accounted)
    for file, refund in refunds.values():
        key = refund.order_no, refund.amount or Decimal(0)
        if accounted[key]:
            accounted[key] -= 1
        elif (case := _of_the_order(matching, refund)) is not None:
            matching.results.append(_refunded(case, file, refund))


def _refunded(case: Case, file: str, refund: Refund) -> Result:
    return Result(Outcome.PAID_TWICE, case.entry, file, refund.row, refund.on, refund.number, _fen(refund))


def _fen(refund: Refund) -> int | None:
    return int(refund.amount * 100) if refund.amount is not None else None


def _of_the_order(matching: Matching, refund: Refund) -> Case | None:
    cases = matching.of_order.get(refund.order_no, ())
    fitting = [case for case in cases if case.state in _SENT and _is_freight(case.entry)]
    return max(fitting, key=lambda case: case.entry.amount == _fen(refund), default=None)


def _is_freight(entry: Entry) -> bool:
    return "freight" in (entry.kind, entry.item)


def sort_rest(matching: Matching) -> None:
    """Payments nobody knows are named; all else is one sum."""
    for line in matching.take_all():
        if line.fen < 0 and _is_unknown(matching, line):
            matching.tell(Outcome.UNKNOWN_PAYMENT, None, line)
        else:
            matching.others[line.statement.file].add(line.fen)


def _is_unknown(matching: Matching, line: Line) -> bool:
    movement = line.movement
    if looks_like_id(movement.words) or is_the_desks(movement.remark):
        return True
    return movement.ours and line.payee is not None and line.payee in matching.of_payee
