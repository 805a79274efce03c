"""Ranges written as text, such as ``A2:C10`` or ``'3月'!$A$1:$T$10``: those that end at a row get longer."""

from __future__ import annotations

import re

#: The name of a sheet in quotes, or a cell or range; a word with a digit at its end is neither.
RANGE = re.compile(
    r"'(?:[^']|'')*'"
    r"|(?<![\w.$])(\$?[A-Za-z]{1,3}\$?)([0-9]{1,7})(?::(\$?[A-Za-z]{1,3}\$?)([0-9]{1,7}))?(?![\w.!(])"
)


def lengthened(ranges: str, last: int) -> str:
    """The ranges, those that end at row ``last`` with one row more."""

    def one(found: re.Match[str]) -> str:
        column, row, last_column, last_row = found.groups()
        if row is None or int(last_row or row) != last:
            return found[0]
        return f"{column}{row}:{last_column or column}{last + 1}"

    return RANGE.sub(one, ranges)
