"""What a reconciliation is asked, and what it finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from xlflow.event import Event
from xlflow.money.entry import Entry
from xlflow.money.fold import Money
from xlflow.statement import Statement


class Outcome(StrEnum):
    """What became of an entry or of a transaction (contract §5), in the order they are told."""

    ACCOUNT_DIFFERS = "account-differs"
    PAID_TWICE = "paid-twice"
    RETURNED = "returned"
    FAILED = "failed"  # the bank's answer to a batch says so
    UNPAID = "unpaid"
    AMOUNT_DIFFERS = "amount-differs"
    UNKNOWN_PAYMENT = "unknown-payment"
    PROPOSED = "proposed"
    UNPROVED = "unproved"
    MATCHED = "matched"


@dataclass(frozen=True, slots=True)
class Payee:
    """Whom an entry's row names, where it can be read; in canonical forms."""

    account: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reconciliation looks at besides the statements.

    ``digest`` is the ledger's own. ``account`` is the account that pays, blank where the desk does not say.
    ``days`` is how far a payment may lie from the day its entry expects it, ``prove_days`` how long a payment that a
    person marked may go without a transaction. ``payees`` are by entry; ``accounted`` are the orders and amounts (yuan)
    of compensations that the platform paid, each of which accounts for one refund for 退运费.
    """

    money: Money
    digest: Callable[[str], str]
    today: date
    days: int
    prove_days: int
    account: str = ""
    payees: Mapping[str, Payee] = field(default_factory=dict)
    accounted: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One outcome. Amounts are in 分: ``amount`` is what the entry owed, ``statement_amount`` what the statement says.

    ``file`` and ``row`` are the statement's. ``why`` is what the bank said of a refusal, ``party`` the masked account
    that the statement shows. ``came_in`` tells which way the money went.
    """

    outcome: Outcome
    entry: Entry | None = None
    file: str | None = None
    row: int | None = None
    on: date | None = None
    transaction: str | None = None
    statement_amount: int | None = None
    why: str | None = None
    party: str | None = None

    @property
    def amount(self) -> int | None:
        """What the entry owed."""
        return self.entry.amount if self.entry is not None else None

    @property
    def came_in(self) -> bool:
        """Whether the transaction brought money in."""
        return self.outcome is Outcome.RETURNED

    @property
    def difference(self) -> int:
        """What was paid beyond what was owed."""
        return (self.statement_amount or 0) - (self.amount or 0)


@dataclass(slots=True)
class Other:
    """All that has to do with no entry, of one statement or of all, in 分."""

    count: int = 0
    came_in: int = 0
    went_out: int = 0

    def add(self, amount: int) -> None:
        """One more transaction; what went out is below 0."""
        self.count += 1
        self.came_in += max(amount, 0)
        self.went_out += max(-amount, 0)


def together(sums: Iterable[Other]) -> Other:
    """Several sums as one."""
    total = Other()
    for part in sums:
        total.count += part.count
        total.came_in += part.came_in
        total.went_out += part.went_out
    return total


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What was found: the events that the ledger does not know yet, the results, and what has to do with no entry.

    ``repeated`` are transactions that stood in an earlier one of the statements too. Both are by statement.
    """

    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    results: tuple[Result, ...]
    others: Mapping[str, Other]
    repeated: Mapping[str, Other]
    before: Money
    after: Money

    @property
    def counts(self) -> dict[str, int]:
        """How many of each outcome that there is."""
        counted = Counter(result.outcome for result in self.results)
        return {outcome.value: counted[outcome] for outcome in Outcome if counted[outcome]}

    @property
    def other(self) -> Other:
        """What has to do with no entry, of all statements."""
        return together(self.others.values())
