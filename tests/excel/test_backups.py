"""Where the copies of a workbook are kept, what they are called, and which of them stay."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from xlflow.excel import backups as module
from xlflow.excel.backups import KEPT, backups, is_whole
from xlflow.excel.errors import BookError

NAME = "退运费表.xlsx"


@pytest.fixture(autouse=True)
def no_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XLFLOW_DESK", raising=False)


def desk(folder: Path, settings: str | bytes = '[desk]\nname = "店"\n') -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "xlflow.toml").write_bytes(settings.encode() if isinstance(settings, str) else settings)
    return folder


def refusal(path: Path) -> tuple[str, str, str]:
    with pytest.raises(BookError) as caught:
        backups(path)
    return caught.value.code, str(caught.value.message), str(caught.value.fix)


@pytest.mark.parametrize(
    ("settings", "state"),
    [
        ("", ".xlflow"),
        ('[desk]\nname = "店"\n', ".xlflow"),
        ('[desk]\nstate = "状态"\n', "状态"),
        ("\ufeff[desk]\r\nstate = 'a/b'\r\n", "a/b"),
        ('state = "not this one"\n', ".xlflow"),
    ],
)
def test_the_state_folder_is_the_settings_own(tmp_path: Path, settings: str, state: str) -> None:
    desk(tmp_path, settings)
    assert backups(tmp_path / NAME).folder == tmp_path / state / "backups"


def test_the_state_folder_may_be_anywhere(tmp_path: Path) -> None:
    desk(tmp_path / "desk", f"[desk]\nstate = '{tmp_path / 'far'}'\n")
    assert backups(tmp_path / "desk" / NAME).folder == tmp_path / "far" / "backups"


def test_the_nearest_desk_above_the_workbook(tmp_path: Path) -> None:
    desk(tmp_path)
    inner = desk(tmp_path / "2026")
    assert backups(tmp_path / "2026" / "3月" / NAME).folder == inner / ".xlflow" / "backups"
    assert backups(tmp_path / "2026" / ".." / NAME).folder == tmp_path / ".xlflow" / "backups"


def test_a_relative_path_is_one_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk(tmp_path)
    (tmp_path / "3月").mkdir()
    monkeypatch.chdir(tmp_path / "3月")
    assert backups(Path(NAME)) == backups(tmp_path / "3月" / NAME)


def test_xlflow_desk_before_the_desk_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk(tmp_path / "near")
    far = desk(tmp_path / "far", '[desk]\nstate = "s"\n')
    monkeypatch.setenv("XLFLOW_DESK", str(far))
    assert backups(tmp_path / "near" / NAME).folder == far / "s" / "backups"
    monkeypatch.setenv("XLFLOW_DESK", str(tmp_path))
    assert backups(tmp_path / "near" / NAME).folder == tmp_path / ".xlflow" / "backups"
    monkeypatch.setenv("XLFLOW_DESK", "")
    assert backups(tmp_path / "near" / NAME).folder == tmp_path / "near" / ".xlflow" / "backups"


def test_a_folder_that_is_named_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XLFLOW_DESK", str(tmp_path / "nowhere"))
    assert backups(tmp_path / NAME, tmp_path / "copies").folder == tmp_path / "copies"


def test_a_link_belongs_to_the_desk_it_lies_in(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (share / NAME).write_bytes(b"")
    home = desk(tmp_path / "desk")
    (home / NAME).symlink_to(share / NAME)
    (tmp_path / NAME).symlink_to(home / NAME)
    assert backups(home / NAME).folder == home / ".xlflow" / "backups"
    desk(share)
    assert backups(tmp_path / NAME).folder == share / ".xlflow" / "backups"


def test_without_a_desk_a_folder_must_be_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / NAME) == (
        "cannot-write",
        "退运费表.xlsx is in no desk, so there is no place for its backup",
        "name a folder: book.save(changes, backup=folder), or set XLFLOW_DESK to the desk's folder",
    )


def test_xlflow_desk_must_be_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XLFLOW_DESK", str(tmp_path / "nowhere"))
    assert refusal(desk(tmp_path) / NAME) == (
        "cannot-write",
        f"there is no folder {tmp_path / 'nowhere'}, which XLFLOW_DESK names for the backups",
        "correct XLFLOW_DESK, or name a folder: book.save(changes, backup=folder)",
    )
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("settings", [b"[desk", b"desk = 3", b"[desk]\nstate = 3", "[desk]\nname = '店'".encode("gbk")])
def test_settings_that_cannot_be_read(tmp_path: Path, settings: bytes) -> None:
    assert refusal(desk(tmp_path, settings) / NAME) == (
        "cannot-write",
        f"{tmp_path / 'xlflow.toml'} cannot be read, so there is no place for the backup",
        "see what is wrong with it: xlflow doctor",
    )


def test_a_copy_is_the_file_byte_for_byte_and_nobody_elses_to_read(tmp_path: Path) -> None:
    kept = backups(tmp_path / NAME, tmp_path / "a" / "b")
    copy = kept.keep(b"as it was")
    assert copy.read_bytes() == b"as it was"
    assert copy.parent == tmp_path / "a" / "b"
    assert (copy.name.partition("-")[0], copy.suffix) == ("退运费表", ".xlsx")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert is_whole(copy)
    copy.write_bytes(b"as it was not")
    assert not is_whole(copy)


def test_copies_of_workbooks_of_one_name_are_told_apart(tmp_path: Path) -> None:
    first, second, third = (
        backups(tmp_path / place, tmp_path / "copies") for place in (NAME, f"2月/{NAME}", "退运费表.xlsm")
    )
    made = [kept.keep(b"x") for kept in (first, second, third, first)]
    assert first.copies() == [made[0], made[3]]
    assert (second.copies(), third.copies()) == ([made[1]], [made[2]])


def test_a_desk_that_moves_keeps_its_copies(tmp_path: Path) -> None:
    old = desk(tmp_path / "old")
    copy = backups(old / NAME).keep(b"x")
    old.rename(tmp_path / "new")
    assert [path.name for path in backups(tmp_path / "new" / NAME).copies()] == [copy.name]


def test_the_name_of_a_copy_fits_every_disk(tmp_path: Path) -> None:
    kept = backups(tmp_path / f"{'退' * 80}.xlsx", tmp_path)
    assert len(os.fsencode(kept.keep(b"x").name)) < 255
    assert len(kept.copies()) == 1


def test_the_newest_copies_stay(tmp_path: Path) -> None:
    kept = backups(tmp_path / NAME, tmp_path)
    other = backups(tmp_path / "收货表.xlsx", tmp_path).keep(b"")
    made = [kept.keep(bytes([number])) for number in range(KEPT + 3)]
    kept.thin_out(made[-1])
    assert kept.copies() == made[3:]
    assert other.exists()


def test_the_copy_just_made_stays_whatever_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = backups(tmp_path / NAME, tmp_path)
    for number in range(KEPT):
        kept.keep(bytes([number]))
    monkeypatch.setattr(module, "_now", lambda: "20010101T000000.000000")
    last = kept.keep(b"last")
    kept.thin_out(last)
    assert last in kept.copies()


def test_what_a_killed_copy_left_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = backups(tmp_path / NAME, tmp_path)
    monkeypatch.setattr(module, "remove", lambda _: None)
    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        kept.keep(b"half")
    monkeypatch.undo()
    (stray,) = tmp_path.iterdir()
    assert stray.name.startswith(".~xlflow-")
    assert kept.copies() == []
    assert list(tmp_path.glob("*")) == [stray]
    copy = kept.keep(b"whole")
    assert list(tmp_path.iterdir()) == [copy]


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt
