"""The cells of one sheet of an Excel 97–2003 workbook (MS-XLS 2.4)."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple

from xlflow.excel.biff import Record, pieces, string, too_many
from xlflow.excel.moments import moment
from xlflow.excel.numbers import LONG, number
from xlflow.excel.xls_pictures import picture_cells
from xlflow.grid import UNCACHED, CellError, Line, Merge, Sheet, Value

LABEL_SST, LABEL, RICH_LABEL, NUMBER, RK, MUL_RK, BOOL_ERR = 0xFD, 0x204, 0xD6, 0x203, 0x27E, 0xBD, 0x205
FORMULA, RESULT, ROW, MERGES, DRAWING = 0x06, 0x207, 0x208, 0xE5, 0xEC
#: Row, column and format of a cell; the same with its content, an index or packed number or a double.
PLACE = struct.Struct("<3H")
INDEXED, DOUBLE = struct.Struct("<3HI"), struct.Struct("<3Hd")
RANGE = struct.Struct("<4H")
ROW_FLAGS = struct.Struct("<H10xH")
#: Row and first column of several cells; format and number of one of them.
FIRST, RK_CELL = struct.Struct("<2H"), struct.Struct("<HI")
#: What a formula gave that is no number: kind and value behind its place, marked by 0xFFFF behind them.
NO_NUMBER = struct.Struct("<3HBxB3xH")
A_TEXT, A_BOOL, AN_ERROR, NO_TEXT = range(4)
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
HIDDEN_ROW = 0x20
COLUMNS = 256


class Shared(NamedTuple):
    """What the sheets of a workbook have in common: texts, what each cell format shows, the first day."""

    texts: list[str]
    looks: list[int]
    since_1904: bool


class Cells:
    """The cells of one sheet, record by record; ``room`` is how many more there may be, blanks between too."""

    def __init__(self, stream: bytes, shared: Shared, room: int) -> None:
        self._stream, self._shared, self.room = stream, shared, room
        self._rows: dict[int, list[Value]] = {}
        self._formulas: dict[int, set[int]] = {}
        self._awaited: tuple[int, int] | None = None
        self._merges: list[Merge] = []
        self._hidden: set[int] = set()
        self._drawing: list[bytes] = []
        self.end = 0

    def sheet(self, name: str, hidden: bool, records: Iterable[Record]) -> Sheet:
        """The sheet of these records; struct.error, ValueError or LookupError where they are broken."""
        readers: dict[int, Callable[[Record, bytes], None]] = {
            LABEL_SST: self._shared_text,
            LABEL: self._text,
            RICH_LABEL: self._text,
            NUMBER: self._number,
            RK: self._rk,
            MUL_RK: self._rks,
            BOOL_ERR: self._bool_or_error,
            FORMULA: self._formula,
            RESULT: self._formula_text,
            ROW: self._row,
            MERGES: self._merged,
            DRAWING: self._drawn,
        }
        stream, at = self._stream, 0
        for record in records:
            kind, at, size = record
            read = readers.get(kind)
            if read is not None:
                read(record, stream[at : at + size])
        self.end = at
        lines = [
            Line(row + 1, values, tuple(sorted(self._formulas.get(row, ()))))
            for row, values in sorted(self._rows.items())
        ]
        pictures = picture_cells(b"".join(self._drawing))
        return Sheet(name, lines, hidden, tuple(self._merges), frozenset(self._hidden), pictures)

    def _shared_text(self, _: Record, body: bytes) -> None:
        row, column, _format, index = INDEXED.unpack_from(body)
        self._put(row, column, self._shared.texts[index] or None)

    def _text(self, record: Record, body: bytes) -> None:
        row, column, _format = PLACE.unpack_from(body)
        self._put(row, column, string(self._stream, record, 6) or None)

    def _number(self, _: Record, body: bytes) -> None:
        row, column, format_, value = DOUBLE.unpack_from(body)
        self._put(row, column, self._shown(value, format_))

    def _rk(self, _: Record, body: bytes) -> None:
        row, column, format_, packed = INDEXED.unpack_from(body)
        self._put(row, column, self._shown(rk(packed), format_))

    def _rks(self, _: Record, body: bytes) -> None:
        row, first = FIRST.unpack_from(body)
        for column, at in enumerate(range(4, len(body) - 2, RK_CELL.size), first):
            format_, packed = RK_CELL.unpack_from(body, at)
            self._put(row, column, self._shown(rk(packed), format_))

    def _bool_or_error(self, _: Record, body: bytes) -> None:
        row, column, _format = PLACE.unpack_from(body)
        self._put(row, column, CellError(ERRORS[body[6]]) if body[7] else bool(body[6]))

    def _formula(self, _: Record, body: bytes) -> None:
        row, column, format_, kind, value, mark = NO_NUMBER.unpack_from(body)
        result: Value
        self._awaited = None
        if mark != 0xFFFF:
            result = self._shown(DOUBLE.unpack_from(body)[3], format_)
        elif kind == A_TEXT:
            result, self._awaited = UNCACHED, (row, column)
        elif kind == A_BOOL:
            result = bool(value)
        elif kind == AN_ERROR:
            result = CellError(ERRORS[value])
        elif kind == NO_TEXT:
            result = ""
        else:
            raise ValueError(kind)
        self._put(row, column, result)
        self._formulas.setdefault(row, set()).add(column)

    def _formula_text(self, record: Record, _: bytes) -> None:
        """The text that the formula before gave."""
        if self._awaited:
            row, column = self._awaited
            self._rows[row][column] = string(self._stream, record, 0)
            self._awaited = None

    def _row(self, _: Record, body: bytes) -> None:
        row, flags = ROW_FLAGS.unpack_from(body)
        if flags & HIDDEN_ROW:
            self._hidden.add(row + 1)

    def _merged(self, _: Record, body: bytes) -> None:
        (count,) = struct.unpack_from("<H", body)
        self._take(count)
        for at in range(2, 2 + RANGE.size * count, RANGE.size):
            first_row, last_row, first_column, last_column = RANGE.unpack_from(body, at)
            self._merges.append(Merge(first_row + 1, first_column, last_row + 1, last_column))

    def _drawn(self, record: Record, _: bytes) -> None:
        self._drawing += pieces(self._stream, record)

    def _shown(self, value: float, format_: int) -> Value:
        shown = _exact(value)
        look = self._shared.looks[format_]
        if shown is None:
            return CellError("#NUM!")
        at = moment(float(shown), look, self._shared.since_1904) if look else None
        return shown if at is None else at

    def _put(self, row: int, column: int, value: Value) -> None:
        if value is None:
            return
        if column >= COLUMNS:
            raise ValueError(column)
        values = self._rows.setdefault(row, [])
        more = column + 1 - len(values)
        if more > 0:
            self._take(more)
            values += [None] * more
        values[column] = value

    def _take(self, count: int) -> None:
        self.room -= count
        if self.room < 0:
            raise too_many()


def _exact(value: float) -> int | Decimal | None:
    """``value`` as ``number`` has it, the usual cases without the way through text and back."""
    if value.is_integer() and -LONG < value < LONG:
        return int(value)
    digits = repr(value)
    return number(digits)


def rk(packed: int) -> float:
    """The number in 32 bits: a whole one or the upper half of a double, of hundredths or not."""
    if packed & 2:
        value = float((packed >> 2) - (packed >> 1 & 0x40000000))
    else:
        (value,) = struct.unpack("<d", struct.pack("<II", 0, packed & ~3))
    return value / 100 if packed & 1 else value
