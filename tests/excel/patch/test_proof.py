"""verify notices whatever should not differ, and whatever should."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.excel.packages import SHEET, STYLES, Parts, zipped
from tests.excel.patch.cases import (
    CHAIN,
    RELS,
    TYPES,
    WORKBOOK,
    book,
    members,
    text,
    with_chain,
    with_names,
    with_table,
)
from xlflow.excel.errors import BookError
from xlflow.excel.patch import Append, Edit, Patched, patch, verify

MADE = with_chain(
    with_table(
        book(
            text("A1", "a") + text("B1", "b"),
            '<c r="A2" s="0"><v>1</v></c><c r="B2"><f>A2*2</f><v>2</v></c><c r="C2"><f>A2*3</f><v>3</v></c>',
            text("E3", "z"),
            after='<mergeCells count="1"><mergeCell ref="G1:G2"/></mergeCells>',
            formats=(0, 2),
        ),
        'ref="A1:B2"><tableColumns count="2"/>',
    ),
    '<c r="B2" i="1"/>',
)
MADE = with_names({**MADE, "docProps/app.xml": b"<Properties/>"}, '<calcPr calcId="1"/>')
CHANGES = [
    Edit("S", "A2", 1, 5), Edit("S", "B2", 2, "x", over_formula=True), Edit("S", "D9", None, date(2026, 3, 1)),
    Append("S", {"A": "neu"}),
]  # fmt: skip
BEFORE = zipped(MADE)
PATCHED = patch(BEFORE, CHANGES)


def failure(after: bytes, patched: Patched = PATCHED, before: bytes = BEFORE) -> str:
    with pytest.raises(BookError) as caught:
        verify(before, after, patched)
    return f"{caught.value.code}: {caught.value.message}"


def tampered(changes: dict[str, tuple[bytes, bytes]], parts: Parts | None = None) -> bytes:
    """The patched workbook with some parts changed behind the patcher's back."""
    after = dict(parts or members(PATCHED.package))
    for name, (old, new) in changes.items():
        assert old in after[name]
        after[name] = after[name].replace(old, new, 1)
    return zipped(after)


def test_what_was_patched_is_whole() -> None:
    assert PATCHED.parts == (TYPES, WORKBOOK, RELS, SHEET, STYLES, CHAIN)
    verify(BEFORE, PATCHED.package, PATCHED)
    verify(BEFORE, BEFORE, Patched(BEFORE))


SAID = "cannot-write: the changed workbook is not as it should be in its part {}; nothing was written"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<v>5</v>", b"<v>6</v>"),
        (b"<v>5</v>", b""),
        (b'preserve">x<', b'preserve">y<'),
        (b"neu", b"alt"),
        (b"<v>46082</v>", b"<v>46083</v>"),
        (b'r="D9" s="2"', b'r="D9"'),
        (b'r="C2"', b'r="C2" s="1"'),
        (b"<t>a</t>", b"<t>b</t>"),
        (b"<t>z</t>", b"<t></t>"),
        (b"A2*3", b"A2*4"),
        (b"<f>A2*3</f>", b""),
        (b"<v>3</v>", b"<v>4</v>"),
        (b"<v>3</v></c></row>", b'<v>3</v></c><c r="D2"><v>1</v></c></row>'),
        (b'<row r="9">', b'<row r="7"><c r="A7"><v>1</v></c></row><row r="9">'),
        (b'<row r="3"><c r="E3" t="inlineStr"><is><t>z</t></is></c></row>', b""),
        (b"G1:G2", b"G1:G3"),
    ],
)
def test_a_cell_that_differs_is_noticed(old: bytes, new: bytes) -> None:
    assert failure(tampered({SHEET: (old, new)})) == SAID.format(SHEET)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (WORKBOOK, b'name="S"', b'name="T"'),
        (WORKBOOK, b"<workbookPr", b"<fileSharing/><workbookPr"),
        (WORKBOOK, b"<calcPr", b'<calcPr calcMode="manual"'),
        (TYPES, b"application/xml", b"text/xml"),
        (TYPES, b"</Types>", b"<Default/></Types>"),
        (STYLES, b'<xf numFmtId="2"/>', b'<xf numFmtId="2"/><xf numFmtId="2"/>'),
        (STYLES, b"<numFmts>", b"<numFmts><numFmt/>"),
        (SHEET, b"<mergeCells ", b'<sheetProtection sheet="1"/><mergeCells '),
        (SHEET, b"</mergeCells>", b"</mergeCells><hyperlinks/>"),
        (WORKBOOK, b"<workbookPr", b'<workbookPr date1904="1"'),
        (WORKBOOK, b'sheetId="1"', b'sheetId="1" state="hidden"'),
        (STYLES, b"</cellXfs>", b"</cellXfs><cellXfs/>"),
        (STYLES, b'<xf numFmtId="0"/>', b""),
        (RELS, b"styles.xml", b"style.xml"),
    ],
)
def test_a_part_that_says_something_else_is_noticed(part: str, old: bytes, new: bytes) -> None:
    assert failure(tampered({part: (old, new)})).startswith(("cannot-write: ", "damaged-file: "))


def test_a_part_that_is_no_xml_is_noticed() -> None:
    for part in (TYPES, SHEET, STYLES):
        assert failure(tampered({part: (b">", b"")})).startswith("damaged-file: ")


@pytest.mark.parametrize("part", ["docProps/app.xml", "xl/tables/table1.xml", "_rels/.rels"])
def test_another_member_that_changed_is_noticed(part: str) -> None:
    found = failure(tampered({part: (b"/>", b" />")}))
    assert found == SAID.format(part)
    everything = replace(PATCHED, parts=tuple(MADE))
    if part != "xl/tables/table1.xml":
        assert failure(tampered({part: (b"/>", b" />")}), everything) == SAID.format(part)


def test_members_that_came_went_or_moved_are_noticed() -> None:
    after = members(PATCHED.package)
    for other in (
        {name: data for name, data in after.items() if name != "docProps/app.xml"},
        {**after, "xl/new.xml": b"<x/>"},
        dict(reversed(after.items())),
    ):
        assert failure(zipped(other)) == SAID.format(CHAIN)


def test_members_packed_anew_are_noticed() -> None:
    assert failure(zipped(members(PATCHED.package), level=9)).startswith("cannot-write: ")


def test_a_change_that_was_not_made_is_noticed() -> None:
    assert failure(BEFORE).startswith("cannot-write: ")
    assert failure(PATCHED.package, replace(PATCHED, values={**PATCHED.values, ("S", "F1"): 1})) == SAID.format(SHEET)
    assert failure(patch(BEFORE, CHANGES[:3]).package).startswith("cannot-write: ")
