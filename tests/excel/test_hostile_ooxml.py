"""Workbooks made to harm: each is refused with its code, or read right, within 10 seconds and 1 GiB."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.excel.archives import Entry, archive
from tests.excel.packages import (
    SHEET,
    STRINGS,
    STYLES,
    Parts,
    parts,
    relations,
    styles,
    table,
    worksheet,
    zipped,
)
from xlflow.excel.book import read_book
from xlflow.excel.errors import BookError
from xlflow.grid import CellError, Line

DAMAGED, LARGE, UNSUPPORTED = "damaged-file", "too-large", "unsupported-file"
ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'
ONE = [Line(1, [1])]
RELATIONS = "xl/_rels/workbook.xml.rels"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 20)) + "]>"
)
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"x" * 50_000}">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/"> %a;]>'

Expected = str | list[Line]


def but(rows: str = ROW, **changes: bytes | None) -> bytes:
    """The archive of a small workbook with some parts replaced, or taken away."""
    made = parts(rows) | {name: data for name, data in changes.items() if data is not None}
    return zipped({name: data for name, data in made.items() if changes.get(name, data) is not None})


def swapped(part: str, old: str, new: str, rows: str = ROW) -> bytes:
    """The archive with something replaced in one part."""
    made = parts(rows)
    assert old.encode() in made[part]
    made[part] = made[part].replace(old.encode(), new.encode(), 1)
    return zipped(made)


def with_part(name: str, kind: str, data: bytes, rows: str = ROW) -> bytes:
    """The archive with one more part, related to the workbook."""
    made = parts(rows)
    made[RELATIONS] = relations(("worksheet", "worksheets/sheet1.xml"), (kind, name))
    return zipped(made | {f"xl/{name}": data})


def over(part: str, start: str, doctype: str, entity: str = "&a;") -> bytes:
    """A document type in front of a part's root."""
    made = parts('<row r="1"><c r="A1" t="str"><v>ENTITY</v></c></row>', strings=table("<t>ENTITY</t>"))
    text = made[part].decode().replace("ENTITY", entity)
    made[part] = text.replace(f"<{start}", f"{doctype}<{start}", 1).encode()
    return zipped(made)


def entries(made: Parts) -> list[Entry]:
    return [Entry(name.encode(), data) for name, data in made.items()]


def lying(part: str, **changes: object) -> bytes:
    """The archive with a lie in the headers of one part."""
    return archive(*(e.but(**changes) if e.name == part.encode() else e for e in entries(parts(ROW))))


def sheet_as(data: bytes) -> bytes:
    return but(**{SHEET: data})


def one_cell(inner: str) -> bytes:
    return but(f'<row r="1"><c r="A1"{inner}</c></row>')


CASES: list[tuple[str, Callable[[], bytes], Expected]] = [
    # Archives
    ("cut in the middle", lambda: but()[: len(but()) // 2], DAMAGED),
    ("cut by one byte", lambda: but()[:-1], DAMAGED),
    ("only a signature", lambda: b"PK\3\4", DAMAGED),
    ("only an end", lambda: b"PK\5\6" + bytes(18), UNSUPPORTED),
    ("a part twice", lambda: archive(*entries(parts(ROW)), Entry(SHEET.encode(), b"<x/>")), DAMAGED),
    ("a part twice in capitals", lambda: archive(*entries(parts(ROW)), Entry(SHEET.upper().encode(), b"<x/>")), DAMAGED),
    ("a longer part than told", lambda: lying(SHEET, size=10), DAMAGED),
    ("a shorter part than told", lambda: lying(SHEET, size=10_000), DAMAGED),
    ("a part told to be 4 GB", lambda: lying(SHEET, size=0xFFFFFFFE), LARGE),
    ("a wrong checksum", lambda: lying(SHEET, crc=1), DAMAGED),
    ("another name inside", lambda: lying(SHEET, local_name=b"xl/worksheets/sheet2.xml"), DAMAGED),
    ("a locked part", lambda: lying(SHEET, flags=1), DAMAGED),
    ("a part inside another", lambda: lying(SHEET, start=60), DAMAGED),
    ("an unknown method", lambda: lying(SHEET, method=97), UNSUPPORTED),
    ("a stream that never ends", lambda: lying(SHEET, packed=b"\0\xff\xff\0\0" + b"a" * 0xFFFF), DAMAGED),
    ("ten thousand parts more", lambda: archive(*entries(parts(ROW)), *(Entry(b"%d" % n, b"", b"", 0) for n in range(10_000))), LARGE),
    ("a name that leads out", lambda: archive(*entries(parts(ROW)), Entry(b"../../../etc/passwd", b"x")), ONE),
    # Packages
    ("no list of types", lambda: but(**{"[Content_Types].xml": None}), DAMAGED),
    ("wrong types", lambda: but(**{"[Content_Types].xml": b"<Types/>"}), ONE),
    ("types of a document", lambda: swapped("[Content_Types].xml", "spreadsheetml.sheet", "wordprocessingml.document"), UNSUPPORTED),
    ("no relations", lambda: but(**{"_rels/.rels": None}), DAMAGED),
    ("no workbook", lambda: but(**{"xl/workbook.xml": None}), DAMAGED),
    ("no sheet", lambda: but(**{SHEET: None}), DAMAGED),
    ("no sheets", lambda: swapped("xl/workbook.xml", '<sheet name="S" sheetId="1" r:id="r1"/>', ""), DAMAGED),
    ("a sheet without a relation", lambda: swapped("xl/workbook.xml", "r1", "r9"), DAMAGED),
    ("a sheet that is the workbook", lambda: but(**{RELATIONS: relations(("worksheet", "workbook.xml"))}), DAMAGED),
    ("a sheet that is the styles", lambda: but(**{RELATIONS: relations(("worksheet", "styles.xml"))}), DAMAGED),
    ("a sheet outside", lambda: but(**{RELATIONS: relations(("worksheet", "../../../../etc/passwd"))}), DAMAGED),
    ("a sheet on a server", lambda: but(**{RELATIONS: relations(("worksheet", "http://127.0.0.1:9/x"))}), DAMAGED),
    ("a workbook that refers to itself", lambda: but(**{"_rels/.rels": relations(("officeDocument", "_rels/.rels"))}), DAMAGED),
    ("a thousand sheets of one part", lambda: swapped("xl/workbook.xml", "</sheets>", "".join(f'<sheet name="{n}" r:id="r1"/>' for n in range(999)) + "</sheets>"), DAMAGED),
    ("strings that are a sheet", lambda: with_part("worksheets/sheet1.xml", "sharedStrings", worksheet(ROW)), DAMAGED),
    # XML
    *((f"{name} in {part}", lambda part=part, root=root, doctype=doctype, entity=entity: over(part, root, doctype, entity), DAMAGED)
      for name, doctype, entity in (("laughs", LAUGHS, "&a19;"), ("quadratic growth", QUADRATIC, "&a;" * 50_000))
      for part, root in ((SHEET, "worksheet"), (STRINGS, "sst"))),
    *((f"laughs in {part}", lambda part=part, root=root: over(part, root, LAUGHS), DAMAGED)
      for part, root in (("xl/workbook.xml", "workbook"), (STYLES, "styleSheet"), (RELATIONS, "Relationships"), ("_rels/.rels", "Relationships"))),
    ("a file from outside", lambda: over(SHEET, "worksheet", OUTSIDE), DAMAGED),
    ("a parameter from outside", lambda: over(SHEET, "worksheet", PARAMETER), DAMAGED),
    ("a document type and nothing else", lambda: over(SHEET, "worksheet", "<!DOCTYPE worksheet>", ""), DAMAGED),
    ("an unknown entity", lambda: one_cell(' t="str"><v>&nbsp;</v>'), DAMAGED),
    ("257 levels", lambda: sheet_as(worksheet("", after="<a>" * 260 + "</a>" * 260)), DAMAGED),
    ("a million levels", lambda: sheet_as(worksheet("", after="<a>" * 1_000_000)), DAMAGED),
    ("a million levels in a cell", lambda: one_cell(' t="inlineStr"><is>' + "<r>" * 1_000_000), DAMAGED),
    ("a million levels in the strings", lambda: but(**{STRINGS: table("<r>" * 1_000_000)}), DAMAGED),
    ("a sheet in GBK", lambda: sheet_as(worksheet(ROW).replace(b"UTF-8", b"GBK")), DAMAGED),
    ("a sheet in UTF-7", lambda: sheet_as(worksheet(ROW).replace(b"UTF-8", b"UTF-7")), DAMAGED),
    ("a sheet that says UTF-16 and is not", lambda: sheet_as(worksheet(ROW).replace(b"UTF-8", b"UTF-16")), DAMAGED),
    ("half a character in UTF-16", lambda: sheet_as(b"\xff\xfe" + worksheet(ROW).decode().replace("UTF-8", "UTF-16").encode("utf-16-le")[:-3]), DAMAGED),
    ("no UTF-8", lambda: sheet_as(worksheet('<row r="1"><c r="A1" t="str"><v>X</v></c></row>').replace(b"X", b"\xc0\x80")), DAMAGED),
    ("a NUL", lambda: one_cell(' t="str"><v>a\0b</v>'), DAMAGED),
    ("an attribute twice", lambda: one_cell(' s="0" s="0"><v>1</v>'), DAMAGED),
    ("not closed", lambda: sheet_as(worksheet(ROW)[:-20]), DAMAGED),
    ("two roots", lambda: sheet_as(worksheet(ROW) + b"<x/>"), DAMAGED),
    ("an empty part", lambda: sheet_as(b""), DAMAGED),
    ("only zeros", lambda: sheet_as(bytes(100_000)), DAMAGED),
    ("no XML", lambda: sheet_as(random.Random(1).randbytes(100_000)), DAMAGED),
    # Sheets
    ("two far corners", lambda: but('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), LARGE),
    ("two far rows of sixty columns", lambda: but('<row r="1"><c r="BH1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>'), LARGE),
    ("one far corner alone", lambda: but('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), [Line(1048576, [None] * 16383 + [1])]),
    ("blank far corner", lambda: but(ROW + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'), ONE),
    ("a row beyond the sheet", lambda: but('<row r="1048577"><c r="A1048577"><v>1</v></c></row>'), DAMAGED),
    ("a column beyond the sheet", lambda: but('<row r="1"><c r="XFE1"><v>1</v></c></row>'), DAMAGED),
    ("a column of three million letters", lambda: but(f'<row r="1"><c r="{"A" * 3_000_000}1"><v>1</v></c></row>'), DAMAGED),
    ("too many cells in a row", lambda: but('<row r="1">' + "<c><v>1</v></c>" * 16_385 + "</row>"), DAMAGED),
    ("a cell twice", lambda: but('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'), DAMAGED),
    ("a string that is not there", lambda: one_cell(' t="s"><v>0</v>'), DAMAGED),
    ("a string far away", lambda: one_cell(f' t="s"><v>{"9" * 100_000}</v>'), DAMAGED),
    ("a string before the first", lambda: one_cell(' t="s"><v>-1</v>'), DAMAGED),
    ("a style far away", lambda: one_cell(' s="999999999"><v>1</v>'), ONE),
    ("a style that is no number", lambda: one_cell(' s="９"><v>1</v>'), DAMAGED),
    ("an unknown type", lambda: one_cell(' t="z"><v>1</v>'), DAMAGED),
    ("a number of a million digits", lambda: one_cell(f"><v>{'9' * 1_000_000}</v>"), [Line(1, [CellError("9" * 80)])]),
    ("a number with a huge exponent", lambda: one_cell("><v>1e999999999</v>"), [Line(1, [CellError("1e999999999")])]),
    ("a tiny number", lambda: one_cell("><v>1e-999999999</v>"), [Line(1, [0])]),
    ("not a number", lambda: one_cell("><v>NaN</v>"), [Line(1, [CellError("NaN")])]),
    ("a format of a million letters", lambda: but('<row r="1"><c r="A1" s="0"><v>1</v></c></row>', **{STYLES: styles("y" * 1_000_000)}), "read"),
    ("a merge of everything", lambda: sheet_as(worksheet(ROW, after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')), ONE),
    ("a merge of nothing", lambda: sheet_as(worksheet(ROW, after='<mergeCells><mergeCell ref="A1:"/><mergeCell ref=":"/></mergeCells>')), DAMAGED),
    ("a formula that ends the world", lambda: one_cell("><f>cmd|' /c calc'!A0</f><v>1</v>"), [Line(1, [1], (0,))]),
    ("a text like a formula", lambda: one_cell(' t="str"><v>=1+1</v>'), [Line(1, ["=1+1"])]),
    ("escapes of halves of characters", lambda: one_cell(' t="str"><v>_xD800__xDC00__xD800_</v>'), [Line(1, ["\U00010000\ufffd"])]),
    ("a rich value that is not there", lambda: with_part("metadata.xml", "sheetMetadata", b"<metadata/>", '<row r="1"><c r="A1" vm="999999999"><v>1</v></c></row>'), ONE),
]  # fmt: skip


def read(data: bytes) -> str | list[Line]:
    try:
        return read_book(data, "hostile.xlsx").sheets[0].lines
    except BookError as error:
        assert error.fix is not None
        assert error.message.msgid.format(**error.message.args)
        assert error.fix.msgid.format(**error.fix.args)
        return error.code


@pytest.mark.parametrize(("make", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_hostile_workbooks(make: Callable[[], bytes], expected: Expected) -> None:
    found = read(make())
    if expected == "read":
        assert isinstance(found, list)
    else:
        assert found == expected


def test_the_stray_cell_is_named_with_the_remedy() -> None:
    with pytest.raises(BookError) as caught:
        read_book(but(ROW + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "x.xlsx")
    error = caught.value
    assert str(error) == ("too-large: sheet S: the stray cell XFD1048576 stretches the sheet far beyond the register")
    assert error.fix is not None
    assert error.fix.msgid == "delete the row or column of that cell in Excel or WPS and save the workbook"


def test_every_cut_is_noticed() -> None:
    whole = but()
    for end in range(0, len(whole) - 1, 7):
        with pytest.raises(BookError) as caught:
            read_book(whole[:end], "x.xlsx")
        assert caught.value.code in (DAMAGED, UNSUPPORTED)
