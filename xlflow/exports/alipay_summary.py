"""支付宝账务汇总: what a shop's movements add up to by type; the control total of 账务明细 (domain.md B.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import ClassVar

from xlflow.exports._bill import Bill, Remarks
from xlflow.fields import money, text
from xlflow.statement import Movement
from xlflow.table.columns import Row, column, export


@export
class AlipaySummary(Bill):
    """One type of movement: how many of them came in and went out, and their sums."""

    needed: ClassVar[tuple[str, ...]] = ("kind",)

    kind: str | None = column("类型", "业务类型", "账务类型", type=text.TEXT, required=True)
    count_in: int | None = column("收入笔数", type=money.INT, required=True)
    came_in: Decimal | None = column("收入金额（+元）", "收入（+元）", type=money.MONEY_SIGNED, required=True)
    count_out: int | None = column("支出笔数", type=money.INT, required=True)
    went_out: Decimal | None = column("支出金额（-元）", "支出（-元）", type=money.MONEY_SIGNED, required=True)

    def movement(self) -> Movement | None:
        """A sum is no movement."""
        return None

    @classmethod
    def totals(cls, rows: Sequence[Row], remarks: Remarks) -> bool:  # noqa: ARG003  # what it adds up is elsewhere
        """The sums are held against another file, by ``agrees``."""
        return True

    @classmethod
    def agrees(cls, rows: Iterable[AlipaySummary], movements: Iterable[Movement]) -> bool:
        """Whether the sums are those of the movements."""
        counted, added = [0, 0], [Decimal(0), Decimal(0)]
        for row in rows:
            counted[0] += row.count_in or 0
            counted[1] += row.count_out or 0
            added[0] += abs(row.came_in or Decimal(0))
            added[1] += abs(row.went_out or Decimal(0))
        moved = [movement.amount for movement in movements]
        came, went = [amount for amount in moved if amount > 0], [-amount for amount in moved if amount < 0]
        return counted == [len(came), len(went)] and added == [sum(came), sum(went)]
