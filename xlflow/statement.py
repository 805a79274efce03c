"""What moved on an account, as a statement of a bank or a platform says it (contract §5, "reconcile")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Movement:
    """One transaction. ``amount`` is in yuan, what came in above 0 and what went out below.

    ``row`` is the line of the file, from 1. Only a bank's answer to a batch may leave out the day and the transaction's
    number. ``trade`` is the number under which a statement of another format has the
    same transaction. ``account`` and ``name`` are whom the money went to or came from, masked where the bank masks
    them. ``remark`` is what travelled with the money; ``words`` is all that is said of it, the remark too.
    ``ours`` is False where the shop itself did not pay: a refund of goods by the platform, a fee.
    ``rejected`` is why the bank did not pay a line of a batch.
    """

    row: int
    on: date | None
    transaction: str | None
    amount: Decimal
    trade: str | None = None
    account: str | None = None
    name: str | None = None
    remark: str = ""
    words: str = ""
    ours: bool = True
    rejected: str | None = None


@dataclass(frozen=True, slots=True)
class Refund:
    """A refund for 退运费 that the platform has paid, in yuan; ``row`` is the line of the file."""

    row: int
    number: str
    order_no: str
    amount: Decimal | None
    on: date | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One file: its transactions and what it says of itself.

    ``rows`` counts all its rows, those without a movement too. ``first`` and ``last`` are the days it is about: as it
    says itself (``declared``), else those of its rows. ``balanced`` is False where its balances or its totals do not
    add up, or its end is missing: then nothing that it lacks can be said to be unpaid. ``answers`` is True for a
    bank's answer to a batch: it says what became of each line, and is no account's statement. ``refunds`` are a
    platform's, None in all other files.
    """

    file: str
    format: str
    sha256: str
    rows: int
    movements: tuple[Movement, ...] = ()
    refunds: tuple[Refund, ...] | None = None
    account: str | None = None
    first: date | None = None
    last: date | None = None
    declared: bool = False
    balanced: bool = True
    answers: bool = False

    @property
    def covers_from(self) -> date | None:
        """The first day that is surely in it: one that does not say so begins with the month of its first row."""
        return self.first if self.declared or self.first is None else self.first.replace(day=1)
