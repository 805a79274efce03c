"""Workbooks made by hand, part by part, so that a test can write what no library would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from unittest import mock

from xlflow.excel import read
from xlflow.excel.book import read_book
from xlflow.grid import Sheet, Value

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"

Parts = dict[str, bytes]


def relations(*targets: tuple[str, str]) -> bytes:
    """A list of relations r1, r2 … of (kind, target)."""
    inner = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{RELATIONS}">{inner}</Relationships>'.encode()


def worksheet(rows: str, before: str = "", after: str = "") -> bytes:
    """A worksheet in Excel's own form."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    ).encode()


def table(*items: str) -> bytes:
    """A table of shared strings from the insides of its ``<si>``."""
    return f'<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'.encode()


def styles(*formats: int | str) -> bytes:
    """Styles 0, 1, … with these number formats, by built-in number or by code."""
    codes = {code: 164 + at for at, code in enumerate(f for f in formats if isinstance(f, str))}
    spelt = "".join(
        f'<numFmt numFmtId="{at}" formatCode="{code.replace("&", "&amp;").replace(chr(34), "&quot;")}"/>'
        for code, at in codes.items()
    )
    used = "".join(f'<xf numFmtId="{codes.get(f, f)}"/>' for f in formats)  # type: ignore[call-overload]
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{spelt}</numFmts><cellXfs>{used}</cellXfs></styleSheet>'.encode()


def parts(
    rows: str = "",
    *,
    before: str = "",
    after: str = "",
    strings: bytes = b"",
    formats: tuple[int | str, ...] = (),
    properties: str = "",
) -> Parts:
    """The parts of a workbook with one sheet named S."""
    made: Parts = {
        "[Content_Types].xml": TYPES.encode(),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr {properties}/>'
            '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")
        ),
        SHEET: worksheet(rows, before, after),
        STYLES: styles(*formats),
    }
    return made | {STRINGS: strings} if strings else made


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED, level: int = 1) -> bytes:
    """The parts as an archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method, compresslevel=level) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method, level)
    return file.getvalue()


def read_sheet(members: Mapping[str, bytes]) -> Sheet:
    """The first sheet, read both ways: by patterns as far as they fit, and by the XML parser."""
    data = zipped(members)
    with mock.patch.object(read, "SMALL", 1 << 40):
        slow = read_book(data, "hand.xlsx").sheets[0]
    with mock.patch.object(read, "SMALL", 0):
        fast = read_book(data, "hand.xlsx").sheets[0]
    assert typed(fast) == typed(slow)
    return slow


def typed(sheet: Sheet) -> tuple[object, ...]:
    """All that is in a sheet, with the types of its values and the digits of its numbers."""
    return (
        sheet.name,
        [(line.number, [(type(v), repr(v)) for v in line.values], line.formulas) for line in sheet.lines],
        sheet.hidden,
        sheet.merges,
        sheet.hidden_rows,
        sheet.pictures,
    )


def values(rows: str, **more: object) -> list[list[Value]]:
    """The values of a sheet's lines."""
    return [line.values for line in read_sheet(parts(rows, **more)).lines]  # type: ignore[arg-type]


def value(cell: str, **more: object) -> Value:
    """The value of the one cell ``A1``; what stands between ``<c r="A1"`` and the end of the cell."""
    found = values(f'<row r="1"><c r="A1"{cell}</c></row>', **more)
    return found[0][0] if found else None
