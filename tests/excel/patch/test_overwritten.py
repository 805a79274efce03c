"""A formula is overwritten: the calculation chain and the cells that shared the formula stay right."""

from __future__ import annotations

import re

import pytest

from tests.excel.packages import MAIN, OFFICE, SHEET, parts, relations
from tests.excel.patch.cases import (
    CHAIN,
    RELS,
    TYPES,
    WORKBOOK,
    book,
    cells,
    done,
    seen,
    sheet_rows,
    text,
    with_chain,
    with_names,
)
from xlflow.excel.patch import Append, Edit

TWO = book(
    '<c r="A1"><v>1</v></c><c r="B1"><f>A1*2</f><v>2</v></c><c r="C1"><f>B1*2</f><v>4</v></c>',
    '<c r="B2"><f>A1*3</f><v>3</v></c>',
)


def chain(entries: str, *refs: str) -> str | None:
    """The entries of the calculation chain when these formulas are overwritten; None if it is gone."""
    _, after = done(with_chain(TWO, entries), *(Edit("S", ref, old(ref), 9, over_formula=True) for ref in refs))
    if CHAIN not in after:
        return None
    found = re.search(r"<calcChain[^>]*>(.*)</calcChain>", after[CHAIN].decode())
    assert found
    return found[1]


def old(ref: str) -> int:
    return {"B1": 2, "C1": 4, "B2": 3}[ref]


@pytest.mark.parametrize(
    ("entries", "refs", "left"),
    [
        ('<c r="B1" i="1"/><c r="C1"/><c r="B2"/>', ["C1"], '<c r="B1" i="1"/><c r="B2"/>'),
        ('<c r="B1" i="1" l="1"/><c r="C1"/><c r="B2"/>', ["B1"], '<c r="C1" i="1"/><c r="B2"/>'),
        ('<c r="B1" i="1"/><c r="C1"/><c r="B2"/>', ["B1", "C1"], '<c r="B2" i="1"/>'),
        ('<c r="A9" i="2"/><c r="B1" i="1"/><c r="C1"/><c r="A8" i="2"/>', ["B1"],
         '<c r="A9" i="2"/><c r="C1" i="1"/><c r="A8" i="2"/>'),
        ('<c r="B1" i="2"/><c r="C1"/><c r="B1" i="1"/><c r="B2" i="2"/>', ["B1", "C1"],
         '<c r="B1" i="2"/><c r="C1"/><c r="B2" i="2"/>'),
        ('<c r="C1" i="1"/><c r="B1"/><c r="A9" i="2"/><c r="A8"/>', ["C1", "B1"], '<c r="A9" i="2"/><c r="A8"/>'),
        ('<c r="A9" i="2"/>', ["B1"], '<c r="A9" i="2"/>'),
        ('<c r="B1" i="1"/><c r="B1" i="1"/>', ["B1"], None),
        ('<c r="B1" i="1"/>', ["B1"], None),
    ],
)  # fmt: skip
def test_entries_go_and_the_next_keeps_its_sheet(entries: str, refs: list[str], left: str | None) -> None:
    assert chain(entries, *refs) == left


def test_an_empty_chain_goes_with_all_that_mentions_it() -> None:
    made = with_chain(TWO, '<c r="B1" i="1"/>')
    changed, after = done(made, Edit("S", "B1", 2, 9, over_formula=True))
    assert changed.parts == (TYPES, WORKBOOK, RELS, SHEET, CHAIN)
    assert after[TYPES] == TWO[TYPES]
    assert after[RELS] == TWO[RELS]


def test_the_chain_is_known_by_its_relation_not_by_its_name() -> None:
    made = book('<c r="A1"><f>1+1</f><v>2</v></c>')
    override = '<Override PartName="/xl/other/calcChain.xml" ContentType="x/y"/><Override PartName="/Calc/c.xml" ContentType="x/z"/>'
    made[TYPES] = made[TYPES].replace(b"</Types>", f"{override}</Types>".encode())
    made[RELS] = relations(
        ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("calcChain", "/calc/c.xml"),
        ("custom", "other/calcChain.xml"),
    )  # fmt: skip
    made["calc/c.xml"] = f'<x:calcChain xmlns:x="{MAIN}"><x:c r="A1" i="1"/></x:calcChain>'.encode()
    made["xl/other/calcChain.xml"] = b"<foreign/>"
    changed, after = done(made, Edit("S", "A1", 2, 9, over_formula=True))
    assert changed.parts == (TYPES, RELS, SHEET, "calc/c.xml")
    assert b"/Calc/c.xml" not in after[TYPES]
    assert b"other/calcChain.xml" in after[TYPES]
    assert after["xl/other/calcChain.xml"] == b"<foreign/>"
    assert b"calc/c.xml" not in after[RELS]


def test_other_changes_leave_the_chain_alone() -> None:
    made = with_chain(TWO, '<c r="B1" i="1"/>')
    changed, _ = done(made, Edit("S", "A1", 1, 5), Append("S", {"A": 7}))
    assert changed.parts == (WORKBOOK, SHEET)


SHARED = [
    '<c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B4" si="0">A1*$A$1</f><v>1</v></c>',
    '<c r="A2"><v>2</v></c><c r="B2"><f t="shared" si="0"/><v>2</v></c>',
    '<c r="A3"><v>3</v></c><c r="B3"><f si="0" t="shared"></f><v>3</v></c>',
    '<c r="A4"><v>4</v></c><c r="B4"><f t="shared" si="0"/><v>4</v></c>',
]


def formulas(package: bytes) -> dict[str, object]:
    """The formulas as openpyxl understands them."""
    rows = seen(package).worksheets[0].iter_rows()
    return {cell.coordinate: cell.value for row in rows for cell in row if cell.data_type == "f"}


ALL = {"B1": "=A1*$A$1", "B2": "=A2*$A$1", "B3": "=A3*$A$1", "B4": "=A4*$A$1"}


@pytest.mark.parametrize(
    ("gone", "first"),
    [
        (["B1"], '<c r="B2"><f t="shared" ref="B2:B4" si="0">A2*$A$1</f><v>2</v></c>'),
        (["B2"], '<c r="B1"><f t="shared" ref="B1:B4" si="0">A1*$A$1</f><v>1</v></c>'),
        (["B4"], '<c r="B1"><f t="shared" ref="B1:B4" si="0">A1*$A$1</f><v>1</v></c>'),
        (["B2", "B1"], '<c r="B3"><f t="shared" ref="B3:B4" si="0">A3*$A$1</f><v>3</v></c>'),
        (["B1", "B3"], '<c r="B2"><f t="shared" ref="B2:B4" si="0">A2*$A$1</f><v>2</v></c>'),
        (["B1", "B2", "B3"], '<c r="B4"><f t="shared" ref="B4:B4" si="0">A4*$A$1</f><v>4</v></c>'),
        (["B1", "B2", "B3", "B4"], ""),
    ],
)
def test_the_next_cell_takes_over_a_shared_formula(gone: list[str], first: str) -> None:
    changed, after = done(book(*SHARED), *(Edit("S", ref, int(ref[1]), "x", over_formula=True) for ref in gone))
    assert first in after[SHEET].decode()
    assert formulas(changed.package) == {ref: formula for ref, formula in ALL.items() if ref not in gone}


def test_groups_with_the_same_number_are_kept_apart() -> None:
    made = book(
        '<c r="A1"><f t="shared" ref="A1:B1" si="3">C1+1</f><v>1</v></c><c r="B1"><f t="shared" si="3"/><v>1</v></c>',
        '<c r="A2"><f t="shared" ref="A2:B2" si="3">C1+2</f><v>2</v></c><c r="B2"><f t="shared" si="3"/><v>2</v></c>',
        '<c r="A3"><f t="shared" ref="A3:B3" si="33">C1+3</f><v>3</v></c><c r="B3"><f t="shared" si="33"/><v>3</v></c>',
    )
    now = '<c r="A2" t="inlineStr"><is><t xml:space="preserve">x</t></is></c>'
    assert sheet_rows(made, Edit("S", "A2", 2, "x", over_formula=True)) == made[SHEET].decode().partition("sheetData>")[
        2
    ].partition("</sheetData")[0].replace(
        '<c r="A2"><f t="shared" ref="A2:B2" si="3">C1+2</f><v>2</v></c><c r="B2"><f t="shared" si="3"/>',
        f'{now}<c r="B2"><f t="shared" ref="B2:B2" si="3">D1+2</f>',
    )


def test_a_shared_formula_over_several_columns() -> None:
    made = book(
        '<c r="B1"><f t="shared" ref="B1:C2" si="0">A$1&amp;"&lt;"&amp;$A1</f><v>1</v></c><c r="C1"><f t="shared" si="0"/><v>1</v></c>',
        '<c r="B2"><f t="shared" si="0"/><v>1</v></c><c r="C2"><f t="shared" si="0"/><v>1</v></c>',
    )
    changed, after = done(made, Edit("S", "B1", 1, None, over_formula=True))
    assert '<f t="shared" ref="B1:C2" si="0">B$1&amp;&quot;&lt;&quot;&amp;$A1</f>' in after[SHEET].decode()
    assert formulas(changed.package) == {"C1": '=B$1&"<"&$A1', "B2": '=A$1&"<"&$A2', "C2": '=B$1&"<"&$A2'}


CALCULATED = b'<calcPr fullCalcOnLoad="1"/>'


def test_a_workbook_with_formulas_is_calculated_when_it_is_opened() -> None:
    _, after = done(TWO, Edit("S", "A1", 1, 2))
    assert after[WORKBOOK] == TWO[WORKBOOK].replace(b"</sheets>", b"</sheets>" + CALCULATED)
    named = with_names(
        TWO, '<definedNames><definedName name="n">S!$A$1</definedName></definedNames><oleSize ref="A1"/>'
    )
    _, after = done(named, Edit("S", "A1", 1, 2))
    assert after[WORKBOOK] == named[WORKBOOK].replace(b"</definedNames>", b"</definedNames>" + CALCULATED)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<calcPr calcId="1" calcMode="manual"/>', '<calcPr calcId="1" calcMode="manual" fullCalcOnLoad="1"/>'),
        ('<calcPr fullCalcOnLoad="0" calcId="1"/>', '<calcPr fullCalcOnLoad="1" calcId="1"/>'),
        ("<calcPr fullCalcOnLoad='true'/>", "<calcPr fullCalcOnLoad='true'/>"),
        ("<calcPr></calcPr>", '<calcPr fullCalcOnLoad="1"></calcPr>'),
    ],
)
def test_how_it_is_calculated_stays(before: str, after: str) -> None:
    made = with_names(TWO, before)
    changed, members = done(made, Edit("S", "A1", 1, 2))
    assert members[WORKBOOK] == made[WORKBOOK].replace(before.encode(), after.encode())
    assert (WORKBOOK in changed.parts) == (before != after)


def test_a_workbook_without_formulas_keeps_its_workbook_part() -> None:
    only = book('<c r="A1"><f>1</f><v>1</v></c><c r="B1"><v>1</v></c>')
    assert WORKBOOK in done(only, Edit("S", "B1", 1, 2))[0].parts
    assert WORKBOOK not in done(only, Edit("S", "A1", 1, 2, over_formula=True))[0].parts
    assert WORKBOOK not in done(book(text("A1", "&lt;f>")), Edit("S", "A1", "<f>", 2))[0].parts


def test_formulas_of_another_sheet_count() -> None:
    made = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    made[WORKBOOK] = made[WORKBOOK].replace(b"</sheets>", b'<sheet name="T" sheetId="2" r:id="r7"/></sheets>')
    link = f'<Relationship Id="r7" Type="{OFFICE}/worksheet" Target="worksheets/t.xml"/></Relationships>'
    made[RELS] = made[RELS].replace(b"</Relationships>", link.encode())
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c><x:f>S!A1</x:f></x:c></x:row></x:sheetData></x:worksheet>'
    made["xl/worksheets/t.xml"] = sheet.encode()
    assert WORKBOOK in done(made, Edit("S", "A1", 1, 2))[0].parts
    made["xl/worksheets/t.xml"] = sheet.encode("utf-16")
    assert WORKBOOK in done(made, Edit("S", "A1", 1, 2))[0].parts
    made["xl/worksheets/t.xml"] = sheet.replace("x:f>", "x:g>").encode()
    assert WORKBOOK not in done(made, Edit("S", "A1", 1, 2))[0].parts


def test_a_formula_overwritten_twice() -> None:
    changes = [Edit("S", "B1", 2, 5, over_formula=True), Edit("S", "B1", 5, "x")]
    changed, after = done(with_chain(TWO, '<c r="B1" i="1"/><c r="C1"/>'), *changes)
    assert cells(changed.package)["B1"] == "x"
    assert b'<c r="C1" i="1"/>' in after[CHAIN]


def test_a_shared_formula_in_cells_that_do_not_say_their_places() -> None:
    made = parts(
        '<row><c><v>1</v></c><c><f t="shared" ref="B1:B3" si="0">A1*2</f><v>2</v></c></row>'
        '<row><c><v>2</v></c><c><f t="shared" si="0"/><v>4</v></c></row>'
        '<row><c><v>3</v></c><c><f t="shared" si="0"/><v>6</v></c></row>'
    )
    rest = '<row><c><v>3</v></c><c><f t="shared" si="0"/><v>6</v></c></row>'
    assert sheet_rows(made, Edit("S", "B1", 2, 5, over_formula=True), Append("S", {"A": 4})) == (
        "<row><c><v>1</v></c><c><v>5</v></c></row>"
        '<row><c><v>2</v></c><c><f t="shared" ref="B2:B3" si="0">A2*2</f><v>4</v></c></row>'
        f'{rest}<row r="4"><c r="A4"><v>4</v></c><c r="B4"><f>A4*2</f></c></row>'
    )


def test_a_member_without_its_first_is_left_alone() -> None:
    made = book('<c r="A1"><f t="shared" si="5"/><v>1</v></c><c r="B1"><f t="shared" si="5"/><v>1</v></c>')
    assert sheet_rows(made, Edit("S", "A1", 1, 5, over_formula=True)) == (
        '<row r="1"><c r="A1"><v>5</v></c><c r="B1"><f t="shared" si="5"/><v>1</v></c></row>'
    )
