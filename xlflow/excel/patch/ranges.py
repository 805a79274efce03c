"""Ranges written as text, such as ``A2:C10`` or ``'3月'!$A$1:$T$10``: those that end at a row get longer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from xlflow.grid import column_index

#: The name of a sheet in quotes, or a cell or range; a word with a digit at its end is neither.
RANGE = re.compile(
    r"'(?:[^']|'')*'"
    r"|(?<![\w.$])(\$?[A-Za-z]{1,3}\$?)([0-9]{1,7})(?::(\$?[A-Za-z]{1,3}\$?)([0-9]{1,7}))?(?![\w.!(])"
)


def lengthened(ranges: str, last: int, taken: Collection[range] = ()) -> str:
    """The ranges, those that end at row ``last`` with one row more, but for those in columns that are ``taken``."""

    def one(found: re.Match[str]) -> str:
        column, row, last_column, last_row = found.groups()
        if row is None or int(last_row or row) != last:
            return found[0]
        if any(set(_columns(found)).intersection(columns) for columns in taken):
            return found[0]
        return f"{column}{row}:{last_column or column}{last + 1}"

    return RANGE.sub(one, ranges)


def columns_at(ranges: str, row: int) -> Iterator[range]:
    """The 0-based columns of those ranges that hold a row."""
    for found in RANGE.finditer(ranges):
        if found[2] is not None and int(found[2]) <= row <= int(found[4] or found[2]):
            yield _columns(found)


def _columns(found: re.Match[str]) -> range:
    first, last = (column_index(name.replace("$", "").upper()) for name in (found[1], found[3] or found[1]))
    return range(first, last + 1)
