"""What happened, kept for good: events that are only ever added, each sealing all before it (contract §5)."""

from __future__ import annotations

from xlflow.ledger.errors import Refused, Taken
from xlflow.ledger.open import clean_up, open_ledger, read_ledger
from xlflow.ledger.store import Ledger
from xlflow.ledger.verify import verify_ledger

__all__ = ["Ledger", "Refused", "Taken", "clean_up", "open_ledger", "read_ledger", "verify_ledger"]
