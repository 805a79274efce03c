"""An entry while statements are matched with it: what of it has been paid, and what came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xlflow import identity
from xlflow.money.entry import Entry, State
from xlflow.reconcile.evidence import is_masked, may_be
from xlflow.reconcile.results import Asked, Payee
from xlflow.statement import Movement

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

    def lies_near(self, movement: Movement, days: int) -> bool:
        """Whether a transaction lies no further from the expected day than that."""
        return movement.on is not None and abs((movement.on - self.expected).days) <= days

    def account_of(self, movement: Movement, asked: Asked) -> bool | None:
        """Whether a transaction's account is the payee's; None where it does not show enough to tell."""
        shown = movement.account
        if shown is None:
            return None
        if not is_masked(shown):
            return asked.digest(identity.account(shown)) == self.entry.payee
        return None if may_be(shown, self.payee.account if self.payee else self.entry.payee_masked) else False

    def may_be_named(self, movement: Movement, asked: Asked) -> bool:
        """Whether a transaction's name, or its masked account, may be the payee's."""
        name = movement.name
        if name is not None and not is_masked(name) and self.entry.name is not None:
            return asked.digest(identity.name(name)) == self.entry.name
        if name is not None and is_masked(name) and self.payee is not None and self.payee.name is not None:
            return may_be(name, self.payee.name)
        hidden = movement.account is not None and is_masked(movement.account)
        return hidden and name is None and self.account_of(movement, asked) is None
