"""The cells of one sheet while its rows are made: whole columns at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING

from xlflow.fields import Unreadable, dates
from xlflow.grid import Line, Sheet, Value
from xlflow.table.columns import NOTHING_UNREAD, Column, Row
from xlflow.table.defects import MERGED
from xlflow.table.lines import Merged
from xlflow.table.parse import parse_column
from xlflow.table.sheets import Defect, TableSheet

if TYPE_CHECKING:
    from xlflow.table.read import Reader

#: Field types whose cells must not be merged over several rows.
COUNTED = ("money", "money+", "int")
#: Field types that make a row more than a note, whatever else it lacks.
TELLING = ("order_no", "tracking", "date", "money", "money+")


class Cells:
    """Raw and parsed cells by field, in step with ``lines``; ``troubled`` are those that could not be read.

    ``merged_amounts`` are, by field, the values of merged amounts at the first row of their range.
    """

    def __init__(self, reader: Reader, sheet: TableSheet, lines: list[Line], merged: Merged) -> None:
        self.reader, self.sheet, self.lines, self.merged = reader, sheet, lines, merged
        self.merged_amounts: dict[str, dict[int, object]] = {}
        self.raw: dict[str, Sequence[Value]] = {}
        self.columns: dict[str, list[object]] = {}
        self.troubled: dict[str, list[tuple[int, Unreadable]]] = {}

    def load(self, source: Sheet) -> None:
        read = dict(enumerate(zip_longest(*(line.values for line in self.lines))))
        blank = (None,) * len(self.lines)
        for name, column in self.reader.table.columns.items():
            if name in self.sheet.claims:
                self._load_column(name, column, read.get(self.sheet.claims[name].column, blank), source)
            else:
                self.columns[name] = [*blank]
        self._drop_notes()
        self._fill_beside()
        self._make_rows()
        self._note_blanks()

    def _load_column(self, name: str, column: Column, raw: Sequence[Value], source: Sheet) -> None:
        values = parse_column(self.reader.type_of(column).parse, raw)
        if column.type.name == "picture" and source.pictures:
            _see_pictures(values, raw, self.lines, self.sheet.claims[name].column, source.pictures)
        if column.type.name == "date":
            _check_range(values, None if column.ahead else self.reader.today)
        if name in self.merged and column.type.name in COUNTED:
            values = self._refuse_merged(name, values)
        if Unreadable in set(map(type, values)):
            self.troubled[name] = [(i, v) for i, v in enumerate(values) if type(v) is Unreadable]
            for index, _ in self.troubled[name]:
                values[index] = None
        self.raw[name], self.columns[name] = raw, values

    def _refuse_merged(self, name: str, values: list[object]) -> list[object]:
        tops = self.merged[name]
        kept = self.merged_amounts[name] = {}
        for line, value in zip(self.lines, values, strict=True):
            if tops.get(line.number) == line.number:
                kept[line.number] = value
        return [MERGED if n.number in tops else v for n, v in zip(self.lines, values, strict=True)]

    def _drop_notes(self) -> None:
        """A row with fewer than two readable fields and no id, date or amount is a note."""
        table = self.reader.table
        ids = {i for n, found in self.troubled.items() if _is_id(table.columns[n]) for i, _ in found}
        telling = [self.columns[name] for name, column in table.columns.items() if column.type.name in TELLING]
        silent: Iterable[int] = range(len(self.lines))
        for values in telling:
            silent = [i for i in silent if values[i] is None]
        columns = self.columns.values()
        notes = {i for i in silent if i not in ids and sum(values[i] is not None for values in columns) < 2}
        if notes:
            self._drop(notes)

    def _drop(self, notes: set[int]) -> None:
        keep = [i for i in range(len(self.lines)) if i not in notes]
        moved = {old: new for new, old in enumerate(keep)}
        self.lines[:] = [self.lines[i] for i in keep]
        self.raw = {name: [values[i] for i in keep] for name, values in self.raw.items()}
        self.columns = {name: [values[i] for i in keep] for name, values in self.columns.items()}
        self.troubled = {
            name: [(moved[i], why) for i, why in found if i in moved] for name, found in self.troubled.items()
        }

    def _fill_beside(self) -> None:
        for name, column in self.reader.table.columns.items():
            for target, find in column.beside if name in self.raw else ():
                unread = {i for i, _ in self.troubled.get(target, ())}
                values = self.columns[target]
                for i, raw in enumerate(self.raw[name]):
                    if values[i] is None and isinstance(raw, str) and i not in unread:
                        values[i] = find(raw)

    def _make_rows(self) -> None:
        unread: dict[int, dict[str, Value]] = {}
        for name, found in self.troubled.items():
            for index, _ in found:
                unread.setdefault(index, {})[name] = self.raw[name][index]
        count = len(self.lines)
        notes = [unread.get(i, NOTHING_UNREAD) for i in range(count)] if unread else [NOTHING_UNREAD] * count
        numbers = [line.number for line in self.lines]
        rows: list[Row] = list(map(self.reader.table, [self.sheet] * count, numbers, notes, *self.columns.values()))
        self.sheet.rows = rows
        for name, found in self.troubled.items():
            self.sheet.defects += [Defect(rows[i], name, self.raw[name][i], why) for i, why in found]

    def _note_blanks(self) -> None:
        table = self.reader.table
        wanted = [n for n, c in table.columns.items() if c.wanted and n in self.raw]
        for name in (*self.reader.required, *self.reader.conditional, *wanted):
            if name in self.sheet.absent or None not in self.columns[name]:
                continue
            unread = {i for i, _ in self.troubled.get(name, ())}
            other = table.columns[name].instead
            blank = [i for i, v in enumerate(self.columns[name]) if v is None and i not in unread]
            if other is not None and name not in self.sheet.claims:
                blank = [i for i in blank if self.columns[other][i] is None]
            where = None if name in self.reader.required else table.columns[name].where
            rows = (self.sheet.rows[i] for i in blank)
            self.sheet.blanks[name] = [row for row in rows if where is None or where(row)]


def _is_id(column: Column) -> bool:
    return column.type.name in ("order_no", "tracking")


def _see_pictures(
    values: list[object],
    raw: Sequence[Value],
    lines: Sequence[Line],
    at: int,
    pictures: frozenset[tuple[int, int]],
) -> None:
    for index, line in enumerate(lines):
        if (line.number, at) in pictures:
            values[index] = raw[index] if isinstance(raw[index], str) else "picture"


def _check_range(values: list[object], latest: date | None) -> None:
    days = {day for day in values if isinstance(day, date)}
    wrong = {day: why for day in days if (why := dates.in_range(day, latest))}
    if wrong:
        values[:] = [wrong.get(day, day) if isinstance(day, date) else day for day in values]
