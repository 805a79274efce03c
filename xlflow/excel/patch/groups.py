"""The cells of a worksheet that share formulas: the first has the text, the others only the number of the group."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from xlflow.excel.patch.markup import ATTRIBUTE, decoded
from xlflow.excel.patch.refusals import unusual
from xlflow.excel.patch.row import read_row
from xlflow.excel.patch.worksheet import Worksheet
from xlflow.excel.places import place


class Member(NamedTuple):
    """A cell of a group."""

    row: int
    column: int


class Groups:
    """The groups of a worksheet, found in one pass over its formulas."""

    def __init__(self, xml: Worksheet) -> None:
        self._xml = xml
        self._groups: dict[str, list[list[Member]]] = defaultdict(list)
        tag = re.compile(rb"<%sf(\s[^<>]*)>" % xml.prefix.encode())
        for found in tag.finditer(xml.data, xml.sheet_data.head, xml.sheet_data.stop):
            said = {one[1]: decoded(one[2][1:-1]) for one in ATTRIBUTE.finditer(found[1])}
            if said.get(b"t") == "shared":
                self._add(said.get(b"si", ""), b"ref" in said, found.start())

    def of(self, number: str) -> list[list[Member]]:
        """The groups of this number, each with its first cell first; some files use a number again."""
        return self._groups[number]

    def _add(self, number: str, is_first: bool, at: int) -> None:
        groups = self._groups[number]
        if is_first:
            groups.append([])
        if groups:
            groups[-1].append(self._place(at))

    def _place(self, at: int) -> Member:
        """The cell whose formula begins at this byte."""
        xml = self._xml
        index = bisect_right(xml.starts, at) - 1
        start = xml.data.rfind(b"<%sc" % xml.prefix.encode(), xml.starts[index], at)
        for found in ATTRIBUTE.finditer(xml.data, start, at):
            if found[1] == b"r":
                cell = place(decoded(found[2][1:-1]))
                if cell is None or cell[0] != xml.rows[index]:
                    raise unusual(xml.part)
                return Member(*cell)
        return next(self._counted(index, start - xml.starts[index]))

    def _counted(self, index: int, start: int) -> Iterator[Member]:
        """The cell that begins at this byte of a row, where cells do not say their places."""
        number = self._xml.rows[index]
        row = read_row(self._xml.part, number, self._xml.bytes_of(number), self._xml.prefix)
        for column, cell in row.cells.items():
            if cell.element is not None and cell.element.start == start:
                yield Member(number, column)
        raise unusual(self._xml.part)
