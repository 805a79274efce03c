"""One workbook by hand: decrypt, encrypt, restore (contract §2)."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.build import FREIGHT
from tests.desks import TODAY, make_desk, sheets_of, workbook, xlflow
from xlflow.excel import Edit, open_book
from xlflow.excel.agile_xml import STRONGEST, Agile
from xlflow.excel.seal import Seal, seal, unseal

WORD = "sample-pass-1"
NAME = "退运费表.xlsx"

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_desk(tmp_path / "desk", passwords={"freight": WORD, "outputs": "sample-pass-2"})


def told(capsys: Capture, home: Path, *argv: object) -> tuple[int, list[str]]:
    made = xlflow(capsys, *argv, "--desk", home, "--json")
    return made.code, [error["code"] for error in made.document["errors"]]


class TestDecrypt:
    def test_a_register_by_itself(self, home: Path, capsys: Capture) -> None:
        assert told(capsys, home, "decrypt", home / NAME) == (0, [])
        made = home / "退运费表.decrypted.xlsx"
        assert sheets_of(made) == sheets_of(home / NAME, WORD)
        assert stat.S_IMODE(made.stat().st_mode) == 0o600

    def test_never_over_a_file_without_force(self, home: Path, capsys: Capture) -> None:
        out = home / "plain.xlsx"
        out.write_bytes(b"mine")
        assert told(capsys, home, "decrypt", home / NAME, "-o", out) == (2, ["cannot-write"])
        assert out.read_bytes() == b"mine"
        assert told(capsys, home, "decrypt", home / NAME, "-o", out, "--force") == (0, [])
        assert sheets_of(out) == sheets_of(home / NAME, WORD)
        assert not (home / ".xlflow" / "backups").exists()

    def test_what_nobody_has_a_password_for(self, home: Path, tmp_path: Path, capsys: Capture) -> None:
        stranger = tmp_path / "a.xlsx"
        stranger.write_bytes(seal(workbook([FREIGHT]), WORD))
        assert told(capsys, home, "decrypt", stranger) == (2, ["settings"])
        assert told(capsys, home, "decrypt", stranger, "--as", "outputs") == (4, ["wrong-password"])
        assert told(capsys, home, "decrypt", stranger, "--as", "freight") == (0, [])

    def test_what_a_run_made(self, home: Path, capsys: Capture) -> None:
        make_desk(home, passwords={"freight": WORD, "outputs": "sample-pass-2"}, freight=[FREIGHT, FREIGHT])
        assert xlflow(capsys, "run", "--desk", home, "--date", TODAY).code == 0
        assert told(capsys, home, "decrypt", home / "打款清单.xlsx") == (0, [])
        assert told(capsys, home, "decrypt", home / "out" / TODAY / "待补录-售后.xlsx") == (0, [])

    def test_missing_and_plain_files(self, home: Path, capsys: Capture) -> None:
        assert told(capsys, home, "decrypt", home / "没有.xlsx", "--as", "freight") == (4, ["file-missing"])
        assert told(capsys, home, "decrypt", home / "收货表.xlsx") == (4, ["unsupported-file"])


class TestEncrypt:
    def test_back_over_the_register_like_it_was(self, home: Path, capsys: Capture) -> None:
        old = seal((home / "收货表.xlsx").read_bytes(), WORD, _quick())
        (home / NAME).write_bytes(old)
        plain = home / "plain.xlsx"
        plain.write_bytes(workbook([FREIGHT]))
        assert told(capsys, home, "encrypt", plain, "-o", home / NAME, "--as", "freight") == (2, ["cannot-write"])
        assert told(capsys, home, "encrypt", plain, "-o", home / NAME, "--as", "freight", "--force") == (0, [])
        made = unseal((home / NAME).read_bytes(), WORD)
        assert (made.package, made.seal) == (plain.read_bytes(), unseal(old, WORD).seal)
        (copy,) = (home / ".xlflow" / "backups").iterdir()
        assert copy.read_bytes() == old

    def test_a_new_file_is_sealed_as_excel_does(self, home: Path, capsys: Capture) -> None:
        assert told(capsys, home, "encrypt", home / "收货表.xlsx", "--as", "outputs") == (0, [])
        made = unseal((home / "收货表.encrypted.xlsx").read_bytes(), "sample-pass-2")
        assert made.seal.scheme == Agile()

    def test_not_over_a_file_that_is_open(self, home: Path, capsys: Capture) -> None:
        data = (home / NAME).read_bytes()
        (home / f"~${NAME}").write_bytes(b"\x04Wang".ljust(165))
        plain = home / "收货表.xlsx"
        assert told(capsys, home, "encrypt", plain, "-o", home / NAME, "--as", "freight", "--force") == (
            4,
            ["file-open"],
        )
        assert (home / NAME).read_bytes() == data


def _quick() -> Seal:
    """Other parameters than those of a new file."""
    scheme = Agile(STRONGEST, STRONGEST, 12_345)
    return Seal(scheme, unseal(seal(workbook([FREIGHT]), WORD), WORD).seal.others)


class TestRestore:
    def changed(self, home: Path) -> tuple[bytes, bytes, Path]:
        """The register as it was and as it is, and the copy."""
        old = (home / NAME).read_bytes()
        saved = open_book(home / NAME, WORD).save([Edit("3月", "E2", 12, 13)], backup=home / ".xlflow" / "backups")
        assert saved.backup is not None
        return old, (home / NAME).read_bytes(), saved.backup

    def test_puts_it_back_and_keeps_what_was_there(self, home: Path, capsys: Capture) -> None:
        old, new, copy = self.changed(home)
        assert told(capsys, home, "restore", copy) == (2, ["cannot-write"])
        assert (home / NAME).read_bytes() == new
        assert told(capsys, home, "restore", copy, "--force") == (0, [])
        assert (home / NAME).read_bytes() == old
        assert {path.read_bytes() for path in copy.parent.iterdir()} == {old, new}

    def test_where_there_is_none_any_more(self, home: Path, capsys: Capture) -> None:
        old, _, copy = self.changed(home)
        (home / NAME).unlink()
        assert told(capsys, home, "restore", copy) == (0, [])
        assert (home / NAME).read_bytes() == old

    def test_only_what_is_a_whole_copy_of_a_workbook_of_this_desk(self, home: Path, capsys: Capture) -> None:
        _, new, copy = self.changed(home)
        other = copy.with_name(f"别的-{copy.name}")
        other.write_bytes(copy.read_bytes())
        assert told(capsys, home, "restore", other, "--force") == (2, ["settings"])
        copy.write_bytes(copy.read_bytes()[:-1])
        assert told(capsys, home, "restore", copy, "--force") == (4, ["damaged-file"])
        assert told(capsys, home, "restore", copy.with_name("没有.xlsx"), "--force") == (4, ["file-missing"])
        assert (home / NAME).read_bytes() == new

    def test_a_desk_with_its_backups_reads_no_copy(self, home: Path, capsys: Capture) -> None:
        self.changed(home)
        settings = (home / "xlflow.toml").read_text(encoding="utf-8")
        (home / "xlflow.toml").write_text(settings.replace('"退运费表.xlsx"', '"**/退运费表*.xlsx"'), encoding="utf-8")
        check = xlflow(capsys, "check", "--desk", home, "--date", TODAY, "--json").document
        assert [r["file"] for r in check["registers"] if r["register"] == "freight"] == [NAME]
