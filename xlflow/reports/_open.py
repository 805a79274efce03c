"""What is still open at the end of a month, and for how long: money not paid, parcels not back, things not sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from xlflow.day import Day, date_of
from xlflow.losses import is_gone
from xlflow.model import Datum, Table
from xlflow.money.entry import State
from xlflow.money.plan import yuan
from xlflow.period import Period
from xlflow.registers.exchange import Exchange
from xlflow.registers.invoice import Invoice, InvoiceKind
from xlflow.registers.lost import Lost
from xlflow.reports._counts import ranked
from xlflow.reports._measures import NOTHING
from xlflow.table.columns import Row

#: The last day of each age but the oldest.
AGES = (3, 7, 14)


def payouts(day: Day, month: Period) -> Table:
    """The month's entries by state; a row without a payee or an amount that can be read makes none."""
    states: dict[State, list[Decimal]] = {}
    for entry in day.standing.money.entries.values():
        if entry.registered_on is not None and entry.registered_on in month:
            states.setdefault(entry.state, []).append(yuan(entry.amount))
    rows = ((state.value, len(amounts), sum(amounts, NOTHING)) for state, amounts in states.items())
    return Table("payouts", ("state", "count", "money"), ranked(rows, 1))


def ageing(day: Day, month: Period) -> Table:
    """How many are open and how many days they were on the month's last day, counted from their registration."""
    rows: list[tuple[Datum, ...]] = [(name, *_by_age(since(day), month.last)) for name, since in _OPEN.items()]
    return Table("ageing", ("what", "up to 3 days", "4–7", "8–14", "more"), tuple(rows))


def _by_age(since: Iterable[date | None], last: date) -> tuple[int, ...]:
    counts = Counter(sum((last - on).days > age for age in AGES) for on in since if on is not None and on <= last)
    return tuple(counts[older] for older in range(len(AGES) + 1))


def _unpaid(kind: str) -> Callable[[Day], Iterable[date | None]]:
    return lambda day: [
        entry.registered_on
        for entry in day.standing.money.entries.values()
        if entry.kind == kind and entry.state not in (State.PAID, State.VOID) and entry.replaced_by is None
    ]


def _rows(day: Day, table: type[Row], is_open: Callable[[Row], bool]) -> list[date | None]:
    return [date_of(row) for row in day.rows(table) if is_open(row)]


def _not_issued(row: Row) -> bool:
    return isinstance(row, Invoice) and row.kind == InvoiceKind.SPECIAL and not row.is_issued


def _not_sent(row: Row) -> bool:
    return isinstance(row, Exchange) and row.sent_tracking is None and row.sent_on is None


def _not_back(day: Day, row: Row) -> bool:
    return isinstance(row, Lost) and is_gone(day, row)


#: What may be open → since when, for each that is.
_OPEN: Mapping[str, Callable[[Day], Iterable[date | None]]] = {
    "freight": _unpaid("freight"),
    "compensation": _unpaid("compensation"),
    "lost": lambda day: _rows(day, Lost, lambda row: _not_back(day, row)),
    "exchange": lambda day: _rows(day, Exchange, _not_sent),
    "invoice": lambda day: _rows(day, Invoice, _not_issued),
}
