"""One thing the shop owes one person, as the ledger knows it (contract §5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from xlflow.identity import Anchor


class State(StrEnum):
    """What becomes of an entry (contract §5)."""

    HELD = "held"
    OPEN = "open"
    APPROVED = "approved"
    EXPORTED = "exported"
    PAID = "paid"
    FAILED = "failed"
    VOID = "void"


#: One obligation has at most one entry in one of these.
LIVING = frozenset({State.OPEN, State.APPROVED, State.EXPORTED, State.PAID})
#: Nothing of it is in a batch file yet.
NOT_SENT = frozenset({State.HELD, State.OPEN, State.APPROVED})
#: Money is on its way, or has arrived: the amount and the payee are those of the batch for ever.
SENT = frozenset({State.EXPORTED, State.PAID, State.FAILED})


@dataclass(frozen=True, slots=True)
class Entry:
    """One obligation. ``amount`` is what is owed and ``paid_amount`` what was paid, both in 分.

    ``payee`` and ``name`` are keyed digests of canonical forms, ``payee_masked`` is for people to read.
    ``anchor`` is what its row looked like last, ``there`` whether it was there then. ``released`` are the reasons that
    somebody lifted. ``listed`` is what the payout list's row said last in the columns that follow the ledger, and
    ``marked`` the same of the register's payment columns: what differs from it there was typed by a person.
    """

    id: str
    kind: str  # freight or compensation
    item: str | None  # of a compensation
    order_no: str
    tracking: str | None
    payee: str
    payee_masked: str
    name: str | None
    amount: int
    registered_on: date | None
    first_seen: date
    anchor: Anchor
    state: State
    seen_in: int = 0  # the number of the ledger's last event when it was first seen: the same for all of one reading
    reasons: tuple[str, ...] = ()
    released: frozenset[str] = frozenset()
    released_by: frozenset[str] = frozenset()
    there: bool = True
    was_open: bool = False
    plan: str | None = None
    batch: str | None = None
    exported_on: date | None = None
    paid_on: date | None = None
    paid_amount: int | None = None
    transaction: str | None = None
    shown_unpaid: bool = False  # a complete statement of the paying account does not have it
    failed_because: str | None = None
    replaces: str | None = None
    replaced_by: str | None = None
    listed: Mapping[str, str] | None = field(default=None, hash=False)
    marked: Mapping[str, str] | None = field(default=None, hash=False)

    @property
    def source(self) -> str:
        """Where its row stood last, as ``file sheet!row``."""
        return f"{self.anchor.file} {self.anchor.sheet}!{self.anchor.number}"

    @property
    def is_told(self) -> bool:
        """Whether a statement, or the bank's answer, said what became of it, as its row is to say too."""
        if self.state is State.PAID:
            return self.paid_amount is not None
        return self.state is State.FAILED and self.replaced_by is None


@dataclass(frozen=True, slots=True)
class Why:
    """What somebody says who decides about an entry: the reason, the name, the day."""

    reason: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Plan:
    """Open entries as somebody saw them: by entry the digest of what was seen. ``total`` is in 分."""

    fingerprint: str
    lines: Mapping[str, str]
    total: int
    planners: tuple[str, ...]
    approved_by: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch file: its number, its path from the desk, what it adds up to in 分, and the account that pays it.

    ``there`` is None until the file was seen where people find it, and False when it was gone by then.
    """

    number: str
    path: str
    sha256: str
    ids: tuple[str, ...]
    total: int
    account: str
    on: date
    there: bool | None = None
