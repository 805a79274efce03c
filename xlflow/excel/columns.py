"""The cells of a column, whatever their kinds, become values; formulas and pictures have their say (domain.md B.10)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import TypeAlias

from xlflow.excel.formats import NUMBER
from xlflow.excel.stream import UnfitError
from xlflow.excel.tokens import TYPES, Column, attributes
from xlflow.excel.values import Kind, dated, inline, iso, numeric, plain, remembered, shared, yes_or_no
from xlflow.grid import UNCACHED, CellError, Value

#: The sort of a value: its type as the tag of a cell names it, and what its number format shows.
Sort: TypeAlias = tuple[str, int]
PLAIN_NUMBERS, TEXT, INLINE = ("n", NUMBER), ("str", NUMBER), ("inlineStr", NUMBER)
PLAIN_NUMBER = re.compile(r"[0-9]{1,9}")
#: Different tags of cells in one sheet; Excel has 65,490 styles.
MOST_HEADS = 70_000


@dataclass(frozen=True, slots=True)
class Common:
    """What all sheets of a workbook share.

    ``texts``: the shared strings. ``looks``: by style, what it shows (``formats``). ``images``: ids of pictures
    that a DISPIMG formula can show. ``rich``: values of cells (``vm``) that are a picture.
    """

    texts: Sequence[str | None] = ()
    looks: Sequence[int] = ()
    since_1904: bool = False
    images: frozenset[str] = frozenset()
    rich: frozenset[int] = frozenset()


class Columns:
    """Reads columns of one sheet. Each column remembers its own values, for in most they repeat."""

    def __init__(self, common: Common) -> None:
        self._common = common
        self._kinds: dict[tuple[int, Sort], Kind] = {}
        self._sort_of: dict[bytes, Sort] = {}
        self._rich_of: dict[bytes, int] = {}

    def read(self, index: int, column: Column) -> tuple[list[Value], list[int]]:
        """The values, none at all for blank cells alone, and the places of those cells that show a picture."""
        heads = set(column.heads)
        for head in heads.difference(self._sort_of):
            self._learn(head)
        rich = not self._rich_of.keys().isdisjoint(heads)
        if not (any(column.texts) or column.formulas or column.inlines or rich):
            return [], []
        values = self._values(index, column, heads)
        pictures: list[int] = []
        if column.formulas:
            self._see_formulas(column, values, pictures)
        if rich:
            for at, head in enumerate(column.heads):
                if self._rich_of.get(head) in self._common.rich:
                    pictures.append(at)
                    values[at] = None if isinstance(values[at], CellError) else values[at]
        return values, pictures

    def _values(self, index: int, column: Column, heads: Iterable[bytes]) -> list[Value]:
        """The values without regard to formulas. Most columns are of one sort, but for cells that are blank."""
        texts = column.texts
        inlines = column.inlines or [b""] * len(texts)
        sorts = set(map(self._sort_of.__getitem__, heads))
        if len(sorts) > 1:
            filled = {*compress(column.heads, texts), *compress(column.heads, inlines)}
            sorts = set(map(self._sort_of.__getitem__, filled))
        if len(sorts) <= 1:
            sort = sorts.pop() if sorts else PLAIN_NUMBERS
            return self._kind(index, sort)(inlines if sort == INLINE else texts)
        values: list[Value] = [None] * len(texts)
        for sort in sorts:
            own = {head for head in heads if self._sort_of[head] == sort}
            raws = zip(column.heads, inlines if sort == INLINE else texts, strict=True)
            read = self._kind(index, sort)([raw if head in own else b"" for head, raw in raws])
            values = [new if old is None else old for old, new in zip(values, read, strict=True)]
        return values

    def _see_formulas(self, column: Column, values: list[Value], pictures: list[int]) -> None:
        for at, formula in enumerate(column.formulas or ()):
            if formula is None:
                continue
            if formula.image:
                values[at] = None
                if formula.image in self._common.images:
                    pictures.append(at)
            elif values[at] is None and not (formula.has_value and self._sort_of[column.heads[at]] == TEXT):
                values[at] = UNCACHED

    def _learn(self, head: bytes) -> None:
        said = attributes(head)
        name, style, rich = said.get("t", "n"), said.get("s", "0"), said.get("vm", "0")
        if name not in TYPES or not (PLAIN_NUMBER.fullmatch(style) and PLAIN_NUMBER.fullmatch(rich)):
            raise UnfitError
        if len(self._sort_of) > MOST_HEADS:
            raise UnfitError
        looks = self._common.looks
        is_dated = name in ("n", "d") and int(style) < len(looks)
        self._sort_of[head] = name, looks[int(style)] if is_dated else NUMBER
        if int(rich):
            self._rich_of[head] = int(rich)

    def _kind(self, index: int, sort: Sort) -> Kind:
        kind = self._kinds.get((index, sort))
        if kind is None:
            kind = self._kinds[index, sort] = self._new_kind(*sort)
        return kind

    def _new_kind(self, name: str, look: int) -> Kind:
        match name:
            case "n":
                return remembered(dated(look, self._common.since_1904) if look else numeric)
            case "d":
                return remembered(iso(look))
            case "s":
                return shared(self._common.texts)
            case "str":
                return plain
            case "inlineStr":
                return inline
            case "b":
                return remembered(yes_or_no)
            case _:
                return remembered(CellError)
