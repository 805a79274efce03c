"""A compound file from its entries: version 3, as Excel writes it around an encrypted workbook."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable

from xlflow.excel.cfb import (
    DIFAT_SECTOR,
    END,
    FAT_SECTOR,
    FREE,
    HEADER,
    MAGIC,
    MINI_LIMIT,
    MINI_SECTOR,
    NOBODY,
    RECORD,
    ROOT,
    STORAGE,
    STREAM,
    Data,
    Entry,
    Header,
    Path,
)

SECTOR = 512
PER_SECTOR = SECTOR // 4
PLACES_IN_HEADER = 109
RED, BLACK = 0, 1


def write(entries: Iterable[Entry]) -> bytes:
    """The compound file of ``entries``; storages that are only named in a path are made."""
    listed = _with_storages(entries)
    small, mini_fat, starts = bytearray(), array("I"), {}
    for path, data, _ in listed:
        if data and len(data) < MINI_LIMIT:
            starts[path] = _chain(mini_fat, -(-len(data) // MINI_SECTOR))
            small += data
            small += bytes(-len(small) % MINI_SECTOR)
    large = [entry for entry in listed if entry.data and len(entry.data) >= MINI_LIMIT]
    sizes = [len(listed) * RECORD.size, len(mini_fat) * 4, len(small), *(_size(entry) for entry in large)]
    fat, difat_count = _empty_fat([_sectors(size) for size in sizes])
    fat_count = fat.count(FAT_SECTOR)
    directory, mini_start, small_start, *others = [_chain(fat, _sectors(size)) for size in sizes]
    starts |= {entry.path: start for entry, start in zip(large, others, strict=True)}
    starts[()] = small_start
    fat.extend([FREE] * (-len(fat) % PER_SECTOR))

    header = Header(
        *(MAGIC, 0x3E, 3, 0xFFFE, 9, 6, 0, fat_count, directory, 0, MINI_LIMIT),
        *(mini_start, _sectors(sizes[1]), 0 if difat_count else END, difat_count),
    )
    places = array("I", range(difat_count, difat_count + fat_count))
    pieces: list[Data] = [HEADER.pack(*header), *_places(places, difat_count), _bytes(fat)]
    for data in (_directory(listed, starts, len(small)), _bytes(mini_fat), small, *(e.data for e in large)):
        if data:
            pieces += [data, bytes(-len(data) % SECTOR)]
    return b"".join(pieces)


def _with_storages(entries: Iterable[Entry]) -> list[Entry]:
    """The root first, then each storage before what it holds."""
    given = {entry.path: entry for entry in entries}
    listed: dict[Path, Entry] = {(): Entry((), None)}
    for path in given:
        for depth in range(len(path) + 1):
            listed[path[:depth]] = given.get(path[:depth], Entry(path[:depth], None))
    return list(listed.values())


def _empty_fat(counts: list[int]) -> tuple[array[int], int]:
    """A FAT that knows its own sectors, which come first, and those of the DIFAT before them."""
    fat_count = difat_count = 0
    while True:
        wanted = -(-(sum(counts) + fat_count + difat_count) // PER_SECTOR)
        extra = -(-max(0, wanted - PLACES_IN_HEADER) // (PER_SECTOR - 1))
        if (wanted, extra) == (fat_count, difat_count):
            return array("I", [DIFAT_SECTOR] * difat_count + [FAT_SECTOR] * fat_count), difat_count
        fat_count, difat_count = wanted, extra


def _places(places: array[int], difat_count: int) -> list[bytes]:
    """The rest of the header and the DIFAT: where the sectors of the FAT are."""
    step = PER_SECTOR - 1
    places.extend([FREE] * (PLACES_IN_HEADER + difat_count * step - len(places)))
    pieces = [_bytes(places[:PLACES_IN_HEADER])]
    for number in range(difat_count):
        first = PLACES_IN_HEADER + number * step
        after = number + 1 if number + 1 < difat_count else END
        pieces.append(_bytes(places[first : first + step] + array("I", [after])))
    return pieces


def _directory(listed: list[Entry], starts: dict[Path, int], mini_size: int) -> bytes:
    numbers = {entry.path: number for number, entry in enumerate(listed)}
    links = [[BLACK, NOBODY, NOBODY, NOBODY] for _ in listed]
    inside: dict[Path, list[Path]] = {}
    for path in numbers:
        if path:
            inside.setdefault(path[:-1], []).append(path)
    for parent, paths in inside.items():
        order = [numbers[path] for path in sorted(paths, key=_rank)]
        links[numbers[parent]][3] = _link(order, links, (len(order) + 1).bit_length() - 1)
    records = []
    for entry, link in zip(listed, links, strict=True):
        name = (entry.path[-1] if entry.path else "Root Entry").encode("utf-16-le") + b"\0\0"
        kind = STREAM if entry.data is not None else STORAGE if entry.path else ROOT
        start = starts.get(entry.path, 0 if kind == STORAGE else END)
        size = _size(entry) if entry.path else mini_size
        records.append(RECORD.pack(name, len(name), kind, *link, entry.tag, start, size))
    return b"".join(records)


def _rank(path: Path) -> tuple[int, str]:
    """The order of neighbours: shorter names first."""
    return len(path[-1].encode("utf-16-le")), path[-1].upper()


def _link(order: list[int], links: list[list[int]], black: int) -> int:
    """Join sorted neighbours into a red-black tree, ``black`` full levels and one red; its top's number."""
    if not order:
        return NOBODY
    middle = len(order) // 2
    left = _link(order[:middle], links, black - 1)
    right = _link(order[middle + 1 :], links, black - 1)
    links[order[middle]][:3] = [BLACK if black > 0 else RED, left, right]
    return order[middle]


def _chain(table: array[int], count: int) -> int:
    """Append a chain of ``count`` sectors; its first, or END where there is none."""
    first = len(table)
    if not count:
        return END
    table.extend(range(first + 1, first + count))
    table.append(END)
    return first


def _size(entry: Entry) -> int:
    return len(entry.data) if entry.data is not None else 0


def _sectors(size: int) -> int:
    return -(-size // SECTOR)


def _bytes(words: array[int]) -> bytes:
    if sys.byteorder == "big":
        words = words[:]
        words.byteswap()
    return words.tobytes()
