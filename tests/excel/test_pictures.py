"""Which cells show a picture: WPS's DISPIMG, Excel's picture in a cell, pictures that lie over cells."""

from __future__ import annotations

import base64
import io

import pytest
import xlsxwriter

from tests.excel.packages import MAIN, OFFICE, Parts, parts, read_sheet, relations, worksheet
from xlflow.excel.book import read_book
from xlflow.excel.errors import BookError
from xlflow.grid import UNCACHED, CellError, Line, Sheet

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RICH = "http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"
WPS = "http://www.wps.cn/officeDocument/2017/etCustomData"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
PLAIN = "P1"
PICTURE = '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="P1"/></xdr:nvPicPr></xdr:pic>'
POINT, PIXEL = 12_700, 9_525


def with_relations(made: Parts, *more: tuple[str, str]) -> Parts:
    """The workbook with further relations."""
    made["xl/_rels/workbook.xml.rels"] = relations(("worksheet", "worksheets/sheet1.xml"), *more)
    return made


def wps(rows: str, *ids: str) -> Parts:
    made = with_relations(parts(rows), ("cellImage", "cellimages.xml"))
    inner = "".join(f"<etc:cellImage>{PICTURE.replace(PLAIN, name)}</etc:cellImage>" for name in ids)
    made["xl/cellimages.xml"] = (
        f'<etc:cellImages xmlns:etc="{WPS}" xmlns:xdr="{DRAWING}">{inner}</etc:cellImages>'.encode()
    )
    return made


def test_dispimg_is_a_picture_and_never_text_or_uncached() -> None:
    sheet = read_sheet(
        wps(
            '<row r="2"><c r="A2"><v>7</v></c>'
            '<c r="B2" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>'
            '<c r="C2"><f>DISPIMG(&quot;ID_2&quot;,1)</f></c>'
            '<c r="D2" t="e"><f>_xlfn.DISPIMG("ID_1",1)</f><v>#NAME?</v></c>'
            '<c r="E2" t="str"><f>_xlfn.DISPIMG("ID_9",1)</f><v>=DISPIMG("ID_9",1)</v></c>'
            '<c r="F2"><f>A2</f></c></row>'
            '<row r="3"><c r="B3" t="str"><f>_xlfn.DISPIMG("ID_2",1)</f><v>x</v></c></row>',
            "ID_1",
            "ID_2",
        )
    )
    assert sheet.lines == [Line(2, [7, None, None, None, None, UNCACHED], (1, 2, 3, 4, 5))]
    assert sheet.pictures == {(2, 1), (2, 2), (2, 3), (3, 1)}


def test_without_the_list_of_images_there_are_none() -> None:
    rows = '<row r="2"><c r="A2"><v>7</v></c><c r="B2"><f>DISPIMG("ID_1",1)</f></c></row>'
    sheet = read_sheet(parts(rows))
    assert (sheet.lines, sheet.pictures) == ([Line(2, [7], (1,))], frozenset())


def rich(cells: str, *, structures: str = '<s t="_localImage"/><s t="_error"/>') -> Parts:
    """Rich values 0 and 2 have the first structure, 1 the second; values 1, 2 and 3 of cells are them in order."""
    made = with_relations(
        parts(f'<row r="1">{cells}</row>'),
        ("sheetMetadata", "metadata.xml"),
        ("rdRichValue", "richData/rdrichvalue.xml"),
        ("rdRichValueStructure", "richData/rdrichvaluestructure.xml"),
    )
    future = "".join(f'<bk><extLst><ext uri="u"><xlrd:rvb i="{i}"/></ext></extLst></bk>' for i in range(3))
    made["xl/metadata.xml"] = (
        f'<metadata xmlns="{MAIN}" xmlns:xlrd="{RICH}"><metadataTypes count="2"><metadataType name="XLDAPR"/>'
        '<metadataType name="XLRICHVALUE"/></metadataTypes><futureMetadata name="XLDAPR"><bk/></futureMetadata>'
        f'<futureMetadata name="XLRICHVALUE">{future}</futureMetadata><cellMetadata><bk><rc t="1" v="0"/></bk>'
        '</cellMetadata><valueMetadata count="3"><bk><rc t="2" v="0"/></bk><bk><rc t="2" v="1"/></bk>'
        '<bk><rc t="2" v="2"/></bk></valueMetadata></metadata>'
    ).encode()
    made["xl/richData/rdrichvalue.xml"] = (
        f'<rvData xmlns="{RICH}"><rv s="0"><v>0</v><v>5</v></rv><rv s="1"><v>1</v></rv><rv s="0"><v>1</v></rv></rvData>'
    ).encode()
    made["xl/richData/rdrichvaluestructure.xml"] = f'<rvStructures xmlns="{RICH}">{structures}</rvStructures>'.encode()
    return made


def test_a_picture_in_a_cell_is_no_error() -> None:
    error = ' t="e" vm="{}"><v>#VALUE!</v></c>'
    sheet = read_sheet(
        rich(
            '<c r="A1"' + error.format(1) + '<c r="B1"' + error.format(2) + '<c r="C1"' + error.format(3)
            + '<c r="D1"' + error.format(4) + '<c r="E1" t="e"><v>#VALUE!</v></c>'
        )
    )  # fmt: skip
    wrong = CellError("#VALUE!")
    assert sheet.lines == [Line(1, [None, wrong, None, wrong, wrong])]
    assert sheet.pictures == {(1, 0), (1, 2)}


def test_a_picture_that_a_function_fetched() -> None:
    cell = '<c r="A1" t="e" vm="1"><f>_xlfn.IMAGE("u")</f><v>#VALUE!</v></c>'
    sheet = read_sheet(rich(cell, structures='<s t="_webimage"/><s t="x"/>'))
    assert (sheet.lines, sheet.pictures) == ([], {(1, 0)})


def drawn(*anchors: str, rows: str = "", before: str = "") -> Sheet:
    made = parts(rows)
    made["xl/worksheets/sheet1.xml"] = worksheet(rows, before, '<drawing r:id="r1"/>')
    made["xl/worksheets/_rels/sheet1.xml.rels"] = relations(("drawing", "../drawings/drawing1.xml"))
    made["xl/drawings/drawing1.xml"] = (
        f'<xdr:wsDr xmlns:xdr="{DRAWING}" xmlns:mc="{MC}" xmlns:r="{OFFICE}">{"".join(anchors)}</xdr:wsDr>'.encode()
    )
    return read_sheet(made)


def corner(name: str, column: int, row: int, x: int = 0, y: int = 0) -> str:
    return (
        f"<xdr:{name}><xdr:col>{column}</xdr:col><xdr:colOff>{x}</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>{y}</xdr:rowOff></xdr:{name}>"
    )


def anchor(*corners: str, inner: str = PICTURE, kind: str = "twoCellAnchor") -> str:
    return f"<xdr:{kind}>{''.join(corners)}{inner}<xdr:clientData/></xdr:{kind}>"


@pytest.mark.parametrize(
    ("corners", "cell"),
    [
        ((corner("from", 4, 6), corner("to", 4, 6, 9, 9)), (7, 4)),
        ((corner("from", 4, 6, 9, 9),), (7, 4)),
        ((corner("from", 4, 6), corner("to", 5, 7)), (7, 4)),
        ((corner("from", 4, 6, 60 * PIXEL, 14 * POINT), corner("to", 5, 7, 60 * PIXEL, 14 * POINT)), (8, 5)),
        ((corner("from", 0, 0), corner("to", 3, 9)), (5, 1)),
        ((corner("from", 0, 0), corner("to", 0, 1_000_000)), (500_001, 0)),
        ((corner("from", 4, 6), corner("to", 2, 3)), (7, 4)),
    ],
)
def test_a_picture_is_in_the_cell_under_its_middle(corners: tuple[str, ...], cell: tuple[int, int]) -> None:
    assert drawn(anchor(*corners)).pictures == {cell}


def test_heights_and_widths_count() -> None:
    rows = '<row r="7" ht="100" customHeight="1"><c r="A7"><v>1</v></c></row><row r="8" ht="10"/>'
    before = '<sheetFormatPr defaultRowHeight="20"/><cols><col min="5" max="5" width="50"/></cols>'
    picture = anchor(corner("from", 4, 5, 0, 15 * POINT), corner("to", 5, 7, 0, 5 * POINT))
    assert drawn(picture, rows=rows, before=before).pictures == {(7, 4)}
    assert drawn(anchor(corner("from", 4, 6), corner("to", 8, 6, 1)), before=before).pictures == {(7, 4)}


def test_what_is_no_picture_and_where_pictures_hide() -> None:
    at = corner("from", 1, 1), corner("to", 2, 2)
    group = f"<xdr:grpSp><xdr:grpSp>{PICTURE}</xdr:grpSp></xdr:grpSp>"
    choice = (
        f'<mc:AlternateContent><mc:Choice Requires="a14">{anchor(*at, inner="<xdr:sp/>")}</mc:Choice>'
        f"<mc:Fallback>{anchor(corner('from', 7, 7))}</mc:Fallback></mc:AlternateContent>"
    )
    sheet = drawn(
        anchor(*at, inner="<xdr:sp/>"),
        anchor(*at, inner="<xdr:graphicFrame/>"),
        anchor(corner("from", 3, 3), inner=group, kind="oneCellAnchor"),
        anchor(inner=PICTURE, kind="absoluteAnchor"),
        anchor(corner("from", 3, 2_000_000)),
        choice,
    )
    assert sheet.pictures == {(4, 3), (8, 7)}


@pytest.mark.parametrize("text", ["", "x", "1.5", "9" * 5000])
def test_a_broken_anchor_is_damage(text: str) -> None:
    broken = anchor(corner("from", 1, 1).replace("<xdr:row>1<", f"<xdr:row>{text}<"))
    with pytest.raises(BookError) as caught:
        drawn(broken)
    assert str(caught.value) == "damaged-file: the file is damaged: its part xl/drawings/drawing1.xml cannot be read"


def test_a_drawing_that_is_missing_is_damage() -> None:
    made = parts()
    made["xl/worksheets/sheet1.xml"] = worksheet("", after='<drawing r:id="r1"/>')
    made["xl/worksheets/_rels/sheet1.xml.rels"] = relations(("drawing", "../drawings/drawing1.xml"))
    with pytest.raises(BookError, match=r"its part xl/drawings/drawing1\.xml is missing"):
        read_sheet(made)


def test_pictures_that_a_library_writes() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.set_row(4, 80)
    sheet.insert_image("C5", "p.png", {"image_data": io.BytesIO(PNG), "x_scale": 60, "y_scale": 100})
    sheet.embed_image("B2", "p.png", {"image_data": io.BytesIO(PNG)})
    book.close()
    assert read_book(file.getvalue(), "p.xlsx").sheets[0].pictures == {(5, 2), (2, 1)}
