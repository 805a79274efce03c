"""What reports count: the rows of a period, by what they are called, by week, and what had to be left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from xlflow.day import Day, date_of
from xlflow.fields.text import same
from xlflow.finding import shown
from xlflow.model import Datum, Table
from xlflow.period import Period, up_to
from xlflow.table.columns import Row

R = TypeVar("R", bound=Row)
#: What something is called: a product and a reason, or one name alone.
Names = tuple[str | None, ...]
#: So many weeks are in a trend, the last one that of the report.
WEEKS = 8


def dated(day: Day, table: type[R], period: Period) -> list[R]:
    """The rows of a register in a period, by date and then by place, those with findings too."""
    on = day.by(table, _date_field(table))
    return [row for each in period.days for row in on.get(each, ())]


def _date_field(table: type[Row]) -> str:
    assert table.date_field is not None  # noqa: S101  # reports are about registers, which have dates
    return table.date_field


def product(row: Any) -> str | None:
    """Product and model together; None where a row names neither."""
    return " ".join(name for name in (row.product, row.model) if name) or None


def pieces(row: Row) -> int:
    """How many the row is about: 1 where it does not say, or where that cannot be read."""
    quantity: int | None = getattr(row, "quantity", None)
    return 1 if quantity is None else quantity


def grouped(rows: Iterable[R], names: Callable[[R], Names]) -> dict[Names, list[R]]:
    """The rows by what they are called; spaces and capitals make no difference, the first way to write it is kept."""
    groups: dict[Names, list[R]] = {}
    first: dict[tuple[int, str | None], str | None] = {}
    for row in rows:
        called = tuple(first.setdefault((at, same(name)), name) for at, name in enumerate(names(row)))
        groups.setdefault(called, []).append(row)
    return groups


def ranked(rows: Iterable[tuple[Datum, ...]], column: int) -> tuple[tuple[Datum, ...], ...]:
    """The rows of a table, those with the largest number in a column first, then by name; no name comes last."""

    def order(row: tuple[Datum, ...]) -> tuple[object, ...]:
        names = [name for name in row if name is None or isinstance(name, str)]
        return (-_number(row[column]), [(name is None, name or "") for name in names])

    return tuple(sorted(rows, key=order))


def _number(value: Datum) -> int:
    assert isinstance(value, int)  # noqa: S101  # the column that a report ranks by
    return value


def counted(name: str, columns: tuple[str, ...], rows: Iterable[R], names: Callable[[R], Names]) -> Table:
    """How many rows there are of each that is called the same, the largest first."""
    groups = grouped(rows, names)
    return Table(name, columns, ranked(((*called, len(found)) for called, found in groups.items()), -1))


def trend(day: Day, table: type[Row], week: Period) -> Table:
    """The rows of each of the eight weeks up to one."""
    rows = ((str(one), len(dated(day, table, one))) for one in up_to(week, WEEKS))
    return Table("trend", ("week", "count"), tuple(rows))


def listed(rows: Iterable[Row], fields: tuple[str, ...]) -> Table:
    """The rows themselves: where each stands and these of its fields, as they are written where they cannot be read."""
    return Table(
        "rows",
        ("source", *fields),
        tuple((row.sheet.place(None, row.number), *(_cell(row, field) for field in fields)) for row in rows),
    )


def _cell(row: Row, field: str) -> Datum:
    """Dates, money and counts stay what they are, so that a workbook can sort and add them."""
    value = row.unread[field] if field in row.unread else getattr(row, field)
    return value if isinstance(value, date | Decimal | int) else shown(value)


def written(row: Row, field: str) -> str | None:
    """What a choice is called: its value, or what stands in the cell where nothing spells that."""
    value = row.unread[field] if field in row.unread else getattr(row, field)
    return None if value is None else str(shown(value))


def left_out(day: Day, period: Period, tables: Mapping[type[Row], str | None]) -> Table:
    """The rows that count nowhere because their date cannot be read, and those whose amount counts as nothing.

    ``tables`` are the registers of a report, each with the field of its amount if it has one.
    """
    found = (row for table, amount in tables.items() for row in _left_out(day, period, table, amount))
    return Table("left_out", ("register", "source", "field", "value"), tuple(found))


def _left_out(day: Day, period: Period, table: type[Row], amount: str | None) -> Iterator[tuple[Datum, ...]]:
    for row in day.all(table):
        on = date_of(row)
        field = table.date_field if on is None else amount if on in period else None
        if field is not None and _is_missing(row, field):
            yield (table.register, row.sheet.place(field, row.number), field, shown(row.unread.get(field)))


def _is_missing(row: Row, field: str) -> bool:
    """Whether there is no value where one must be; a blank cell is none where the column need not be filled."""
    return getattr(row, field) is None and (field in row.unread or type(row).columns[field].required)
