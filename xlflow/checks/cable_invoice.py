"""With a cable goes the order's invoice, if none was issued before (C3, S0 二.5)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.registers.invoice import Invoice
from xlflow.registers.reissue import Reissue, ReissueItem

LEVEL, NEEDS = Level.WARNING, (Reissue, Invoice)


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Reissue):
        if row.has(ReissueItem.CABLE) and row.order_no is not None and not _has_invoice(day, row):
            yield Hit(
                row, "items",
                Text("a cable is sent, and no invoice of this order was issued"),
                Text("send the invoice with it and write 附发票, or write 已开发票 if the customer has one"),
            )  # fmt: skip


def _has_invoice(day: Day, row: Reissue) -> bool:
    """Whether an invoice of the order was issued, is sent, or is said to be; so it is where that cannot be read."""
    if row.with_invoice or row.invoiced_before or not row.can_read("with_invoice", "invoiced_before"):
        return True
    issued = any(invoice.is_issued for invoice in day.by(Invoice, "order_no").get(row.order_no, ()))
    return issued or any(other.has(ReissueItem.INVOICE) for other in day.by(Reissue, "order_no")[row.order_no])
