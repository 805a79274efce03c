"""The tables of a worksheet: where their headings and totals are, and how they grow."""

from __future__ import annotations

from collections.abc import Iterable

from xlflow.excel.parts import SheetPart
from xlflow.excel.patch.markup import Element, Splice, set_attribute, spliced, text_of
from xlflow.excel.patch.opened import Opened, Part
from xlflow.excel.patch.ranges import lengthened
from xlflow.excel.patch.refusals import unusual
from xlflow.excel.places import area


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
        self._was_last = self.last
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
        if row == self.last + 1 and any(column in self.columns for column in columns):
            self.last = row
        return self.covers(row)

    def formulas(self) -> Iterable[tuple[int, str]]:
        """Its calculated columns, and the formula of each."""
        for column, element in zip(self.columns, self.part.root.all("tableColumns", "tableColumn"), strict=False):
            formula = element.first("calculatedColumnFormula")
            if formula is not None and formula.get("array") is None:
                yield column, text_of(formula, self.part.data)

    def written(self) -> bytes | None:
        """The part with the table as it has grown; None if it has not."""
        if self.last == self._was_last:
            return None
        filters = self.part.root.all("autoFilter")
        return b"".join(spliced(self.part.data, map(self._longer, [self.part.root, *filters])))

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
