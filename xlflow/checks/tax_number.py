"""The tax number has a wrong form or a wrong check character, so no invoice can be issued for it (GB 32100-2015).

Eighteen characters with their check character, or one of the older forms of 15, 17 or 20.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.fields import tax
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.registers.invoice import Invoice

LEVEL, NEEDS = Level.ERROR, (Invoice,)
MENDS = True


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Invoice):
        problem = tax.problem(row.tax_no) if row.tax_no is not None else None
        if problem is not None:
            yield Hit(row, "tax_no", problem, Text("ask the customer for the number on the business licence"))
