"""What cannot be kept whole is refused by name, with the cell and the remedy, before anything is written."""

from __future__ import annotations

import time

import pytest

from tests.excel.packages import MAIN, OFFICE, RELATIONS, SHEET, parts, relations, zipped
from tests.excel.patch.cases import RELS, book, cells, code, done, members, refused, text, with_table
from xlflow.excel.errors import BookError
from xlflow.excel.patch import Append, Edit, patch

MERGES = '<mergeCells count="2"><mergeCell ref="A2:B3"/><mergeCell ref="D1"/></mergeCells>'


@pytest.mark.parametrize("ref", ["B2", "A3", "B3"])
def test_a_merge_is_changed_in_its_first_cell_only(ref: str) -> None:
    assert refused(book(text("A1", "x"), after=MERGES), Edit("S", ref, None, 1)) == (
        "merged",
        f"cell {ref} of sheet S is hidden by the merged range A2:B3",
        "change the first cell of A2:B3, or unmerge it in Excel or WPS",
    )


@pytest.mark.parametrize("ref", ["A2", "C2", "A4", "C3", "D1"])
def test_beside_a_merge_all_is_free(ref: str) -> None:
    assert done(book(text("A1", "x"), after=MERGES), Edit("S", ref, None, 1))[0].changed == (("S", ref),)


ARRAYS = (
    '<c r="A1"><f t="array" ref="A1:B2">C1:D2*2</f><v>2</v></c><c r="B1"><v>4</v></c><c r="D1"><v>1</v></c>',
    '<c r="A2"><v>6</v></c><c r="B2"><v>8</v></c>',
    '<c r="F3"><f t="array" ref="F3">SUM(C1:D2)</f><v>1</v></c>',
    '<c r="H4"><f dt2D="1" t=\'dataTable\' ref=\'H4:I5\' r1="A1" r2="B1"/><v>1</v></c>',
    '<c r="K5" cm="1"><f t="array" ref="K5:K9">_xlfn.UNIQUE(A1:A4)</f><v>1</v></c>',
)


@pytest.mark.parametrize(
    ("ref", "area"),
    [
        ("A1", "A1:B2"),
        ("B1", "A1:B2"),
        ("B2", "A1:B2"),
        ("F3", "F3"),
        ("H4", "H4:I5"),
        ("I5", "H4:I5"),
        ("K8", "K5:K9"),
    ],
)
@pytest.mark.parametrize("over_formula", [False, True])
def test_arrays_and_data_tables_change_as_a_whole(ref: str, area: str, over_formula: bool) -> None:
    assert refused(book(*ARRAYS), Edit("S", ref, None, 1, over_formula)) == (
        "array",
        f"cell {ref} of sheet S belongs to one formula over {area}, which changes only as a whole",
        "make this change by hand in Excel or WPS",
    )


@pytest.mark.parametrize("ref", ["C1", "A3", "F4", "G3", "I3", "K10"])
def test_beside_an_array_all_is_free(ref: str) -> None:
    assert done(book(*ARRAYS), Edit("S", ref, None, 1))[0].changed == (("S", ref),)


TABLE = with_table(
    book("", text("A2", "x") + text("B2", "头"), text("B3", "1"), text("B4", "合"), text("A5", "y")),
    'ref="B2:C4" totalsRowCount="1"><tableColumns count="2"><tableColumn id="1" name="头"/></tableColumns>',
)


def test_a_heading_of_a_table_is_refused() -> None:
    assert refused(TABLE, Edit("S", "C2", None, 1)) == (
        "table-head",
        "cell C2 of sheet S is a heading of the table T",
        "rename the column in Excel or WPS: there the formulas that use it follow",
    )


def test_a_total_of_a_table_is_refused() -> None:
    assert refused(TABLE, Edit("S", "C4", None, 1)) == (
        "total-row",
        "cell C4 of sheet S stands in the total row of the table T",
        "make this change by hand in Excel or WPS",
    )


@pytest.mark.parametrize("ref", ["A2", "D2", "B1", "C3", "C5", "D4"])
def test_beside_a_table_all_is_free(ref: str) -> None:
    old = "x" if ref == "A2" else None
    assert done(TABLE, Edit("S", ref, old, 1))[0].changed == (("S", ref),)


def test_a_table_without_a_heading_row_has_none() -> None:
    made = with_table(book(text("A1", "x")), 'ref="B2:C4" headerRowCount="0"><tableColumns count="0"/>')
    assert done(made, Edit("S", "B2", None, 1))[0].changed == (("S", "B2"),)


SPECIAL = book(
    '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1/0</f></c><c r="C1" t="e"><v>#N/A</v></c><c r="D1" t="str"><f>""</f><v></v></c>'
    '<c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
)


@pytest.mark.parametrize(("ref", "old"), [("A1", 2), ("B1", None), ("C1", "#N/A"), ("D1", None), ("E1", "#DIV/0!")])
def test_formulas_and_errors_are_overwritten_on_demand_only(ref: str, old: object) -> None:
    assert refused(SPECIAL, Edit("S", ref, old, "neu")) == (  # type: ignore[arg-type]
        "formula",
        f"cell {ref} of sheet S holds a formula or an error",
        "correct the cells it is made of, or replace it by hand; a script may say over_formula=True",
    )
    changed, _ = done(SPECIAL, Edit("S", ref, old, "neu", over_formula=True))  # type: ignore[arg-type]
    assert cells(changed.package)[ref] == "neu"
    assert code(SPECIAL, Edit("S", ref, "other", "neu", over_formula=True)) == "cell-differs"


def test_an_error_is_overwritten_by_its_own_text() -> None:
    changed, after = done(SPECIAL, Edit("S", "C1", "#N/A", "#N/A", over_formula=True))
    assert cells(changed.package)["C1"] == "#N/A"
    assert b'<c r="C1" t="inlineStr">' in after[SHEET]


PICTURES = {
    **book('<c r="A1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c><c r="B1" t="str">'
           '<f>_xlfn.DISPIMG("ID_2",1)</f><v>=DISPIMG("ID_2",1)</v></c><c r="C1" t="e" vm="1"><v>#VALUE!</v></c>'
           '<c r="D1" t="e" vm="2"><v>#VALUE!</v></c>'),
    RELS: relations(("worksheet", "worksheets/sheet1.xml"), ("cellImage", "cellimages.xml"),
                    ("sheetMetadata", "metadata.xml"), ("rdRichValue", "rd.xml"), ("rdRichValueStructure", "rs.xml")),
    "xl/cellimages.xml": b'<e:cellImages xmlns:e="http://www.wps.cn/officeDocument/2017/etCustomData"><e:cellImage>'
    b'<pic><nvPicPr><cNvPr id="1" name="ID_1"/></nvPicPr></pic></e:cellImage></e:cellImages>',
    "xl/metadata.xml": f'<metadata xmlns="{MAIN}"><metadataTypes count="1"><metadataType name="XLRICHVALUE"/></metadataTypes>'
    '<futureMetadata name="XLRICHVALUE"><bk><extLst><ext><rvb i="0"/></ext></extLst></bk><bk><extLst><ext><rvb i="1"/>'
    '</ext></extLst></bk></futureMetadata><valueMetadata><bk><rc t="1" v="0"/></bk><bk><rc t="1" v="1"/></bk>'
    "</valueMetadata></metadata>".encode(),
    "xl/rd.xml": b'<rvData><rv s="0"><v>0</v></rv><rv s="1"><v>0</v></rv></rvData>',
    "xl/rs.xml": b'<rvStructures><s t="_localImage"/><s t="_error"/></rvStructures>',
}  # fmt: skip


@pytest.mark.parametrize("ref", ["A1", "C1"])
@pytest.mark.parametrize("over_formula", [False, True])
def test_a_cell_with_a_picture_is_refused(ref: str, over_formula: bool) -> None:
    assert refused(PICTURES, Edit("S", ref, None, 1, over_formula)) == (
        "picture-cell",
        f"cell {ref} of sheet S holds a picture",
        "write into another cell, or remove the picture in Excel or WPS first",
    )


def test_what_is_no_picture_is_a_formula_or_an_error() -> None:
    assert code(PICTURES, Edit("S", "B1", None, 1)) == "formula"
    assert code(PICTURES, Edit("S", "D1", "#VALUE!", 1)) == "formula"
    _, after = done(PICTURES, Edit("S", "B1", None, 1, True), Edit("S", "D1", "#VALUE!", 2, True))
    assert b'<c r="B1"><v>1</v></c>' in after[SHEET]
    assert b'<c r="D1"><v>2</v></c>' in after[SHEET]


def test_beside_a_picture_all_is_free() -> None:
    _, after = done(PICTURES, Edit("S", "E1", None, 1), Append("S", {"A": "x"}))
    assert after[SHEET].count(b"DISPIMG") == 4
    assert after[SHEET].count(b'vm="1"') == 1


def test_a_signed_workbook_is_refused() -> None:
    made = book(text("A1", "x")) | {"_xmlsignatures/origin.sigs": b"", "_xmlsignatures/sig1.xml": b"<Signature/>"}
    expected = (
        "signed",
        "the workbook is signed: any change would break the signature",
        "remove the signature in Excel (File, Info), or make the change by hand and sign again",
    )
    assert refused(made, Edit("S", "B1", None, 1)) == refused(made, Append("S", {"A": 1})) == expected
    data = zipped(made)
    assert patch(data, []).package is data


def test_a_workbook_shared_in_the_old_way_is_refused() -> None:
    made = book(text("A1", "x"))
    link = f'<Relationship Id="r8" Type="{OFFICE}/revisionHeaders" Target="revisions/revisionHeaders.xml"/>'
    made[RELS] = made[RELS].replace(b"</Relationships>", f"{link}</Relationships>".encode())
    assert refused(made, Edit("S", "B1", None, 1)) == (
        "shared-workbook",
        "the workbook is shared in the old way and keeps a log of its changes",
        "stop sharing it in Excel (Review, Share Workbook) or WPS, and save it",
    )


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"/>',
        '<row r="1"/><row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"/></row>',
        '<row r="1"><c r="A1"><v>1</v></c><!-- <c r="B1"/> --></row>',
        '<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>',
        '<row r="1"><?pi <row r="7">?><c r="A1"><v>1</v></c></row>',
        f'<row r="1" xmlns="{MAIN}"><c r="A1"><v>1</v></c></row>',
        f'<y:row r="1" xmlns:y="{MAIN}"><y:c r="A1"><y:v>1</y:v></y:c></y:row>',
    ],
)
def test_rows_that_are_mixed_up_are_refused(rows: str) -> None:
    assert refused(parts(rows), Edit("S", "C1", None, 1)) == (
        "unsupported-file",
        "its part xl/worksheets/sheet1.xml is written in an unusual way and cannot be changed without loss",
        "open the workbook in Excel or WPS, save it there and try again",
    )


def test_two_names_for_one_namespace_are_refused() -> None:
    made = parts('<row r="1"><x:c r="A1"><x:v>1</x:v></x:c></row>')
    made[SHEET] = made[SHEET].replace(b"<worksheet ", f'<worksheet xmlns:x="{MAIN}" '.encode())
    assert code(made, Edit("S", "B1", None, 1)) == "unsupported-file"


@pytest.mark.parametrize(
    "damage",
    [
        (b"</sheetData>", b""),
        (b"<sheetData>", b"<sheetData><row>"),
        (b'<row r="1">', b'<row r="1" r="1">'),
        (b"</worksheet>", b""),
        (b"<?xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><?xml"),
        (b"?>", b"?><!DOCTYPE worksheet>"),
        (b"UTF-8", b"GB18030"),
        (b'r="A1"', b'r="A2"'),
        (b'r="A1"', b'r="A1" s="x"'),
        (b'r="A1"', b'r="A1" t="what"'),
        (b"<sheetData>", b"<sheetData/><sheetData>"),
    ],
)
def test_a_damaged_sheet_is_refused(damage: tuple[bytes, bytes]) -> None:
    made = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    made[SHEET] = made[SHEET].replace(*damage)
    assert code(made, Edit("S", "A1", 1, 2)) in ("damaged-file", "unsupported-file")


def test_the_first_refusal_stops_everything() -> None:
    data = zipped(book(text("A1", "x")))
    with pytest.raises(BookError):
        patch(data, [Edit("S", "A1", "x", "y"), Append("S", {"A": 1}), Edit("S", "A1", "x", "z")])
    assert members(data)[SHEET] == book(text("A1", "x"))[SHEET]


@pytest.mark.parametrize("missing", ["xl/workbook.xml", "_rels/.rels", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_missing_part_is_refused(missing: str) -> None:
    made = book(text("A1", "x"))
    del made[missing]
    assert code(made, Edit("S", "A1", "x", "y")) == "damaged-file"


def test_relations_may_be_written_in_many_ways() -> None:
    made = book(text("A1", "x"))
    made[RELS] = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/worksheet" '
        'Target="\\xl\\Worksheets\\SHEET1.xml"/></Relationships>'
    ).encode()
    assert done(made, Edit("S", "A1", "x", "y"))[0].parts == (SHEET,)


@pytest.mark.parametrize("endless", [b"<a ", b"<a '", b'<a "" ', b"<a/", b"<!--", b"<![CDATA[", b"&", b"<row "])
def test_a_sheet_without_an_end_is_refused_at_once(endless: bytes) -> None:
    made = parts()
    made[SHEET] = made[SHEET].replace(b"<sheetData></sheetData></worksheet>", endless * 300_000)
    start = time.process_time()
    assert code(made, Edit("S", "A1", None, 1)) == "damaged-file"
    assert time.process_time() - start < 1
