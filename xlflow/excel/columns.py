"""The cells of a column, whatever their kinds, become values; formulas and pictures have their say (domain.md B.10)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress

from xlflow.excel.formats import NUMBER
from xlflow.excel.stream import UnfitError
from xlflow.excel.tokens import Column, attributes
from xlflow.excel.values import Kind, Raws, dated, inline, iso, numeric, plain, remembered, shared, yes_or_no
from xlflow.grid import UNCACHED, CellError, Value

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
    """Reads columns of one sheet."""

    def __init__(self, common: Common) -> None:
        self._common = common
        self._numbers = remembered(numeric)
        self._shared = shared(common.texts)
        self._kinds: dict[tuple[str, int], Kind] = {}
        self._kind_of: dict[bytes, Kind] = {}
        self._rich_of: dict[bytes, int] = {}

    def read(self, column: Column) -> tuple[list[Value], list[int]]:
        """The values, none at all for blank cells alone, and the places of those cells that show a picture."""
        heads = set(column.heads)
        for head in heads.difference(self._kind_of):
            self._learn(head)
        rich = not self._rich_of.keys().isdisjoint(heads)
        if not (any(column.texts) or column.formulas or column.inlines or rich):
            return [], []
        values = self._values(column, heads)
        pictures: list[int] = []
        if column.formulas:
            self._see_formulas(column, values, pictures)
        if rich:
            for at, head in enumerate(column.heads):
                if self._rich_of.get(head) in self._common.rich:
                    pictures.append(at)
                    values[at] = None if isinstance(values[at], CellError) else values[at]
        return values, pictures

    def _values(self, column: Column, heads: Iterable[bytes]) -> list[Value]:
        """The values without regard to formulas. Most columns are of one kind, but for cells that are blank."""
        texts = column.texts
        inlines = column.inlines or [b""] * len(texts)
        kinds = set(map(self._kind_of.__getitem__, heads))
        if len(kinds) > 1:
            filled = compress(column.heads, map(_either, texts, inlines))
            kinds = set(map(self._kind_of.__getitem__, set(filled)))
        if len(kinds) > 1:
            return self._mixed(column.heads, {kind: inlines if kind is inline else texts for kind in kinds})
        kind = kinds.pop() if kinds else self._numbers
        return kind(inlines if kind is inline else texts)

    def _mixed(self, heads: Sequence[bytes], kinds: dict[Kind, Raws]) -> list[Value]:
        values: list[Value] = [None] * len(heads)
        for kind, raws in kinds.items():
            own = kind([raw if self._kind_of[head] is kind else b"" for raw, head in zip(raws, heads, strict=True)])
            values = [new if old is None else old for old, new in zip(values, own, strict=True)]
        return values

    def _see_formulas(self, column: Column, values: list[Value], pictures: list[int]) -> None:
        for at, formula in enumerate(column.formulas or ()):
            if formula is None:
                continue
            if formula.image:
                values[at] = None
                if formula.image in self._common.images:
                    pictures.append(at)
            elif values[at] is None and not (formula.has_value and self._kind_of[column.heads[at]] is plain):
                values[at] = UNCACHED

    def _learn(self, head: bytes) -> None:
        said = attributes(head)
        style, rich = said.get("s", "0"), said.get("vm", "0")
        if len(self._kind_of) > MOST_HEADS or not (PLAIN_NUMBER.fullmatch(style) and PLAIN_NUMBER.fullmatch(rich)):
            raise UnfitError
        looks = self._common.looks
        look = looks[int(style)] if int(style) < len(looks) else NUMBER
        self._kind_of[head] = self._kind(said.get("t", "n"), look)
        if int(rich):
            self._rich_of[head] = int(rich)

    def _kind(self, name: str, look: int) -> Kind:
        if name not in ("n", "d"):
            look = NUMBER
        kind = self._kinds.get((name, look))
        if kind is None:
            kind = self._kinds[name, look] = self._new_kind(name, look)
        return kind

    def _new_kind(self, name: str, look: int) -> Kind:
        if name == "n":
            return remembered(dated(look, self._common.since_1904)) if look else self._numbers
        if name == "d":
            return remembered(iso(look))
        try:
            return {
                "s": self._shared,
                "str": plain,
                "inlineStr": inline,
                "b": remembered(yes_or_no),
                "e": remembered(CellError),
            }[name]
        except KeyError:
            raise UnfitError from None


def _either(text: bytes, inlined: bytes) -> bytes:
    return text or inlined
