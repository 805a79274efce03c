"""Archives in every form: the members that did not change keep their bytes, whatever else is written."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from tests.excel.archives import Entry, archive
from tests.excel.packages import SHEET, zipped
from tests.excel.patch.cases import book, cells, done, members, raw_members, text
from xlflow.excel.patch import Edit, patch
from xlflow.excel.patch.repack import repacked
from xlflow.excel.zip import Archive

MADE = book(text("A1", "x"))
EDIT = Edit("S", "A1", "x", "y")
TIME = b"\x05\x54\x05\x00\x01\0\0\0\0"
DESCRIPTOR = struct.pack("<4s3I", b"PK\7\x08", 0, 0, 0)
FORMS: dict[str, dict[str, object]] = {
    "stored": {"method": 0},
    "extra fields": {"extra": TIME, "local_extra": b"\x20\xa2\4\0\0\0\0\0"},
    "descriptors": {"flags": 8, "local_sizes": (0, 0, 0), "behind": DESCRIPTOR},
    "padding": {"behind": b"\0" * 13},
    "names in utf-8": {"flags": 0x800},
    "compression hints": {"flags": 6},
}


def entries(**form: object) -> list[Entry]:
    return [Entry(name.encode(), data).but(**form) for name, data in MADE.items()]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("big", [False, True])
def test_other_members_are_copied_as_they_stand(form: str, big: bool) -> None:
    data = archive(*entries(**FORMS[form]), comment="备注".encode(), big=big)
    changed, after = done(data, EDIT)
    assert cells(changed.package) == {"A1": "y"}
    assert changed.package.endswith("备注".encode())
    again, _ = done(changed.package, Edit("S", "A1", "y", "z"))
    assert cells(again.package) == {"A1": "z"}
    assert len(after) == len(MADE)


def test_members_stay_where_they_are_even_when_the_directory_has_another_order() -> None:
    made = archive(*entries(), comment=b"c")
    plain = Archive(made)
    raws = [made[member.start : member.end] for member in plain.members]
    shuffled = [raws[at] for at in (3, 0, 5, 1, 4, 2)]
    starts = {raw: sum(map(len, shuffled[:at])) for at, raw in enumerate(shuffled)}
    directory = bytearray(made[plain.directory : made.rindex(b"PK\5\6")])
    at = 0
    for raw in raws:
        struct.pack_into("<I", directory, at + 42, starts[raw])
        at += 46 + sum(struct.unpack_from("<3H", directory, at + 28))
    data = b"".join(shuffled) + bytes(directory) + made[made.rindex(b"PK\5\6") :]
    changed, _ = done(data, EDIT)
    assert list(raw_members(changed.package)) == list(MADE)
    before, after = Archive(data), Archive(changed.package)
    by_place = [[m.name for m in sorted(a.members, key=lambda m: m.start)] for a in (before, after)]
    assert by_place[0] == by_place[1]


def test_what_stands_in_front_of_the_first_member_stays() -> None:
    made = archive(*entries())
    front = b"#!/bin/sh\n"
    at = made.rindex(b"PK\5\6")
    directory = bytearray(made[Archive(made).directory : at])
    place = 0
    for _ in MADE:
        struct.pack_into("<I", directory, place + 42, struct.unpack_from("<I", directory, place + 42)[0] + len(front))
        place += 46 + sum(struct.unpack_from("<3H", directory, place + 28))
    end = bytearray(made[at:])
    struct.pack_into("<I", end, 16, Archive(made).directory + len(front))
    data = front + made[: Archive(made).directory] + bytes(directory) + bytes(end)
    changed, _ = done(data, EDIT)
    assert changed.package.startswith(front + b"PK\3\4")


def test_a_changed_member_keeps_its_date_and_attributes() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, data in MADE.items():
            info = zipfile.ZipInfo(name, (2026, 3, 1, 8, 30, 2))
            info.external_attr, info.comment = 0o640 << 16, b"member"
            made.writestr(info, data, zipfile.ZIP_DEFLATED)
    changed, _ = done(file.getvalue(), EDIT)
    with zipfile.ZipFile(io.BytesIO(changed.package)) as after:
        info = after.getinfo(SHEET)
        assert (info.date_time, info.external_attr, info.comment) == ((2026, 3, 1, 8, 30, 2), 0o640 << 16, b"member")


def test_the_same_change_is_the_same_bytes() -> None:
    assert patch(zipped(MADE), [EDIT]).package == patch(zipped(MADE), [EDIT]).package


@pytest.mark.parametrize("big", [False, True])
def test_members_can_go_and_others_become_empty(big: bool) -> None:
    data = archive(Entry(b"a", b"1" * 99), Entry(b"b", b"2" * 99), Entry(b"c", b"3" * 99), big=big)
    new = repacked(Archive(data), {"a": None, "b": [b"", b"new", memoryview(b"er")]})
    assert members(new) == {"b": b"newer", "c": b"3" * 99}
    assert members(repacked(Archive(data), {"c": [b""]}))["c"] == b""
    assert repacked(Archive(data), {}) == data
