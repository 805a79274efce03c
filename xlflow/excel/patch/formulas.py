"""Formulas copied from one cell to another: their relative references move along."""

from __future__ import annotations

import re

from xlflow.excel.limits import COLUMNS, ROWS
from xlflow.grid import column_index, letters

#: What a formula is made of as far as references go. What has none comes first, whatever it looks like: texts, names
#: of sheets in quotes, other workbooks and columns of tables in brackets, errors, numbers. Any other word is a name,
#: a function or a sheet.
PIECE = re.compile(
    r"""
      "(?:[^"]|"")*" | '(?:[^']|'')*' | \[(?:[^][']|'.|\[(?:[^][']|'.)*\])*\] | \#[A-Z][A-Z/0-9]*[!?]?
    | (?P<rows>    \$?[0-9]{1,7} : \$?[0-9]{1,7}                   (?![\w.(!]) )
    | (?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?
    | (?P<columns> \$?[A-Za-z]{1,3} : \$?[A-Za-z]{1,3}             (?![\w.(!$]) )
    | (?P<cells>   \$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}
               (?::\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6})?            (?![\w.(!\\?]) )
    | [\w\\][\w.\\?]*
    """,
    re.VERBOSE | re.DOTALL,
)
END = re.compile(r"(?:(\$?)([A-Za-z]+))?(?:(\$?)([0-9]+))?")
GONE = "#REF!"


class _NoReferenceError(Exception):
    """A word that looks like a cell beyond the last one: it is a name."""


def moved(formula: str, rows: int, columns: int) -> str:
    """The formula as Excel copies it so many rows down and columns to the right; what leaves the sheet is #REF!."""

    def piece(found: re.Match[str]) -> str:
        if found.lastgroup is None:
            return found[0]
        try:
            ends = [_end(end, rows, columns) for end in found[0].split(":")]
        except _NoReferenceError:
            return found[0]
        return GONE if GONE in ends else ":".join(ends)

    return PIECE.sub(piece, formula)


def _end(end: str, rows: int, columns: int) -> str:
    """One end of a reference, moved."""
    column_fixed, column, row_fixed, row = END.findall(end)[0]
    index, number = column_index(column.upper()), int(row or 1) - 1
    if index >= COLUMNS or not 0 <= number < ROWS:
        raise _NoReferenceError
    index += 0 if column_fixed or not column else columns
    number += 0 if row_fixed or not row else rows
    if (column and not 0 <= index < COLUMNS) or not 0 <= number < ROWS:
        return GONE
    return f"{column_fixed}{letters(index) if column else ''}{row_fixed}{number + 1 if row else ''}"
