"""Files are staged all or none, and moved when they are recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlflow.staged import beside, move, stage, waiting


def test_staged_then_moved(tmp_path: Path) -> None:
    one, two = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    one.write_bytes(b"old")
    stage([(one, b"1"), (two, b"2")])
    assert (one.read_bytes(), two.exists()) == (b"old", False)
    assert sorted(waiting(tmp_path)) == [one, two]
    assert list(waiting(tmp_path, ["二.xlsx", "三.xlsx"])) == [two]
    assert [path.name for path in tmp_path.glob("*.xlsx")] == ["一.xlsx"]
    move([one, two])
    assert (one.read_bytes(), two.read_bytes(), list(waiting(tmp_path))) == (b"1", b"2", [])


def test_all_or_none(tmp_path: Path) -> None:
    one, two = tmp_path / "一.xlsx", tmp_path / "missing" / "二.xlsx"
    with pytest.raises(FileNotFoundError):
        stage([(one, b"1"), (two, b"2")])
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_ours_does_not_wait(tmp_path: Path) -> None:
    for name in (".~lock.a.tmp", "a.tmp", ".a.xlsx", ".tmp"):
        (tmp_path / name).write_bytes(b"theirs")
    beside(tmp_path / "folder").mkdir()
    assert list(waiting(tmp_path)) == []
    assert list(waiting(tmp_path / "missing")) == []
