"""Where the pictures of an Excel 97–2003 sheet are, by its drawing records (MS-ODRAW 2.2)."""

from __future__ import annotations

import struct

HEAD = struct.Struct("<HHI")
#: Flags; then column, offset and row of the upper left corner; offset and the lower right corner.
ANCHOR = struct.Struct("<9H")
CONTAINER, SHAPE, CLIENT_ANCHOR, PICTURE_FRAME = 0xF, 0xF00A, 0xF010, 75


def picture_cells(drawing: bytes) -> frozenset[tuple[int, int]]:
    """(row from 1, column from 0) of the upper left corner of each picture in the joined drawing records."""
    found = set()
    at = shape = 0
    while at + HEAD.size <= len(drawing):
        version, kind, size = HEAD.unpack_from(drawing, at)
        at += HEAD.size
        if version & 0xF == CONTAINER:
            continue  # what it holds comes next
        if kind == SHAPE:
            shape = version >> 4
        if kind == CLIENT_ANCHOR and shape == PICTURE_FRAME and at + ANCHOR.size <= len(drawing):
            _, column, _, row, *_ = ANCHOR.unpack_from(drawing, at)
            found.add((row + 1, column))
        at += size
    return frozenset(found)
