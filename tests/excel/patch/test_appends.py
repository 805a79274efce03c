"""Append: a row below the last filled one, as if somebody had typed it there in Excel."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.excel.packages import MAIN, SHEET, parts
from tests.excel.patch.cases import (
    HEADINGS,
    WORKBOOK,
    book,
    cells,
    code,
    done,
    refused,
    row,
    rows,
    sheet_rows,
    text,
    with_table,
)  # fmt: skip
from xlflow.excel.patch import Append, Edit

ROW = Append("S", {"A": "x"})
FORMATS = (0, 49, 2, 14)


def test_a_row_goes_below_the_last_filled_one() -> None:
    made = book(text("A1", "单号"), '<c r="B2"><v>1</v></c>')
    changed, after = done(made, Append("S", {"c": 5, "A": "17712345678", "B": None, "D": ""}))
    assert changed.changed == (("S", "A3"), ("S", "C3"))
    assert cells(changed.package) == {"A1": "单号", "B2": 1, "A3": "17712345678", "C3": 5}
    assert after[SHEET].count(b"<row ") == 3


def test_rows_go_below_each_other_in_order() -> None:
    changes = [Append("S", {"A": n}) for n in (1, 2, 3)]
    changed, _ = done(book(text("A1", "x")), *changes)
    assert changed.changed == (("S", "A2"), ("S", "A3"), ("S", "A4"))


@pytest.mark.parametrize(
    ("last", "number"),
    [
        ('<row r="5"><c r="B5"><v>0</v></c></row>', 6),
        ('<row r="5"><c r="B5" t="str"><f>""</f><v></v></c></row>', 6),
        ('<row r="5"><c r="B5"><f>A1</f></c></row>', 6),
        ('<row r="5"><c r="B5" t="e"><v>#N/A</v></c></row>', 6),
        ('<row r="5"><c r="B5" t="inlineStr"><is><t xml:space="preserve"> </t></is></c></row>', 6),
        ('<row r="5"><c r="B5"><f t="shared" si="0"/></c></row>', 6),
        ('<row r="5"><c r="B5" s="1"/></row><row r="6" s="1" customFormat="1"/>', 2),
        ('<row r="5"><c r="B5"><v></v></c><c r="C5"><v/></c></row>', 2),
        ('<row r="5"><c r="B5" t="inlineStr"><is><t></t></is></c></row>', 2),
        ('<row r="5"><c r="B5" t="s"><v>0</v></c></row>', 2),
        ("", 2),
    ],
)
def test_filled_means_a_value_or_a_formula(last: str, number: int) -> None:
    made = parts(f"{rows(text('A1', 'x'))}{last}", formats=FORMATS)
    made["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}"><si><t></t></si></sst>'.encode()
    assert done(made, ROW)[0].changed[0] == ("S", f"A{number}")


def test_a_blank_formatted_row_is_used_and_keeps_its_formats() -> None:
    made = parts(
        '<row r="1"><c r="A1" s="1" t="b"><v>1</v></c><c r="B1" s="2"><v>1</v></c><c r="C1" s="2"/></row>'
        '<row r="2" ht="30" hidden="1"><c r="A2" s="3"/><c r="B2"/></row><row r="3"><c r="A3" s="3"/></row>',
        formats=FORMATS,
    )
    assert row(made, 2, Append("S", {"A": date(2026, 3, 1), "B": 5, "D": 6})) == (
        '<row r="2" ht="30" hidden="0"><c r="A2" s="3"><v>46082</v></c><c r="B2" s="2"><v>5</v></c><c r="C2" s="2"/>'
        '<c r="D2"><v>6</v></c></row>'
    )


def test_a_new_row_takes_the_formats_of_the_row_above() -> None:
    made = parts(
        '<row r="1" s="1" customFormat="1" ht="30" customHeight="1" hidden="1" outlineLevel="1">'
        '<c r="A1" s="2"><v>1</v></c><c r="B1" s="1"/><c r="C1"/><c r="D1" s="3"/></row>',
        before='<cols><col min="1" max="9" style="3"/></cols>',
        formats=FORMATS,
    )
    assert row(made, 2, Append("S", {"A": 7, "E": 8})) == (
        '<row r="2" s="1" customFormat="1" ht="30" customHeight="1"><c r="A2" s="2"><v>7</v></c><c r="C2"/>'
        '<c r="D2" s="3"/><c r="E2" s="1"><v>8</v></c></row>'
    )
    assert row(made, 3, Append("S", {"A": 7}), Append("S", {"A": 9})) == (
        '<row r="3" s="1" customFormat="1" ht="30" customHeight="1"><c r="A3" s="2"><v>9</v></c><c r="C3"/>'
        '<c r="D3" s="3"/></row>'
    )


def test_a_height_that_fits_itself_is_not_copied() -> None:
    made = parts('<row r="1" ht="30" s="1"><c r="A1"><v>1</v></c></row>', formats=FORMATS)
    assert row(made, 2, Append("S", {"A": 7})) == '<row r="2"><c r="A2"><v>7</v></c></row>'


def test_formats_of_the_headings_are_not_those_of_the_rows() -> None:
    heads = '<row r="1" s="1" customFormat="1"><c r="A1" s="1" t="b"><v>1</v></c><c r="B1" s="1"/></row>'
    plain = parts(heads, formats=FORMATS)
    assert row(plain, 2, Append("S", {"A": 7})) == (
        '<row r="2" s="1" customFormat="1"><c r="A2" s="1"><v>7</v></c></row>'
    )
    filtered = parts(heads, after='<autoFilter ref="A1:B1"/>', formats=FORMATS)
    assert row(filtered, 2, Append("S", {"A": 7})) == '<row r="2"><c r="A2"><v>7</v></c></row>'
    table = with_table(plain, 'ref="A1:B2"><tableColumns count="2"><tableColumn id="1" name="x"/></tableColumns>')
    assert row(table, 2, Append("S", {"A": 7})) == '<row r="2"><c r="A2"><v>7</v></c></row>'


def test_a_date_in_a_column_of_dates_takes_its_format() -> None:
    made = book('<c r="A1" s="3"><v>46082</v></c><c r="B1"><v>1</v></c>', formats=FORMATS)
    changed, after = done(made, Append("S", {"A": date(2026, 3, 2), "B": Decimal("1.5")}))
    assert changed.parts == (SHEET,)
    assert '<row r="2"><c r="A2" s="3"><v>46083</v></c><c r="B2"><v>1.5</v></c></row>' in after[SHEET].decode()


def test_formulas_are_filled_down() -> None:
    made = book(
        HEADINGS.partition('<row r="1">')[2].removesuffix("</row>"),
        '<c r="A2"><v>1</v></c><c r="B2"><f>A2*$A$1&amp;"A2"</f><v>1</v></c><c r="C2"><f>SUM(A$2:A2)</f><v>1</v></c>',
    )
    changed, after = done(made, Append("S", {"A": 5}), Append("S", {"A": 6, "C": 0}))
    assert changed.changed == (("S", "A3"), ("S", "B3"), ("S", "C3"), ("S", "A4"), ("S", "B4"), ("S", "C4"))
    assert (
        '<row r="3"><c r="A3"><v>5</v></c><c r="B3"><f>A3*$A$1&amp;&quot;A2&quot;</f></c><c r="C3"><f>SUM(A$2:A3)</f></c></row>'
        '<row r="4"><c r="A4"><v>6</v></c><c r="B4"><f>A4*$A$1&amp;&quot;A2&quot;</f></c><c r="C4"><v>0</v></c></row>'
    ) in after[SHEET].decode()
    assert b"fullCalcOnLoad" in after[WORKBOOK]


def test_shared_formulas_are_filled_down_with_their_text() -> None:
    made = book(
        '<c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f><v>2</v></c>',
        '<c r="A2"><v>1</v></c><c r="B2"><f t="shared" si="0"/><v>2</v></c><c r="C2"><f t="shared" si="7"/><v>2</v></c>',
    )
    assert row(made, 3, Append("S", {"A": 5})) == '<row r="3"><c r="A3"><v>5</v></c><c r="B3"><f>A3*2</f></c></row>'
    overwritten = Edit("S", "B1", 2, 0, over_formula=True)
    assert row(made, 3, overwritten, Append("S", {"A": 5})).count("<f>A3*2</f>") == 1


def test_arrays_data_tables_and_pictures_are_not_filled_down() -> None:
    made = book(
        '<c r="A1"><f t="array" ref="A1">SUM(B1:B2)</f><v>1</v></c><c r="B1"><f t="dataTable" ref="B1" r1="C1"/><v>1</v></c>'
        '<c r="C1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>x</v></c><c r="D1"><v>1</v></c>'
    )
    assert row(made, 2, Append("S", {"D": 5})) == '<row r="2"><c r="D2"><v>5</v></c></row>'


@pytest.mark.parametrize("label", ["合计", "总计", "小计", "本页合计", " 合 计：", "合计（元）", "合计*"])
def test_below_a_total_nothing_is_appended(label: str) -> None:
    made = book(text("A1", "x"), f'<c r="A2"/>{text("B2", label)}<c r="C2"><v>5</v></c>')
    assert refused(made, ROW) == (
        "total-row",
        "row 2 of sheet S is a total: a row below it would not count",
        "move the total above the headings or to another sheet, or add the rows by hand above it",
    )


@pytest.mark.parametrize(
    "last", [text("A2", "合计数"), text("A2", "1") + text("B2", "合计"), text("A2", "备注：合计"), text("A2", "(合计)")]
)
def test_what_only_mentions_a_total_is_none(last: str) -> None:
    assert done(book(text("A1", "x"), last), ROW)[0].changed == (("S", "A3"),)


def test_a_total_that_was_emptied_is_none_any_more() -> None:
    made = book(text("A1", "x"), text("A2", "合计"))
    assert done(made, Edit("S", "A2", "合计", None), Append("S", {"B": 1}))[0].changed == (("S", "A2"), ("S", "B2"))


def test_below_the_total_of_a_table_nothing_is_appended() -> None:
    made = with_table(
        book(text("A1", "x"), text("A2", "y"), ""),
        'ref="A1:B3" totalsRowCount="1"><tableColumns count="1"/>',
    )
    assert code(made, ROW) == "total-row"  # the totals are blank, and the row would stand in them
    made[SHEET] = made[SHEET].replace(b'<row r="3"></row>', b'<row r="3"><c r="B3"><f>1</f><v>1</v></c></row>')
    assert refused(made, ROW)[:2] == ("total-row", "row 3 of sheet S is a total: a row below it would not count")


def test_edits_and_appends_see_each_other() -> None:
    made = book(text("A1", "x"), text("A2", "y"))
    changes = [
        Append("S", {"A": 3}), Edit("S", "B3", None, 33), Edit("S", "A9", None, 9), Append("S", {"A": 10}),
        Edit("S", "A10", 10, None), Append("S", {"B": 11}), Edit("S", "A1", "x", "z"),
    ]  # fmt: skip
    changed, _ = done(made, *changes)
    assert cells(changed.package) == {"A1": "z", "A2": "y", "A3": 3, "B3": 33, "A9": 9, "B10": 11}


def test_a_row_without_a_value_is_refused() -> None:
    for nothing in ({}, {"A": None}, {"A": ""}):
        assert refused(book(text("A1", "x")), Append("S", nothing)) == (
            "bad-value",
            "the row to append to sheet S has no value",
            "give at least one cell a value",
        )


@pytest.mark.parametrize("column", ["", "A1", "1", "XFE", "AAAA", "Ａ", "$A", " A"])
def test_a_column_that_does_not_exist_is_refused(column: str) -> None:
    assert refused(book(text("A1", "x")), Append("S", {column: 1}))[:2] == ("no-cell", f"sheet S has no cell {column}")


def test_below_the_last_row_there_is_none() -> None:
    made = parts('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')
    assert refused(made, ROW)[:2] == ("no-cell", "sheet S has no cell A1048577")


def test_a_sheet_without_rows_gets_its_first() -> None:
    made = parts()
    made[SHEET] = made[SHEET].replace(b"<sheetData></sheetData>", b"<sheetData/>")
    assert sheet_rows(made, Append("S", {"B": 1})) == '<row r="1"><c r="B1"><v>1</v></c></row>'


def test_a_merge_below_is_refused() -> None:
    made = book(text("A1", "x"), after='<mergeCells count="1"><mergeCell ref="A2:B2"/></mergeCells>')
    assert code(made, Append("S", {"B": 1})) == "merged"
    assert done(made, Append("S", {"A": 1}))[0].changed == (("S", "A2"),)
