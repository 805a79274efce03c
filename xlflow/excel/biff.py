"""The records of an Excel 97–2003 workbook (BIFF8): where they are, and the text in them (MS-XLS 2.5)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import TypeAlias

from xlflow.excel.errors import BookError
from xlflow.model import Text

BOF, EOF, CONTINUE, FILEPASS, BOUNDSHEET, SST = 0x809, 0x0A, 0x3C, 0x2F, 0x85, 0xFC
BIFF8 = 0x0600

HEAD = struct.Struct("<HH")
#: Kind of a record, place and size of its bytes in the stream.
Record: TypeAlias = tuple[int, int, int]
WIDE, FAR_EAST, RICH = 1, 4, 8
CODECS = ("latin-1", "utf-16-le")
#: Of cells, or of different texts, in a workbook: 65,536 rows of 30 columns.
MOST = 2_000_000


def too_many() -> BookError:
    """More cells or texts than ``MOST``."""
    return BookError(
        "too-large",
        Text("the workbook has more than {most} cells, the blank ones in between included", {"most": MOST}),
        Text("delete what lies far below or to the right of the tables, or split the workbook"),
    )


def records(stream: bytes, at: int = 0) -> Iterator[Record]:
    """The records from ``at`` on; ValueError where one is cut off."""
    end, head = len(stream), HEAD.unpack_from
    while at + 4 <= end:
        kind, size = head(stream, at)
        at += 4
        if at + size > end:
            break
        yield kind, at, size
        at += size
    if at != end:
        raise ValueError("a record is cut off")


def substream(stream: bytes, at: int) -> Iterator[Record]:
    """The records of the sheet (or the globals) at ``at`` behind its BOF, without what is embedded in it.

    The last one is its EOF. ValueError where it does not begin with a BOF or does not end.
    """
    depth = 0
    for record in records(stream, at):
        kind = record[0]
        if kind == BOF:
            depth += 1
            continue
        if depth == 1:
            yield record
        if kind == EOF:
            depth -= 1
        if depth <= 0:
            break
    else:
        raise ValueError("a sheet has no end")
    if depth < 0 or kind != EOF:
        raise ValueError("a sheet has no beginning")


def pieces(stream: bytes, record: Record) -> list[bytes]:
    """The bytes of a record and of the CONTINUE records behind it."""
    _, first, length = record
    found = [stream[first : first + length]]
    for kind, at, size in records(stream, first + length):
        if kind != CONTINUE:
            break
        found.append(stream[at : at + size])
    return found


class Cursor:
    """Reads strings over the pieces of a continued record; IndexError behind the last one."""

    def __init__(self, parts: list[bytes], at: int = 0) -> None:
        self._parts, self._number = parts, 0
        self._part, self._at = parts[0], at

    def string(self, length_size: int = 2) -> str:
        """A string with its length of one or two bytes in front; formats and phonetic text are passed over."""
        at, part = self._at, self._part
        if length_size == 2 and at + 3 <= len(part) and part[at + 2] <= WIDE:
            wide = part[at + 2]
            end = at + 3 + ((part[at] | part[at + 1] << 8) << wide)
            if end <= len(part):  # nearly every string lies in one piece and has nothing but its text
                self._at = end
                return part[at + 3 : end].decode(CODECS[wide], "replace")
        count = int.from_bytes(self._take(length_size), "little")
        (flags,) = self._take(1)
        runs = int.from_bytes(self._take(2), "little") if flags & RICH else 0
        extra = int.from_bytes(self._take(4), "little") if flags & FAR_EAST else 0
        text = self._characters(count, flags & WIDE)
        self._skip(4 * runs + extra)
        return text

    def _characters(self, count: int, wide: int) -> str:
        found = []
        while count:
            if self._at >= len(self._part):
                self._next()
                wide = self._part[0] & WIDE  # every piece says anew how wide its characters are
                self._at = 1
            here = min(count, (len(self._part) - self._at) >> wide)
            if not here:
                raise IndexError("half a character")
            data = self._part[self._at : self._at + (here << wide)]
            found.append(data if wide else data.decode("latin-1").encode("utf-16-le"))
            self._at += len(data)
            count -= here
        return b"".join(found).decode("utf-16-le", "replace")  # only now: a pair of surrogates may be split

    def _take(self, size: int) -> bytes:
        data = self._part[self._at : self._at + size]
        self._at += len(data)
        while len(data) < size:
            self._next()
            more = self._part[: size - len(data)]
            self._at = len(more)
            data += more
        return data

    def _skip(self, size: int) -> None:
        while self._at + size > len(self._part):
            size -= len(self._part) - self._at
            self._next()
        self._at += size

    def _next(self) -> None:
        self._number += 1
        self._part, self._at = self._parts[self._number], 0


def string(stream: bytes, record: Record, at: int, length_size: int = 2) -> str:
    """The string at ``at`` bytes in a record."""
    return Cursor(pieces(stream, record), at).string(length_size)


def shared_strings(stream: bytes, record: Record) -> list[str]:
    """The texts of an SST record; ``too-large`` where there are too many."""
    parts = pieces(stream, record)
    _, count = struct.unpack_from("<2I", parts[0])
    if count > MOST:
        raise too_many()
    cursor = Cursor(parts, 8)
    return [cursor.string() for _ in range(count)]
