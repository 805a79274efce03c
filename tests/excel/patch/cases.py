"""Workbooks made by hand, changed, and looked at by others than the patcher: zipfile, openpyxl, calamine."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from tests.excel.packages import MAIN, OFFICE, SHEET, Parts, parts, relations, zipped
from xlflow.excel.book import read_book
from xlflow.excel.errors import BookError
from xlflow.excel.patch import Append, Edit, Patched, patch, verify
from xlflow.grid import Value
from xlflow.model import Text

HEADINGS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>单号</t></is></c><c r="B1" t="inlineStr"><is><t>金额</t></is></c></row>'
)
WORKBOOK, RELS, TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
CHAIN = "xl/calcChain.xml"


def text(ref: str, value: str, more: str = "") -> str:
    """A text cell."""
    return f'<c r="{ref}"{more} t="inlineStr"><is><t>{value}</t></is></c>'


def rows(*given: str) -> str:
    """Rows 1, 2, … with these cells."""
    return "".join(f'<row r="{number}">{cells}</row>' for number, cells in enumerate(given, 1))


def done(made: Mapping[str, bytes] | bytes, *changes: Edit | Append) -> tuple[Patched, Parts]:
    """The changes made and verified, and the parts of the workbook after them; all others are the same bytes."""
    before = made if isinstance(made, bytes) else zipped(made)
    patched = patch(before, changes)
    verify(before, patched.package, patched)
    was, now = raw_members(before), raw_members(patched.package)
    assert [name for name in was if name in now] == list(now)
    assert {name for name in was if now.get(name) != was[name]} == set(patched.parts)
    return patched, members(patched.package)


def sheet(made: Mapping[str, bytes] | bytes, *changes: Edit | Append) -> str:
    """The worksheet after the changes."""
    return done(made, *changes)[1][SHEET].decode()


def sheet_rows(made: Mapping[str, bytes] | bytes, *changes: Edit | Append) -> str:
    """Its rows."""
    found = re.search(r"<(?:\w+:)?sheetData>(.*)</(?:\w+:)?sheetData>", sheet(made, *changes), re.DOTALL)
    assert found
    return found[1]


def row(made: Parts, number: int, *changes: Edit | Append) -> str:
    """One row after the changes."""
    found = re.search(rf'<row r="{number}".*?(?:</row>|/>(?=<row|</sheetData))', sheet(made, *changes))
    return found[0] if found else ""


def cells(package: bytes, name: str = "S") -> dict[str, Value]:
    """The values of the cells that are not blank, as xlflow reads them."""
    found = next(one for one in read_book(package, "hand.xlsx").sheets if one.name == name)
    return {cell.ref: cell.value for row in found.rows() for cell in row.cells if cell.kind != "blank"}


def members(package: bytes) -> Parts:
    """The content of the parts."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def raw_members(package: bytes) -> dict[str, bytes]:
    """The bytes of each member, from its header to the next one, in the order of the directory."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        infos = archive.infolist()
        starts = sorted(info.header_offset for info in infos)
        ends = dict(pairwise([*starts, archive.start_dir]))
        return {info.filename: package[info.header_offset : ends[info.header_offset]] for info in infos}


def refused(made: Mapping[str, bytes] | bytes, *changes: Edit | Append) -> tuple[str, str, str]:
    """Code, message and remedy of the refusal."""
    with pytest.raises(BookError) as caught:
        patch(made if isinstance(made, bytes) else zipped(made), changes)
    assert isinstance(caught.value.fix, Text)
    return caught.value.code, str(caught.value.message), str(caught.value.fix)


def code(made: Mapping[str, bytes] | bytes, *changes: Edit | Append) -> str:
    """The code of the refusal."""
    return refused(made, *changes)[0]


def with_table(made: Parts, table: str, name: str = "xl/tables/table1.xml") -> Parts:
    """The workbook with a table; ``table`` is its tag's attributes and its inside."""
    return made | {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("table", "../tables/table1.xml")),
        name: f'<table xmlns="{MAIN}" id="1" name="T" displayName="T" {table}</table>'.encode(),
        SHEET: made[SHEET].replace(
            b"</worksheet>", b'<tableParts count="1"><tablePart r:id="r1"/></tableParts></worksheet>'
        ),
    }


def with_chain(made: Parts, entries: str) -> Parts:
    """The workbook with a calculation chain."""
    override = (
        '<Override PartName="/xl/calcChain.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/></Types>'
    )
    link = f'<Relationship Id="r9" Type="{OFFICE}/calcChain" Target="calcChain.xml"/></Relationships>'
    return made | {
        TYPES: made[TYPES].replace(b"</Types>", override.encode()),
        RELS: made[RELS].replace(b"</Relationships>", link.encode()),
        CHAIN: f'<calcChain xmlns="{MAIN}">{entries}</calcChain>'.encode(),
    }


def with_names(made: Parts, names: str) -> Parts:
    """The workbook with defined names."""
    return made | {WORKBOOK: made[WORKBOOK].replace(b"</sheets>", f"</sheets>{names}".encode())}


def seen(package: bytes) -> Workbook:
    """The workbook as openpyxl sees it, whatever it misses in it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(package))


def book(*given: str, **more: Any) -> Parts:
    """A workbook with these rows."""
    return parts(rows(*given), **more)
