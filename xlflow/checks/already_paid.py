"""The ledger has this obligation from another row already (F5, contract §5): it is not paid a second time.

Where both rows stand in one register and the later one repeats the earlier, ``duplicate-row`` says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day, by_date_then_place
from xlflow.finding import Hit
from xlflow.identity import Claim
from xlflow.model import Level, Text
from xlflow.money.match import exact, matched
from xlflow.obligations import PAYABLE, Payable
from xlflow.registers.freight import Freight

LEVEL, NEEDS = Level.ERROR, ()


def check(day: Day) -> Iterator[Hit]:
    found = matched(day)
    for table in PAYABLE:
        for row in day.rows(table):
            earlier = [claim for claim in exact(day, row) if not _is_said(row, claim)]
            if earlier and not found.is_settled(row):
                related = tuple(map(found.named, earlier))
                yield Hit(
                    row, "order_no",
                    Text("this is owed already for {place}", {"place": related[0]}),
                    Text("delete one of the two rows; if they are two cases, correct what was typed wrong"),
                    related=related,
                )  # fmt: skip


def _is_said(row: Payable, claim: Claim) -> bool:
    """Whether ``duplicate-row`` names the earlier row at this one."""
    other = claim.key
    if not isinstance(row, Freight) or not isinstance(other, Freight):
        return False
    return by_date_then_place(other) < by_date_then_place(row) and row.repeats(other)
