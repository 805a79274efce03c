"""A worksheet that is being changed: its rows are read when they are needed, and keep what they are given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from xlflow.excel.parts import SheetPart
from xlflow.excel.patch.growth import Growth
from xlflow.excel.patch.markup import ATTRIBUTE
from xlflow.excel.patch.opened import Opened
from xlflow.excel.patch.refusals import array, merged, table_head, table_total, unusual
from xlflow.excel.patch.row import Cell, Formula, Row, read_row, style_number
from xlflow.excel.patch.tables import tables
from xlflow.excel.patch.worksheet import Worksheet
from xlflow.excel.places import area
from xlflow.excel.read import slow
from xlflow.grid import Merge, letters


class Sheet:
    """``rows``: those read or made so far, by number. ``tables``: as they have grown so far. ``overwritten``: the
    formulas that are gone, by row and column."""

    def __init__(self, opened: Opened, part: SheetPart) -> None:
        self.opened, self.part, self.name = opened, part, part.name
        self.xml = Worksheet(part, opened.data(part.part))
        self.xml.prove()
        self.tables = tables(opened, part)
        self.rows: dict[int, Row] = {}
        self.growth = Growth(self.xml)
        self.overwritten: dict[tuple[int, int], Formula] = {}
        self._merges = [merge for merge in self.xml.areas("mergeCells", "mergeCell") if merge[:2] != merge[2:]]
        self._arrays = list(_arrays(self.xml))
        self._columns = list(_column_styles(self.xml))
        self._filled = re.compile(rb"<%s(?:v|f|is)[\s/>]|\svm\s*=" % self.xml.prefix.encode())

    def load(self, numbers: Iterable[int]) -> None:
        """Read these rows, as far as they have not been."""
        missing = sorted(set(numbers) - self.rows.keys())
        for number in missing:
            self.rows[number] = read_row(self.part.part, number, self.xml.bytes_of(number), self.xml.prefix)
        if any(self.rows[number].cells for number in missing):
            self._read_values(missing)

    def _read_values(self, numbers: list[int]) -> None:
        read, _ = slow(self.part, self.xml.alone(numbers), self.opened.common)
        try:
            for line in read.lines:
                for column, value in enumerate(line.values):
                    if value is not None:
                        self.rows[line.number].cells[column].value = value
            for number, column in read.pictures:
                self.rows[number].cells[column].picture = True
        except KeyError:
            raise unusual(self.part.part) from None

    def row(self, number: int) -> Row:
        """The row, there or not."""
        self.load([number])
        return self.rows[number]

    def cell(self, number: int, column: int) -> Cell:
        """The cell, there or not, with the style it has or would have."""
        row = self.row(number)
        if column not in row.cells:
            row.cells[column] = Cell(column, style=self.usual_style(row, column))
        return row.cells[column]

    def usual_style(self, row: Row, column: int) -> int:
        """The style of a cell that is not there."""
        if row.style is not None:
            return row.style
        return next((style for columns, style in self._columns if column in columns), 0)

    def ensure_free(self, row: int, column: int) -> None:
        """BookError ``merged``, ``array``, ``table-head`` or ``total-row`` where the cell is not on its own."""
        name = f"{letters(column)}{row}"
        for merge in self._merges:
            if covers(merge, row, column) and (row, column) != merge[:2]:
                raise merged(self.name, name, _name(merge))
        for place in self._arrays:
            if covers(place, row, column):
                raise array(self.name, name, _name(place))
        for table in self.tables:
            if column in table.columns and table.has_head(row):
                raise table_head(self.name, name, table.name)
            if column in table.columns and table.has_total(row):
                raise table_total(self.name, name, table.name)

    def is_heading(self, row: int) -> bool:
        """Whether the row is known to hold headings: those of a table, or of the sheet's filter."""
        filters = self.xml.areas("autoFilter")
        return any(table.has_head(row) for table in self.tables) or any(found.first_row == row for found in filters)

    def last_filled(self) -> Row | None:
        """The last row with a value, formula or picture."""
        for number in sorted({*self.xml.rows, *self.rows}, reverse=True):
            if number in self.rows or self._filled.search(self.xml.bytes_of(number)):
                row = self.row(number)
                if any(cell.filled for cell in row.cells.values()):
                    return row
        return None


def covers(merge: Merge, row: int, column: int) -> bool:
    """Whether a cell lies in a range."""
    return merge.first_row <= row <= merge.last_row and merge.first_column <= column <= merge.last_column


def _name(merge: Merge) -> str:
    first, last = f"{letters(merge.first_column)}{merge.first_row}", f"{letters(merge.last_column)}{merge.last_row}"
    return first if first == last else f"{first}:{last}"


def _arrays(xml: Worksheet) -> Iterator[Merge]:
    """The ranges of array formulas and data tables."""
    if b"array" not in xml.data and b"dataTable" not in xml.data:
        return
    tags = re.compile(rb"<%sf(\s[^<>]*)>" % xml.prefix.encode())
    for tag in tags.finditer(xml.data, xml.sheet_data.head, xml.sheet_data.stop):
        said = {found[1]: found[2][1:-1] for found in ATTRIBUTE.finditer(tag[1])}
        place = area(said.get(b"ref", b"").decode()) if said.get(b"t") in (b"array", b"dataTable") else None
        if place is not None:
            yield place


def _column_styles(xml: Worksheet) -> Iterator[tuple[range, int]]:
    """Columns with a style of their own: 0-based columns, and the number of the style."""
    for column in xml.root.all("cols", "col"):
        first, last = style_number(column.get("min")), style_number(column.get("max"))
        if column.get("style") is not None:
            yield range(first - 1, last), style_number(column.get("style"))
