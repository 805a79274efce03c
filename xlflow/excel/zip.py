"""The zip archive of a workbook: members checked against both of their headers, and unpacked piece by piece.

Each member keeps the range of bytes from its own header to the next one, so that a workbook can be written
again with all other members copied as they are. Nothing in an archive is believed before it is proven.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from xlflow.excel.cfb import broken, cut_off, damaged
from xlflow.excel.errors import BookError
from xlflow.excel.limits import Budget, ensure_members, ensure_slope
from xlflow.model import Text

END = struct.Struct("<4s4H2IH")
END_64_PLACE = struct.Struct("<4sIQI")
END_64 = struct.Struct("<4sQ2H2I4Q")
#: Signature, flags, method, CRC, packed size, size, lengths of name, extra field and comment, place.
CENTRAL = struct.Struct("<4s4xHH4x3I3H8xI")
LOCAL = struct.Struct("<4s2xHH4x3I2H")
STORED, DEFLATED = 0, 8
ENCRYPTED, SIZES_BEHIND, UTF8 = 0x0001, 0x0008, 0x0800
ZIP64 = 1
IN_EXTRA = 0xFFFFFFFF
LONGEST_COMMENT = 0xFFFF
#: Bytes taken in and given out at a time.
BITE, PIECE = 1 << 16, 1 << 18


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive. ``start``, ``data`` and ``end`` are offsets: of its header, of its packed content,
    and of what follows it, be it the next member or the directory."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    start: int
    data: int
    end: int


class Archive:
    """The members of a zip archive in the order of its directory. BookError ``damaged-file`` or ``too-large``."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.directory, count, end = _directory(data)
        ensure_members(count)
        entries = list(_entries(data, self.directory, end))
        if len(entries) != count:
            raise broken()
        self.members = tuple(_placed(data, entries, self.directory))
        self._by_name = {key(member.name): member for member in self.members}
        if len(self._by_name) != len(self.members):
            raise damaged(Text("the file is damaged: one of its parts is there twice"))

    def find(self, name: str) -> Member | None:
        """The member of that name, whatever its capitals and slashes."""
        return self._by_name.get(key(name))

    def unpack(self, member: Member, budget: Budget) -> Iterator[bytes]:
        """The member's content in pieces; what is not as the directory says is a BookError."""
        from isal import isal_zlib

        ensure_slope(member.name, member.packed, member.size)
        crc, left = 0, member.size
        for piece in _inflated(self._packed(member), member):
            budget.spend(len(piece))
            left -= len(piece)
            if left < 0:
                raise _unpacks_wrong(member.name)
            crc = isal_zlib.crc32(piece, crc)
            yield piece
        if left or crc != member.crc:
            raise _unpacks_wrong(member.name)

    def _packed(self, member: Member) -> memoryview:
        return memoryview(self.data)[member.data : member.data + member.packed]


def key(name: str) -> str:
    """What two names of the same part have in common (OPC compares without regard to capitals)."""
    return name.replace("\\", "/").lstrip("/").lower()


def _unpacks_wrong(name: str) -> BookError:
    return damaged(Text("the file is damaged: its part {part} cannot be unpacked", {"part": name}))


def _directory(data: bytes) -> tuple[int, int, int]:
    """Where the directory begins, how many members it has, and where it ends."""
    at = data.rfind(b"PK\5\6", max(0, len(data) - END.size - LONGEST_COMMENT))
    if at < 0 or len(data) - at < END.size:
        raise cut_off()
    _, disk, first_disk, here, count, size, start, comment = END.unpack_from(data, at)
    end = at
    if at >= END_64_PLACE.size and data.startswith(b"PK\6\7", at - END_64_PLACE.size):
        end, here, count, size, start = _directory_64(data, at - END_64_PLACE.size)
        disk = first_disk = 0
    if disk or first_disk or here != count or start + size != end or at + END.size + comment > len(data):
        raise broken()
    return start, count, end


def _directory_64(data: bytes, at: int) -> tuple[int, int, int, int, int]:
    """End, both counts, size and start of the directory from the records of large archives."""
    _, disk, place, disks = END_64_PLACE.unpack_from(data, at)
    if disk or disks > 1 or place + END_64.size > at or not data.startswith(b"PK\6\6", place):
        raise broken()
    _, length, _, _, own, first, here, count, size, start = END_64.unpack_from(data, place)
    if own or first or place + 12 + length != at:
        raise broken()
    return place, here, count, size, start


def _entries(data: bytes, at: int, end: int) -> Iterator[Member]:
    """The members as the directory has them, without their places in between."""
    while at < end:
        if at + CENTRAL.size > end or not data.startswith(b"PK\1\2", at):
            raise broken()
        _, flags, method, crc, packed, size, name, extra, comment, start = CENTRAL.unpack_from(data, at)
        at += CENTRAL.size
        if at + name + extra + comment > end:
            raise broken()
        raw = data[at : at + name]
        if IN_EXTRA in (size, packed, start):
            size, packed, start = _large(data[at + name : at + name + extra], size, packed, start)
        at += name + extra + comment
        yield Member(_decoded(raw, flags), flags, method, crc, packed, size, start, 0, 0)


def _large(extra: bytes, *sizes: int) -> list[int]:
    """Sizes and place of a member in a large archive; those that do not fit in their field are in the extra one."""
    at, wide = 0, b""
    while at + 4 <= len(extra):
        tag, length = struct.unpack_from("<2H", extra, at)
        if tag == ZIP64:
            wide = extra[at + 4 : at + 4 + length]
        at += 4 + length
    if len(wide) < 8 * sizes.count(IN_EXTRA):
        raise broken()
    found = iter(struct.unpack_from(f"<{len(wide) // 8}Q", wide))
    return [next(found) if size == IN_EXTRA else size for size in sizes]


def _decoded(name: bytes, flags: int) -> str:
    try:
        return name.decode("utf-8" if flags & UTF8 else "cp437")
    except UnicodeDecodeError:
        raise broken() from None


def _placed(data: bytes, entries: list[Member], directory: int) -> Iterator[Member]:
    """The members with the places of their content, none of them reaching into another."""
    starts = sorted({entry.start for entry in entries})
    if len(starts) != len(entries):
        raise broken()
    ends = dict(pairwise([*starts, directory]))
    for entry in entries:
        end = ends[entry.start]
        content = _content(data, entry, end)
        if content + entry.packed > end:
            raise broken()
        yield replace(entry, data=content, end=end)


def _content(data: bytes, entry: Member, end: int) -> int:
    """Where the member's content begins; its own header must say what the directory says."""
    if entry.start + LOCAL.size > end or not data.startswith(b"PK\3\4", entry.start):
        raise broken()
    _, flags, method, crc, packed, size, name, extra = LOCAL.unpack_from(data, entry.start)
    at = entry.start + LOCAL.size
    if (flags | entry.flags) & ENCRYPTED:
        raise _encrypted(entry.name)
    if method != entry.method or _decoded(data[at : at + name], flags) != entry.name:
        raise broken()
    told, said = (crc, packed, size), (entry.crc, entry.packed, entry.size)
    unsaid = (0, IN_EXTRA) if flags & SIZES_BEHIND else (IN_EXTRA,)
    if any(mine != other and mine not in unsaid for mine, other in zip(told, said, strict=True)):
        raise broken()
    return int(at + name + extra)


def _encrypted(name: str) -> BookError:
    return damaged(Text("the file is damaged: its part {part} is locked, as no workbook's part is", {"part": name}))


def _inflated(packed: memoryview, member: Member) -> Iterator[bytes]:
    if member.method == STORED:
        yield from (bytes(packed[at : at + PIECE]) for at in range(0, len(packed), PIECE))
    elif member.method == DEFLATED:
        yield from _deflated(packed, member.name)
    else:
        raise BookError(
            "unsupported-file",
            Text("its part {part} is packed in a way that only few programs know", {"part": member.name}),
            Text("open it in Excel or WPS and save it as xlsx (Save As)"),
        )


def _deflated(packed: memoryview, name: str) -> Iterator[bytes]:
    from isal import isal_zlib

    engine = isal_zlib.decompressobj(-15)
    bites: Iterator[memoryview] = (packed[at : at + BITE] for at in range(0, len(packed), BITE))
    waiting = b""
    try:
        while not engine.eof:
            bite = waiting or next(bites, b"")
            piece = engine.decompress(bite, PIECE)
            waiting = engine.unconsumed_tail
            if not piece and not bite:
                break
            if piece:
                yield piece
    except isal_zlib.IsalError:  # type: ignore[misc]  # its stub takes the class for an instance
        raise _unpacks_wrong(name) from None
    if not engine.eof or engine.unused_data or next(bites, None) is not None:
        raise _unpacks_wrong(name)
