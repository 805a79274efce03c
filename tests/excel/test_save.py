"""Book.save: what it changes, what it keeps, what it refuses, and that nothing plain ever lies on the disk."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.excel import kill_save
from tests.excel.packages import Parts, parts, relations, zipped
from tests.excel.test_protect import long
from tests.excel.test_seal import standard_seal
from xlflow.excel import Append, Edit, keys, open_book, patch
from xlflow.excel.agile_xml import STRONGEST, Agile, Suite
from xlflow.excel.cfb import Container, Entry
from xlflow.excel.cfb_write import write
from xlflow.excel.data_spaces import DATA_SPACES
from xlflow.excel.errors import BookError
from xlflow.excel.keys import DEFAULT_PASSWORD, Keys
from xlflow.excel.protect_hash import short_hash
from xlflow.excel.save import Saved
from xlflow.excel.seal import Seal, seal, unseal
from xlflow.model import Text

PASSWORD, MODIFY = "sample-pass-1", "sample-modify-2"
NAME = "退运费表.xlsx"
QUICK = Seal(Agile(STRONGEST, STRONGEST, 10), DATA_SPACES)
#: A1 text, A2 a number, B2 unlocked where style 1 is.
ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>金额</t></is></c><c r="B1" t="inlineStr"><is><t>备注</t></is></c></row>'
    '<row r="2"><c r="A2"><v>12.5</v></c><c r="B2" s="1"/></row>'
)
STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="0" applyProtection="1"><protection locked="0"/></xf></cellXfs>'
    "</styleSheet>"
)
EDIT = Edit("S", "B2", None, "已核对")
LOCKED = Edit("S", "A2", Decimal("12.5"), 13)


def workbook(sheet: str = "", book: str = "") -> Parts:
    """One sheet; ``sheet`` stands behind its rows, ``book`` before the workbook's properties."""
    made = parts(ROWS, after=sheet)
    made["xl/styles.xml"] = STYLES.encode()
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(b"<workbookPr", f"{book}<workbookPr".encode())
    return made


def members(package: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


PACKAGE = zipped(workbook(), method=0)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own desk; nobody cuts the power here."""
    monkeypatch.delenv("XLFLOW_DESK", raising=False)
    monkeypatch.setattr(os, "fsync", lambda file: None)
    folder = tmp_path / "店"
    folder.mkdir()
    (folder / "xlflow.toml").write_text('[desk]\nname = "店"\n', encoding="utf-8")
    return folder


def put(desk: Path, data: bytes) -> Path:
    path = desk / NAME
    path.write_bytes(data)
    return path


def files(desk: Path) -> dict[str, bytes]:
    """All files of the desk but its settings."""
    found = (path for path in desk.rglob("*") if path.is_file() and path.name != "xlflow.toml")
    return {path.relative_to(desk).as_posix(): path.read_bytes() for path in found}


def untouched(path: Path) -> tuple[int, ...]:
    """What stays of a file that nobody writes; reading it changes another time."""
    found = path.stat()
    return (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def refusal(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(BookError) as caught:
        act()
    return caught.value.code, str(caught.value.message)


def value(path: Path, ref: str, password: str | None = None) -> object:
    for row in open_book(path, password).sheets[0].rows():
        for cell in row.cells:
            if cell.ref == ref:
                return cell.value
    return None


# What a save does


@pytest.mark.parametrize("data", [PACKAGE, seal(PACKAGE, PASSWORD, QUICK)], ids=["plain", "encrypted"])
def test_a_cell_changes_and_the_file_as_it_was_is_kept(desk: Path, data: bytes) -> None:
    path = put(desk, data)
    saved = open_book(path, PASSWORD).save([EDIT, Append("S", {"A": 7})])
    assert saved.changed == (("S", "B2"), ("S", "A3"))
    assert (value(path, "B2", PASSWORD), value(path, "A3", PASSWORD)) == ("已核对", 7)
    assert saved.backup is not None
    assert saved.backup.parent == desk / ".xlflow" / "backups"
    assert files(desk) == {NAME: path.read_bytes(), saved.backup.relative_to(desk).as_posix(): data}


def test_the_cells_may_come_one_by_one(desk: Path) -> None:
    path = put(desk, PACKAGE)
    assert open_book(path).save(iter([EDIT])).changed == (("S", "B2"),)


def test_an_empty_list_does_nothing(tmp_path: Path, desk: Path) -> None:
    path = put(desk, PACKAGE)
    book = open_book(path)
    path.with_name(f"~${NAME}").write_bytes(b"")
    path.write_bytes(b"changed since")
    before = untouched(path)
    assert book.save([]) == Saved(None, ())
    assert book.save(iter(())) == Saved(None, ())
    assert untouched(path) == before
    assert set(files(desk)) == {NAME, f"~${NAME}"}
    nowhere = tmp_path / NAME
    nowhere.write_bytes(PACKAGE)
    assert open_book(nowhere).save([]) == Saved(None, ())


def test_a_book_is_saved_once(desk: Path) -> None:
    path = put(desk, PACKAGE)
    book = open_book(path)
    book.save([EDIT])
    after = files(desk)
    assert refusal(lambda: book.save([Edit("S", "A1", "金额", "运费")])) == (
        "changed-since-read",
        f"{NAME} was changed after it was read, so nothing was written",
    )
    assert files(desk) == after
    open_book(path).save([Edit("S", "A1", "金额", "运费")])
    assert value(path, "A1") == "运费"


def test_without_a_desk_the_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XLFLOW_DESK", raising=False)
    path = put(tmp_path, PACKAGE)
    assert refusal(lambda: open_book(path).save([EDIT])) == (
        "cannot-write",
        f"{NAME} is in no desk, so there is no place for its backup",
    )
    assert files(tmp_path) == {NAME: PACKAGE}
    saved = open_book(path).save([EDIT], backup=tmp_path / "copies")
    assert saved.backup is not None
    assert saved.backup.parent == tmp_path / "copies"
    monkeypatch.setenv("XLFLOW_DESK", str(tmp_path / "copies"))
    saved = open_book(path).save([Edit("S", "B2", "已核对", None)])
    assert saved.backup is not None
    assert saved.backup.parent == tmp_path / "copies" / ".xlflow" / "backups"


# Encryption stays


SEALS = {
    "excel": QUICK,
    "2010": Seal(Agile(Suite(128, "sha1", 16), Suite(128, "sha1", 16), 100), ()),
    "mixed": Seal(Agile(Suite(256, "sha384", 16), Suite(192, "sha512", 32), 7), DATA_SPACES),
    "standard": standard_seal(),
    "more streams": Seal(QUICK.scheme, (*DATA_SPACES, Entry(("\5SummaryInformation",), b"made by" * 900))),
}


@pytest.mark.parametrize("name", SEALS)
def test_the_seal_stays_and_its_salts_are_new(desk: Path, name: str) -> None:
    old = seal(PACKAGE, PASSWORD, SEALS[name])
    path = put(desk, old)
    open_book(path, PASSWORD).save([EDIT])
    before, after = unseal(old, PASSWORD), unseal(path.read_bytes(), PASSWORD)
    assert (after.seal, after.password) == (before.seal, PASSWORD)
    texts = [set(re.findall(rb'(?:saltValue|encrypted\w+)="([^"]+)"', each)) for each in (old, path.read_bytes())]
    assert not texts[0] & texts[1]
    assert refusal(lambda: open_book(path, "other"))[0] == "wrong-password"


def test_two_saves_of_one_run_share_no_salt(desk: Path) -> None:
    run = Keys()
    path = put(desk, seal(PACKAGE, PASSWORD, QUICK))
    salts = set()
    for number in range(3):
        open_book(path, PASSWORD, keys=run).save([Append("S", {"A": number})])
        salts |= set(re.findall(rb'saltValue="([^"]+)"', path.read_bytes()))
    assert len(salts) == 6


@pytest.mark.parametrize("given", [None, "", "whatever", DEFAULT_PASSWORD])
def test_excels_default_password_stays(desk: Path, given: str | None) -> None:
    path = put(desk, seal(PACKAGE, DEFAULT_PASSWORD, QUICK))
    open_book(path, given).save([EDIT])
    assert unseal(path.read_bytes(), None).password == DEFAULT_PASSWORD
    assert value(path, "B2") == "已核对"


def test_msoffcrypto_finds_the_saved_file_whole(desk: Path) -> None:
    theirs = io.BytesIO()
    package = zipped(workbook() | {"xl/media/image1.png": os.urandom(5000)})  # theirs cannot be smaller than 4088
    OOXMLFile(io.BytesIO(package)).encrypt(PASSWORD, theirs)
    path = put(desk, theirs.getvalue())
    open_book(path, PASSWORD).save([EDIT])
    with path.open("rb") as file:
        office, opened = msoffcrypto.OfficeFile(file), io.BytesIO()
        office.load_key(password=PASSWORD, verify_password=True)
        office.decrypt(opened, verify_integrity=True)
    assert opened.getvalue() == unseal(path.read_bytes(), PASSWORD).package


def test_a_file_that_opens_with_a_certificate_too_stays(desk: Path) -> None:
    key = '<keyEncryptor uri="x"><c:encryptedKey encryptedKeyValue="AAAA"/></keyEncryptor></keyEncryptors>'
    container = {entry.path: entry for entry in Container(seal(PACKAGE, PASSWORD, QUICK)).entries()}
    info = bytes(container[("EncryptionInfo",)].data or b"").replace(b"</keyEncryptors>", key.encode())
    data = write({**container, ("EncryptionInfo",): Entry(("EncryptionInfo",), info)}.values())
    path = put(desk, data)
    assert refusal(lambda: open_book(path, PASSWORD).save([EDIT]))[0] == "unsupported-file"
    assert files(desk) == {NAME: data}


def test_one_derivation_for_the_old_salt_and_one_for_the_new(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(desk, seal(PACKAGE, PASSWORD, QUICK))
    salts = []
    plain = keys.stretch

    def counted(password: str, salt: bytes, spin: int, name: str) -> bytes:
        salts.append(salt)
        return plain(password, salt, spin, name)

    monkeypatch.setattr(keys, "stretch", counted)
    open_book(path, PASSWORD).save([EDIT])
    assert len(salts) == len(set(salts)) == 2


def test_no_password_in_what_is_shown_of_a_book(desk: Path) -> None:
    path = put(desk, seal(PACKAGE, PASSWORD, QUICK))
    book = open_book(path, PASSWORD, MODIFY)
    assert not re.search(f"{PASSWORD}|{MODIFY}", repr(book))


# Nothing plain on the disk


def test_an_encrypted_workbook_is_never_written_plain(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every byte that is written is looked at, and all the while so are the files."""
    path = kill_save.register(desk)
    seen: list[Path] = []
    done = threading.Event()
    plain = os.write

    def look() -> None:
        while not done.is_set():
            seen.extend(kill_save.plain(desk))

    def watched(file: int, data: bytes) -> int:
        assert not bytes(data).startswith(b"PK")
        assert kill_save.CANARY not in bytes(data)
        return plain(file, data)

    monkeypatch.setattr(os, "write", watched)
    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        for _ in range(4):
            kill_save.count_up(path)
    finally:
        done.set()
        watcher.join()
    assert kill_save.count(path) == 4
    assert seen == []


def test_the_watcher_sees_what_is_plain(tmp_path: Path) -> None:
    path = tmp_path / ".~x.tmp"
    path.write_bytes(unseal(kill_save.register(tmp_path).read_bytes(), PASSWORD).package)
    assert list(kill_save.plain(tmp_path)) == [path]
    path.write_bytes(b"half" + kill_save.CANARY)
    assert list(kill_save.plain(tmp_path)) == [path]


# What is refused, before anything is written

SHORT = f"{short_hash(MODIFY):04X}"
RESERVED = f'<fileSharing userName="张三" reservationPassword="{SHORT}"/>'
PROTECTED = f'<sheetProtection password="{SHORT}" sheet="1" objects="1"/>'

SIGNED = {
    "_rels/.rels": relations(
        ("officeDocument", "xl/workbook.xml"), ("digital-signature/origin", "_xmlsignatures/origin.sigs")
    ),
    "_xmlsignatures/origin.sigs": b"",
    "_xmlsignatures/sig1.xml": b"<Signature/>",
}


@pytest.mark.parametrize(
    ("made", "edit", "password", "code"),
    [
        (workbook(book=RESERVED), EDIT, None, "needs-modify-password"),
        (workbook(book=RESERVED), EDIT, "other", "wrong-modify-password"),
        (workbook(book=RESERVED), EDIT, PASSWORD, "wrong-modify-password"),
        (workbook(book=f"<fileSharing {long(MODIFY)}/>"), EDIT, None, "needs-modify-password"),
        (workbook(book=f"<fileSharing {long(MODIFY)}/>"), EDIT, "other", "wrong-modify-password"),
        (workbook(sheet=PROTECTED), LOCKED, None, "needs-modify-password"),
        (workbook(sheet=PROTECTED), LOCKED, "other", "wrong-modify-password"),
        (workbook(sheet=PROTECTED), Append("S", {"A": 1}), None, "needs-modify-password"),
        (workbook() | SIGNED, EDIT, MODIFY, "signed"),
        (workbook(), Edit("S", "A2", 1, 2), MODIFY, "cell-differs"),
        (workbook(), Edit("T", "A2", None, 2), MODIFY, "no-sheet"),
    ],
)
@pytest.mark.parametrize("sealed", [False, True])
def test_what_is_refused_leaves_everything_alone(
    desk: Path, made: Parts, edit: Edit | Append, password: str | None, code: str, sealed: bool
) -> None:
    data = seal(zipped(made), PASSWORD, QUICK) if sealed else zipped(made)
    path = put(desk, data)
    before = untouched(path)
    assert refusal(lambda: open_book(path, PASSWORD, password).save([edit]))[0] == code
    assert files(desk) == {NAME: data}
    assert untouched(path) == before
    assert not (desk / ".xlflow").exists()


@pytest.mark.parametrize(
    ("made", "edit", "password", "answer"),
    [
        (workbook(book=RESERVED), EDIT, MODIFY, "accepted"),
        (workbook(book=f"<fileSharing {long(MODIFY)}/>"), EDIT, MODIFY, "verified"),
        (workbook(book='<fileSharing readOnlyRecommended="1" userName="张三"/>'), EDIT, None, "not-needed"),
        (workbook(sheet=PROTECTED), LOCKED, MODIFY, "accepted"),
        (workbook(sheet=PROTECTED), EDIT, None, "not-needed"),
        (workbook(sheet=PROTECTED), EDIT, "other", "not-needed"),
        (workbook(sheet='<sheetProtection sheet="1"/>'), LOCKED, None, "not-needed"),
        (workbook(sheet=f'<sheetProtection {long(MODIFY)} sheet="1"/>'), LOCKED, MODIFY, "verified"),
        (workbook(), LOCKED, None, "not-needed"),
    ],
)
def test_protection_is_honoured_and_stays_as_it_is(
    desk: Path, made: Parts, edit: Edit, password: str | None, answer: str
) -> None:
    path = put(desk, seal(zipped(made), PASSWORD, QUICK))
    saved = open_book(path, PASSWORD, password).save([edit])
    assert (saved.changed, saved.password.value) == (((edit.sheet, edit.ref),), answer)
    after = members(unseal(path.read_bytes(), PASSWORD).package)
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        for element in (rb"<fileSharing[^>]*>", rb"<sheetProtection[^>]*>"):
            assert re.findall(element, after[name]) == re.findall(element, made[name])


def test_a_range_that_anybody_may_change_needs_no_password(desk: Path) -> None:
    ranges = '<protectedRanges><protectedRange name="a" sqref="A2:A9"/></protectedRanges>'
    path = put(desk, zipped(workbook(sheet=PROTECTED + ranges)))
    assert open_book(path).save([LOCKED]).changed == (("S", "A2"),)
    assert refusal(lambda: open_book(path).save([Edit("S", "A1", "金额", "运费")]))[0] == "needs-modify-password"


def test_a_book_knows_its_place_wherever_we_go(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(desk, PACKAGE)
    monkeypatch.chdir(desk)
    book = open_book(NAME)
    monkeypatch.chdir(desk.parent)
    book.save([EDIT])
    assert value(path, "B2") == "已核对"


def test_a_shared_workbook_stays(desk: Path) -> None:
    made = workbook()
    made["xl/_rels/workbook.xml.rels"] = relations(
        ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("revisionHeaders", "revisions/h.xml")
    )
    path = put(desk, zipped(made))
    assert refusal(lambda: open_book(path).save([EDIT]))[0] == "shared-workbook"
    assert set(files(desk)) == {NAME}


def test_the_signature_of_macros_is_none_of_the_workbook(desk: Path) -> None:
    made = workbook() | {
        "xl/vbaProject.bin": b"x",
        "xl/vbaProjectSignature.bin": b"x",
        "xl/_rels/vbaProject.bin.rels": relations(("vbaProjectSignature", "vbaProjectSignature.bin")),
    }
    assert open_book(put(desk, zipped(made))).save([EDIT]).changed == (("S", "B2"),)


def test_an_old_workbook_is_only_read(desk: Path) -> None:
    path = desk / "register.xls"
    shutil.copy(Path(__file__).parent / "data" / "register.xls", path)
    book = open_book(path)
    assert book.sheets
    assert refusal(lambda: book.save([EDIT])) == (
        "unsupported-file",
        "register.xls is in the old Excel format (xls), which is only read",
    )
    assert set(files(desk)) == {"register.xls"}


@pytest.mark.parametrize("lock", [f"~${NAME}", f".~{NAME}", f".~lock.{NAME}#"])
def test_a_workbook_somebody_has_open_is_read_and_not_saved(desk: Path, lock: str) -> None:
    path = put(desk, PACKAGE)
    path.with_name(lock).write_bytes(b"")
    os.utime(path.with_name(lock), (0, 0))
    book = open_book(path)
    assert refusal(lambda: book.save([EDIT]))[0] == "file-open"
    assert files(desk) == {NAME: PACKAGE, lock: b""}
    path.with_name(lock).unlink()
    assert book.save([EDIT]).changed == (("S", "B2"),)


def test_a_workbook_a_colleague_saved_meanwhile_is_not_overwritten(desk: Path) -> None:
    path = put(desk, PACKAGE)
    book = open_book(path)
    theirs = zipped(workbook(), method=8)
    path.write_bytes(theirs)
    assert refusal(lambda: book.save([EDIT]))[0] == "changed-since-read"
    assert files(desk) == {NAME: theirs}


def test_a_workbook_that_is_gone(desk: Path) -> None:
    path = put(desk, PACKAGE)
    book = open_book(path)
    path.unlink()
    assert refusal(lambda: book.save([EDIT])) == ("file-missing", f"there is no file {path}")


def test_what_cannot_be_verified_is_not_put_in_place(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise BookError("cannot-write", Text("not whole"))

    data = seal(PACKAGE, PASSWORD, QUICK)
    path = put(desk, data)
    monkeypatch.setattr(patch, "verify", broken)
    assert refusal(lambda: open_book(path, PASSWORD).save([EDIT])) == ("cannot-write", "not whole")
    assert files(desk) == {NAME: data}


def test_what_reads_back_differently_is_not_put_in_place(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(desk, PACKAGE)
    plain = os.write
    monkeypatch.setattr(os, "write", lambda file, data: plain(file, bytes(len(data)) if len(data) > 500 else data))
    assert refusal(lambda: open_book(path).save([EDIT])) == (
        "cannot-write",
        f"{NAME} cannot be saved: what was written reads back differently",
    )
    monkeypatch.undo()
    assert path.read_bytes() == PACKAGE


# Killed, and several at once


def run(folder: Path, *what: str) -> str:
    command = [sys.executable, "-m", "tests.excel.kill_save", *what, str(folder)]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=1200).stdout


def test_killed_at_any_instant_the_register_is_whole(tmp_path: Path) -> None:
    assert run(tmp_path, "kills", "20").startswith("20 kills, ")


def test_two_processes_lose_no_update(tmp_path: Path) -> None:
    assert run(tmp_path, "race", "2", "5").startswith("2 × 5 saves, ")


@pytest.mark.slow
def test_killed_at_a_thousand_instants_the_register_is_whole(tmp_path: Path) -> None:
    assert run(tmp_path, "kills", "1000").startswith("1000 kills, ")


@pytest.mark.slow
def test_many_processes_lose_no_update(tmp_path: Path) -> None:
    assert run(tmp_path, "race", "4", "50").startswith("4 × 50 saves, ")


def test_the_digest_of_a_book_is_that_of_its_file(desk: Path) -> None:
    path = put(desk, PACKAGE)
    assert open_book(path).sha256 == hashlib.sha256(PACKAGE).hexdigest()
