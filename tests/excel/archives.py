"""Zip archives made byte by byte, so that a test can lie in either header."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, replace

LARGE = 0xFFFFFFFF


@dataclass(frozen=True)
class Entry:
    """A member; what is None in the local header is the same as in the directory."""

    name: bytes
    content: bytes = b"content"
    packed: bytes | None = None
    method: int = 8
    flags: int = 0
    crc: int | None = None
    size: int | None = None
    local_name: bytes | None = None
    local_flags: int | None = None
    local_sizes: tuple[int, int, int] | None = None
    extra: bytes = b""
    local_extra: bytes = b""
    behind: bytes = b""
    start: int | None = None
    packed_size: int | None = None

    def but(self, **changes: object) -> Entry:
        return replace(self, **changes)  # type: ignore[arg-type]


def deflated(data: bytes, level: int = 6) -> bytes:
    engine = zlib.compressobj(level, zlib.DEFLATED, -15)
    return engine.compress(data) + engine.flush()


def archive(
    *entries: Entry, comment: bytes = b"", count: int | None = None, shift: int = 0, big: bool = False
) -> bytes:
    """The archive; ``big`` puts places and counts into the records of large archives."""
    made, directory = bytearray(), bytearray()
    for entry in entries:
        packed = entry.packed if entry.packed is not None else deflated(entry.content)
        packed = entry.content if entry.method == 0 else packed
        crc = zlib.crc32(entry.content) if entry.crc is None else entry.crc
        size = len(entry.content) if entry.size is None else entry.size
        packed_size = len(packed) if entry.packed_size is None else entry.packed_size
        local = entry.local_sizes if entry.local_sizes is not None else (crc, packed_size, size)
        name = entry.name if entry.local_name is None else entry.local_name
        flags = entry.flags if entry.local_flags is None else entry.local_flags
        start = len(made) if entry.start is None else entry.start
        made += struct.pack(
            "<4s5H3I2H", b"PK\3\4", 20, flags, entry.method, 0, 33, *local, len(name), len(entry.local_extra)
        )
        made += name + entry.local_extra + packed + entry.behind
        extra, sizes, place = entry.extra, (packed_size, size), start
        if big:
            extra = struct.pack("<2H3Q", 1, 24, size, packed_size, start) + extra
            sizes, place = (LARGE, LARGE), LARGE
        directory += struct.pack(
            "<4s6H3I5H2I", b"PK\1\2", 20, 20, entry.flags, entry.method, 0, 33, crc, *sizes,
            len(entry.name), len(extra), 0, 0, 0, 0, place,
        ) + entry.name + extra  # fmt: skip
    start, count = len(made) + shift, len(entries) if count is None else count
    data = bytes(made + directory)
    if big:
        data += struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(directory), start)
        data += struct.pack("<4sIQI", b"PK\6\7", 0, len(made) + len(directory), 1)
        return data + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, LARGE, LARGE, len(comment)) + comment
    return data + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(directory), start, len(comment)) + comment
