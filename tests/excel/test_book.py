"""Workbook files as a whole: what opens, what is refused and with which words, and which sheets there are."""

from __future__ import annotations

import gc
import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

from tests.excel.packages import MAIN, OFFICE, SHEET, STRICT, Parts, parts, relations, worksheet, zipped
from tests.excel.test_legacy import DATA
from xlflow.excel import BookError, limits, open_book
from xlflow.excel.book import read_book
from xlflow.excel.keys import Keys
from xlflow.excel.kind import Kind
from xlflow.excel.seal import seal
from xlflow.grid import Cell, Line, Row, Sheet

PASSWORD = "sample-pass-1"
AGAIN = "ask for the file again, or take its last backup"
ROWS = '<row r="2"><c r="B2" t="inlineStr"><is><t>甲</t></is></c><c r="C2"><v>5</v></c></row>'
PLAIN = zipped(parts(ROWS))
EXPECTED = Sheet("S", [Line(2, [None, "甲", 5])])


def refusal(data: bytes, password: str | None = None) -> tuple[str, str, str]:
    with pytest.raises(BookError) as caught:
        read_book(data, "收货表.xlsx", password)
    error = caught.value
    assert error.fix is not None
    return error.code, error.message.msgid.format(**error.message.args), error.fix.msgid.format(**error.fix.args)


def test_a_plain_workbook(tmp_path: Path) -> None:
    path = tmp_path / "收货表.xlsx"
    path.write_bytes(PLAIN)
    book = open_book(path)
    assert book.sheets == (EXPECTED,)
    assert (book.kind, book.encrypted, book.path) == (Kind.OOXML, False, path)
    assert book.sha256 == hashlib.sha256(PLAIN).hexdigest()
    assert list(book.sheets[0].rows()) == [
        Row(2, (Cell("A2", None, "blank"), Cell("B2", "甲", "text"), Cell("C2", 5, "number")))
    ]
    assert open_book(str(path), "any", "thing").sheets == book.sheets


def test_an_encrypted_workbook(tmp_path: Path) -> None:
    keys, path = Keys(), tmp_path / "退运费表.xlsx"
    path.write_bytes(seal(PLAIN, PASSWORD, keys=keys))
    book = open_book(path, PASSWORD, "sample-pass-2", keys=keys)
    assert (book.sheets, book.kind, book.encrypted) == ((EXPECTED,), Kind.ENCRYPTED, True)
    assert (book.password, book.modify_password) == (PASSWORD, "sample-pass-2")
    assert "sample-pass" not in repr(book)
    assert refusal(path.read_bytes())[0] == "no-password"
    assert refusal(path.read_bytes(), "wrong")[0] == "wrong-password"


def test_what_is_encrypted_must_be_a_workbook() -> None:
    for inner in (b"no workbook at all, only some text", zipped({"a": b""}), b"\0" * 5000):
        assert refusal(seal(inner, PASSWORD), PASSWORD)[0] in ("damaged-file", "unsupported-file")


def test_old_workbooks() -> None:
    plain, locked = ((DATA / name).read_bytes() for name in ("register.xls", "locked.xls"))
    book = read_book(plain, "register.xls")
    assert (book.kind, book.encrypted, book.sheets[0].name) == (Kind.XLS, False, "三月")
    assert refusal(locked)[0] == "no-password"
    assert read_book(locked, "locked.xls", PASSWORD).encrypted


def test_a_file_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(BookError) as caught:
        open_book(tmp_path / "收货表.xlsx")
    assert str(caught.value) == f"file-missing: there is no file {tmp_path}/收货表.xlsx"


def test_a_folder_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(BookError) as caught:
        open_book(tmp_path)
    assert str(caught.value) == f"cannot-read: {tmp_path} cannot be read: Is a directory"


def test_a_file_larger_than_everything(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(limits.MOST_BYTES + 1)
    with pytest.raises(BookError) as caught:
        open_book(path)
    assert str(caught.value) == "too-large: the file is larger than 512 MB"


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (b"", "damaged-file", "收货表.xlsx is empty"),
        (b"<html><table>", "unsupported-file", "收货表.xlsx is a web page, whatever its name says"),
        (zipped({"a": b""}), "unsupported-file", "收货表.xlsx is a zip archive, not a workbook"),
        (PLAIN[:-40], "damaged-file", "收货表.xlsx is damaged: a part of it is missing or broken"),
    ],
)
def test_other_files_are_refused(data: bytes, code: str, message: str) -> None:
    assert refusal(data)[:2] == (code, message)


def with_sheets(inner: str, *targets: tuple[str, str]) -> Parts:
    """A workbook with these sheets and relations, r1, r2 …; every target is a worksheet that says its own name."""
    made = parts()
    made["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{inner}</sheets></workbook>'.encode()
    )
    made["xl/_rels/workbook.xml.rels"] = relations(*targets)
    del made[SHEET]
    for _, target in targets:
        name = target.replace("\\", "/").removeprefix("./").removeprefix("/xl/")
        rows = f'<row r="1"><c r="A1" t="str"><v>{name}</v></c></row>'
        made[f"xl/{name}"] = worksheet(rows)
    return made


def test_sheets_are_in_the_order_of_their_tabs_and_charts_are_left_out() -> None:
    made = with_sheets(
        '<sheet name="乙" sheetId="7" r:id="r3"/><sheet name="图" sheetId="8" r:id="r2"/>'
        '<sheet name="丙" sheetId="2" state="hidden" r:id="r4"/>'
        '<sheet name="丁" sheetId="3" state="veryHidden" r:id="r5"/>'
        '<sheet name="甲 &amp; 己" sheetId="1" state="visible" r:id="r1"/><sheet name="框" sheetId="9" r:id="r6"/>',
        ("worksheet", "worksheets/sheet1.xml"),
        ("chartsheet", "chartsheets/sheet1.xml"),
        ("worksheet", "/xl/worksheets/sheet2.xml"),
        ("worksheet", "worksheets\\sheet3.xml"),
        ("worksheet", "./worksheets/Sheet4.xml"),
        ("dialogsheet", "dialogsheets/sheet1.xml"),
    )
    made["xl/worksheets/SHEET4.XML"] = made.pop("xl/worksheets/Sheet4.xml")
    book = read_book(zipped(made), "x.xlsx")
    assert [(sheet.name, sheet.hidden, sheet.lines[0].values[0]) for sheet in book.sheets] == [
        ("乙", False, "worksheets/sheet2.xml"),
        ("丙", True, "worksheets/sheet3.xml"),
        ("丁", True, "worksheets/Sheet4.xml"),
        ("甲 & 己", False, "worksheets/sheet1.xml"),
    ]


def test_only_charts_are_no_sheets_and_no_damage() -> None:
    made = with_sheets('<sheet name="图" sheetId="8" r:id="r1"/>', ("chartsheet", "chartsheets/sheet1.xml"))
    assert read_book(zipped(made), "x.xlsx").sheets == ()


def test_the_workbook_may_lie_anywhere() -> None:
    made = parts(ROWS)
    moved = {name.replace("xl/", "a b/深/"): data for name, data in made.items()}
    moved["_rels/.rels"] = relations(("officeDocument", "/a%20b/深/workbook.xml"))
    moved["[Content_Types].xml"] = moved["[Content_Types].xml"].replace(b"/xl/", "/a%20b/深/".encode())
    assert read_book(zipped(moved), "x.xlsx").sheets == (EXPECTED,)


def test_strict_workbooks() -> None:
    office = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    made = {
        name: data.replace(MAIN.encode(), STRICT.encode()).replace(OFFICE.encode(), office.encode())
        for name, data in parts(ROWS).items()
    }
    assert read_book(zipped(made), "x.xlsx").sheets == (EXPECTED,)


def test_parts_that_may_be_absent() -> None:
    made = parts('<row r="1"><c r="A1" s="1"><v>46083</v></c></row>')
    del made["xl/styles.xml"]
    made["xl/_rels/workbook.xml.rels"] = relations(("worksheet", "worksheets/sheet1.xml"))
    assert read_book(zipped(made), "x.xlsx").sheets[0].lines == [Line(1, [46083])]


NO_SHEET = "its part xl/worksheets/sheet1.xml cannot be read"
OUTSIDE = relations(("worksheet", "x")).replace(b"Id=", b'TargetMode="External" Id=')
DAMAGED = [
    ("a part that says where the workbook is", {"_rels/.rels": None}, "it does not say where its workbook is"),
    ("the workbook", {"xl/workbook.xml": None}, "its part xl/workbook.xml is missing"),
    ("the sheet", {SHEET: None}, "its part xl/worksheets/sheet1.xml is missing"),
    ("the styles", {"xl/styles.xml": None}, "its part xl/styles.xml is missing"),
    ("the workbook's relations", {"xl/_rels/workbook.xml.rels": None}, "the cells of sheet S are missing"),
    ("all sheets", {"xl/workbook.xml": b"<workbook/>"}, "the workbook has no sheets"),
    ("all XML", {"xl/workbook.xml": b""}, "its part xl/workbook.xml cannot be read"),
    ("what is well-formed", {SHEET: worksheet("<row>")}, NO_SHEET),
    ("a place for rows", {SHEET: f'<worksheet xmlns="{MAIN}"/>'.encode()}, NO_SHEET),
    ("one place for rows", {SHEET: worksheet("</sheetData><sheetData>")}, NO_SHEET),
    ("a worksheet", {SHEET: f'<chartsheet xmlns="{MAIN}"/>'.encode()}, NO_SHEET),
    ("a relation inside", {"xl/_rels/workbook.xml.rels": OUTSIDE}, "the cells of sheet S are missing"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "message"), [case[1:] for case in DAMAGED], ids=[case[0] for case in DAMAGED])
def test_without_it_the_workbook_is_damaged(changes: dict[str, bytes | None], message: str) -> None:
    made = {name: data for name, data in (parts(ROWS) | changes).items() if data is not None}
    assert refusal(zipped(made)) == ("damaged-file", f"the file is damaged: {message}", AGAIN)


def test_two_sheets_of_one_name_or_one_part() -> None:
    same = '<sheet name="甲" sheetId="1" r:id="r1"/><sheet name="{}" sheetId="2" r:id="{}"/>'
    targets = ("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml")
    for name, relation in (("甲", "r2"), ("乙", "r1")):
        made = with_sheets(same.format(name, relation), *targets)
        assert refusal(zipped(made))[1] == f"the file is damaged: sheet {name} is there twice"
    made = with_sheets(same.format("x", "r2").replace("甲", "X"), *targets)
    assert refusal(zipped(made))[1] == "the file is damaged: sheet x is there twice"


def test_shared_strings_that_are_missing_matter_when_a_cell_needs_one() -> None:
    made = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    assert read_book(zipped(made), "x.xlsx").sheets[0].lines == [Line(1, [1])]
    made[SHEET] = worksheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    assert refusal(zipped(made))[1] == "the file is damaged: cell A1 of sheet S cannot be read"


def test_a_large_register_goes_the_fast_way() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet, day = book.add_worksheet("3月"), book.add_format({"num_format": "yyyy-mm-dd"})
    for row in range(3000):
        sheet.write_string(row, 0, f"2026{row:015}")
        sheet.write_number(row, 1, 46083 + row % 9, day)
        sheet.write_number(row, 3, row / 100)
    book.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("xlflow.excel.read.slow", None)
        lines = read_book(file.getvalue(), "x.xlsx").sheets[0].lines
    assert len(lines) == 3000
    assert [str(value) for value in lines[1234].values] == ["2026000000000001234", "2026-03-03", "None", "12.34"]


@pytest.mark.parametrize("on", [True, False])
def test_garbage_collection_is_left_as_it_was(on: bool) -> None:
    was_on = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        read_book(PLAIN, "x.xlsx")
        assert refusal(b"")
        assert gc.isenabled() is on
    finally:
        (gc.enable if was_on else gc.disable)()


def test_nothing_heavy_is_imported_to_read_a_plain_workbook(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(PLAIN)
    heavy = {"cryptography", "msoffcrypto", "python_calamine", "openpyxl", "xlsxwriter", "numpy", "olefile"}
    script = (
        f"import sys; from xlflow.excel import open_book; open_book({str(path)!r}); print({heavy} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, env=os.environ, text=True)
    assert done.stdout.strip() == "set()"
