"""What the style of a cell makes of its number: a day, a time of day, both, or a number."""

from __future__ import annotations

from collections.abc import Iterable

from xlflow.excel.formats import BUILT_IN, NUMBER, shown_as
from xlflow.excel.xml import elements


def looks(part: str, pieces: Iterable[bytes]) -> list[int]:
    """By the number of a cell's style, what its number format shows (``formats``).

    A format that the file spells out counts before the built-in one of the same number.
    """
    codes: dict[str, int] = {}
    formats: list[str] = []
    for path, attributes, _ in elements(part, pieces):
        if path == ("styleSheet", "numFmts", "numFmt"):
            codes[attributes.get("numFmtId", "")] = shown_as(attributes.get("formatCode", ""))
        elif path == ("styleSheet", "cellXfs", "xf"):
            formats.append(attributes.get("numFmtId", "0"))
    known = {str(number): look for number, look in BUILT_IN.items()} | codes
    return [known.get(number, NUMBER) for number in formats]
