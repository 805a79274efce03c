"""Archives are read as both of their headers say, or not at all."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.excel.archives import LARGE, Entry, archive, deflated
from xlflow.excel.errors import BookError
from xlflow.excel.limits import Budget
from xlflow.excel.zip import PIECE, Archive

A, B = Entry(b"a.xml", b"<a/>" * 9), Entry(b"xl/b.xml", b"b" * 100)
CONTENTS = "the file is damaged: its table of contents cannot be read"
CUT = "the file is damaged: a part of it is missing, as after an interrupted download"
LOCKED = "the file is damaged: its part {part} is locked, as no workbook's part is"
TWICE = "the file is damaged: one of its parts is there twice"
BIG = archive(A, B, big=True)
UNPACK = "the file is damaged: its part {part} cannot be unpacked"


def content(data: bytes, name: str = "a.xml") -> bytes:
    """A member, unpacked."""
    found = Archive(data)
    member = found.find(name)
    assert member is not None
    return b"".join(found.unpack(member, Budget()))


def unpack_all(data: bytes) -> list[bytes]:
    found = Archive(data)
    return [b"".join(found.unpack(member, Budget())) for member in found.members]


def refusal(data: bytes) -> tuple[str, str]:
    """Code and message when the archive is opened and all of it is unpacked."""
    with pytest.raises(BookError) as caught:
        unpack_all(data)
    return caught.value.code, caught.value.message.msgid


def test_members_keep_their_order_and_the_bytes_from_header_to_header() -> None:
    data = archive(A.but(behind=b"PAD"), B, comment=b"made by hand")
    found = Archive(data)
    assert [member.name for member in found.members] == ["a.xml", "xl/b.xml"]
    first, second = found.members
    assert data[first.start : first.end].startswith(b"PK\3\4")
    assert data[first.start : first.end].endswith(b"PAD")
    assert (second.start, second.end) == (first.end, found.directory)
    assert data[second.data : second.data + second.packed] == deflated(B.content)


def test_names_are_the_same_whatever_their_capitals_and_slashes() -> None:
    data = archive(A, B.but(name=b"XL\\B.xml"))
    assert content(data, "/xl/b.XML") == B.content
    assert Archive(data).find("xl/c.xml") is None


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(archive(A, B, big=True), id="zip64"),
        pytest.param(archive(A.but(method=0), B), id="stored"),
        pytest.param(archive(A.but(flags=8, local_sizes=(0, 0, 0), behind=b"PK\7\x08"), B), id="descriptor"),
        pytest.param(archive(A.but(flags=8, local_sizes=(0, 0, 0), behind=bytes(12)), B), id="plain descriptor"),
        pytest.param(archive(A.but(flags=8), B), id="descriptor announced, sizes given"),
        pytest.param(
            archive(A.but(local_sizes=(zlib.crc32(A.content), LARGE, LARGE), local_extra=bytes(20))),
            id="sizes in the local extra field",
        ),
        pytest.param(archive(A.but(local_extra=b"\x99\x99\4\0abcd", extra=b"\x98\x98\0\0"), B), id="extra fields"),
        pytest.param(archive(A, B.but(name="xl/图.xml".encode(), flags=0x800)), id="utf-8 name"),
        pytest.param(archive(A, Entry(b"xl/", b"", method=0)), id="folder"),
        pytest.param(archive(A, B) + bytes(10), id="padded"),
    ],
)  # fmt: skip
def test_honest_archives(data: bytes) -> None:
    assert content(data) == A.content


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(archive(A, A), TWICE, id="twice"),
        pytest.param(archive(A, A.but(name=b"A.XML")), TWICE, id="case"),
        pytest.param(archive(A, B.but(start=0)), CONTENTS, id="one header for two"),
        pytest.param(archive(A, B.but(start=3)), CONTENTS, id="overlap"),
        pytest.param(archive(A.but(packed_size=90), B), CONTENTS, id="reaches into the next"),
        pytest.param(archive(A, B.but(packed_size=4000)), CONTENTS, id="reaches into the directory"),
        pytest.param(archive(A.but(local_name=b"c.xml")), CONTENTS, id="other name"),
        pytest.param(archive(A.but(local_sizes=(1, 2, 3))), CONTENTS, id="other sizes"),
        pytest.param(archive(A.but(flags=1)), LOCKED, id="locked"),
        pytest.param(archive(A.but(local_flags=1)), LOCKED, id="locked inside"),
        pytest.param(archive(A, B, count=1), CONTENTS, id="fewer than there are"),
        pytest.param(archive(A, B, count=3), CONTENTS, id="more than there are"),
        pytest.param(archive(A, B, shift=1), CONTENTS, id="elsewhere"),
        pytest.param(b"MZ" + archive(A, B), CONTENTS, id="something in front"),
        pytest.param(archive(A, B)[:-30], CUT, id="cut"),
        pytest.param(archive(A, B)[:60], CUT, id="cut early"),
        pytest.param(b"", CUT, id="empty"),
        pytest.param(archive(A, B, comment=b"PK\5\6 in the comment"), CUT, id="a second end"),
        pytest.param(archive(A.but(flags=0x800, name=b"\xff.xml")), CONTENTS, id="bad name"),
        pytest.param(archive(A.but(crc=7)), UNPACK, id="wrong checksum"),
        pytest.param(archive(A.but(size=35)), UNPACK, id="longer than it says"),
        pytest.param(archive(A.but(size=37)), UNPACK, id="shorter than it says"),
        pytest.param(archive(A.but(packed=deflated(A.content)[:-2])), UNPACK, id="stream cut"),
        pytest.param(archive(A.but(packed=deflated(A.content) + b"x")), UNPACK, id="stream too long"),
        pytest.param(archive(A.but(packed=b"\xff" * 20)), UNPACK, id="no stream"),
        pytest.param(archive(A.but(packed=b"")), UNPACK, id="nothing"),
        pytest.param(BIG.replace(struct.pack("<2Q", 8, 0), struct.pack("<2Q", 8, 9)), CONTENTS, id="zip64 elsewhere"),
        pytest.param(BIG.replace(struct.pack("<2H", 1, 24), bytes(4)), CONTENTS, id="zip64 without sizes"),
    ],
)  # fmt: skip
def test_dishonest_archives(data: bytes, message: str) -> None:
    assert refusal(data) == ("damaged-file", message)


def test_other_methods_are_not_supported() -> None:
    assert refusal(archive(A.but(method=9))) == (
        "unsupported-file",
        "its part {part} is packed in a way that only few programs know",
    )


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
@pytest.mark.parametrize("level", [0, 1, 9])
def test_members_come_in_pieces(size: int, level: int) -> None:
    body = bytes(range(256)) * (size // 256) + bytes(size % 256)
    data = archive(Entry(b"a.xml", body, deflated(body, level)))
    found = Archive(data)
    pieces = list(found.unpack(found.members[0], Budget()))
    assert b"".join(pieces) == body
    assert all(0 < len(piece) <= PIECE for piece in pieces)


@given(
    st.dictionaries(st.text("abcXYZ/图._", min_size=1, max_size=9), st.binary(max_size=300), max_size=5), st.booleans()
)
def test_archives_of_the_standard_library(members: dict[str, bytes], stored: bool) -> None:
    file = io.BytesIO()
    names = {name.lstrip("/").lower(): name for name in members if name.strip("/")}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as made:
        for name in names.values():
            made.writestr(name, members[name])
    found = Archive(file.getvalue())
    for name in names.values():
        member = found.find(name)
        assert member is not None
        assert b"".join(found.unpack(member, Budget())) == members[name]


@given(st.data())
def test_any_flipped_byte_is_noticed_or_harmless(data: st.DataObject) -> None:
    good = bytearray(archive(A, B))
    at = data.draw(st.integers(0, len(good) - 1))
    good[at] ^= data.draw(st.integers(1, 255))
    try:
        bodies = unpack_all(bytes(good))
    except BookError:
        return
    assert bodies == [A.content, B.content]
