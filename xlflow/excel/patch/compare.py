"""A worksheet before and after its change: the same cells, but for those that should differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from xlflow.excel.parts import SheetPart
from xlflow.excel.patch.edits import same
from xlflow.excel.patch.lasting import lasts
from xlflow.excel.patch.opened import Opened
from xlflow.excel.patch.row import Cell, Row, read_row
from xlflow.excel.patch.worksheet import Worksheet
from xlflow.excel.read import slow
from xlflow.grid import UNCACHED, Value

#: Values by row and column.
Values = Mapping[tuple[int, int], Value]
NO_CELL = Cell(-1)


class Side:
    """A worksheet before or after its change."""

    def __init__(self, opened: Opened, sheet: SheetPart) -> None:
        self._opened, self._sheet = opened, sheet
        self.xml = Worksheet(sheet, opened.data(sheet.part))

    def read(self, numbers: Iterable[int]) -> tuple[dict[tuple[int, int], Cell], set[tuple[int, int]]]:
        """The cells of these rows with the values that the reader finds, and those with pictures."""
        cells = {(row.number, column): cell for row in map(self._row, numbers) for column, cell in row.cells.items()}
        read, _ = slow(self._sheet, self.xml.alone(numbers), self._opened.common)
        for line in read.lines:
            for column, value in enumerate(line.values):
                if value is not None:
                    cells[line.number, column].value = value
        return cells, read.pictures

    def around(self) -> bytes:
        """The worksheet without its rows."""
        return b"".join(self.xml.alone(()))

    def _row(self, number: int) -> Row:
        return read_row(self._sheet.part, number, self.xml.bytes_of(number), self.xml.prefix)


def compare(old: Side, new: Side, values: Values) -> bool:
    """Whether the cells are the same, but for those of ``values``, which have these."""
    new.xml.prove()
    numbers = {*old.xml.rows, *new.xml.rows}
    differing = {number for number in numbers if old.xml.bytes_of(number) != new.xml.bytes_of(number)}
    rows = sorted(differing.union(row for row, _ in values))
    (before, pictures), (after, still_pictures) = old.read(rows), new.read(rows)
    others = {*before, *after} - values.keys()
    return (
        pictures == still_pictures
        and lasts(old.xml.part, old.around(), new.around())
        and all(_is(after.get(at, NO_CELL), value) for at, value in values.items())
        and all(_is_still(after.get(at, NO_CELL), before.get(at, NO_CELL)) for at in others)
    )


def _is(cell: Cell, wanted: Value) -> bool:
    """Whether a cell has what it was given; in a column of days with a time, a day is its midnight."""
    if wanted == UNCACHED:
        return cell.formula is not None and cell.value == UNCACHED
    return cell.formula is None and same(_midnight(cell.value), _midnight(wanted))


def _midnight(value: Value) -> Value:
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    return value


def _is_still(cell: Cell, before: Cell) -> bool:
    """Whether a cell is as it was; a blank one may have got a format."""
    styled = cell.style == before.style or not before.filled
    return styled and same(cell.value, before.value) and _formula(cell) == _formula(before)


def _formula(cell: Cell) -> object:
    """The formula of a cell; that of a group may have its text in another cell than before."""
    return "shared" if cell.formula and cell.formula.kind == "shared" else cell.formula
