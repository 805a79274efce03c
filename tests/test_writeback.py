"""The one place from which a workbook of the desk is changed (contract §7)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from xlflow.excel import Append, BookError, Edit
from xlflow.excel.seal import seal
from xlflow.passwords import Secret
from xlflow.writeback import Give, Target, Written, save, write

WORD, EDIT = "sample-pass-1", "sample-edit-1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "3月"
    for row in (["订单号", "金额"], ["1", 12], ["2", "=1/0"], ["3", None]):
        sheet.append(row)
    book.save(tmp_path / "表.xlsx")
    return tmp_path / "表.xlsx"


def locked(path: Path) -> None:
    """Protect the sheet with a password to change it."""
    book = openpyxl.load_workbook(path)
    book["3月"].protection.set_password(EDIT)
    book["3月"].protection.enable()
    book.save(path)


def target(path: Path, *words: str, modify: str | None = None) -> tuple[Target, list[str]]:
    asked: list[str] = []

    def password() -> Secret | None:
        asked.append("modify")
        return Secret.of(modify)

    return Target(path, tuple(map(Secret, words)), password, path.parent / "backups"), asked


def give(path: Path, *given: Give, words: tuple[str, ...] = (), modify: str | None = None) -> Written:
    made, _ = target(path, *words, modify=modify)
    return write(made, given, made.open().sha256)


def cells(path: Path) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)["3月"].iter_rows(values_only=True))


def test_values_are_given_whatever_the_cells_hold(path: Path) -> None:
    made = give(
        path, Give("3月", "B2", Decimal("9.50")), Give("3月", "B3", 3), Give("3月", "B4", "x"), Give("3月", "C4", None)
    )
    assert (made.changed, made.refused) == ((("3月", "B2"), ("3月", "B3"), ("3月", "B4")), {})
    assert [row[1] for row in cells(path)] == ["金额", 9.5, 3, "x"]
    assert made.backup is not None
    assert made.backup.parent == path.parent / "backups"


def test_the_first_password_that_fits_opens_it_and_it_stays_sealed(path: Path) -> None:
    path.write_bytes(seal(path.read_bytes(), WORD))
    assert give(path, Give("3月", "B2", 1), words=("not this", WORD)).changed == (("3月", "B2"),)
    with pytest.raises(BookError) as caught:
        give(path, Give("3月", "B2", 2), words=("not this", "nor this"))
    assert caught.value.code == "wrong-password"


def test_the_password_to_change_it_is_asked_for_only_when_it_is_wanted(path: Path) -> None:
    made, asked = target(path, modify=EDIT)
    write(made, [Give("3月", "B2", 1)], made.open().sha256)
    assert asked == []
    locked(path)
    write(made, [Give("3月", "B2", 2)], made.open().sha256)
    assert (asked, cells(path)[1][1]) == (["modify"], 2)


@pytest.mark.parametrize(("word", "code"), [(None, "needs-modify-password"), ("wrong", "wrong-modify-password")])
def test_without_it_nothing_is_written(path: Path, word: str | None, code: str) -> None:
    locked(path)
    data = path.read_bytes()
    with pytest.raises(BookError) as caught:
        give(path, Give("3月", "B2", 2), modify=word)
    assert (caught.value.code, path.read_bytes()) == (code, data)


def test_a_file_that_was_changed_since_it_was_looked_at(path: Path) -> None:
    made, _ = target(path)
    with pytest.raises(BookError) as caught:
        write(made, [Give("3月", "B2", 1)], "0" * 64)
    assert caught.value.code == "changed-since-read"


def test_a_file_that_somebody_has_open(path: Path) -> None:
    path.with_name("~$表.xlsx").write_bytes(b"\x04Wang".ljust(165))
    with pytest.raises(BookError) as caught:
        give(path, Give("3月", "B2", 1))
    assert caught.value.code == "file-open"


def test_what_cannot_be_changed_is_refused_by_itself(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["3月"].merge_cells("A2:A3")
    book["3月"].merge_cells("C1:D1")
    book.save(path)
    made = give(
        path,
        Give("3月", "A2", "tall"), Give("3月", "A3", "below"), Give("3月", "D1", "a heading"),
        Give("3月", "D2", 1, under="D1"), Give("3月", "D3", 2, under="D1"), Give("3月", "B2", "\x00" * 40_000),
        Give("3月", "B4", 4),
    )  # fmt: skip
    assert made.changed == (("3月", "B4"),)
    assert {ref: problem.code for (_, ref), problem in made.refused.items()} == {
        "A2": "merged", "A3": "merged", "D1": "merged", "D2": "merged", "D3": "merged", "B2": "bad-value",
    }  # fmt: skip
    assert cells(path)[3][1] == 4


def test_edits_and_rows_of_others_are_saved_in_the_same_way(path: Path) -> None:
    locked(path)
    made, asked = target(path, modify=EDIT)
    save(made, made.open(), [Edit("3月", "B2", 12, 13), Append("3月", {"A": "4", "B": 4})])
    assert ([row[1] for row in cells(path)][1], cells(path)[-1][:2], asked) == (13, ("4", 4), ["modify"])
