"""What a month is measured by: the rows of a register, how many things they are about, and their money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlflow.day import Day
from xlflow.period import Period
from xlflow.registers.badreview import BadReview
from xlflow.registers.compensation import Compensation
from xlflow.registers.exchange import Exchange
from xlflow.registers.freight import Freight
from xlflow.registers.lost import Lost
from xlflow.registers.receiving import Receiving, ReceivingKind
from xlflow.registers.reissue import Reissue
from xlflow.reports._counts import dated
from xlflow.table.columns import Row

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Measure:
    """The rows of a register, or those of one kind; ``money`` is the field of their amount."""

    table: type[Row]
    money: str | None = None
    kind: str | None = None

    def rows(self, day: Day, period: Period) -> list[Row]:
        """Its rows of a period."""
        found = dated(day, self.table, period)
        return found if self.kind is None else [row for row in found if getattr(row, "kind", None) == self.kind]

    def sum(self, rows: Sequence[Row]) -> Decimal:
        """Their money in yuan; an amount that cannot be read is nothing."""
        return NOTHING if self.money is None else total(rows, self.money)


def total(rows: Sequence[Row], field: str) -> Decimal:
    """The amounts of a field added up, in yuan; one that cannot be read is nothing."""
    return sum((getattr(row, field) or NOTHING for row in rows), NOTHING)


#: In the order of contract §8.
MEASURES: Mapping[str, Measure] = {
    "returns": Measure(Receiving, kind=ReceivingKind.RETURN),
    "exchanges": Measure(Exchange),
    "freight": Measure(Freight, money="amount"),
    "reissues": Measure(Reissue),
    "compensation": Measure(Compensation, money="amount"),
    "lost": Measure(Lost, money="claim_amount"),
    "bad_reviews": Measure(BadReview),
}
