"""Templates are filled at defined names; whatever else is in them stays."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from xlflow.excel.errors import BookError
from xlflow.excel.template import fill

ROWS = (("路由器", 3, Decimal("12.50"), date(2026, 3, 2)), ("网线", 2, None, None), ("=1+1", 1, Decimal("0.1"), None))


def template(change: Callable[[Any, Any], None] | None = None, name: str = "='表 一'!$B$4:$E$4") -> bytes:
    """A template of one sheet with headings in row 3, and whatever ``change`` puts into it."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("表 一")
    formats = (
        {"border": 1, "text_wrap": True},
        {"num_format": "0"},
        {"num_format": "0.00"},
        {"num_format": "yyyy-mm-dd"},
    )
    for column, form in enumerate(formats, start=1):
        sheet.write(2, column, f"列{column}")
        sheet.write_blank(3, column, None, book.add_format(form))
    sheet.set_column(1, 1, 12)
    book.define_name("sums", name)
    book.define_name("about", "='表 一'!$A$1")
    book.define_name("constant", "=3.14")
    if change is not None:
        change(book, sheet)
    book.close()
    return file.getvalue()


def cells(data: bytes, area: str = "B4:E7") -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return [tuple(cell.value for cell in row) for row in sheet[area]]


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def refused(data: bytes, **tables: Any) -> str:
    with pytest.raises(BookError) as found:
        fill(data, "周报.xlsx", tables or {"sums": ROWS}, {})
    return f"{found.value.code}: {found.value.message}; {found.value.fix}"


def test_a_table_goes_below_its_name() -> None:
    data = fill(template(), "", {"sums": ROWS}, {"about": "示例店", "elsewhere": "x"})
    moment = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["E4"].value
    assert str(moment) == "2026-03-02 00:00:00"
    assert [row[:3] for row in cells(data)] == [("路由器", 3, 12.5), ("网线", 2, None), ("=1+1", 1, 0.1), (None,) * 3]
    assert cells(data, "A1:A1") == [("示例店",)]


def test_text_stays_text() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(fill(template(), "", {"sums": ROWS}, {}))).worksheets[0]
    assert (sheet["B6"].data_type, sheet["B6"].quotePrefix) == ("s", True)


def test_every_row_looks_like_the_first() -> None:
    data = fill(template(), "", {"sums": ROWS}, {})
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    for row in (4, 5):
        assert [sheet.cell(row, column).number_format for column in (3, 4, 5)] == ["0", "0.00", "yyyy-mm-dd"]
        assert sheet.cell(row, 2).border.left.style == "thin"
    assert sheet["E5"].border.left.style is None
    assert sheet["E5"].number_format == "yyyy-mm-dd"  # blank cells too


def test_a_row_is_as_high_as_its_wrapped_text() -> None:
    rows = [("短", 1, None, None), ("用一会儿就断网，重启之后又能用几分钟", 1, None, None)]
    sheet = openpyxl.load_workbook(io.BytesIO(fill(template(), "", {"sums": rows}, {}))).worksheets[0]
    assert sheet.row_dimensions[4].height in (None, 15)
    assert sheet.row_dimensions[5].height == 61.5  # four lines of eleven half-width characters


def test_a_height_that_somebody_has_set_stays() -> None:
    data = template(lambda _, sheet: sheet.set_row(3, 39.75))
    rows = [("用一会儿就断网，重启之后又能用几分钟", 1, None, None)]
    assert (
        openpyxl.load_workbook(io.BytesIO(fill(data, "", {"sums": rows}, {}))).worksheets[0].row_dimensions[4].height
        == 39.75
    )


def test_an_example_in_the_first_row_is_written_over() -> None:
    def example(_: Any, sheet: Any) -> None:
        sheet.write(3, 1, "例：路由器")
        sheet.write_formula(3, 2, "=1+1", None, 2)

    assert cells(fill(template(example), "", {"sums": ROWS[:1]}, {}), "B4:C4") == [("路由器", 3)]
    assert cells(fill(template(example), "", {"sums": ()}, {}), "B4:E4") == [(None, None, None, None)]


def test_only_sheets_that_are_filled_change() -> None:
    def rich(book: Any, sheet: Any) -> None:
        sheet.insert_textbox("H2", "注意")
        sheet.conditional_format("C4:C9", {"type": "data_bar", "data_bar_2010": True})
        sheet.add_sparkline("G4", {"range": "'表 一'!C4:C6"})
        sheet.data_validation("I4", {"validate": "list", "source": ["是", "否"]})
        other = book.add_worksheet("说明")
        other.write_formula(0, 0, "=SUM(sums)")
        other.protect("x")

    before = template(rich)
    after = fill(before, "", {"sums": ROWS}, {})
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert old.namelist() == new.namelist()
        differ = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert differ == {"xl/worksheets/sheet1.xml", "xl/styles.xml"}  # text that begins like a formula is marked
    assert 'fullCalcOnLoad="1"' in part(after, "xl/workbook.xml")
    kept = part(before, "xl/worksheets/sheet1.xml").partition("</sheetData>")[2]
    assert part(after, "xl/worksheets/sheet1.xml").endswith(kept)


def test_the_same_tables_give_the_same_bytes() -> None:
    one, other = (fill(template(), "", {"sums": ROWS}, {}) for _ in range(2))
    assert one == other


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "other",
            "no-name: the template 周报.xlsx has no cells named other; "
            "select the first row below the headings of that table, and type other into the name box",
        ),
        (
            "constant",
            "no-name: the template 周报.xlsx has no cells named constant; "
            "select the first row below the headings of that table, and type constant into the name box",
        ),
    ],
)
def test_a_name_that_is_missing(name: str, message: str) -> None:
    assert refused(template(), **{name: ROWS}) == message


def test_a_name_whose_sheet_is_gone() -> None:
    assert refused(template(name="=#REF!$B$4:$E$4")).startswith(
        "no-name: the template 周报.xlsx has no cells named sums;"
    )


def test_a_name_over_too_few_cells() -> None:
    assert refused(template(name="='表 一'!$B$4:$C$4")) == (
        "no-name: in the template 周报.xlsx sums is 2 cells wide, and its table has 4 columns; "
        "give the name sums to 4 cells side by side, one a column"
    )


@pytest.mark.parametrize("formula", [False, True])
def test_something_below_a_table(formula: bool) -> None:
    def total(_: Any, sheet: Any) -> None:
        sheet.write_formula(5, 2, "=SUM(C4:C5)") if formula else sheet.write(5, 2, "合计")

    reason = "holds a formula or an error" if formula else "has another value than was read"
    assert refused(template(total)) == (
        f"no-room: the template 周报.xlsx has no room for a table: cell C6 of sheet 表 一 {reason}; "
        "leave the cells below each table empty, and put what stands there beside it or on another sheet"
    )
    assert cells(fill(template(total), "", {"sums": ROWS[:2]}, {}))[1][0] == "网线"


def test_merged_cells_are_refused_as_everywhere() -> None:
    data = template(lambda _, sheet: sheet.merge_range("B5:C5", ""))
    assert refused(data).startswith("merged: cell C5 of sheet 表 一 is hidden by the merged range B5:C5")


def chart(rows: int = 5, kind: str = "column") -> Callable[[Any, Any], None]:
    def add(book: Any, sheet: Any) -> None:
        made = book.add_chart({"type": kind})
        made.add_series(
            {
                "name": "='表 一'!$C$3", "categories": f"='表 一'!$B$4:$B${3 + rows}",
                "values": f"='表 一'!$C$4:$C${3 + rows}",
            }
        )  # fmt: skip
        made.add_series({"values": "='表 一'!$G$4:$G$8"})
        sheet.insert_chart("H4", made)

    return add


def series(data: bytes) -> tuple[list[str], list[str]]:
    """The ranges of the chart and the values that are saved in it, as openpyxl reads them."""
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    found = sheet._charts[0].series[0]
    names = found.cat.strRef or found.cat.numRef
    points = names.strCache.pt if found.cat.strRef else names.numCache.pt
    values = found.val.numRef
    return [names.f, values.f], [*(point.v for point in points), *(point.v for point in values.numCache.pt)]


@pytest.mark.parametrize(
    ("shown", "last"),
    [(5, 6), (3, 6), (2, 5)],  # it shows as many rows as the template has it show, or all where there are fewer
)
def test_a_chart_shows_the_new_values(shown: int, last: int) -> None:
    data = fill(template(chart(shown)), "", {"sums": ROWS}, {})
    ranges, points = series(data)
    assert ranges == [f"'表 一'!$B$4:$B${last}", f"'表 一'!$C$4:$C${last}"]
    count = last - 3
    assert points == [*("路由器", "网线", "=1+1")[:count], *(3, 2, 1)[:count]]


def test_a_chart_over_a_table_without_rows_is_empty() -> None:
    ranges, points = series(fill(template(chart()), "", {"sums": ()}, {}))
    assert (ranges, points) == (["'表 一'!$B$4:$B$4", "'表 一'!$C$4:$C$4"], [])


def test_what_a_chart_takes_from_elsewhere_stays() -> None:
    before, after = template(chart()), fill(template(chart()), "", {"sums": ROWS}, {})
    old, new = (part(data, "xl/charts/chart1.xml") for data in (before, after))
    assert new.partition("$G$4:$G$8")[2] == old.partition("$G$4:$G$8")[2]
    assert new.partition("<c:cat>")[0] == old.partition("<c:cat>")[0]


def test_special_characters_in_a_chart() -> None:
    data = fill(template(chart()), "", {"sums": [("A<&>\x01B", 1, None, None)]}, {})
    assert "<c:v>A&lt;&amp;&gt;_x0001_B</c:v>" in part(data, "xl/charts/chart1.xml")
