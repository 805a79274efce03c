"""A worksheet before and after its change: the same cells, but for those that should differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple

from xlflow.excel.parts import SheetPart
from xlflow.excel.patch.edits import same
from xlflow.excel.patch.lasting import lasts
from xlflow.excel.patch.opened import Opened
from xlflow.excel.patch.row import Cell, read_row
from xlflow.excel.patch.worksheet import Worksheet
from xlflow.excel.read import slow
from xlflow.grid import UNCACHED, Value

#: Values by row and column.
Values = Mapping[tuple[int, int], Value]
NO_CELL = Cell(-1)
#: Bytes of a digest that stands for a row.
DIGEST = 16


class Side:
    """A worksheet before or after its change. It is large: what is unpacked of it is not kept."""

    def __init__(self, opened: Opened, sheet: SheetPart) -> None:
        self._opened, self._sheet = opened, sheet

    def xml(self) -> Worksheet:
        """The worksheet, unpacked."""
        return Worksheet(self._sheet, self._opened.data(self._sheet.part))

    def read(self, xml: Worksheet, rows: Sequence[int]) -> Seen:
        """What the reader finds in these rows, and what stands around the rows."""
        read, _ = slow(self._sheet, xml.alone(rows), self._opened.common)
        parsed = [read_row(self._sheet.part, row, xml.bytes_of(row), xml.prefix) for row in rows]
        cells = {(row.number, column): cell for row in parsed for column, cell in row.cells.items()}
        for line in read.lines:
            for column, value in enumerate(line.values):
                if value is not None:
                    cells[line.number, column].value = value
        return Seen(cells, read.pictures, b"".join(xml.alone(())))


class Seen(NamedTuple):
    """Cells and pictures by row and column, and the worksheet without its rows."""

    cells: Mapping[tuple[int, int], Cell]
    pictures: set[tuple[int, int]]
    around: bytes


def compare(part: str, old: Side, new: Side, values: Values) -> bool:
    """Whether the cells are the same, but for those of ``values``, which have these."""
    digests, xml = _digests(old.xml()), new.xml()
    rows = sorted({row for row, _ in (*values, *(digests.items() ^ _digests(xml).items()))})
    after = new.read(xml, rows)
    del xml, digests
    before = old.read(old.xml(), rows)
    others = {*before.cells, *after.cells} - values.keys()
    return (
        before.pictures == after.pictures
        and lasts(part, before.around, after.around)
        and all(_is(after.cells.get(at, NO_CELL), value) for at, value in values.items())
        and all(_is_still(after.cells.get(at, NO_CELL), before.cells.get(at, NO_CELL)) for at in others)
    )


def _digests(xml: Worksheet) -> dict[int, bytes]:
    """A digest of the bytes of each row."""
    spans = pairwise([*xml.starts, xml.sheet_data.stop])
    return {
        row: blake2b(xml.data[start:end], digest_size=DIGEST).digest()
        for row, (start, end) in zip(xml.rows, spans, strict=True)
    }


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
