"""A sheet's lines become typed rows (contract §3, "Rows")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from xlflow.fields import FieldType
from xlflow.grid import Line, Sheet
from xlflow.table.cells import Cells
from xlflow.table.columns import Column, Row
from xlflow.table.headings import Heading, has
from xlflow.table.lines import sort_lines, spread_merges, spread_pictures
from xlflow.table.sheets import Claim, TableSheet
from xlflow.table.totals import check_totals


@dataclass(frozen=True, slots=True)
class Reader:
    """How one register is read on this desk.

    ``types`` replaces field types (the desk's own spellings, the year of dates), ``required`` are the ★ fields after
    the desk's ``required`` and ``optional``, ``conditional`` those that are ★ in some rows only, ``today`` the day of
    the run and ``start`` the first day that counts.
    """

    table: type[Row]
    types: Mapping[str, FieldType]
    required: tuple[str, ...]
    today: date
    start: date
    conditional: tuple[str, ...] = ()

    def read(self, sheet: Sheet, order: int, file: str, heading: Heading) -> TableSheet:
        """Read the rows below the heading row."""
        heading.ensure_unambiguous()
        made = TableSheet(
            self.table.register, file, sheet.name, order, heading.row, heading.claims,
            hidden=sheet.hidden, required=(*self.required, *self.conditional),
            absent=tuple(n for n in self.required if not has(self.table, n, heading.claims)),
            width=max(len(line.values) for line in sheet.lines),
        )  # fmt: skip
        body = [line for line in sheet.lines if line.number > heading.row]
        merged = spread_merges(body, sheet.merges, {c.column: n for n, c in heading.claims.items()})
        lines = sort_lines(body, heading)
        cells = Cells(self, made, lines.data, merged)
        cells.load(replace(sheet, pictures=spread_pictures(sheet.pictures, sheet.merges)))
        self._fill_of_sheet(made)
        made.hidden_rows = frozenset(row.number for row in made.rows) & sheet.hidden_rows
        made.unclaimed = heading.unclaimed + _headless(heading, lines.data)
        made.totals = check_totals(self, made, lines.totals, cells.merged_amounts)
        return made

    def _fill_of_sheet(self, made: TableSheet) -> None:
        """Give the rows what the sheet's name says where it has no column for it."""
        for name, column in self.table.columns.items():
            value = column.of_sheet(made.name) if column.of_sheet and name not in made.claims else None
            if value is not None:
                made.absent = tuple(field for field in made.absent if field != name)
                for row in made.rows:
                    setattr(row, name, value)

    def type_of(self, column: Column) -> FieldType:
        """The field type of a column on this desk."""
        return self.types.get(column.name, column.type)

    def is_judged(self, row: Row) -> bool:
        """Whether findings and entries are made of the row: it is not dated before ``start``."""
        day = getattr(row, self.table.date_field) if self.table.date_field else None
        return day is None or day >= self.start


def _headless(heading: Heading, lines: Sequence[Line]) -> tuple[Claim, ...]:
    """Columns that hold something below a blank heading: nobody reads them, so they are told of."""
    headed = {c.column for c in (*heading.claims.values(), *heading.unclaimed)}
    filled = {i for line in lines if len(line.values) > len(headed) for i, v in enumerate(line.values) if v is not None}
    return tuple(Claim(i, "") for i in sorted(filled - headed))
