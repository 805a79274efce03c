"""Control totals: does a total row equal the sum of what stands above it (contract §3 "Rows", §4 ``control-total``)?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING

from xlflow.fields import Unreadable, money
from xlflow.table.columns import Row
from xlflow.table.lines import TotalLine
from xlflow.table.parse import parse_cell
from xlflow.table.sheets import TableSheet, TotalDefect

if TYPE_CHECKING:
    from xlflow.table.read import Reader

#: What a total row sums, and how its own cell is read: a total may be 0 where a single amount may not.
SUMMED = {"money": money.MONEY, "money+": money.MONEY, "int": money.INT}


def check_totals(
    reader: Reader, sheet: TableSheet, totals: Sequence[TotalLine], merged: Mapping[str, Mapping[int, object]]
) -> list[TotalDefect]:
    """The total cells that cannot be read, or differ from the sum of the readable amounts and quantities they cover."""
    wrong = []
    for name, claim in sheet.claims.items():
        kind = SUMMED.get(reader.table.columns[name].type.name)
        for total in totals if kind is not None else ():
            values = total.line.values
            shown = values[claim.column] if claim.column < len(values) else None
            value = parse_cell(kind.parse, shown) if kind is not None else None
            if value is None:
                continue
            covered = _rows_between(sheet.rows, total.since, total.line.number)
            found = _sum(getattr(row, name) for row in covered) + _sum(
                amount for number, amount in merged.get(name, {}).items() if total.since < number < total.line.number
            )
            why = value if isinstance(value, Unreadable) else None
            if why is not None or value != found:
                judged = any(map(reader.is_judged, covered))
                wrong.append(TotalDefect(total.line.number, name, shown, judged, found, why))
    return wrong


def _rows_between(rows: Sequence[Row], after: int, before: int) -> Sequence[Row]:
    number = attrgetter("number")
    return rows[bisect_right(rows, after, key=number) : bisect_left(rows, before, key=number)]


def _sum(values: Iterable[object]) -> Decimal:
    return sum((Decimal(v) for v in values if isinstance(v, int | Decimal)), Decimal(0))
