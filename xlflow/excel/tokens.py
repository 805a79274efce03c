"""The rows of a worksheet as tokens: per column what each cell's tag says and the raw text of its value.

This is the fast way, for sheets in the form that Excel, WPS and most libraries write: a pattern (row_pattern) that
must fit every row. Where it does not there is an UnfitError, and the sheet goes through the XML parser (cells_xml),
to the same tokens.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from xlflow.excel.stream import UnfitError

#: What the ``t`` of a cell can say.
TYPES = frozenset({"n", "s", "str", "inlineStr", "b", "e", "d"})
ATTRIBUTE = re.compile(rb'\s+([A-Za-z_][\w:.-]*)\s*=\s*"([^"<&\x00-\x08\x0b\x0c\x0e-\x1f]*)"')
ATTRIBUTES = re.compile(rb"(?:%s)*\s*/?" % ATTRIBUTE.pattern)
#: WPS keeps pictures beside the workbook; the cell names its picture in a formula.
PICTURE = re.compile(rb'DISPIMG\(\s*(?:(?:"|&quot;)([^"&]*))?')
NO_ID = "?"


class Formula(NamedTuple):
    """What matters of a formula: the id of the picture it shows, if any, and whether it has a value at all."""

    image: str
    has_value: bool


class Column(NamedTuple):
    """The cells of one column in the rows of a batch.

    ``heads``: the attributes of the cells' tags but the reference, as they stand; empty for no cell or none.
    ``texts``: raw XML text of the value, empty for none.
    ``formulas``: None for no formula.
    ``inlines``: raw text in the cell itself, with what its tag says in front: ``>`` or ``xml:space="preserve">``.
    """

    heads: Sequence[bytes]
    texts: Sequence[bytes]
    formulas: Sequence[Formula | None] | None = None
    inlines: Sequence[bytes] | None = None


class Batch(NamedTuple):
    """Some rows: their numbers, the raw attributes of their tags, and their columns by 0-based index, ascending."""

    numbers: list[int]
    rows: Sequence[bytes]
    columns: dict[int, Column]


def picture_id(formula: bytes) -> str:
    """The id of the picture a formula shows; empty for any other formula."""
    found = PICTURE.search(formula)
    return "" if found is None else (found[1] or b"").decode() or NO_ID


def attributes(raw: bytes) -> dict[str, str]:
    """The attributes in a tag as it stands; UnfitError or ValueError if they are no plain well-formed ones."""
    pairs = ATTRIBUTE.findall(raw)
    found = {name.decode(): value.decode() for name, value in pairs}
    if not ATTRIBUTES.fullmatch(raw) or len(found) != len(pairs) or any(n.startswith("xmlns") for n in found):
        raise UnfitError
    return found
