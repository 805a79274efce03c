"""The rows of a worksheet the fast way: block after block by one pattern, the rest through the XML parser."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlflow.excel.limits import ROWS
from xlflow.excel.row_pattern import RowPattern
from xlflow.excel.sheet_xml import SheetXml
from xlflow.excel.stream import Stream, UnfitError
from xlflow.excel.tokens import Batch

OPENING = re.compile(rb"<(?:([A-Za-z_]\w*):)?sheetData>")


def batches(sheet: SheetXml, stream: Stream) -> Iterator[Batch]:
    """The rows of the sheet in order of their numbers; ``sheet`` learns what stands around them."""
    found = stream.head(OPENING)
    sheet.parser.feed(found.string[: found.end()])
    if not sheet.in_data:
        raise UnfitError
    prefix = f"{found[1].decode()}:" if found[1] else ""
    pattern = RowPattern(prefix)
    last = 0
    for block in stream.blocks(f"<{prefix}row ".encode(), f"</{prefix}sheetData>".encode()):
        batch = pattern.batch(block)
        last = _ensure_ascending(last, batch.numbers)
        yield batch
    for piece in stream.tail():
        sheet.parser.feed(piece)
    sheet.close()


def _ensure_ascending(last: int, numbers: list[int]) -> int:
    if numbers[0] <= last or numbers[-1] > ROWS or any(map(int.__ge__, numbers, numbers[1:])):
        raise UnfitError
    return numbers[-1]
