"""A special invoice names the buyer's address with phone, and bank with account (H2, S0 五.2; domain.md B.8)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.registers.invoice import Invoice, InvoiceKind

LEVEL, NEEDS = Level.WARNING, (Invoice,)
MENDS = True

#: Each with the two columns it may stand in, and what it is called.
NEEDED = (
    ("address_phone", ("address", "phone"), Text("the buyer's address and phone")),
    ("bank_account", ("bank", "account"), Text("the buyer's bank and account number")),
)


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Invoice):
        for field, parts, what in NEEDED if row.kind == InvoiceKind.SPECIAL else ():
            if getattr(row, field) is None and row.can_read(field, *parts):
                yield Hit(
                    row, _cell(row, field, parts),
                    Text("a special invoice needs {what}", {"what": what}),
                    Text("ask the customer and fill them in"),
                )  # fmt: skip


def _cell(row: Invoice, field: str, parts: tuple[str, str]) -> str:
    """The blank cell, of two columns the first that is blank; the title where the sheet has none of them."""
    claims = row.sheet.claims
    if field in claims:
        return field
    return next((part for part in parts if part in claims and getattr(row, part) is None), "title")
