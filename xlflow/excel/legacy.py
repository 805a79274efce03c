"""Excel 97–2003 workbooks (.xls), plain or encrypted: read, never written (contract §7).

Their records are read here and not by a library, for what must be exact is not to be had from one: error cells,
formulas without a result, hidden rows, numbers as Excel shows them. Nothing decrypted touches the disk.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from xlflow.excel.biff import BIFF8, BOUNDSHEET, MOST, SST, shared_strings, string, substream
from xlflow.excel.cfb import Container, damaged
from xlflow.excel.errors import BookError
from xlflow.excel.formats import BUILT_IN, NUMBER, shown_as
from xlflow.excel.kind import SAVE_AS
from xlflow.excel.xls_cells import Cells, Shared
from xlflow.excel.xls_unlock import unlock
from xlflow.grid import Sheet
from xlflow.model import Text

DATEMODE, FORMAT, XF = 0x22, 0x41E, 0xE0
#: Bytes of the Workbook stream; 65,536 rows of 30 columns take half of it.
LARGEST = 64 << 20
#: Place of the sheet, whether it is hidden, what it is.
TAB = struct.Struct("<IBB")
WORKSHEET = 0


class _Tab(NamedTuple):
    """A worksheet as the globals name it: its place in the stream, and which one it is."""

    at: int
    number: int
    hidden: bool
    name: str


def read_xls(data: bytes, password: str | None) -> list[Sheet]:
    """The worksheets of the compound file ``data`` in the order of their tabs.

    BookError ``no-password``, ``wrong-password``, ``damaged-file``, ``unsupported-file`` or ``too-large``.
    """
    container = Container(data)
    if "Workbook" not in container:
        raise too_old()
    stream = bytes(container.read("Workbook"))
    if len(stream) > LARGEST:
        raise BookError("too-large", Text("the workbook is too large for the old Excel format (xls)"), SAVE_AS)
    try:
        return _sheets(unlock(stream, password))
    except (struct.error, ValueError, LookupError) as error:
        raise damaged(Text("the file is damaged: its cells cannot be read")) from error


def too_old() -> BookError:
    """Not BIFF8."""
    return BookError("unsupported-file", Text("the workbook is one of Excel 95 or older"), SAVE_AS)


def _sheets(stream: bytes) -> list[Sheet]:
    tabs, shared, end = _globals(stream)
    room, sheets = MOST, {}
    for tab in sorted(tabs):  # by place: no part of the stream is read twice
        if tab.at < end:
            raise ValueError("sheets overlap")
        cells = Cells(stream, shared, room)
        sheets[tab.number] = cells.sheet(tab.name, tab.hidden, substream(stream, tab.at))
        room, end = cells.room, cells.end
    return [sheets[number] for number in sorted(sheets)]


def _globals(stream: bytes) -> tuple[list[_Tab], Shared, int]:
    """The worksheets, what they have in common, and where the globals end."""
    _, _, version = struct.unpack_from("<3H", stream)
    if version != BIFF8:
        raise too_old()
    tabs: list[_Tab] = []
    texts: list[str] = []
    formats: list[int] = []
    codes: dict[int, str] = {}
    since_1904, end = False, 0
    for record in substream(stream, 0):
        kind, end, size = record
        body = stream[end : end + size]
        if kind == BOUNDSHEET:
            at, state, content = TAB.unpack_from(body)
            if content == WORKSHEET:
                tabs.append(_Tab(at, len(tabs), state & 3 != 0, string(stream, record, TAB.size, 1)))
        elif kind == SST:
            texts = shared_strings(stream, record)
        elif kind == FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = string(stream, record, 2)
        elif kind == XF:
            formats.append(struct.unpack_from("<2xH", body)[0])
        elif kind == DATEMODE:
            since_1904 = body[:1] == b"\1"
    looks = BUILT_IN | {number: shown_as(code) for number, code in codes.items()}
    return tabs, Shared(texts, [looks.get(number, NUMBER) for number in formats], since_1904), end
