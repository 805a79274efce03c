"""A worksheet before and after its change: the same cells, but for those that should differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from hashlib import blake2b
from itertools import pairwise

from xlflow.excel.parts import SheetPart
from xlflow.excel.patch.cells import Cell
from xlflow.excel.patch.edits import same
from xlflow.excel.patch.lasting import lasts
from xlflow.excel.patch.opened import Opened
from xlflow.excel.patch.row import Row, read_row
from xlflow.excel.patch.values import read_values
from xlflow.excel.patch.worksheet import Frame, Worksheet
from xlflow.grid import UNCACHED, Value

#: Values by row and column.
Values = Mapping[tuple[int, int], Value]
NO_CELL = Cell(-1)
#: Bytes of a digest that stands for a row.
DIGEST = 16


class Side:
    """A worksheet before or after its change. It is large: only the rows that are ``taken`` of it are kept."""

    def __init__(self, opened: Opened, sheet: SheetPart) -> None:
        self._opened, self._sheet = opened, sheet
        self._rows: dict[int, Row] = {}
        self._frame = Frame(b"", b"")

    def xml(self) -> Worksheet:
        """The worksheet, unpacked."""
        return Worksheet(self._sheet, self._opened.data(self._sheet.part))

    def take(self, xml: Worksheet, rows: Sequence[int]) -> None:
        """Keep these rows, and what stands around all rows."""
        self._rows = {row: read_row(xml.part, row, xml.bytes_of(row), xml.prefix) for row in rows}
        self._frame = xml.frame

    @property
    def around(self) -> bytes:
        """The worksheet without its rows."""
        return b"".join(self._frame)

    def cells(self) -> dict[tuple[int, int], bytes]:
        """The XML of the cells, by row and column."""
        return {(row, column): cell.xml for row in self._rows for column, cell in self._rows[row].cells.items()}

    def read(self, places: Iterable[tuple[int, int]]) -> None:
        """Read the values of these cells."""
        read_values(self._opened, self._sheet, self._frame, self._rows, places)

    def cell(self, at: tuple[int, int]) -> Cell:
        """One of the cells, there or not."""
        return self._rows[at[0]].cells.get(at[1], NO_CELL)


def compare(old: Side, new: Side, values: Values) -> bool:
    """Whether the cells are the same, but for those of ``values``, which have these."""
    digests, xml = _digests(old.xml()), new.xml()
    rows = sorted({row for row, _ in (*values, *(digests.items() ^ _digests(xml).items()))})
    new.take(xml, rows)
    del xml, digests
    old.take(old.xml(), rows)
    differing = {at for at, _ in old.cells().items() ^ new.cells().items()}.union(values)
    old.read(differing)
    new.read(differing)
    return (
        lasts("", old.around, new.around)
        and all(_is(new.cell(at), value) for at, value in values.items())
        and all(_is_still(new.cell(at), old.cell(at)) for at in differing - values.keys())
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
    return (
        styled
        and same(cell.value, before.value)
        and cell.picture == before.picture
        and _formula(cell) == _formula(before)
    )


def _formula(cell: Cell) -> object:
    """The formula of a cell; that of a group may have its text in another cell than before."""
    return "shared" if cell.formula and cell.formula.kind == "shared" else cell.formula
