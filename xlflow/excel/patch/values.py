"""The values of some cells, as the reader has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain

from xlflow.excel.parts import SheetPart
from xlflow.excel.patch.opened import Opened
from xlflow.excel.patch.refusals import unusual
from xlflow.excel.patch.row import Row
from xlflow.excel.patch.worksheet import Frame
from xlflow.excel.read import slow


def read_values(
    opened: Opened, sheet: SheetPart, frame: Frame, rows: Mapping[int, Row], places: Iterable[tuple[int, int]]
) -> None:
    """Let the reader read the cells at these rows and columns, as far as they are there and have not been read.

    BookError where they make no sense to the reader.
    """
    wanted: dict[int, list[int]] = defaultdict(list)
    for row, column in places:
        cell = rows[row].cells.get(column)
        if cell is not None and cell.xml and not cell.read:
            wanted[row].append(column)
            cell.read = True
    if not wanted:
        return
    xml = (rows[row].only(wanted[row]) for row in sorted(wanted))
    read, _ = slow(sheet, chain([frame.before], xml, [frame.behind]), opened.common)
    try:
        for line in read.lines:
            for column, value in enumerate(line.values):
                if value is not None:
                    rows[line.number].cells[column].value = value
        for row, column in read.pictures:
            rows[row].cells[column].picture = True
    except KeyError:
        raise unusual(sheet.part) from None
