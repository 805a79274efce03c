"""The week's quality problems by product and reason, with the weeks before and what is new (S0 五.3, T20)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.model import Datum, Table
from xlflow.period import Period, Span, up_to
from xlflow.registers.quality import Quality
from xlflow.reports._counts import (
    WEEKS,
    Names,
    dated,
    grouped,
    left_out,
    listed,
    pieces,
    product,
    ranked,
    trend,
    written,
)

TITLE = "质量问题周报"
SPAN = Span.WEEK
ABOUT = (Quality,)
#: Columns of ``rows``.
FIELDS = (
    "registered_on", "order_no", "product", "model", "quantity", "reason", "batch", "supplier", "serial_no",
    "responsible", "handling", "memo",
)  # fmt: skip
#: A product is new trouble from so many rows in a week on, and so many times what is usual (contract §8).
SPIKE, TIMES_USUAL = 3, 2


def build(day: Day, week: Period) -> list[Table]:
    """The tables of one week."""
    rows = dated(day, Quality, week)
    groups = grouped(rows, _product_and_reason)
    by_reason = ((*names, len(found), sum(map(pieces, found))) for names, found in groups.items())
    return [
        listed(rows, FIELDS),
        Table("by_product_reason", ("product", "reason", "count", "quantity"), ranked(by_reason, 2)),
        trend(day, Quality, week),
        Table("spikes", ("product", "count", "usual"), ranked(_spikes(day, week), 1)),
        left_out(day, week, {Quality: None}),
    ]


def _product_and_reason(row: Quality) -> Names:
    return (product(row), written(row, "reason"))


def _spikes(day: Day, week: Period) -> Iterator[tuple[Datum, ...]]:
    """Products with many more rows than in the seven weeks before; a row that names no product is none."""
    before = WEEKS - 1
    earlier = [row for one in up_to(week.previous, before) for row in dated(day, Quality, one)]
    for (name,), rows in grouped([*dated(day, Quality, week), *earlier], lambda row: (product(row),)).items():
        count = sum(row.registered_on in week for row in rows)
        usual = (len(rows) - count) / before
        if name is not None and count >= SPIKE and count >= TIMES_USUAL * usual:
            yield (name, count, usual)
