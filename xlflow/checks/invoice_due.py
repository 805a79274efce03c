"""A special invoice asked for before today is not issued: finance gets its data by 10:00 on workdays (H2, S0 五.2)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.registers.invoice import Invoice, InvoiceKind

LEVEL, NEEDS, OWNER = Level.WARNING, (Invoice,), "finance"


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Invoice):
        if row.kind != InvoiceKind.SPECIAL or row.is_issued or not row.can_read("issued_on", "invoice_no"):
            continue
        if row.requested_on is not None and row.requested_on < day.date:
            yield Hit(
                row, "requested_on",
                Text("asked for {days} days ago and not issued yet", {"days": (day.date - row.requested_on).days}),
                Text("issue it and fill in 开票日期 and 发票号码"),
            )  # fmt: skip
