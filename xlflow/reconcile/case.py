"""An entry while statements are matched with it: what of it has been paid, and what came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xlflow.money.entry import Entry, State
from xlflow.reconcile.evidence import may_be
from xlflow.reconcile.line import Line
from xlflow.reconcile.results import Asked, Payee

#: Entries that a payment may be for, the likeliest first; a held one last.
_RANKS = {State.EXPORTED: 0, State.PAID: 0, State.APPROVED: 1, State.OPEN: 1, State.HELD: 2}


@dataclass(slots=True)
class Case:
    """An entry and what stands of it so far. ``payments`` and ``returns`` count transactions, ``paid`` is in 分.

    ``proposed`` is True once a transaction has been proposed for it, or one bore its id and went elsewhere.
    """

    entry: Entry
    payee: Payee | None
    state: State
    transaction: str | None
    paid: int | None
    paid_on: date | None
    payments: int = 0
    returns: int = 0
    proposed: bool = False

    @classmethod
    def of(cls, entry: Entry, asked: Asked) -> Case:
        """The entry as the ledger has it."""
        payee = asked.payees.get(entry.id)
        return cls(entry, payee, entry.state, entry.transaction, entry.paid_amount, entry.paid_on)

    @property
    def awaits(self) -> bool:
        """Whether a payment that fits would be its first."""
        return self.state in _RANKS and self.transaction is None and self.payments == 0

    @property
    def rank(self) -> int:
        """How likely it is that a payment is for it: the lower the likelier."""
        return _RANKS[self.state]

    @property
    def expected(self) -> date:
        """The day about which its payment should lie."""
        entry = self.entry
        return self.paid_on or entry.exported_on or entry.registered_on or entry.first_seen

    def lies_near(self, line: Line, days: int) -> bool:
        """Whether a transaction lies no further from the expected day than that."""
        on = line.movement.on
        return on is not None and abs((on - self.expected).days) <= days

    def account_of(self, line: Line) -> bool | None:
        """Whether a transaction's account is the payee's; None where it does not show enough to tell."""
        if line.payee is not None:
            return line.payee == self.entry.payee
        hidden = line.masked_account
        if hidden is None:
            return None
        return None if may_be(hidden, self.payee.account if self.payee else self.entry.payee_masked) else False

    def may_be_named(self, line: Line) -> bool:
        """Whether a transaction's name, or without one its masked account, may be the payee's."""
        if line.name is not None:
            return line.name == self.entry.name
        if line.masked_name is not None:
            return self.payee is not None and self.payee.name is not None and may_be(line.masked_name, self.payee.name)
        return line.masked_account is not None and self.account_of(line) is None
