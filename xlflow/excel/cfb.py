"""Compound files (OLE2), the container of encrypted and of legacy workbooks, read (written: cfb_write).

A compound file is a small file system: sectors, tables that chain them, and a tree of storages and streams.
Reading walks a table once and slices whole runs of sectors. Every structure is taken for hostile: a broken
file ends in a BookError, never in a loop, and never in more memory than a few times its own size.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from xlflow.excel.errors import BookError
from xlflow.model import Text

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
#: The fixed part of the header; the places of the first 109 sectors of the FAT follow.
HEADER = struct.Struct("<8s16x5H6x9I")
#: Name and its length, kind, colour, left, right, child, tag, first sector, size.
RECORD = struct.Struct("<64sHBB3I36sIQ")
STORAGE, STREAM, ROOT = 1, 2, 5
LAST_SECTOR = 0xFFFFFFF9
DIFAT_SECTOR, FAT_SECTOR, END, FREE = 0xFFFFFFFC, 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF
NOBODY = 0xFFFFFFFF
MINI_SECTOR = 64
MINI_LIMIT = 4096
MOST_ENTRIES = 100_000
DEEPEST = 32

Data: TypeAlias = bytes | bytearray | memoryview
Path: TypeAlias = tuple[str, ...]


class Entry(NamedTuple):
    """A stream (``data``) or a storage (None); the root's path is ``()``.

    ``tag`` is kept as found: 16 bytes of class id, 4 of state, 8 each of the times of making and of change.
    """

    path: Path
    data: Data | None
    tag: bytes = bytes(36)


def damaged(message: Text) -> BookError:
    """A ``damaged-file`` with the one remedy there is (contract §4)."""
    return BookError("damaged-file", message, Text("ask for the file again, or take its last backup"))


def broken() -> BookError:
    """The container contradicts itself."""
    return damaged(Text("the file is damaged: its table of contents cannot be read"))


def cut_off() -> BookError:
    """Something begins or goes on behind the end of the file."""
    return damaged(Text("the file is damaged: a part of it is missing, as after an interrupted download"))


class Header(NamedTuple):
    """The fixed part of the header, in the order of the file; its counts are not relied on."""

    magic: bytes
    revision: int
    version: int
    byte_order: int
    shift: int
    mini_shift: int
    directory_count: int
    fat_count: int
    directory: int
    transaction: int
    mini_limit: int
    mini_fat: int
    mini_fat_count: int
    difat: int
    difat_count: int


class _Found(NamedTuple):
    entry: Entry
    start: int
    size: int


class Container:
    """The streams of one compound file; a stream is read when it is asked for.

    Names are compared without regard to case, as in Excel. Everything raises BookError ``damaged-file``.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < 512:
            raise cut_off()
        header = Header(*HEADER.unpack_from(data))
        if header.magic != MAGIC or (header.version, header.shift) not in ((3, 9), (4, 12)):
            raise broken()
        if header.mini_shift != 6 or header.mini_limit != MINI_LIMIT:
            raise broken()
        self._header, self._length = header, len(data)
        size = 1 << header.shift
        body = memoryview(data)[size:]
        self._big = _Sectors(body, size, _fat(data, body, size, header.difat))
        self._small: _Sectors | None = None
        self._found = self._tree(self._big.chain(header.directory))

    def __contains__(self, path: str | Path) -> bool:
        return _key(path) in self._found

    def paths(self) -> list[Path]:
        """Every path but the root's, as spelt in the file."""
        return [found.entry.path for found in self._found.values() if found.entry.path]

    def read(self, path: str | Path) -> memoryview:
        """The bytes of a stream, without a copy where they lie in one piece."""
        found = self._found.get(_key(path))
        if found is None or found.entry.data is None:
            raise broken()
        if found.size < MINI_LIMIT:
            return self._mini().read(found.start, found.size)
        return self._big.read(found.start, found.size)

    def entries(self, *without: str) -> list[Entry]:
        """All entries with their bytes, but for the named streams at the top."""
        left = self._length
        entries = []
        for key, (entry, _, size) in self._found.items():
            if entry.data is not None:
                if key in {_key(name) for name in without}:
                    continue
                left -= size  # streams that share their sectors would come to more than the file
                if left < 0:
                    raise broken()
                entry = entry._replace(data=bytes(self.read(entry.path)))
            entries.append(entry)
        return entries

    def _mini(self) -> _Sectors:
        if self._small is None:
            root = self._found[()]
            table = _words(self._big.chain(self._header.mini_fat)) if root.size else array("I")
            self._small = _Sectors(self._big.read(root.start, root.size), MINI_SECTOR, table)
        return self._small

    def _tree(self, directory: memoryview) -> dict[Path, _Found]:
        """The entries under the root, each by its path in capitals."""
        found: dict[Path, _Found] = {}
        seen = {NOBODY}
        todo: list[tuple[int, Path]] = [(0, ())]
        while todo:
            index, parent = todo.pop()
            if index in seen:
                if index == NOBODY:
                    continue
                raise broken()
            seen.add(index)
            left, right, child, item = self._record(directory, index, parent)
            key = _key(item.entry.path)
            if key in found or len(key) > DEEPEST or len(found) >= MOST_ENTRIES:
                raise broken()
            found[key] = item
            if index:
                todo += [(right, parent), (left, parent)]
            if item.entry.data is None:
                todo.append((child, item.entry.path))
        return found

    def _record(self, directory: memoryview, index: int, parent: Path) -> tuple[int, int, int, _Found]:
        if (index + 1) * RECORD.size > len(directory):
            raise broken()
        fields = RECORD.unpack_from(directory, index * RECORD.size)
        name, length, kind, _, left, right, child, tag, start, size = fields
        if kind not in ((STORAGE, STREAM) if index else (ROOT,)) or not 2 <= length <= 64:
            raise broken()
        path = (*parent, name[: length - 2].decode("utf-16-le", "replace")) if index else ()
        if self._header.version == 3:
            size &= 0xFFFFFFFF  # the upper half may be rubbish
        return left, right, child, _Found(Entry(path, b"" if kind == STREAM else None, tag), start, size)


class _Sectors:
    """Equal sectors and the table that chains them: the file's own, or the small ones of its mini stream."""

    def __init__(self, data: memoryview, size: int, table: array[int]) -> None:
        self._data, self._size, self._table = data, size, table
        self._count = min(-(-len(data) // size), len(table))

    def read(self, start: int, length: int) -> memoryview:
        """``length`` bytes of the chain that begins at sector ``start``."""
        if length > len(self._data):
            raise cut_off()
        runs = list(self._runs(start, -(-length // self._size)))
        if any(second[0] < first[1] for first, second in pairwise(sorted(runs))):
            raise broken()  # the chain runs in a circle
        pieces = [self._data[first * self._size : after * self._size] for first, after in runs]
        whole = pieces[0] if len(pieces) == 1 else memoryview(b"".join(pieces))
        if len(whole) < length:
            raise cut_off()
        return whole[:length]

    def chain(self, start: int) -> memoryview:
        """The whole chain that begins at sector ``start``."""
        count, sector = 0, start
        while sector < self._count and count <= self._count:
            sector = self._table[sector]
            count += 1
        if sector != END:
            raise _astray(sector, self._count)
        return self.read(start, count * self._size)

    def _runs(self, start: int, count: int) -> Iterator[tuple[int, int]]:
        """(first, behind the last) of each run of neighbouring sectors."""
        table, limit = self._table, self._count
        first = sector = start
        for _ in range(count):
            if sector >= limit:
                raise _astray(sector, limit)
            after = table[sector]
            if after != sector + 1:
                yield first, sector + 1
                first = after
            sector = after
        if first != sector:
            yield first, sector


def _fat(data: bytes, body: memoryview, size: int, difat: int) -> array[int]:
    """The FAT, as far as there are sectors it can speak of."""
    needed = -(-len(body) // (size * size // 4))
    places = _words(memoryview(data)[HEADER.size : 512])
    while len(places) < needed and difat <= LAST_SECTOR:
        *more, difat = _words(_sector(body, size, difat))
        places.extend(more)
    table = array("I")
    for place in places[:needed]:
        if place <= LAST_SECTOR:
            table.extend(_words(_sector(body, size, place)))
    return table


def _astray(sector: int, count: int) -> BookError:
    """Why a chain may not go on at ``sector``: behind the end of the file, or nowhere at all."""
    return cut_off() if count <= sector <= LAST_SECTOR else broken()


def _sector(body: memoryview, size: int, number: int) -> memoryview:
    sector = body[number * size : (number + 1) * size]
    if len(sector) < size:
        raise cut_off()
    return sector


def _words(data: Data) -> array[int]:
    words = array("I", bytes(data))
    if sys.byteorder == "big":
        words.byteswap()
    return words


def _key(path: str | Path) -> Path:
    return (path.upper(),) if isinstance(path, str) else tuple(name.upper() for name in path)
