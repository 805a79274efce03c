"""The tables of a worksheet: where their headings and totals are, and how they grow."""

from __future__ import annotations

from collections.abc import Iterable

from xlflow.excel.parts import SheetPart
from xlflow.excel.patch.markup import Element, text_of
from xlflow.excel.patch.opened import Opened, Part
from xlflow.excel.patch.ranges import lengthened
from xlflow.excel.patch.refusals import unusual
from xlflow.excel.patch.splices import Splice, set_attribute, spliced
from xlflow.excel.places import area
from xlflow.excel.xml import TRUE


class Table:
    """A table: ``first`` and ``last`` are its rows, headings and totals included, as it has grown so far."""

    def __init__(self, part: Part) -> None:
        found = area(part.root.get("ref") or "")
        if part.root.local != "table" or found is None:
            raise unusual(part.name)
        self.part = part
        self.name = part.root.get("displayName") or part.root.get("name") or ""
        self.columns = range(found.first_column, found.last_column + 1)
        self.first, self.last = found.first_row, found.last_row
        self._was_last, self._is_used = self.last, False
        self._heads = _count(part.root.get("headerRowCount"), 1)
        self._totals = _count(part.root.get("totalsRowCount"), 0)

    def has_head(self, row: int) -> bool:
        """Whether the row is its heading."""
        return self.first <= row < self.first + self._heads

    def has_total(self, row: int) -> bool:
        """Whether the row is its total."""
        return self.last - self._totals < row <= self.last

    def covers(self, row: int) -> bool:
        """Whether the row belongs to it."""
        return self.first <= row <= self.last

    def take(self, row: int, columns: Iterable[int]) -> bool:
        """Whether a row with values in these columns belongs to it; one right below it becomes its last."""
        if not any(column in self.columns for column in columns):
            return False
        if row == self.last + 1:
            self.last = row
        return self.covers(row)

    def use(self, row: int, column: int) -> None:
        """Know of a value in a cell, which may be the first below the heading."""
        self._is_used = self._is_used or (self.covers(row) and column in self.columns)

    def formulas(self) -> Iterable[tuple[int, str]]:
        """Its calculated columns, and the formula of each."""
        for column, element in zip(self.columns, self.part.root.all("tableColumns", "tableColumn"), strict=False):
            formula = element.first("calculatedColumnFormula")
            if formula is not None and formula.get("array") is None:
                yield column, text_of(formula, self.part.data)

    def written(self) -> bytes | None:
        """The part with the table as it has grown, and no longer said to be empty; None if that changes nothing."""
        splices = []
        if self.last > self._was_last:
            splices = [self._longer(element) for element in (self.part.root, *self.part.root.all("autoFilter"))]
        if self._is_used and self.part.root.get("insertRow") in TRUE:
            splices.append(set_attribute(self.part.root, "insertRow", "0"))
        return b"".join(spliced(self.part.data, splices)) if splices else None

    def _longer(self, element: Element) -> Splice:
        ranges = element.get("ref") or ""
        for last in range(self._was_last, self.last):
            ranges = lengthened(ranges, last)
        return set_attribute(element, "ref", ranges)


def _count(text: str | None, usual: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else usual


def tables(opened: Opened, sheet: SheetPart) -> list[Table]:
    """The tables of a worksheet."""
    relations = opened.package.relations(sheet.part)
    return [Table(opened.part(relation.target)) for relation in relations if relation.kind == "table"]
