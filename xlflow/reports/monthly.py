"""The month in numbers and money, against the month before: by week, reason, courier, product and person."""

from __future__ import annotations

from collections import Counter

from xlflow.day import Day, date_of
from xlflow.fields.reasons import Reason
from xlflow.model import Datum, Table
from xlflow.period import Period, Span, containing, weeks_of
from xlflow.registers.badreview import BadReview
from xlflow.registers.exchange import Exchange
from xlflow.registers.lost import Lost
from xlflow.registers.quality import Quality
from xlflow.registers.receiving import Receiving
from xlflow.registers.reissue import Reissue
from xlflow.reports._counts import Names, counted, dated, grouped, left_out, pieces, product, ranked, written
from xlflow.reports._measures import MEASURES, total
from xlflow.reports._open import ageing, payouts
from xlflow.table.columns import Row

TITLE = "月报"
SPAN = Span.MONTH
ABOUT = (*dict.fromkeys(measure.table for measure in MEASURES.values()), Quality)
#: Registers that name a responsible person (T19).
NAMING = (Exchange, Reissue, Quality, BadReview)
AMOUNTS = {table: next((m.money for m in MEASURES.values() if m.table is table), None) for table in ABOUT}


def build(day: Day, month: Period) -> list[Table]:
    """The tables of one month."""
    return [
        _totals(day, month),
        _by_week(day, month),
        counted("by_reason", ("group", "reason", "count"), dated(day, Receiving, month), _group_and_reason),
        _by_courier(day, month),
        _by_product(day, month),
        counted("by_responsible", ("person", "count"), _named(day, month), _responsible),
        payouts(day, month),
        ageing(day, month),
        left_out(day, month, AMOUNTS),
    ]


def _totals(day: Day, month: Period) -> Table:
    rows = []
    for name, measure in MEASURES.items():
        found, before = measure.rows(day, month), measure.rows(day, month.previous)
        now = (len(found), sum(map(pieces, found)), measure.sum(found))
        rows.append((name, *now, len(before), measure.sum(before)))
    columns = ("measure", "count", "quantity", "money", "previous_count", "previous_money")
    return Table("totals", columns, tuple(rows))


def _by_week(day: Day, month: Period) -> Table:
    """The month's rows in each of its weeks; what a week has outside of the month belongs to another."""
    counts = {name: Counter(map(_week, measure.rows(day, month))) for name, measure in MEASURES.items()}
    rows: list[tuple[Datum, ...]] = [
        (str(week), *(counts[name][week] for name in MEASURES)) for week in weeks_of(month)
    ]
    return Table("by_week", ("week", *MEASURES), tuple(rows))


def _week(row: Row) -> Period | None:
    on = date_of(row)
    return containing(Span.WEEK, on) if on is not None else None


def _group_and_reason(row: Receiving) -> Names:
    """A reason by the spelling that was found in it, so that all of one kind are one."""
    if isinstance(row.reason, Reason):
        return (row.reason.group, row.reason.spelling or row.reason.text)
    return (None, written(row, "reason"))


def _by_courier(day: Day, month: Period) -> Table:
    """What each courier brought back, what it lost, and what was claimed for that."""
    rows = []
    for names, found in grouped([*dated(day, Receiving, month), *dated(day, Lost, month)], _courier).items():
        lost = [row for row in found if isinstance(row, Lost)]
        rows.append((*names, len(found) - len(lost), len(lost), total(lost, "claim_amount")))
    return Table("by_courier", ("courier", "returned", "lost", "claimed_money"), ranked(rows, 1))


def _courier(row: Row) -> Names:
    return (written(row, "courier"),)


def _by_product(day: Day, month: Period) -> Table:
    rows = [*MEASURES["returns"].rows(day, month), *dated(day, Exchange, month), *dated(day, Quality, month)]
    counts = (
        (*names, *(sum(isinstance(row, table) for row in found) for table in (Receiving, Exchange, Quality)))
        for names, found in grouped(rows, lambda row: (product(row),)).items()
    )
    return Table("by_product", ("product", "returns", "exchanges", "quality"), ranked(counts, 1))


def _named(day: Day, month: Period) -> list[Row]:
    """The rows that name a responsible person; those that name nobody are no ranking's business."""
    found = (row for table in NAMING for row in dated(day, table, month))
    return [row for row in found if written(row, "responsible")]


def _responsible(row: Row) -> Names:
    return (written(row, "responsible"),)
