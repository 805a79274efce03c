"""A picture is evidence, however it got into the sheet: WPS, Excel, over a cell, or as a path (contract §3)."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter

from tests.build import COMPENSATION, findings
from tests.build import day as day_of
from tests.build import read as read_rows
from tests.excel.packages import zipped
from tests.excel.test_pictures import PNG, wps
from xlflow.discover import registers
from xlflow.excel.book import read_book
from xlflow.grid import Sheet

HEADINGS = [*COMPENSATION, "图片"]
WITH_PICTURES = sorted(
    (name, field)
    for name, table in registers().items()
    for field, column in table.columns.items()
    if column.type.name == "picture"
)


def test_there_are_registers_with_pictures() -> None:
    assert ("compensation", "evidence") in WITH_PICTURES


def evidence(sheet: Sheet) -> list[Any]:
    (made,) = read_rows("compensation", sheet)
    assert findings(day_of(compensation=sheet)) == []
    return [row.evidence for row in made.rows]  # type: ignore[attr-defined]


def drawn(rows: int, draw: Any) -> Sheet:
    """A compensation sheet as a library writes it, its evidence in column F drawn by ``draw``."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    page, days = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    page.write_row(0, 0, HEADINGS)
    for row in range(1, rows + 1):
        page.set_row(row, 60)
        first, order, *rest = COMPENSATION.values()
        page.write_datetime(row, 0, first, days)
        page.write_row(row, 1, [f"{str(order)[:-1]}{row}", *rest])
    draw(page)
    book.close()
    return read_book(file.getvalue(), "补偿.xlsx").sheets[0]


def image() -> dict[str, Any]:
    return {"image_data": io.BytesIO(PNG)}


def test_over_a_cell() -> None:
    sheet = drawn(3, lambda page: page.insert_image("F3", "p.png", image() | {"x_scale": 40, "y_scale": 40}))
    assert evidence(sheet) == [None, "picture", None]


def test_in_a_cell() -> None:
    assert evidence(drawn(2, lambda page: page.embed_image("F2", "p.png", image()))) == ["picture", None]


def test_its_path_in_words() -> None:
    assert evidence(drawn(2, lambda page: page.write_string("F2", "图片/0308-1.jpg"))) == ["图片/0308-1.jpg", None]


@pytest.mark.parametrize("at", ["F2", "F3"])
def test_in_cells_that_are_merged_it_is_every_row_s(at: str) -> None:
    def draw(page: Any) -> None:
        page.merge_range("F2:F3", "")
        page.insert_image(at, "p.png", image() | {"x_scale": 40, "y_scale": 40})

    assert evidence(drawn(3, draw)) == ["picture", "picture", None]


def test_beside_the_column_it_is_none() -> None:
    assert evidence(drawn(1, lambda page: page.insert_image("H2", "p.png", image()))) == [None]


def test_of_wps() -> None:
    """One shown, one that WPS's list does not have: nobody can see that one."""
    cells = "".join(f'<c r="{"ABCDEF"[at]}1" t="str"><v>{text}</v></c>' for at, text in enumerate(HEADINGS))
    row = (
        '<row r="{0}"><c r="A{0}" t="str"><v>2026-03-08</v></c><c r="B{0}" t="str"><v>123456789012345678{0}</v></c>'
        '<c r="C{0}" t="str"><v>网线</v></c><c r="D{0}"><v>2</v></c><c r="E{0}" t="str"><v>平台</v></c>'
        '<c r="F{0}" t="str"><f>_xlfn.DISPIMG("ID_{0}",1)</f><v>=DISPIMG("ID_{0}",1)</v></c></row>'
    )
    made = wps(f'<row r="1">{cells}</row>' + row.format(2) + row.format(3), "ID_2")
    assert evidence(read_book(zipped(made), "补偿.xlsx").sheets[0]) == ["picture", None]
