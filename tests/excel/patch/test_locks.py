"""Which changes touch locked cells of protected sheets; whether they may is decided elsewhere."""

from __future__ import annotations

import pytest

from tests.excel.packages import MAIN, STYLES, zipped
from tests.excel.patch.cases import book, text
from xlflow.excel.errors import BookError
from xlflow.excel.patch import Append, Edit, locked

PROTECTED = '<sheetProtection sheet="1" objects="1" scenarios="1"/>'
ROWS = (text("A1", "x") + '<c r="B1" s="1"/><c r="C1" s="2"/><c r="D1" s="3"/>',)
EDITS = [Edit("S", "A1", "x", 1), *(Edit("S", f"{letter}1", None, 1) for letter in "BCDE")]


def protected(after: str = PROTECTED, before: str = "") -> bytes:
    made = book(*ROWS, after=after, before=before)
    made[STYLES] = (
        f'<styleSheet xmlns="{MAIN}"><cellXfs><xf/><xf><protection locked="0"/></xf><xf><protection hidden="1"/></xf>'
        '<xf applyProtection="1"><protection locked="false"/></xf></cellXfs></styleSheet>'
    ).encode()
    return zipped(made)


def test_cells_are_locked_unless_their_style_says_otherwise() -> None:
    assert locked(protected(), EDITS) == [("S", "A1"), ("S", "C1"), ("S", "E1")]


@pytest.mark.parametrize("after", ["", '<sheetProtection sheet="0" password="AA"/>', '<sheetProtection objects="1"/>'])
def test_without_protection_nothing_is_locked(after: str) -> None:
    assert locked(protected(after), EDITS) == []


def test_a_range_that_anybody_may_change_is_not_locked() -> None:
    ranges = (
        '<protectedRanges><protectedRange name="a" sqref="A1 E1:F9"/><protectedRange name="b" password="AA" sqref="C1"/>'
        '<protectedRange name="c" hashValue="x=" sqref="C1"/></protectedRanges>'
    )
    assert locked(protected(PROTECTED + ranges), EDITS) == [("S", "C1")]


def test_a_new_cell_is_locked_as_its_row_or_column_is() -> None:
    free = protected(before='<cols><col min="5" max="5" style="1"/></cols>')
    assert locked(free, EDITS) == [("S", "A1"), ("S", "C1")]


def test_a_new_row_is_locked_where_it_is_now() -> None:
    assert locked(protected(), [Append("S", {"A": 1, "B": 2})]) == [("S", "A2"), ("S", "B2")]


def test_what_is_refused_is_refused_here_too() -> None:
    with pytest.raises(BookError) as caught:
        locked(protected(), [Edit("S", "A1", "y", 1)])
    assert caught.value.code == "cell-differs"
    with pytest.raises(BookError) as caught:
        locked(protected(), [Edit("T", "A1", "y", 1)])
    assert caught.value.code == "no-sheet"


def test_no_change_is_never_locked() -> None:
    assert locked(protected(), []) == []
    assert locked(protected(), [Edit("S", "A1", "x", "x")]) == []
