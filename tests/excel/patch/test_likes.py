"""Edit with ``like``: a cell takes the format of another one, and its row the height that its text needs."""

from __future__ import annotations

import pytest

from tests.excel.packages import MAIN, SHEET, STYLES, Parts
from tests.excel.patch.cases import book, code, done, row, sheet, text
from xlflow.excel.patch import Append, Edit

XF = (
    f'<styleSheet xmlns="{MAIN}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="2"/>'
    '<xf numFmtId="0"><alignment wrapText="1"/></xf></cellXfs></styleSheet>'
)
LONG = "用一会儿就断网，重启之后又能用几分钟"


def source(*given: str) -> Parts:
    """Rows of a sheet with three styles: usual, two decimals, wrapped."""
    return book(*given) | {STYLES: XF.encode()}


def test_the_format_of_another_cell_is_taken() -> None:
    made = source(text("A1", "x") + '<c r="B1" s="1"><v>2</v></c>')
    assert row(made, 3, Edit("S", "B3", None, 5, like="B1")) == '<row r="3"><c r="B3" s="1"><v>5</v></c></row>'


def test_a_blank_cell_takes_it_too() -> None:
    made = source('<c r="B1" s="1"><v>2</v></c>')
    patched, _ = done(made, Edit("S", "B3", None, None, like="B1"))
    assert patched.changed == (("S", "B3"),)
    assert row(made, 3, Edit("S", "B3", None, None, like="B1")) == '<row r="3"><c r="B3" s="1"/></row>'


def test_a_value_that_is_there_already_keeps_its_place_in_the_new_format() -> None:
    made = source('<c r="B1" s="1"><v>2</v></c><c r="C1"><v>7</v></c>')
    assert row(made, 1, Edit("S", "C1", 7, 7, like="B1")).endswith('<c r="C1" s="1"><v>7</v></c></row>')


def test_nothing_changes_where_both_are_right_already() -> None:
    made = source('<c r="B1" s="1"><v>2</v></c><c r="C1" s="1"><v>7</v></c>')
    assert done(made, Edit("S", "C1", 7, 7, like="B1"))[0].changed == ()


def test_the_format_is_that_of_the_cell_after_the_changes_before() -> None:
    made = source('<c r="A1" s="1"><v>2</v></c>')
    changes = Edit("S", "A2", None, 1, like="A1"), Edit("S", "A3", None, 1, like="A2")
    assert row(made, 3, *changes) == '<row r="3"><c r="A3" s="1"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("style", "value", "height"),
    [("2", LONG, ' ht="75.75"'), ("2", "短", ""), ("0", LONG, ""), ("2", "一\n二", ' ht="33"'), ("2", 5, "")],
)
def test_a_row_gets_the_height_of_its_wrapped_text(style: str, value: str | int, height: str) -> None:
    made = source(f'<c r="A1" s="{style}"><v>1</v></c>')
    assert f'<row r="2"{height}><c' in sheet(made, Edit("S", "A2", None, value, like="A1"))


def test_a_height_that_was_set_stays() -> None:
    made = source('<c r="A1" s="2"><v>1</v></c>')
    tall = made[SHEET].replace(b"</sheetData>", b'<row r="2" ht="30" customHeight="1"/></sheetData>')
    found = row({**made, SHEET: tall}, 2, Edit("S", "A2", None, LONG, like="A1"))
    assert found.startswith('<row r="2" ht="30" customHeight="1">')


def test_other_rows_keep_their_heights() -> None:
    made = source(f'<c r="A1" s="2"><v>1</v></c>{text("B1", LONG)}', '<c r="A2" s="2"/>')
    assert row(made, 2, Edit("S", "A2", None, LONG)).startswith('<row r="2">')
    assert row(made, 2, Append("S", {"A": LONG})).startswith('<row r="2">')


def test_a_cell_that_cannot_be() -> None:
    assert code(source(text("A1", "x")), Edit("S", "B3", None, 5, like="B0")) == "no-cell"
