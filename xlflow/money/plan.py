"""What would be paid: the open entries that can be exported, their number, total and fingerprint (contract §5)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from xlflow import codes
from xlflow.day import Day
from xlflow.model import Text
from xlflow.money.entry import Entry, State
from xlflow.money.fold import Money
from xlflow.money.match import matched, payee_of
from xlflow.money.payment import Payment, obstacle

#: Characters of a fingerprint: people copy it, and type it where they must.
LENGTH = 10
#: What somebody who approves has seen of an entry; any other value, and it is another plan.
_SEEN = ("id", "kind", "item", "order_no", "tracking", "payee", "name", "amount", "registered_on")


@dataclass(frozen=True)
class PlanView:
    """The entries of a plan, and beside it those that are open and cannot be exported, with the reasons why not."""

    entries: tuple[Entry, ...]
    beside: tuple[tuple[Entry, Text], ...]

    @cached_property
    def lines(self) -> Mapping[str, str]:
        """By entry the digest of what is seen of it."""
        return {entry.id: line(entry) for entry in self.entries}

    @property
    def total(self) -> int:
        """In 分."""
        return sum(entry.amount for entry in self.entries)

    @cached_property
    def fingerprint(self) -> str:
        """Of exactly what is seen: who gets what for which order."""
        return codes.from_content("\n".join(sorted(self.lines.values())), LENGTH)


def plan(day: Day, money: Money) -> PlanView:
    """What the ledger ``money``, which knows the day, would pay."""
    entries, beside = [], []
    for entry in in_order(money.entries.values()):
        if entry.state is State.OPEN:
            why = obstacle(payment(day, entry))
            if why is None:
                entries.append(entry)
            else:
                beside.append((entry, why))
    return PlanView(tuple(entries), tuple(beside))


def payment(day: Day, entry: Entry) -> Payment:
    """What goes to the bank, from the register: account and name only where they are those of the entry."""
    row = matched(day).rows.get(entry.id)
    if row is None:
        return Payment(entry.id, None, None, entry.amount)
    payee, name = payee_of(day, row)
    return Payment(
        entry.id,
        row.payee_account if payee is not None and payee == entry.payee else None,
        row.payee_name if name is not None and name == entry.name else None,
        entry.amount,
    )


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """The entries by day of registration, then order, then id; those without a day last."""
    return sorted(
        entries, key=lambda e: (e.registered_on is None, str(e.registered_on), e.order_no, e.tracking or "", e.id)
    )


def line(entry: Entry) -> str:
    """The digest of what a plan shows of an entry."""
    seen = [str(getattr(entry, name)) for name in _SEEN]
    return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()[:32]


def total(entries: Iterable[Entry], state: State = State.OPEN) -> Decimal:
    """What the entries in a state add up to, in yuan."""
    return yuan(sum(entry.amount for entry in entries if entry.state is state))


def yuan(fen: int) -> Decimal:
    """分 as yuan with two decimals."""
    return Decimal(fen).scaleb(-2)
