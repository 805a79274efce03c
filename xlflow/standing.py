"""What the ledger knows, as a value; empty until there is a ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from xlflow.event import Head
from xlflow.money.fold import Money


def unkeyed(text: str) -> str:
    """A digest for a day without a ledger, which keeps none of them."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Standing:
    """A snapshot of the ledger: how far it goes, what it knows of money, and its own keyed digest."""

    head: Head = field(default_factory=lambda: Head(0, ""))
    money: Money = field(default_factory=Money)
    digest: Callable[[str], str] = unkeyed
