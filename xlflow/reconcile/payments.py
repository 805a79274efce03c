"""Money that went out: whose payment is it? (contract §5: by id, then account + amount + days, then name + amount)"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from xlflow.money.entry import State
from xlflow.reconcile.case import Case
from xlflow.reconcile.evidence import ids
from xlflow.reconcile.line import Line
from xlflow.reconcile.matching import Matching
from xlflow.reconcile.results import Outcome

#: Payee and amount in 分.
Key: TypeAlias = tuple[str, int]


def match_payments(matching: Matching) -> None:
    """Match what went out, the surest evidence first."""
    _by_id(matching)
    _by_account(matching)
    _by_name(matching)


def _by_id(matching: Matching) -> None:
    """An entry's own id, or its transaction; of several payments with it the one of the right amount is the first."""
    typed = {case.transaction: case for case in matching.cases.values() if case.transaction and not case.payments}
    found: list[tuple[bool, Line, Case]] = []
    for line in matching.take_all():
        named = _named(matching, line) if line.fen < 0 else []
        case = named[0] if named else _typed(typed, line) if line.fen < 0 else None
        if len(named) > 1:
            propose(matching, line, *named)
        elif case is None:
            matching.left.append(line)
        else:
            found.append((-line.fen != case.entry.amount, line, case))
    for _, line, case in sorted(found, key=lambda item: item[0]):
        if case.account_of(line) is False:
            matching.tell(Outcome.ACCOUNT_DIFFERS, case, line)
            case.proposed = True
        elif case.state in (State.FAILED, State.VOID):
            matching.tell(Outcome.UNKNOWN_PAYMENT, case, line)
        else:
            matching.pay(case, line)


def _named(matching: Matching, line: Line) -> list[Case]:
    """The entries whose ids a line bears; which of several it pays, a person must say."""
    return [matching.cases[found] for found in ids(line.movement.words) if found in matching.cases]


def _typed(typed: Mapping[str, Case], line: Line) -> Case | None:
    """The entry beside which a person typed the line's number."""
    return typed.get(line.movement.transaction or "") or typed.get(line.movement.trade or "")


def _by_account(matching: Matching) -> None:
    """The payee's account and the amount, no more than so many days off."""
    lines: defaultdict[Key, list[Line]] = defaultdict(list)
    for line in matching.take_all():
        key = _key(line)
        if key is None:
            matching.left.append(line)
        else:
            lines[key].append(line)
    for (payee, amount), group in lines.items():
        _pair(matching, group, [case for case in matching.of_payee.get(payee, ()) if case.entry.amount == amount])


def _key(line: Line) -> Key | None:
    if line.fen >= 0 or not line.movement.ours or line.payee is None:
        return None
    if ids(line.movement.words):
        return None  # another entry's, or one that this ledger does not know
    return line.payee, -line.fen


def _pair(matching: Matching, lines: Sequence[Line], cases: Sequence[Case]) -> None:
    """Pay the entries of one payee and amount with its lines, by day.

    Of several entries that one line may be for, all must find a line; else a person says which it was.
    """
    for number, line in enumerate(lines):
        fitting = _likeliest([case for case in cases if case.awaits and _near(matching, case, line)])
        if fitting:
            others = [later for later in lines[number:] if all(_near(matching, case, later) for case in fitting)]
            if len(others) >= len(fitting):
                matching.pay(_nearest(fitting, line), line)
            else:
                propose(matching, line, *fitting)
            continue
        paid = [case for case in cases if case.state is State.PAID and _near(matching, case, line)]
        if paid:
            matching.pay(_nearest(paid, line), line)
        else:
            matching.left.append(line)


def _near(matching: Matching, case: Case, line: Line) -> bool:
    return case.lies_near(line, matching.asked.days)


def _likeliest(cases: Sequence[Case]) -> list[Case]:
    best = min((case.rank for case in cases), default=0)
    return [case for case in cases if case.rank == best]


def _nearest(cases: Sequence[Case], line: Line) -> Case:
    """The one whose day is nearest; of two the earlier made."""
    on = line.movement.on
    return min(cases, key=lambda case: abs((on - case.expected).days) if on is not None else 0)


def _by_name(matching: Matching) -> None:
    """The payee's name, or what shows of the account, and the amount: only ever a proposal."""
    for line in matching.take_all():
        case = next(_proposals(matching, line), None) if line.fen < 0 and line.movement.ours else None
        if case is None:
            matching.left.append(line)
        else:
            propose(matching, line, case)


def _proposals(matching: Matching, line: Line) -> Iterator[Case]:
    if ids(line.movement.words):
        return
    fitting = (
        case
        for case in matching.of_amount.get(-line.fen, ())
        if case.awaits and not case.proposed and _near(matching, case, line)
        and case.may_be_named(line)
    )  # fmt: skip
    yield from sorted(fitting, key=lambda case: case.rank)


def propose(matching: Matching, line: Line, *cases: Case) -> None:
    """Say that a line may be for an entry; nothing is marked until a person has looked."""
    for case in cases:
        case.proposed = True
    matching.tell(Outcome.PROPOSED, cases[0], line)
