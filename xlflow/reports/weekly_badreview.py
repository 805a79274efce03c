"""The week's bad reviews by reason and rating, with the weeks before (S0 五.3, T25)."""

from __future__ import annotations

from xlflow.day import Day
from xlflow.model import Table
from xlflow.period import Period, Span
from xlflow.registers.badreview import BadReview
from xlflow.reports._counts import Names, counted, dated, left_out, listed, trend, written

TITLE = "差评周报"
SPAN = Span.WEEK
ABOUT = (BadReview,)
#: Columns of ``rows``.
FIELDS = (
    "reviewed_on", "order_no", "buyer", "product", "model", "rating", "reason", "content", "responsible", "result",
    "handling", "memo",
)  # fmt: skip


def build(day: Day, week: Period) -> list[Table]:
    """The tables of one week."""
    rows = dated(day, BadReview, week)
    return [
        listed(rows, FIELDS),
        counted("by_reason", ("reason", "rating", "count"), rows, _reason_and_rating),
        trend(day, BadReview, week),
        left_out(day, week, {BadReview: None}),
    ]


def _reason_and_rating(row: BadReview) -> Names:
    return (written(row, "reason"), written(row, "rating"))
