"""A zip archive with some members changed: all others keep their bytes and their places in the order."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple, TypeAlias

from xlflow.excel.zip import DEFLATED, END, END_64, END_64_PLACE, IN_EXTRA, UTF8, ZIP64, Archive

Pieces: TypeAlias = Sequence[bytes | memoryview]
#: The header of a member in front of its content.
LOCAL = struct.Struct("<4s5H3I2H")
#: A member's entry in the directory; its name, its extra field and its comment follow.
ENTRY = struct.Struct("<4s6H3I5H2I")
VERSION, FASTEST = 20, 1
ZIP64_TAG = ZIP64.to_bytes(2, "little")
#: What a count says where the record of large archives has it.
IN_END = 0xFFFF


class Entry(NamedTuple):
    """A member's entry in the directory, as it stands."""

    signature: bytes
    made: int
    needed: int
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed: int
    size: int
    name_length: int
    extra_length: int
    comment_length: int
    disk: int
    internal: int
    external: int
    start: int
    name: bytes
    extra: bytes
    comment: bytes

    def bytes(self) -> bytes:
        """The entry as it is written."""
        *fields, name, extra, comment = self
        return ENTRY.pack(*fields) + name + extra + comment


def repacked(archive: Archive, changes: Mapping[str, Pieces | None]) -> bytes:
    """The archive with new content for some members, by name; those with None go.

    A changed member gets a fresh header, without the extra field of the old one and without anything behind it.
    """
    view = memoryview(archive.data)
    entries, behind = _directory(archive)
    pieces: list[bytes | memoryview] = [view[: min(member.start for member in archive.members)]]
    at = len(pieces[0])
    for member in sorted(archive.members, key=lambda member: member.start):
        content = changes.get(member.name, ())
        if content is None:
            del entries[member.name]
            continue
        entry = entries[member.name]
        own: Pieces = [view[member.start : member.end]]
        if content:
            own, entry = _packed(entry, content)
        entries[member.name] = _placed(entry, at)
        pieces += own
        at += sum(map(len, own))
    directory = b"".join(entry.bytes() for entry in entries.values())
    return b"".join([*pieces, directory, _end(archive.data[behind:], len(entries), len(directory), at)])


def _directory(archive: Archive) -> tuple[dict[str, Entry], int]:
    """The entries by name, in order, and where the directory ends."""
    at, entries = archive.directory, {}
    for member in archive.members:
        fields = ENTRY.unpack_from(archive.data, at)
        ends = list(accumulate(fields[10:13], initial=at + ENTRY.size))
        entries[member.name] = Entry(*fields, *(archive.data[start:end] for start, end in pairwise(ends)))
        at = ends[-1]
    return entries, at


def _packed(entry: Entry, content: Pieces) -> tuple[list[bytes | memoryview], Entry]:
    """A member with new content: what is written of it, and its entry."""
    from isal import isal_zlib

    packer = isal_zlib.compressobj(FASTEST, isal_zlib.DEFLATED, -15)
    crc, packed = 0, []
    for piece in content:
        crc = isal_zlib.crc32(piece, crc)
        packed.append(packer.compress(piece))
    data = b"".join([*packed, packer.flush()])
    extra = b"".join(field for field in _fields(entry.extra) if not field.startswith(ZIP64_TAG))
    entry = entry._replace(
        needed=VERSION, flags=entry.flags & UTF8, method=DEFLATED, crc=crc, packed=len(data),
        size=sum(map(len, content)), start=0, extra=extra, extra_length=len(extra),
    )  # fmt: skip
    header = LOCAL.pack(b"PK\3\4", *entry[2:10], entry.name_length, 0)
    return [header, entry.name, data], entry


def _fields(extra: bytes) -> list[bytes]:
    fields, at = [], 0
    while at < len(extra):
        end = at + 4 + int.from_bytes(extra[at + 2 : at + 4], "little")
        fields.append(extra[at:end])
        at = end
    return fields


def _placed(entry: Entry, start: int) -> Entry:
    """The entry of a member that begins at ``start``. In large archives its place is in the extra field."""
    if entry.start != IN_EXTRA:
        return entry._replace(start=start)
    at, place = 4 + 8 * (entry.size, entry.packed).count(IN_EXTRA), start.to_bytes(8, "little")
    wide = [
        field[:at] + place + field[at + 8 :] if field.startswith(ZIP64_TAG) else field for field in _fields(entry.extra)
    ]
    return entry._replace(extra=b"".join(wide))


def _end(old: bytes, count: int, size: int, start: int) -> bytes:
    """What follows the directory: records with its length and place, and the archive's comment."""
    new = bytearray(old)
    at = 0
    if old.startswith(b"PK\6\6"):
        at = 12 + END_64.unpack_from(old)[1]
        struct.pack_into("<4Q", new, 24, count, count, size, start)
        struct.pack_into("<Q", new, at + 8, start + size)
        at += END_64_PLACE.size
    said = END.unpack_from(old, at)[3:7]
    now = zip(said, (count, count, size, start), (IN_END, IN_END, IN_EXTRA, IN_EXTRA), strict=True)
    struct.pack_into("<2H2I", new, at + 8, *(known if known == elsewhere else fresh for known, fresh, elsewhere in now))
    return bytes(new)
