"""Which workbooks a register is made of (contract §1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlflow.settings import RegisterSettings, files


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    home = tmp_path / "desk"
    for name in (
        "退运费表.xlsx",
        "b/2月.xlsx",
        "b/1月.xlsx",
        "b/~$1月.xlsx",
        "b/.~1月.xlsx",
        "b/.~lock.1月.xlsx#",
        "b/c/3月.xlsx",
        "x[1].xlsx",
        "../other/1月.xlsx",
    ):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).touch()
    (home / "b" / "folder.xlsx").mkdir()
    return home


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (("退运费表.xlsx",), ["退运费表.xlsx"]),
        (("退运费表.xlsx", "./退运费表.xlsx", "退*.xlsx"), ["退运费表.xlsx"]),
        (("没有.xlsx",), ["没有.xlsx"]),
        (("b/*.xlsx",), ["b/1月.xlsx", "b/2月.xlsx"]),
        (("b/2月.xlsx", "b/1月.xlsx"), ["b/1月.xlsx", "b/2月.xlsx"]),
        (("b/*",), ["b/1月.xlsx", "b/2月.xlsx"]),
        (("b/.~*", "b/~$*"), ["b/.~*", "b/~$*"]),
        (("**/*月.xlsx",), ["b/1月.xlsx", "b/2月.xlsx", "b/c/3月.xlsx"]),
        (("4月*.xlsx", "b/1?.xlsx"), ["4月*.xlsx", "b/1月.xlsx"]),
        (("x[1].xlsx",), ["x[1].xlsx"]),
        (("b/[12]月.xlsx",), ["b/1月.xlsx", "b/2月.xlsx"]),
        (("../other/*.xlsx",), ["../other/1月.xlsx"]),
        (("b/folder.xlsx",), ["b/folder.xlsx"]),
    ],
)
def test_files(desk: Path, path: tuple[str, ...], found: list[str]) -> None:
    assert files(desk, RegisterSettings(path)) == tuple(desk / name for name in found)


def test_absolute_paths_and_patterns(desk: Path) -> None:
    pattern = str(desk.parent / "other" / "*.xlsx")
    assert files(desk, RegisterSettings((pattern,))) == (desk.parent / "other" / "1月.xlsx",)
    assert files(desk, RegisterSettings((str(desk / "no.xlsx"),))) == (desk / "no.xlsx",)


def test_a_link_and_its_file_are_one(desk: Path) -> None:
    (desk / "b" / "link.xlsx").symlink_to(desk / "b" / "1月.xlsx")
    found = files(desk, RegisterSettings(("b/*.xlsx",)))
    assert [path.name for path in found] == ["1月.xlsx", "2月.xlsx"]


def test_a_pattern_finds_nothing_of_xlflow_s_own(desk: Path) -> None:
    for name in (".state/backups/1月-1f3a7c20.xlsx", "inbox/1月.xlsx", "out/2026-03-31/待补录-1月.xlsx"):
        (desk / name).parent.mkdir(parents=True)
        (desk / name).touch()
    state = desk / ".state"

    def found(*patterns: str) -> list[str]:
        return [str(path.relative_to(desk)) for path in files(desk, RegisterSettings(patterns), state)]

    assert found("**/*1月*.xlsx") == ["b/1月.xlsx"]
    assert found("*/*1月*.xlsx", ".*/*/*.xlsx") == [".*/*/*.xlsx", "b/1月.xlsx"]
    assert found("inbox/*.xlsx", "out/*/*.xlsx") == ["inbox/1月.xlsx", "out/2026-03-31/待补录-1月.xlsx"]
    assert found(".state/backups/1月-1f3a7c20.xlsx") == [".state/backups/1月-1f3a7c20.xlsx"]
