"""A worksheet that is being changed: its rows are read when they are needed, and keep what they are given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from heapq import merge

from xlflow.excel.parts import SheetPart
from xlflow.excel.patch.cells import Cell, Formula, style_number
from xlflow.excel.patch.groups import Groups
from xlflow.excel.patch.growth import Growth
from xlflow.excel.patch.obstacles import Obstacles
from xlflow.excel.patch.opened import Opened
from xlflow.excel.patch.row import Row, read_row
from xlflow.excel.patch.tables import tables
from xlflow.excel.patch.values import read_values
from xlflow.excel.patch.worksheet import Worksheet, proven


class Sheet:
    """``rows``: those seen or made so far, by number. ``tables`` and ``growth``: what grows, as far as it has.
    ``overwritten``: the formulas that are gone, by row and column."""

    def __init__(self, opened: Opened, part: SheetPart) -> None:
        self.opened, self.part, self.name = opened, part, part.name
        self.xml = proven(part, opened.data(part.part))
        self.tables, self.growth = tables(opened, part), Growth(self.xml)
        self.obstacles = Obstacles(part.name, self.xml, self.tables)
        self.rows: dict[int, Row] = {}
        self.overwritten: dict[tuple[int, int], Formula] = {}
        self._columns = list(_column_styles(self.xml))
        self._filled = re.compile(rb"<%s(?:v|f|is)[\s/>]|\svm\s*=" % self.xml.prefix.encode())

    @cached_property
    def groups(self) -> Groups:
        """The cells that share formulas, as the file has them."""
        return Groups(self.xml)

    def row(self, number: int) -> Row:
        """The row, there or not."""
        if number not in self.rows:
            self.rows[number] = read_row(self.part.part, number, self.xml.bytes_of(number), self.xml.prefix)
        return self.rows[number]

    def read(self, places: Iterable[tuple[int, int]]) -> None:
        """Read the cells at these rows and columns, all at once."""
        places = [(row, column) for row, column in places if column in self.row(row).cells]
        read_values(self.opened, self.part, self.xml.frame, self.rows, places)

    def cell(self, number: int, column: int) -> Cell:
        """The cell, there or not, with the style it has or would have."""
        row = self.row(number)
        if column not in row.cells:
            row.cells[column] = Cell(column, style=self.usual_style(row, column))
        self.read([(number, column)])
        return row.cells[column]

    def usual_style(self, row: Row, column: int) -> int:
        """The style of a cell that is not there."""
        if row.style is not None:
            return row.style
        return next((style for columns, style in self._columns if column in columns), 0)

    def is_heading(self, row: int) -> bool:
        """Whether the row is known to hold headings: those of a table, or of the sheet's filter."""
        filters = self.xml.areas("autoFilter")
        return any(table.has_head(row) for table in self.tables) or any(found.first_row == row for found in filters)

    def last_filled(self) -> Row | None:
        """The last row with a value, formula or picture; its cells have been read."""
        for number in merge(reversed(self.xml.rows), sorted(self.rows, reverse=True), reverse=True):
            if number in self.rows or self._filled.search(self.xml.bytes_of(number)):
                row = self.row(number)
                self.read((number, column) for column in row.cells)
                if any(cell.filled for cell in row.cells.values()):
                    return row
        return None


def _column_styles(xml: Worksheet) -> Iterator[tuple[range, int]]:
    """Columns with a style of their own: 0-based columns, and the number of the style."""
    for column in xml.root.all("cols", "col"):
        first, last = style_number(column.get("min")), style_number(column.get("max"))
        if column.get("style") is not None:
            yield range(first - 1, last), style_number(column.get("style"))
