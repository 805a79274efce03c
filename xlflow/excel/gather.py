"""Batches of tokens become the lines of a sheet, within the limits of what a register can be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress, islice, repeat

from xlflow.excel.columns import Columns, Common
from xlflow.excel.limits import LARGEST_AREA, MOST_CELLS, stray_cell, too_many_cells
from xlflow.excel.tokens import Batch, attributes
from xlflow.excel.values import BadCellError
from xlflow.excel.xml import TRUE
from xlflow.grid import Line, Value, letters

#: Different tags of rows that are remembered.
MOST_TAGS = 1 << 16
#: A sheet that is wider is so because of a stray cell.
WIDE = 256


class Gathered:
    """What the batches of one sheet hold so far.

    ``lines``: rows with a value, as they stand. ``hidden``: those of them that are hidden. ``pictures``: cells
    that show a picture, as in grid.Sheet. ``heights``: in points, of the rows that say their own.
    """

    def __init__(self, sheet: str, common: Common) -> None:
        self.sheet = sheet
        self.lines: list[Line] = []
        self.hidden: set[int] = set()
        self.pictures: set[tuple[int, int]] = set()
        self.heights: dict[int, float] = {}
        self._columns = Columns(common)
        self._tags: dict[bytes, tuple[bool, float | None]] = {}
        self._span = range(0)
        self._width, self._widest = 0, ""
        self._counted = self._cells = 0

    def add(self, batch: Batch) -> None:
        """Take in some rows. UnfitError, ValueError or BadCellError where the tokens make no sense."""
        filled: dict[int, list[Value]] = {}
        for index, column in batch.columns.items():
            try:
                values, pictures = self._columns.read(index, column)
            except BadCellError as bad:
                raise BadCellError(bad.at, f"{letters(index)}{batch.numbers[bad.at]}") from None
            self.pictures.update((batch.numbers[at], index) for at in pictures)
            if _last(values) >= 0:
                filled[index] = values
        before = len(self.lines)
        if filled:
            self._ensure_small(batch.numbers, filled)
            self._add_lines(batch, filled)
            self._ensure_few()
        self._see_tags(batch, before)

    def _add_lines(self, batch: Batch, filled: dict[int, list[Value]]) -> None:
        nothing: list[Value] = [None] * len(batch.numbers)
        columns = [filled.get(index, nothing) for index in range(max(filled) + 1)]
        rows = map(list, zip(*columns, strict=True))
        blank: list[Value] = [None] * len(columns)
        append = self.lines.append
        for number, values, formulas in zip(batch.numbers, rows, _formulas(batch), strict=False):
            if values[-1] is None:
                if values == blank:
                    continue
                while values[-1] is None:
                    values.pop()
            append(Line(number, values, formulas))

    def _ensure_small(self, numbers: Sequence[int], filled: dict[int, list[Value]]) -> None:
        """The rectangle of cells with content must be one that a register can have."""
        first = min(numbers[_first(values)] for values in filled.values())
        last = max(numbers[_last(values)] for values in filled.values())
        if self._span:
            first, last = min(first, self._span[0]), max(last, self._span[-1])
        self._span = range(first, last + 1)
        if max(filled) >= self._width:
            self._width = max(filled) + 1
            self._widest = _name(max(filled), numbers, filled)
        if len(self._span) * self._width > LARGEST_AREA:
            lowest = max(filled, key=lambda index: numbers[_last(filled[index])])
            raise stray_cell(self.sheet, self._widest if self._width > WIDE else _name(lowest, numbers, filled))

    def _ensure_few(self) -> None:
        if len(self._span) * self._width > MOST_CELLS:
            for line in islice(self.lines, self._counted, None):
                self._cells += len(line.values) - line.values.count(None)
            self._counted = len(self.lines)
            if self._cells > MOST_CELLS:
                raise too_many_cells(self.sheet)

    def _see_tags(self, batch: Batch, before: int) -> None:
        """Hidden rows with content, and heights."""
        tags = {raw: self._tag(raw) for raw in set(batch.rows)}
        if any(hidden for hidden, _ in tags.values()):
            unseen = {number for number, raw in zip(batch.numbers, batch.rows, strict=True) if tags[raw][0]}
            self.hidden.update(unseen.intersection(line.number for line in islice(self.lines, before, None)))
        if any(height is not None for _, height in tags.values()):
            for number, raw in zip(batch.numbers, batch.rows, strict=True):
                height = tags[raw][1]
                if height is not None:
                    self.heights[number] = height

    def _tag(self, raw: bytes) -> tuple[bool, float | None]:
        found = self._tags.get(raw)
        if found is None:
            said = attributes(raw)
            height = float(said["ht"]) if "ht" in said else None
            found = said.get("hidden") in TRUE or height == 0, height
            if len(self._tags) < MOST_TAGS:
                self._tags[raw] = found
        return found


def _name(index: int, numbers: Sequence[int], filled: dict[int, list[Value]]) -> str:
    """The name of the last cell with content in a column."""
    return f"{letters(index)}{numbers[_last(filled[index])]}"


def _first(values: Sequence[Value]) -> int:
    """Place of the first value; there must be one."""
    return next(at for at, value in enumerate(values) if value is not None)


def _last(values: Sequence[Value]) -> int:
    """Place of the last value, -1 if there is none."""
    return next((at for at in range(len(values) - 1, -1, -1) if values[at] is not None), -1)


def _formulas(batch: Batch) -> Iterable[tuple[int, ...]]:
    """For each row the columns with a formula."""
    indexes = [index for index, column in batch.columns.items() if column.formulas is not None]
    if not indexes:
        return repeat(())
    marks = [[f is not None for f in batch.columns[index].formulas or ()] for index in indexes]
    seen: dict[tuple[bool, ...], tuple[int, ...]] = {}
    return [
        seen[row] if row in seen else seen.setdefault(row, tuple(compress(indexes, row)))
        for row in zip(*marks, strict=True)
    ]
