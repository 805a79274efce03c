"""Whose lock files lie beside a workbook, what they say, and which files only look like one."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlflow.excel import lockers as module
from xlflow.excel.errors import BookError
from xlflow.excel.lockers import Locker, ensure_closed, has_own_lock, is_own, lockers, own_lock

NAME = "退运费表.xlsx"


def excel(user: str) -> bytes:
    """Excel's owner file: 165 bytes, the name in one-byte letters and again in UTF-16."""
    short = user.encode("gbk")
    wide = user.encode("utf-16-le")
    return (bytes([len(short)]) + short).ljust(55) + (len(user).to_bytes(2, "little") + wide).ljust(110, b"\0")


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / NAME
    path.write_bytes(b"register")
    return path


@pytest.mark.parametrize(
    ("name", "content", "locker"),
    [
        (f"~${NAME}", excel("张三"), ("Excel", "张三")),
        (f"~${NAME}", excel("Zhang San"), ("Excel", "Zhang San")),
        (f"~${NAME}", b"\4\xd5\xc5\xc8\xfd".ljust(55), ("Excel", "张三")),
        (f"~${NAME}", b"", ("Excel", "")),
        (f"~${NAME}", b"\xff" * 165, ("Excel", "")),
        (f".~{NAME}", excel("李四"), ("WPS", "李四")),
        (f".~{NAME}", b"", ("WPS", "")),
        (
            f".~lock.{NAME}#",
            "王五,wang,PC-7,02.03.2026 09:00,file:///home/wang;".encode(),
            ("LibreOffice", "王五 wang"),
        ),
        (f".~lock.{NAME}#", b",wang,PC-7,02.03.2026 09:00,file:///home/wang;", ("LibreOffice", "wang")),
        (f".~lock.{NAME}#", b"", ("LibreOffice", "")),
        (f".~lock.{NAME}#", b"\xff\0 no lock at all", ("LibreOffice", "")),
        (f".~lock.{NAME}#", b"xlflow,wang,PC-7,02.03.2026 09:00,file:///home/wang;", ("LibreOffice", "xlflow wang")),
        (f".~lock.{NAME}#", b"xlflow,wang,elsewhere,02.03.2026 09:00,xlflow;", ("xlflow", "wang elsewhere")),
    ],
)
def test_each_program_and_its_user(register: Path, name: str, content: bytes, locker: tuple[str, str]) -> None:
    register.with_name(name).write_bytes(content)
    assert lockers(register) == [Locker(*locker, name)]


def test_a_lock_file_counts_whatever_its_age(register: Path) -> None:
    lock = register.with_name(f"~${NAME}")
    lock.write_bytes(excel("张三"))
    os.utime(lock, (0, 0))
    assert lockers(register) == [Locker("Excel", "张三", lock.name)]


@pytest.mark.parametrize(
    "name",
    [
        "~$收货表.xlsx",
        f"~$~${NAME}",
        f"x~${NAME}",
        f".~lock.{NAME}",
        f"~${NAME}.tmp",
        f".~lock.{NAME[2:]}#",
        f"~${NAME[2:]}",
    ],
)
def test_other_files_lock_nothing(register: Path, name: str) -> None:
    register.with_name(name).write_bytes(excel("张三"))
    assert lockers(register) == []


def test_a_folder_locks_nothing(register: Path) -> None:
    register.with_name(f"~${NAME}").mkdir()
    assert lockers(register) == []


def test_a_lock_file_that_cannot_be_read_counts(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register.with_name(f"~${NAME}").write_bytes(excel("张三"))

    def closed(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", closed)
    assert lockers(register) == [Locker("Excel", "", f"~${NAME}")]


def test_a_lock_file_that_goes_while_we_look_is_none(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register.with_name(f".~lock.{NAME}#").write_bytes(own_lock())

    def gone(_: Path) -> bytes:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(Path, "read_bytes", gone)
    assert lockers(register) == []
    assert not has_own_lock(register)


def test_our_own_lock_is_no_stranger(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = register.with_name(f".~lock.{NAME}#")
    assert not has_own_lock(register)
    lock.write_bytes(own_lock())
    assert lockers(register) == []
    assert has_own_lock(register)
    monkeypatch.setattr(socket, "gethostname", lambda: "another")
    assert [locker.program for locker in lockers(register)] == ["xlflow"]
    assert not has_own_lock(register)


@given(st.text(), st.text(min_size=1))
def test_our_own_lock_is_known_whatever_the_names(user: str, computer: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "gethostname", lambda: computer)
        patch.setattr(module.os, "environ", {"USER": user})
        lock = own_lock()
        assert is_own(lock)
        assert lock.count(b",") == 4


@given(st.binary(max_size=200))
def test_any_content_is_read(data: bytes) -> None:
    assert isinstance(module._excel_user(data), str)
    assert isinstance(module._libreoffice_user(data), str)
    assert not is_own(data)


def refusal(*paths: Path) -> tuple[str, str, str]:
    with pytest.raises(BookError) as caught:
        ensure_closed(*paths)
    return caught.value.code, str(caught.value.message), str(caught.value.fix)


def test_who_has_it_open_is_said(register: Path) -> None:
    ensure_closed(register)
    register.with_name(f".~{NAME}").write_bytes(b"")
    assert refusal(register) == (
        "file-open",
        "退运费表.xlsx is open in WPS",
        "close it there and try again; if nobody has it open, delete the left-over file .~退运费表.xlsx beside it",
    )
    register.with_name(f".~lock.{NAME}#").write_bytes(b",wang,PC-7,02.03.2026 09:00,file:///home/wang;")
    code, message, fix = refusal(register)
    assert (code, message) == ("file-open", "退运费表.xlsx is open in LibreOffice, by wang")
    assert fix.endswith("delete the left-over file .~lock.退运费表.xlsx# beside it")


def test_locks_count_beside_the_link_and_beside_the_file(register: Path, tmp_path: Path) -> None:
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "表.xlsx"
    link.symlink_to(register)
    ensure_closed(link, register)
    link.with_name("~$表.xlsx").write_bytes(excel("张三"))
    assert refusal(link, register)[1] == "表.xlsx is open in Excel, by 张三"
    link.with_name("~$表.xlsx").unlink()
    register.with_name(f"~${NAME}").write_bytes(excel("张三"))
    assert refusal(link, register)[1] == "退运费表.xlsx is open in Excel, by 张三"
