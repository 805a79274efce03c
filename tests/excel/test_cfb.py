"""Compound files: what is written is read, by us and by olefile; what is broken is refused and nothing else."""

from __future__ import annotations

import io
import random
import struct

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlflow.excel.cfb import Container, Entry
from xlflow.excel.cfb_write import write
from xlflow.excel.errors import BookError

CONTENTS = "the file is damaged: its table of contents cannot be read"
MISSING = "the file is damaged: a part of it is missing, as after an interrupted download"

SIZES = st.one_of(st.integers(0, 300), st.sampled_from([4031, 4095, 4096, 4097, 4607, 4608, 4609, 9000]))
STORAGES = st.lists(st.sampled_from(["A", "B", "长名字", "\6DataSpaces"]), max_size=3)


@st.composite
def trees(draw: st.DrawFn) -> list[Entry]:
    return [
        Entry((*draw(STORAGES), f"s{number}"), random.Random(number).randbytes(draw(SIZES)))
        for number in range(draw(st.integers(0, 9)))
    ]


def streams(data: bytes) -> dict[tuple[str, ...], bytes]:
    return {path: bytes(found) for path, found, _ in Container(data).entries() if found is not None}


def refusal(data: bytes) -> str:
    with pytest.raises(BookError) as caught:
        streams(data)
    assert caught.value.code == "damaged-file"
    assert caught.value.fix is not None
    assert caught.value.fix.msgid == "ask for the file again, or take its last backup"
    return caught.value.message.msgid


@given(trees())
def test_what_is_written_is_read(entries: list[Entry]) -> None:
    data = write(entries)
    assert streams(data) == {path: found for path, found, _ in entries}
    assert streams(write(Container(data).entries())) == streams(data)


@given(trees())
@settings(max_examples=50)
def test_olefile_reads_it_without_a_complaint(entries: list[Entry]) -> None:
    with olefile.OleFileIO(io.BytesIO(write(entries)), raise_defects=olefile.DEFECT_POTENTIAL) as ole:
        found = {tuple(path): ole.openstream(path).read() for path in ole.listdir()}
    assert found == {path: data for path, data, _ in entries}


@pytest.mark.parametrize("size", [109 * 128 * 512 - 3 * 512, 109 * 128 * 512, 16_000_000])
def test_a_file_whose_fat_needs_more_room_than_the_header_has(size: int) -> None:
    """109 sectors of the FAT, each of 128 sectors, have their place in the header; the rest have the DIFAT."""
    stream = random.Random(size).randbytes(size)
    data = write([Entry(("large",), stream), Entry(("small",), b"x")])
    assert bytes(Container(data).read("large")) == stream
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_POTENTIAL) as ole:
        assert ole.openstream("large").read() == stream


def test_a_stream_in_one_piece_is_not_copied() -> None:
    data = write([Entry(("large",), bytes(1_000_000))])
    assert Container(data).read("large").obj is data


def test_sectors_in_any_order_are_read() -> None:
    """The second and third sector of a stream exchanged, in the file and in its chain."""
    stream = random.Random(1).randbytes(4 * 4096)
    data = bytearray(write([Entry(("s",), stream)]))
    at = data.index(stream)
    first = at // 512 - 1
    data[at + 512 : at + 1536] = data[at + 1024 : at + 1536] + data[at + 512 : at + 1024]
    fat = 512 + 4 * first
    assert struct.unpack_from("<4I", data, fat) == (first + 1, first + 2, first + 3, first + 4)
    struct.pack_into("<3I", data, fat, first + 2, first + 3, first + 1)
    assert bytes(Container(bytes(data)).read("s")) == stream


def test_large_sectors_are_read() -> None:
    """Version 4, with sectors of 4096 bytes, as a few programs write it."""
    stream = random.Random(2).randbytes(5000)
    directory = b""
    for name, kind, child, start, size in (("Root Entry", 5, 1, 0xFFFFFFFE, 0), ("s", 2, 0xFFFFFFFF, 2, 5000)):
        text = name.encode("utf-16-le") + b"\0\0"
        free = 0xFFFFFFFF
        directory += struct.pack("<64sHBB3I36sIQ", text, len(text), kind, 1, free, free, child, bytes(36), start, size)
    fat = struct.pack("<4I", 0xFFFFFFFD, 0xFFFFFFFE, 3, 0xFFFFFFFE).ljust(4096, b"\xff")
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<5H6x", 0x3E, 4, 0xFFFE, 12, 6)
    header += struct.pack("<9I", 1, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    data = header.ljust(4096, b"\0") + fat + directory.ljust(4096, b"\0") + stream.ljust(8192, b"\0")
    assert streams(data) == {("s",): stream}


def test_names_are_compared_without_regard_to_case() -> None:
    container = Container(write([Entry(("Workbook",), b"x")]))
    assert "WORKBOOK" in container
    assert bytes(container.read("workbook")) == b"x"
    assert "Book" not in container


def test_class_ids_and_times_are_kept() -> None:
    entries = [Entry((), None, bytes(range(36))), Entry(("A",), None, bytes(36)), Entry(("A", "s"), b"x")]
    assert Container(write(entries)).entries() == entries


SAMPLE = write([Entry(("large",), bytes(range(256)) * 40), Entry(("S", "small"), b"small" * 100)])
RECORDS = SAMPLE.index("Root Entry".encode("utf-16-le"))


def changed(at: int, form: str, *values: int) -> bytes:
    data = bytearray(SAMPLE)
    struct.pack_into(form, data, at, *values)
    return bytes(data)


def record(name: str) -> int:
    return SAMPLE.index(name.encode("utf-16-le") + b"\0\0")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", MISSING),
        (SAMPLE[:511], MISSING),
        (b"\0" + SAMPLE[1:], CONTENTS),
        (changed(30, "<H", 31), CONTENTS),  # sectors of 2 GiB
        (changed(32, "<H", 12), CONTENTS),
        (changed(56, "<I", 0xFFFFFFFF), CONTENTS),
        (changed(48, "<I", 0xFFFFFFFE), CONTENTS),  # no directory
        (changed(48, "<I", 5_000_000), MISSING),  # directory behind the end
        (changed(76, "<I", 5_000_000), MISSING),  # FAT behind the end
        (changed(60, "<I", 0xFFFFFFFE), MISSING),  # no chains for the small stream
        (changed(record("large") + 116, "<I", 5_000_000), MISSING),
        (changed(record("large") + 120, "<Q", 0xFFFFFFF0), CONTENTS),  # says it is 4 GiB long
        (changed(record("large") + 120, "<Q", 10_752), CONTENTS),  # a sector longer than its chain
        (changed(record("small") + 120, "<Q", 900), MISSING),
        (changed(record("Root Entry") + 120, "<Q", 0), MISSING),
        (changed(record("Root Entry") + 66, "<B", 2), CONTENTS),
        (changed(record("large") + 66, "<B", 9), CONTENTS),
        (changed(record("large") + 64, "<H", 65), CONTENTS),
        (changed(record("Root Entry") + 76, "<I", 99), CONTENTS),
        (changed(record("Root Entry") + 76, "<I", 0), CONTENTS),  # the root in itself
        (changed(record("S") + 76, "<I", 2), CONTENTS),  # a storage in itself
        (changed(record("large") + 68, "<I", 1), CONTENTS),  # a neighbour of its own
    ],
)
def test_broken_structures_are_refused(data: bytes, message: str) -> None:
    assert refusal(data) == message


def test_a_chain_that_runs_in_a_circle() -> None:
    start = struct.unpack_from("<I", SAMPLE, record("large") + 116)[0]
    assert refusal(changed(512 + 4 * (start + 4), "<I", start)) == CONTENTS
    directory = struct.unpack_from("<I", SAMPLE, 48)[0]
    assert refusal(changed(512 + 4 * directory, "<I", directory)) == CONTENTS


def test_streams_that_share_their_sectors_cannot_fill_the_memory() -> None:
    """A thousand streams that all point to the same megabyte."""
    names = [f"s{number}" for number in range(1000)]
    data = bytearray(write([Entry((name,), b"") for name in names] + [Entry(("large",), bytes(1_000_000))]))
    large = data.index("large".encode("utf-16-le"))
    for name in names:
        at = data.index(name.encode("utf-16-le") + b"\0\0")
        data[at + 116 : at + 128] = data[large + 116 : large + 128]
    assert refusal(bytes(data)) == CONTENTS


def test_deep_nesting_is_refused() -> None:
    entries = [Entry((*(f"d{depth}" for depth in range(40)), "s"), b"x")]
    assert refusal(write(entries)) == CONTENTS


def outcome(data: bytes) -> object:
    """What the file holds, or the code of its refusal; any other exception is a fault."""
    try:
        return streams(data)
    except BookError as error:
        return error.code


@given(st.integers(0, len(SAMPLE) * 8 - 1), st.integers(0, len(SAMPLE) * 8 - 1))
@settings(max_examples=300)
def test_two_flipped_bits_never_do_more_than_a_refusal(first: int, second: int) -> None:
    data = bytearray(SAMPLE)
    for bit in (first, second):
        data[bit // 8] ^= 1 << bit % 8
    found = outcome(bytes(data))
    assert isinstance(found, dict) or found == "damaged-file"


@given(st.binary(max_size=600), st.integers(0, len(SAMPLE)))
def test_rubbish_never_does_more_than_a_refusal(rubbish: bytes, at: int) -> None:
    for data in (SAMPLE[:at] + rubbish, SAMPLE[:at] + rubbish + SAMPLE[at + len(rubbish) :], SAMPLE[:8] + rubbish):
        found = outcome(data)
        assert isinstance(found, dict) or found == "damaged-file"


def test_every_truncation_is_refused_or_read_whole() -> None:
    ends = range(0, len(SAMPLE), 64)
    assert [end for end in ends if outcome(SAMPLE[:end]) not in ("damaged-file", streams(SAMPLE))] == []
