"""Places in a sheet as a workbook writes them: ``C7``, ``A1:B2``."""

from __future__ import annotations

import re

from xlflow.excel.limits import COLUMNS, ROWS
from xlflow.grid import Merge, column_index

#: A range with the name of its sheet, in quotes or not.
IN_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!([$A-Za-z0-9:]+)")
REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})", re.ASCII)


def place(reference: str) -> tuple[int, int] | None:
    """1-based row and 0-based column of a cell; None if there is no such place."""
    found = REFERENCE.fullmatch(reference)
    if not found:
        return None
    row, column = int(found[2]), column_index(found[1].upper())
    return (row, column) if 0 < row <= ROWS and column < COLUMNS else None


def area(reference: str) -> Merge | None:
    """The range ``A1:B2`` or the cell ``A1``; None if there is no such place."""
    first, _, last = reference.partition(":")
    start, end = place(first), place(last or first)
    if start is None or end is None or start[0] > end[0] or start[1] > end[1]:
        return None
    return Merge(*start, *end)


def in_sheet(reference: str) -> tuple[str, Merge] | None:
    """The sheet and the range of ``Sheet1!$A$1:$B$2``; None for anything else."""
    found = IN_SHEET.fullmatch(reference)
    place = area(found[3]) if found else None
    if found is None or place is None:
        return None
    return (found[1].replace("''", "'") if found[1] else found[2], place)
