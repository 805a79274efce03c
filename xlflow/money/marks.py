"""What stands in a register's payment columns, as the ledger remembers it (contract §5, "Finer points")."""

from __future__ import annotations

from collections.abc import Mapping

from xlflow.finding import shown
from xlflow.obligations import Payable

#: The columns that say what became of a payment.
MARKS = ("status", "paid_on", "transaction")


def marks_of(row: Payable) -> Mapping[str, str]:
    """The filled payment cells of a row by field, as JSON shows them."""
    return {name: str(shown(value)) for name in MARKS if (value := getattr(row, name)) is not None}
