"""Forms of workbooks in which other editors lose something (excel-facts, trap matrix)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.excel.packages import MAIN, OFFICE, SHEET, STRICT, parts
from tests.excel.patch.cases import RELS, WORKBOOK, book, cells, done, text
from xlflow.excel.patch import Append, Edit

COMPATIBILITY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<!-- made by hand -->\n'
    f"<worksheet xmlns='{MAIN}' xmlns:r=\"{OFFICE}\" "
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr" '
    'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" xmlns:xr="http://xr" xr:uid="{{0}}">'
    '<dimension ref="A1:B2"/><sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/><sheetData>{}</sheetData>'
    '<mc:AlternateContent><mc:Choice Requires="x14"><controls><control r:id="r9"/></controls></mc:Choice>'
    '</mc:AlternateContent><extLst><ext uri="u"><x xmlns="y" a="&#10;&lt;"/><![CDATA[<row r="1">]]></ext></extLst></worksheet>\n'
)


def test_namespaces_comments_and_newer_attributes_stay() -> None:
    rows = '<row r="1" spans="1:2" x14ac:dyDescent="0.25">{}<c r="B1"><v>1</v></c></row>\n  <row r="2"/>\t'
    made = parts()
    made[SHEET] = COMPATIBILITY.format(rows.format('<c r="A1"><v>1</v></c>')).encode()
    _, after = done(made, Edit("S", "A1", 1, 2))
    assert after[SHEET].decode() == COMPATIBILITY.format(rows.format('<c r="A1"><v>2</v></c>'))


def test_a_byte_order_mark_stays() -> None:
    made = book('<c r="A1"><v>1</v></c>')
    made[SHEET] = b"\xef\xbb\xbf" + made[SHEET]
    _, after = done(made, Edit("S", "A1", 1, "金额"))
    assert after[SHEET].startswith(b"\xef\xbb\xbf<?xml")


def test_a_strict_workbook_stays_strict() -> None:
    made = book('<c r="A1" t="d" s="1"><v>2026-03-01</v></c>', formats=(0, 14))
    made = {name: data.replace(MAIN.encode(), STRICT.encode()) for name, data in made.items()}
    changed, after = done(made, Edit("S", "A1", date(2026, 3, 1), date(2026, 3, 2)), Append("S", {"A": "x"}))
    assert cells(changed.package) == {"A1": date(2026, 3, 2), "A2": "x"}
    assert b'<c r="A1" s="1"><v>46083</v></c>' in after[SHEET]


def test_the_password_to_modify_and_all_protection_stay() -> None:
    made = book(
        text("A1", "x"), '<c r="A2"><f>1</f><v>1</v></c>', after='<sheetProtection sheet="1" hashValue="abc="/>'
    )
    sharing = '<fileSharing userName="张三" reservationPassword="CCC5"/><workbookPr date1904="0"/><workbookProtection lockStructure="1" workbookPassword="AA"/>'
    made[WORKBOOK] = made[WORKBOOK].replace(b"<workbookPr />", sharing.encode())
    _, after = done(made, Edit("S", "A1", "x", "y"))
    assert after[WORKBOOK] == made[WORKBOOK].replace(b"</sheets>", b'</sheets><calcPr fullCalcOnLoad="1"/>')
    assert b'</sheetData><sheetProtection sheet="1" hashValue="abc="/>' in after[SHEET]


def test_tags_in_every_way_xml_allows() -> None:
    made = book()
    made[SHEET] = made[SHEET].replace(
        b"<sheetData></sheetData>",
        b"<sheetData\n><row\tr = '1'\n ht='20' ><c\nr='A1'\ts='0'  ><v\n>1</v\n></c ><c r='B1'/></row\n></sheetData >",
    )
    _, after = done(made, Edit("S", "A1", 1, 2), Edit("S", "B1", None, 3), Edit("S", "C2", None, 4))
    assert (
        b"<sheetData\n><row\tr = '1'\n ht='20' ><c r='A1'><v>2</v></c><c r='B1'><v>3</v></c></row\n>"
        b'<row r="2"><c r="C2"><v>4</v></c></row></sheetData >'
    ) in after[SHEET]


def test_a_greater_sign_in_an_attribute_ends_no_tag() -> None:
    made = book(
        '<c r="A1"><v>1</v></c>',
        after='<headerFooter><oddHeader a="/>&lt;/sheetData>">x > y</oddHeader></headerFooter>',
    )
    _, after = done(made, Edit("S", "A1", 1, 2))
    assert after[SHEET] == made[SHEET].replace(b"<v>1</v>", b"<v>2</v>")


def test_things_inside_a_row_that_are_no_cells_stay() -> None:
    extension = '<extLst><ext uri="u"><c r="ZZ1"/></ext></extLst>'
    made = book(f'<c r="A1"><v>1</v></c>{extension}')
    _, after = done(made, Edit("S", "B1", None, 2))
    assert f'<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c>{extension}</row>' in after[SHEET].decode()


def test_a_cell_with_an_extension_is_replaced_whole() -> None:
    made = book('<c r="A1"><v>1</v><extLst><ext uri="u"/></extLst></c><c r="B1"><v>1</v></c>')
    _, after = done(made, Edit("S", "A1", 1, 2))
    assert b'<c r="A1"><v>2</v></c><c r="B1">' in after[SHEET]


def test_rich_text_with_white_space_beside_the_change_stays() -> None:
    rich = '<c r="A1" t="inlineStr"><is><r><t xml:space="preserve">a  </t></r><r><rPr><b/></rPr><t> b</t></r></is></c>'
    _, after = done(book(f'{rich}<c r="B1"><v>116.87999999999998</v></c>'), Edit("S", "C1", None, "x"))
    assert f'{rich}<c r="B1"><v>116.87999999999998</v></c><c r="C1"' in after[SHEET].decode()


@pytest.mark.parametrize(
    "name", ["XL/Worksheets/Sheet1.XML", "xl\\worksheets\\sheet1.xml", "xl/worksheets/%E8%A1%A8.xml"]
)
def test_parts_are_found_under_names_as_they_come(name: str) -> None:
    made = book('<c r="A1"><v>1</v></c>')
    target = "worksheets/表.xml" if "%" in name else "worksheets/sheet1.xml"
    made[RELS] = made[RELS].replace(b"worksheets/sheet1.xml", target.encode())
    if "%" in name:
        made[RELS], name = made[RELS].replace("表".encode(), b"%E8%A1%A8"), "xl/worksheets/表.xml"
    sheet = made.pop(SHEET)
    changed, after = done({**made, name: sheet}, Edit("S", "A1", 1, 2))
    assert len(changed.parts) == 1
    assert b"<v>2</v>" in after[changed.parts[0]]


def test_charts_are_no_sheets_and_count_among_them() -> None:
    made = book(text("A1", "x"), text("A2", "y"))
    made[WORKBOOK] = (
        made[WORKBOOK]
        .replace(b"<sheets>", b'<sheets><sheet name="C" sheetId="9" r:id="r8"/>')
        .replace(
            b"</sheets>",
            b'</sheets><definedNames><definedName name="_xlnm.Print_Area" localSheetId="1">S!$A$1:$A$2</definedName>'
            b'<definedName name="_xlnm.Print_Area" localSheetId="0">C!$A$1:$A$2</definedName></definedNames>',
        )
    )
    link = f'<Relationship Id="r8" Type="{OFFICE}/chartsheet" Target="chartsheets/c.xml"/></Relationships>'
    made[RELS] = made[RELS].replace(b"</Relationships>", link.encode())
    made["xl/chartsheets/c.xml"] = f'<chartsheet xmlns="{MAIN}"/>'.encode()
    _, after = done(made, Append("S", {"A": 1}))
    assert b"S!$A$1:$A$3<" in after[WORKBOOK]
    assert b"C!$A$1:$A$2<" in after[WORKBOOK]


def test_a_hidden_sheet_is_changed_as_any_other() -> None:
    made = book('<c r="A1"><v>1</v></c>')
    made[WORKBOOK] = made[WORKBOOK].replace(b'name="S"', b'name="S" state="veryHidden"')
    assert done(made, Edit("S", "A1", 1, 2))[0].parts == (SHEET,)


def test_several_sheets_in_one_go() -> None:
    made = book('<c r="A1"><v>1</v></c>')
    made[WORKBOOK] = made[WORKBOOK].replace(b"</sheets>", '<sheet name="4月" sheetId="2" r:id="r7"/></sheets>'.encode())
    link = f'<Relationship Id="r7" Type="{OFFICE}/worksheet" Target="worksheets/t.xml"/></Relationships>'
    made[RELS] = made[RELS].replace(b"</Relationships>", link.encode())
    made["xl/worksheets/t.xml"] = made[SHEET]
    changed, after = done(made, Append("4月", {"A": 1}), Edit("S", "A1", 1, 2), Append("S", {"A": 3}))
    assert changed.changed == (("4月", "A2"), ("S", "A1"), ("S", "A2"))
    assert set(changed.parts) == {SHEET, "xl/worksheets/t.xml"}
    assert b'<v>1</v></c></row><row r="2">' in after["xl/worksheets/t.xml"]
