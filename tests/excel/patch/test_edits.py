"""Edit: one cell gets another value, everything else keeps its bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum

import pytest

from tests.excel.packages import MAIN, SHEET, parts, table, zipped
from tests.excel.patch.cases import HEADINGS, book, cells, code, done, refused, rows, sheet, sheet_rows, text
from xlflow.excel.patch import Append, Edit, patch
from xlflow.excel.patch.changes import New

PRESERVED = '<is><t xml:space="preserve">{}</t></is>'


def test_an_empty_list_does_nothing() -> None:
    data = zipped(book(text("A1", "x")))
    assert patch(data, []).package is data


def test_one_cell_changes_and_no_other_byte() -> None:
    before = book(text("A1", "单号"), text("A2", "a") + '<c r="B2"  s="0" ><v>12.50</v></c><c r="D2"/>')
    after = sheet(before, Edit("S", "B2", Decimal("12.5"), Decimal("13.25")))
    assert after == before[SHEET].decode().replace('<c r="B2"  s="0" ><v>12.50</v></c>', '<c r="B2"><v>13.25</v></c>')


class Kind(StrEnum):
    RETURN = "退货"


@pytest.mark.parametrize(
    ("new", "cell"),
    [
        ("17712345678", f't="inlineStr">{PRESERVED.format("17712345678")}'),
        (" a\n<b>&\t", f't="inlineStr">{PRESERVED.format(" a" + chr(10) + "&lt;b&gt;&amp;" + chr(9))}'),
        ("a\r\x00\x1f￿", f't="inlineStr">{PRESERVED.format("a_x000D__x0000__x001F__xFFFF_")}'),
        ("_x0041_ _x41_ x_x0041", f't="inlineStr">{PRESERVED.format("_x005F_x0041_ _x41_ x_x0041")}'),
        ("𠮷😀", f't="inlineStr">{PRESERVED.format("𠮷😀")}'),
        (Kind.RETURN, f't="inlineStr">{PRESERVED.format("退货")}'),
        (True, 't="b"><v>1</v>'),
        (False, 't="b"><v>0</v>'),
        (0, "><v>0</v>"),
        (-7, "><v>-7</v>"),
        (999_999_999_999_999, "><v>999999999999999</v>"),
        (10**20, "><v>100000000000000000000</v>"),
        (10**21, "><v>1E+21</v>"),
        (Decimal("12.50"), "><v>12.5</v>"),
        (Decimal("-0.00"), "><v>0</v>"),
        (Decimal("0.000000000000000123456789012345"), "><v>0.000000000000000123456789012345</v>"),
        (Decimal("1.5E-100"), "><v>1.5E-100</v>"),
        (Decimal("9.99999999999999E+307"), "><v>9.99999999999999E+307</v>"),
    ],
)
def test_values_as_they_are_written(new: New, cell: str) -> None:
    changed, after = done(book(text("A1", "x")), Edit("S", "A1", "x", new))
    attributes, _, inner = cell.partition(">")
    space = " " if attributes else ""
    assert f'<row r="1"><c r="A1"{space}{attributes}>{inner}</c></row>' in after[SHEET].decode()
    assert cells(changed.package) == {"A1": new}


@pytest.mark.parametrize(
    ("new", "says"),
    [
        (0.1, "no cell can hold a float exactly"),
        (b"x", "no cell can hold a bytes exactly"),
        (["x"], "no cell can hold a list exactly"),
        (1234567890123456, "Excel keeps only 15 digits of a number"),
        (Decimal("0.1234567890123456"), "Excel keeps only 15 digits of a number"),
        (Decimal("NaN"), "Excel keeps only 15 digits of a number"),
        (Decimal("sNaN"), "Excel keeps only 15 digits of a number"),
        (Decimal("Infinity"), "Excel keeps only 15 digits of a number"),
        (Decimal("1E+308"), "Excel keeps only 15 digits of a number"),
        (Decimal("1E-300"), "Excel keeps only 15 digits of a number"),
        (Decimal("1E+999999999"), "Excel keeps only 15 digits of a number"),
        ("长" * 32768, "the text is longer than 32767 characters"),
        ("😀" * 16384, "the text is longer than 32767 characters"),
        ("a\ud83d", "the text has half a character in it"),
        (date(1899, 12, 31), "the workbook knows no day before 1900-01-01"),
        (datetime(2026, 3, 1, 0, 0, 0, 1), "Excel keeps times to the thousandth of a second, without a time zone"),
        (
            time(1, tzinfo=UTC),
            "Excel keeps times to the thousandth of a second, without a time zone",
        ),
    ],
)
def test_what_no_cell_holds_is_refused(new: New, says: str) -> None:
    made = book(text("A1", "x"), formats=(0,))
    told, message, _ = refused(made, Edit("S", "A1", "x", new))
    assert (told, message) == ("bad-value", f"cell A1 of sheet S cannot take the value: {says}")
    assert code(made, Append("S", {"A": new})) == "bad-value"


def test_the_longest_text_fits() -> None:
    longest = "长" * 32767
    changed, _ = done(book(text("A1", "x")), Edit("S", "A1", "x", longest))
    assert cells(changed.package) == {"A1": longest}


@pytest.mark.parametrize("new", [None, ""])
def test_a_cell_is_emptied_and_keeps_its_style(new: str | None) -> None:
    before = book(text("A1", "x", ' s="1"') + '<c r="B1"><v>1</v></c>', formats=(0, 49))
    assert sheet_rows(before, Edit("S", "A1", "x", new)) == rows('<c r="A1" s="1"/><c r="B1"><v>1</v></c>')


@pytest.mark.parametrize(
    ("cell", "same"),
    [
        (text("A1", "x"), "x"),
        ('<c r="A1"><v>12.5</v></c>', Decimal("12.50")),
        ('<c r="A1"><v>12</v></c>', Decimal(12)),
        ('<c r="A1"><v>59.699999999999996</v></c>', Decimal("59.7")),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" s="1"><v>46082</v></c>', date(2026, 3, 1)),
        ('<c r="A1" s="1"><v>46082.5</v></c>', datetime(2026, 3, 1, 12)),
        ('<c r="A1" s="2"><v>0.5</v></c>', time(12)),
        ("", None),
        ('<c r="A1" s="1"/>', None),
        ('<c r="A1" t="s"><v>1</v></c>', "共享"),
        ('<c r="A1" t="s"><v>0</v></c>', None),
        ('<c r="A1" t="s"><v>0</v></c>', ""),
    ],
)
def test_a_value_that_is_there_already_is_left_alone(cell: str, same: New) -> None:
    made = book(cell or '<c r="B1"><v>1</v></c>', formats=(0, 14, 21), strings=table("<t></t>", "<t>共享</t>"))
    data = zipped(made)
    assert patch(data, [Edit("S", "A1", same, same)]).package is data
    changed, _ = done(made, Edit("S", "A1", same, "neu"))
    assert cells(changed.package)["A1"] == "neu"


@pytest.mark.parametrize(
    ("cell", "old"),
    [
        (text("A1", "x"), "y"),
        (text("A1", "x"), None),
        (text("A1", "1"), 1),
        ('<c r="A1"><v>1</v></c>', "1"),
        ('<c r="A1"><v>1</v></c>', True),
        ('<c r="A1"><v>1</v></c>', 2),
        ('<c r="A1" t="b"><v>1</v></c>', 1),
        ('<c r="A1" t="b"><v>0</v></c>', None),
        ('<c r="A1" s="1"><v>46082</v></c>', 46082),
        ('<c r="A1" s="1"><v>46082</v></c>', datetime(2026, 3, 1)),
        ('<c r="A1" s="1"><v>46082</v></c>', date(2026, 3, 2)),
        ("", "x"),
        ('<c r="A1"/>', 0),
    ],
)
def test_a_cell_that_changed_since_is_refused(cell: str, old: New) -> None:
    assert refused(book(cell + '<c r="C1"><v>1</v></c>', formats=(0, 14)), Edit("S", "A1", old, "neu")) == (
        "cell-differs",
        "cell A1 of sheet S has another value than was read",
        "somebody changed it in the meantime: read the workbook again and look at the cell",
    )


def test_each_change_sees_those_before_it() -> None:
    made = book(text("A1", "a"))
    changed, _ = done(made, Edit("S", "A1", "a", "b"), Edit("S", "A1", "b", 3), Edit("S", "A1", 3, "d"))
    assert (changed.changed, cells(changed.package)) == ((("S", "A1"),), {"A1": "d"})
    assert code(made, Edit("S", "A1", "a", "b"), Edit("S", "A1", "a", "c")) == "cell-differs"


@pytest.mark.parametrize(
    ("refs", "expected"),
    [
        (["A1"], '<row r="1"><c r="A1"><v>7</v></c></row><row r="2"><c r="B2"/><c r="D2"/></row><row r="5"/>'),
        (["C2", "A2", "E2"], '<row r="2"><c r="A2"><v>7</v></c><c r="B2"/><c r="C2"><v>7</v></c><c r="D2"/>'
         '<c r="E2"><v>7</v></c></row><row r="5"/>'),
        (["D2", "C2"], '<row r="2"><c r="B2"/><c r="C2"><v>7</v></c><c r="D2"><v>7</v></c></row><row r="5"/>'),
        (["B3", "A4"], '<row r="2"><c r="B2"/><c r="D2"/></row><row r="3"><c r="B3"><v>7</v></c></row>'
         '<row r="4"><c r="A4"><v>7</v></c></row><row r="5"/>'),
        (["AA5", "Z5"], '<row r="2"><c r="B2"/><c r="D2"/></row>'
         '<row r="5"><c r="Z5"><v>7</v></c><c r="AA5"><v>7</v></c></row>'),
        (["XFD1048576"], '<row r="2"><c r="B2"/><c r="D2"/></row><row r="5"/>'
         '<row r="1048576"><c r="XFD1048576"><v>7</v></c></row>'),
    ],
)  # fmt: skip
def test_new_cells_and_rows_stand_in_order(refs: Sequence[str], expected: str) -> None:
    made = parts('<row r="2"><c r="B2"/><c r="D2"/></row><row r="5"/>')
    assert sheet_rows(made, *(Edit("S", ref, None, 7) for ref in refs)) == expected


@pytest.mark.parametrize("empty", ["<sheetData/>", "<sheetData />", "<sheetData></sheetData>"])
def test_a_sheet_without_rows_gets_some(empty: str) -> None:
    made = parts()
    made[SHEET] = made[SHEET].replace(b"<sheetData></sheetData>", empty.encode())
    after = sheet(made, Edit("S", "B2", None, 7), Edit("S", "A1", None, 8))
    assert after == made[SHEET].decode().replace(
        empty,
        f"{empty.removesuffix('/>').removesuffix('></sheetData>')}>"
        '<row r="1"><c r="A1"><v>8</v></c></row><row r="2"><c r="B2"><v>7</v></c></row></sheetData>',
    )


def test_refs_are_read_as_excel_reads_them() -> None:
    changed, _ = done(book(text("A1", "x")), Edit("s", "$c$1", None, 1), Edit("S", "a2", None, 2))
    assert changed.changed == (("S", "C1"), ("S", "A2"))


@pytest.mark.parametrize(
    "ref", ["", "A", "7", "A0", "XFE1", "A1048577", "A1:B2", "AAAA1", "A-1", "Ａ１", "S!A1", "A1 "]
)
def test_a_cell_that_does_not_exist_is_refused(ref: str) -> None:
    assert refused(book(text("A1", "x")), Edit("S", ref, None, 1)) == (
        "no-cell",
        f"sheet S has no cell {ref}",
        "a cell is named like C7; the last one is XFD1048576",
    )


def test_a_sheet_that_does_not_exist_is_refused() -> None:
    assert refused(book(text("A1", "x")), Edit("3月", "A1", None, 1)) == (
        "no-sheet",
        "there is no sheet 3月 in the workbook",
        "write the name as it stands on the sheet's tab",
    )


def test_dimension_and_spans_are_widened() -> None:
    made = parts('<row r="3" spans="2:4"><c r="B3"><v>1</v></c></row>', before='<dimension ref="B3:D3"/>')
    after = sheet(made, Edit("S", "A3", None, 1), Edit("S", "G5", None, 1))
    assert '<dimension ref="A3:G5"/>' in after
    assert '<row r="3" spans="1:4"><c r="A3"><v>1</v></c><c r="B3">' in after
    assert sheet(made, Edit("S", "C3", None, 1)).count('<dimension ref="B3:D3"/>') == 1
    assert '<dimension ref="B3:B5"/>' in sheet(
        parts('<row r="3"/>', before='<dimension ref="B3"/>'), Edit("S", "B5", None, 1)
    )


def test_a_new_cell_has_the_style_of_its_row_or_column() -> None:
    made = parts(
        '<row r="1"/><row r="2" s="2" customFormat="1"/><row r="3" s="2"/>',
        before='<cols><col min="2" max="3" style="1"/><col min="5" max="5" width="9"/></cols>',
        formats=(0, 49, 2),
    )
    refs = ["A1", "B1", "C1", "D1", "E1", "A2", "B2", "B3", "C4"]
    found = sheet_rows(made, *(Edit("S", ref, None, "x") for ref in refs))
    styles = {ref: found.partition(f'<c r="{ref}" s="')[2][:1] for ref in refs}
    assert styles == {"A1": "", "B1": "1", "C1": "1", "D1": "", "E1": "", "A2": "2", "B2": "2", "B3": "1", "C4": "1"}


def test_rows_and_cells_without_numbers() -> None:
    made = parts('<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c r="B3"><v>3</v></c><c><v>4</v></c></row>')
    changes = [Edit("S", "B1", 2, 20), Edit("S", "C3", 4, 40), Edit("S", "A3", None, 30), Edit("S", "A2", None, 5)]
    changed, after = done(made, *changes)
    assert cells(changed.package) == {"A1": 1, "B1": 20, "A2": 5, "A3": 30, "B3": 3, "C3": 40}
    assert (
        '<row><c><v>1</v></c><c><v>20</v></c></row><row><c r="A2"><v>5</v></c></row>'
        '<row><c r="A3"><v>30</v></c><c r="B3"><v>3</v></c><c><v>40</v></c></row>'
    ) in after[SHEET].decode()


def test_a_sheet_with_prefixes_keeps_them() -> None:
    made = parts()
    made[SHEET] = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:dimension ref="A1"/><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>'
        '</x:row><x:row r="3"/></x:sheetData></x:worksheet>'
    ).encode()
    after = sheet(made, Edit("S", "A1", 1, "x"), Edit("S", "B2", None, 5), Edit("S", "A3", None, True))
    assert (
        '<x:dimension ref="A1:B3"/><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is>'
        '<x:t xml:space="preserve">x</x:t></x:is></x:c></x:row><x:row r="2"><x:c r="B2"><x:v>5</x:v></x:c></x:row>'
        '<x:row r="3"><x:c r="A3" t="b"><x:v>1</x:v></x:c></x:row></x:sheetData>'
    ) in after


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-16", "UTF-16"), ("utf-16-le", "utf-16le"), ("utf-16-be", "UTF-16BE"), ("ascii", "us-ascii"), ("utf-16", "")],
)
def test_a_sheet_in_another_encoding_becomes_utf_8(encoding: str, declared: str) -> None:
    made = parts(HEADINGS.replace("单号", "id").replace("金额", "sum"))
    plain = made[SHEET].decode().partition("?>\r\n")[2]
    made[SHEET] = ((f'<?xml version="1.0" encoding="{declared}"?>' if declared else "") + plain).encode(encoding)
    changed, after = done(made, Edit("S", "B1", "sum", "金额"))
    assert cells(changed.package) == {"A1": "id", "B1": "金额"}
    assert after[SHEET].startswith(b'<?xml version="1.0" encoding="UTF-8"?>' if declared else b"<worksheet")
    assert "金额" in after[SHEET].decode("utf-8")


def test_a_shared_text_is_overwritten_in_its_cell_only() -> None:
    made = book(
        '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>0</v></c>',
        strings=table('<r><rPr><b/></rPr><t>粗</t></r><r><t xml:space="preserve"> 体</t></r>'),
    )
    changed, _ = done(made, Edit("S", "A1", "粗 体", "细"))
    assert (changed.parts, cells(changed.package)) == ((SHEET,), {"A1": "细", "B1": "粗 体"})


def test_attributes_of_the_value_go_and_others_stay() -> None:
    made = book('<c r="A1" s="0" t="str" ph="1" x="y"><v>old</v></c>')
    made[SHEET] = made[SHEET].replace(b' x="y"', b"")
    assert sheet_rows(made, Edit("S", "A1", "old", 5)) == rows('<c r="A1" ph="1"><v>5</v></c>')
