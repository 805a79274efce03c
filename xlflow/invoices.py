"""Special invoices that finance is to issue: new requests, and what it has had before (contract §6; H2, S0 五.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from xlflow.day import Day, by_date
from xlflow.event import Event
from xlflow.judge import Verdict
from xlflow.model import Level
from xlflow.once import Digest, Done, done, when_done
from xlflow.registers.invoice import Invoice, InvoiceKind

#: The kind of the ledger's events.
SENT = "invoice-sent"


@dataclass(frozen=True, slots=True)
class Wanted:
    """An invoice to be issued; ``first_sent`` is the day finance first had its data, None when that is now."""

    row: Invoice
    first_sent: str | None

    @property
    def amount(self) -> Decimal:
        """In yuan."""
        return self.row.amount or Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Invoices:
    """``new`` were never sent before today, ``waiting`` were and are not issued; both by date and place."""

    new: tuple[Wanted, ...]
    waiting: tuple[Wanted, ...]

    @property
    def all(self) -> tuple[Wanted, ...]:
        """The new ones, then the others."""
        return self.new + self.waiting

    @property
    def total(self) -> Decimal:
        """Of all, in yuan."""
        return sum((wanted.amount for wanted in self.all), Decimal("0.00"))


def invoices(day: Day, verdict: Verdict, before: Iterable[Done], digest: Digest) -> Invoices:
    """The special invoices asked for by the day and not issued, against which no error stands."""
    wrong = {row for finding in verdict.findings if finding.level is Level.ERROR for row in finding.rows}
    today = day.date.isoformat()
    sent = when_done(SENT, day.all(Invoice), before, digest)
    rows = [row for row in by_date(day.rows(Invoice)) if _is_wanted(day, row) and row not in wrong]
    new = tuple(Wanted(row, None) for row in rows if sent.get(row, today) >= today)
    waiting = tuple(Wanted(row, sent[row]) for row in rows if sent.get(row, today) < today)
    return Invoices(new, waiting)


def sent(made: Invoices, day: Day, before: Iterable[Done], digest: Digest) -> list[Event]:
    """What the ledger is to remember once finance has the new ones; each name is taken once."""
    names = {each.name for each in before}
    events = (done(SENT, wanted.row, day.date.isoformat(), digest) for wanted in made.new)
    return [event for event in {event.unique: event for event in events}.values() if event.unique[0] not in names]


def _is_wanted(day: Day, row: Invoice) -> bool:
    if row.kind != InvoiceKind.SPECIAL or row.is_issued or not row.can_read("issued_on", "invoice_no"):
        return False
    return row.requested_on is not None and row.requested_on <= day.date
