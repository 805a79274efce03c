"""One pattern for the rows of a worksheet, made of the columns the sheet has.

It must fit block after block of rows without a gap: the matches are as many as the row tags, each ends where the
next row begins or the block ends, and every cell names its own row and stands in the order of columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from xlflow.excel.limits import COLUMNS
from xlflow.excel.stream import UnfitError
from xlflow.excel.text import ensure_plain
from xlflow.excel.tokens import Batch, Column, Formula, picture_id
from xlflow.grid import column_index, letters

#: Columns in one pattern, and times it is made wider, before the sheet counts as unusual.
MOST_COLUMNS, MOST_PATTERNS = 256, 16
#: A row, and a cell in it: the usual cell of its column, else any. ``@`` is the column's letters, ``:`` the prefix
#: of all names, \\1 the row's number. FORMULA and TEXT stay empty until the sheet needs them.
ROW = r'<:row r="([1-9]\d{0,6}+)"([^<>]*+)(?:(?<=/)>|>CELLS</:row>)(?=<:row r="|\Z)'
CELL = r'(?:<:c r="@\1"(?:USUAL|([^<>/]*+)(?:/>|>FORMULA(?:<:v>([^<]*+)</:v>|<:v/>TEXT)?+</:c>)))?+'
FORMULA = r'(<:f(?:\s++[\w:.-]++="[^"<&]*+")*+\s*+(?:/>|>[^<]*+</:f>)(?:(?:<:v></:v>|<:v/>)(?=</:c>))?+)?+'
TEXT = r'|<:is><:t((?: xml:space="preserve")?+>[^<]*+)</:t></:is>'
#: Forms of a usual cell: with a value, with a text of its own, blank.
VALUE, OWN_TEXT, BLANK = r"><:v>([^<]++)</:v></:c>", r"><:is><:t(>[^<]++)</:t></:is></:c>", r"/>()"
#: The most frequent formulas: with a value, and without.
WITH_VALUE, WITHOUT = Formula("", True), Formula("", False)


class Usual(NamedTuple):
    """The usual cell of a column: the attributes of its tag, as they stand, and its form."""

    head: bytes = b""
    form: str = VALUE


class RowPattern:
    """The pattern of one sheet. It is made wider when a block has more columns, or the first formula or text.

    After the first block it knows the usual cell of each column, which makes it a third faster.
    """

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._usual: dict[int, Usual] = {}
        self._formulas = self._texts = False
        self._made = 0
        self._first: dict[int, Column] | None = None
        self._pattern = re.compile(rb"(?!)")

    def batch(self, block: bytes) -> Batch:
        """The rows of a block, which must begin with one; UnfitError where the pattern does not fit."""
        if self._first:
            self._usual |= {index: _usual(column) for index, column in self._first.items()}
            self._first = {}
            self._compile()
        found = self._matches(block)
        if not found:
            self._widen(block)
            found = self._matches(block)
        if not found:
            raise UnfitError
        numbers, rows, *groups = zip(*found, strict=True)
        width = 3 + self._formulas + self._texts
        columns = {
            index: self._column(usual, *groups[at : at + width])
            for (index, usual), at in zip(self._usual.items(), range(0, len(groups), width), strict=True)
            if any(map(any, groups[at : at + width]))
        }
        if self._first is None:
            self._first = columns
        return Batch(list(map(int, numbers)), rows, columns)

    def _matches(self, block: bytes) -> list[tuple[bytes, ...]]:
        start = self._named('<:row r="')
        found: list[tuple[bytes, ...]] = self._pattern.findall(block)
        return found if block.startswith(start) and len(found) == block.count(start) else []

    def _widen(self, block: bytes) -> None:
        self._made += 1
        seen = set(re.findall(self._named('<:c r="([A-Z]{1,3})[0-9]'), block))
        columns = sorted({*self._usual, *(column_index(name.decode()) for name in seen)})
        if self._made > MOST_PATTERNS or len(columns) > MOST_COLUMNS or columns[-1:] >= [COLUMNS]:
            raise UnfitError
        self._usual = {index: self._usual.get(index, Usual()) for index in columns}
        self._formulas |= self._named("<:f") in block
        self._texts |= self._named("<:is>") in block
        self._compile()

    def _compile(self) -> None:
        cell = CELL.replace("FORMULA", FORMULA * self._formulas).replace("TEXT", TEXT * self._texts)
        cells = "".join(
            cell.replace("@", letters(index)).replace("USUAL", re.escape(head.decode()) + form)
            for index, (head, form) in self._usual.items()
        )
        self._pattern = re.compile(self._named(ROW.replace("CELLS", cells)))

    def _named(self, pattern: str) -> bytes:
        return pattern.replace("<:", f"<{self._prefix}").replace("</:", f"</{self._prefix}").encode()

    def _column(self, usual: Usual, found: Sequence[bytes], heads: Sequence[bytes], *others: Sequence[bytes]) -> Column:
        """The usual cells of a column and all others put together."""
        formulas = others[0] if self._formulas else ()
        values = others[self._formulas]
        texts: Sequence[bytes] = others[-1] if self._texts else ()
        if any(found):
            heads = _merged(
                [usual.head] * len(found) if all(found) else [usual.head if f else b"" for f in found], heads
            )
            if usual.form is OWN_TEXT:
                texts = _merged(found, texts)
            else:
                values = _merged(found, values)
        return Column(
            heads,
            values,
            _formulas(formulas, values) if any(formulas) else None,
            texts if any(texts) else None,
        )


def _merged(usual: Sequence[bytes], others: Sequence[bytes]) -> Sequence[bytes]:
    return [one or other for one, other in zip(usual, others, strict=True)] if any(others) else usual


def _usual(column: Column) -> Usual:
    """The commonest cell of a column, apart from no cell at all."""
    cells = Counter(zip(column.heads, map(bool, column.texts), strict=True))
    del cells[b"", False]
    if not cells:
        return Usual()
    head, has_value = max(cells, key=cells.__getitem__)
    if b't="inlineStr"' in head:
        return Usual(head, OWN_TEXT)
    return Usual(head, VALUE if has_value else BLANK)


def _formulas(formulas: Sequence[bytes], values: Sequence[bytes]) -> list[Formula | None]:
    """What matters of the formulas; behind each stands an empty value, if it has one."""
    pictures = "DISPIMG" in ensure_plain(formulas)
    found: list[Formula | None] = [None] * len(formulas)
    for at, (formula, value) in enumerate(zip(formulas, values, strict=True)):
        if formula:
            has_value = bool(value) or formula.endswith((b"v>", b"v/>"))
            image = picture_id(formula) if pictures else ""
            found[at] = Formula(image, has_value) if image else WITH_VALUE if has_value else WITHOUT
    return found
