"""The one place where a transaction is taken: what is left of the statements, and what is known of each entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from xlflow.event import Event
from xlflow.money import events
from xlflow.money.entry import State, Why
from xlflow.money.masks import masked
from xlflow.reconcile.case import Case
from xlflow.reconcile.line import Line
from xlflow.reconcile.memory import Counted, Memory, counted
from xlflow.reconcile.results import Asked, Other, Outcome, Result
from xlflow.statement import Statement

BY = "statement"
_PAYS = (Outcome.MATCHED, Outcome.AMOUNT_DIFFERS, Outcome.PAID_TWICE)


K = TypeVar("K", bound=Hashable)


def _grouped(cases: Iterable[Case], key: Callable[[Case], K]) -> Mapping[K, list[Case]]:
    found: defaultdict[K, list[Case]] = defaultdict(list)
    for case in cases:
        found[key(case)].append(case)
    return found


class Matching:
    """Statements being matched. ``left`` are the lines that nothing has taken, by day, then as they stand.

    ``cases`` are the entries by id; ``of_payee``, ``of_amount`` (分) and ``of_order`` group them; ``numbers`` are the
    entries that transactions paid, by their numbers.
    """

    def __init__(self, asked: Asked, memory: Memory, statements: Sequence[Statement]) -> None:
        self.asked, self.memory, self.statements = asked, memory, statements
        self.cases = {entry.id: Case.of(entry, asked) for entry in asked.money.entries.values()}
        self.of_payee = _grouped(self.cases.values(), lambda case: case.entry.payee)
        self.of_amount = _grouped(self.cases.values(), lambda case: case.entry.amount)
        self.of_order = _grouped(self.cases.values(), lambda case: case.entry.order_no)
        self.numbers = dict(asked.money.transactions)
        self.results: list[Result] = []
        self.events: list[Event] = []
        self.others: defaultdict[str, Other] = defaultdict(Other)
        self.repeated: defaultdict[str, Other] = defaultdict(Other)
        self.left = sorted(self._lines(), key=lambda line: line.movement.on or date.min)
        for known in {id(found): found for found in memory.counted.values()}.values():
            self._count(self.cases[known.entry], known.outcome)

    def _lines(self) -> Iterator[Line]:
        """Every transaction of the accounts' statements once; what stands in an earlier one too is repeated."""
        seen: dict[str, str] = {}
        for statement in self.statements:
            for movement in () if statement.answers else statement.movements:
                line = Line.of(movement, statement, self.asked.digest)
                form = seen.get(line.names.own) or self._elsewhere(seen, line)
                if form is not None:
                    self.repeated[statement.file].add(line.fen)
                    continue
                seen[line.names.own] = statement.format
                if line.names.shared is not None:
                    seen.setdefault(line.names.shared, statement.format)
                yield line

    def _elsewhere(self, seen: dict[str, str], line: Line) -> str | None:
        """The other format of statement in which the same transaction was seen."""
        form = seen.get(line.names.shared or "")
        return form if form != line.statement.format else None

    def repeat_known(self) -> None:
        """Say again of the transactions that the ledger has what was said of them, and take them."""
        for line in self.take_all():
            known = self._known(line)
            if known is None:
                self.left.append(line)
            else:
                self.tell(known.outcome, self.cases[known.entry], line)

    def _known(self, line: Line) -> Counted | None:
        own = self.memory.counted.get(line.names.own)
        shared = self.memory.counted.get(line.names.shared or "")
        elsewhere = shared if shared is not None and shared.format != line.statement.format else None
        return own or elsewhere

    def take_all(self) -> list[Line]:
        """The lines that are left; who takes them puts back what has to do with nothing it knows."""
        taken, self.left = self.left, []
        return taken

    def pay(self, case: Case, line: Line) -> None:
        """The line is a payment for the entry: its first, or one too many."""
        movement, paid = line.movement, -line.fen
        own = case.payments == 0 and case.transaction in (None, movement.transaction, movement.trade)
        if not own:
            outcome = Outcome.PAID_TWICE
        else:
            outcome = Outcome.MATCHED if paid == case.entry.amount else Outcome.AMOUNT_DIFFERS
        self._remember(case, line, outcome)
        if own and case.transaction is None:
            self._mark_paid(case, line)
        self.tell(outcome, case, line)

    def _mark_paid(self, case: Case, line: Line) -> None:
        """A number that another entry has already, as somebody typed it, stays that one's."""
        movement, paid = line.movement, -line.fen
        number = movement.transaction
        transaction = number if number and self.numbers.setdefault(number, case.entry.id) == case.entry.id else None
        if transaction is not None or case.state is not State.PAID:
            self.events.append(events.paid(case.entry.id, movement.on, paid, transaction, BY))
            case.state, case.transaction = State.PAID, transaction
            case.paid, case.paid_on = paid, movement.on

    def give_back(self, case: Case, line: Line) -> None:
        """The money came back. Of an entry that was paid twice, or of a part of it, that changes nothing more."""
        self._remember(case, line, Outcome.RETURNED)
        whole = line.fen >= (case.paid if case.paid is not None else case.entry.amount)
        if whole and case.state in (State.EXPORTED, State.PAID) and case.payments <= case.returns:
            self.fail(case, "退回", line.movement.on)
        self.tell(Outcome.RETURNED, case, line)

    def fail(self, case: Case, reason: str, on: date | None) -> None:
        """The entry's money did not go out, or came back."""
        self.events.append(events.failed(case.entry.id, Why(reason, BY, on or self.asked.today)))
        case.state = State.FAILED

    def _remember(self, case: Case, line: Line, outcome: Outcome) -> None:
        found = Counted(case.entry.id, outcome, line.statement.format)
        self.events.append(counted(line.movement, line.names, found))
        self._count(case, outcome)

    def _count(self, case: Case, outcome: Outcome) -> None:
        case.payments += outcome in _PAYS
        case.returns += outcome is Outcome.RETURNED

    def tell(self, outcome: Outcome, case: Case | None, line: Line | None, why: str | None = None) -> None:
        """One more result."""
        entry = case.entry if case is not None else None
        if line is None:
            self.results.append(Result(outcome, entry, why=why))
            return
        moved = line.movement
        party = line.masked_account or (masked(moved.account) if moved.account is not None else None)
        self.results.append(
            Result(
                outcome, entry, line.statement.file, moved.row, moved.on, moved.transaction, abs(line.fen), why, party
            )
        )
