"""What the bills of a bank have in common: rows that are movements, and sums that prove them whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from xlflow.statement import Movement
from xlflow.table.columns import Row


@dataclass(frozen=True, slots=True)
class Remarks:
    """What stands above and below a bill's table.

    ``sums`` are, for 收入 and 支出, how many movements there are and what they add up to without a sign. ``count`` is
    how many rows there are. ``ends`` is False where the table's beginning is marked and its end is not.
    """

    account: str | None = None
    first: date | None = None
    last: date | None = None
    exported: date | None = None
    count: int | None = None
    sums: tuple[tuple[str, int, Decimal], ...] = ()
    ends: bool = True


class Bill(Row):
    """One row of a bill."""

    __slots__ = ()

    #: Whether the file is a bank's answer to a batch of payments.
    answers: ClassVar[bool] = False

    #: Fields that no row leaves blank; by default those whose heading every such bill has.
    needed: ClassVar[tuple[str, ...]] = ()

    def lacks(self) -> str | None:
        """The field without which the row cannot be told what it is; None where nothing is lacking."""
        names = self.needed or self.required_fields()
        return next((name for name in names if getattr(self, name) is None), None)

    def movement(self) -> Movement | None:
        """What moved; None where nothing did."""
        raise NotImplementedError

    @classmethod
    def chain(cls, rows: Sequence[Row]) -> bool:  # noqa: ARG003  # bills without balances have no chain
        """Whether each balance follows from the one before."""
        return True

    @classmethod
    def totals(cls, rows: Sequence[Row], remarks: Remarks) -> bool:
        """Whether the rows are as many, and add up to, what the bill says of itself."""
        moved = [m.amount for row in rows if isinstance(row, Bill) and (m := row.movement()) is not None]
        sums = {"收入": [a for a in moved if a > 0], "支出": [-a for a in moved if a < 0]}
        said = all(len(sums[side]) == count and sum(sums[side]) == total for side, count, total in remarks.sums)
        return said and remarks.count in (None, len(rows))


_DAY = r"\[?\s*([0-9]{4})\s*[-年/.]\s*([0-9]{1,2})\s*[-月/.]\s*([0-9]{1,2})日?(?:\s+([0-9:]{4,8}))?"
_FIRST, _LAST, _EXPORTED = (
    re.compile(rf"{word}\s*[:：]\s*{_DAY}") for word in ("起始(?:日期|时间)", "终止(?:日期|时间)", "导出时间")
)
_ACCOUNT = re.compile(r"(?:账号|支付宝账户|支付宝账号)\s*[:：]\s*\[?\s*([^\s\],，]+)")
_COUNT = re.compile(r"共\s*([0-9]+)\s*笔记录")
_SUM = re.compile(r"(收入|支出)合计\s*[:：]\s*([0-9]+)\s*笔[,，]\s*共\s*-?([0-9][0-9,]*(?:\.[0-9]+)?)\s*元")
_BEGINS, _ENDS = re.compile("-{3,}[^-]*列表-{3,}"), re.compile("-{3,}[^-]*(?:列表|记录)结束-{3,}")


def remarks_of(text: str) -> Remarks:
    """What the lines around a bill's table say, joined with line feeds."""
    account, count = _ACCOUNT.search(text), _COUNT.search(text)
    return Remarks(
        account=account[1] if account else None,
        first=_day(_FIRST.search(text)),
        last=_day(_LAST.search(text), end=True),
        exported=_day(_EXPORTED.search(text)),
        count=int(count[1]) if count else None,
        sums=tuple((side, int(n), Decimal(total.replace(",", ""))) for side, n, total in _SUM.findall(text)),
        ends=not _BEGINS.search(text) or _ENDS.search(text) is not None or not text.lstrip().startswith("#"),
    )


def _day(found: re.Match[str] | None, *, end: bool = False) -> date | None:
    """The day a remark names; an end at midnight is the end of the day before."""
    if found is None:
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    midnight = end and found[4] is not None and set(found[4]) <= set("0:")
    return date.fromordinal(day.toordinal() - 1) if midnight else day
