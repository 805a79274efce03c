"""Cells that are not on their own: in merges, arrays, and the headings and totals of tables."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from xlflow.excel.patch.markup import ATTRIBUTE
from xlflow.excel.patch.refusals import array, merged, table_head, table_total
from xlflow.excel.patch.tables import Table
from xlflow.excel.patch.worksheet import Worksheet
from xlflow.excel.places import area
from xlflow.grid import Merge, letters

LAST_ROW = attrgetter("last_row")


class Obstacles:
    """Those of one worksheet."""

    def __init__(self, sheet: str, xml: Worksheet, tables: Sequence[Table]) -> None:
        self._sheet, self._tables = sheet, tables
        merges = (merge for merge in xml.areas("mergeCells", "mergeCell") if merge[:2] != merge[2:])
        self._merges = sorted(merges, key=LAST_ROW)
        self._arrays = list(_arrays(xml))

    def ensure_free(self, row: int, column: int) -> None:
        """BookError ``merged``, ``array``, ``table-head`` or ``total-row`` where the cell is not on its own."""
        name = f"{letters(column)}{row}"
        for merge in self._merges[bisect_left(self._merges, row, key=LAST_ROW) :]:
            if covers(merge, row, column) and (row, column) != merge[:2]:
                raise merged(self._sheet, name, _name(merge))
        for place in self._arrays:
            if covers(place, row, column):
                raise array(self._sheet, name, _name(place))
        for table in self._tables:
            if column in table.columns and table.has_head(row):
                raise table_head(self._sheet, name, table.name)
            if column in table.columns and table.has_total(row):
                raise table_total(self._sheet, name, table.name)


def covers(place: Merge, row: int, column: int) -> bool:
    """Whether a cell lies in a range."""
    return place.first_row <= row <= place.last_row and place.first_column <= column <= place.last_column


def _name(place: Merge) -> str:
    first, last = f"{letters(place.first_column)}{place.first_row}", f"{letters(place.last_column)}{place.last_row}"
    return first if first == last else f"{first}:{last}"


def _arrays(xml: Worksheet) -> Iterator[Merge]:
    """The ranges of array formulas and data tables."""
    if b"array" not in xml.data and b"dataTable" not in xml.data:
        return
    tags = re.compile(rb"<%sf(\s[^<>]*)>" % xml.prefix.encode())
    for tag in tags.finditer(xml.data, xml.sheet_data.head, xml.sheet_data.stop):
        said = {found[1]: found[2][1:-1] for found in ATTRIBUTE.finditer(tag[1])}
        place = area(said.get(b"ref", b"").decode()) if said.get(b"t") in (b"array", b"dataTable") else None
        if place is not None:
            yield place
