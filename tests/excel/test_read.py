"""Cells become values of the right kind, whatever form the sheet is written in."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TypeVar
from unittest import mock

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from tests.excel.packages import (
    MAIN,
    OFFICE,
    SHEET,
    STRICT,
    parts,
    read_sheet,
    table,
    value,
    worksheet,
)
from xlflow.excel import read
from xlflow.excel.book import read_book
from xlflow.excel.errors import BookError
from xlflow.grid import UNCACHED, CellError, Line, Merge, Value

FORMATS = ("General", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm", "[h]:mm", 31, "@")
DATE, MOMENT, CLOCK, SPAN, CHINESE, TEXT = range(1, 7)


def styled(text: str, style: int, **more: str) -> Value:
    return value(f' s="{style}"><v>{text}</v>', formats=FORMATS, **more)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("><v>42</v>", 42),
        (' t="n"><v>42</v>', 42),
        ("><v> 42\n</v>", 42),
        ("><v>12.5</v>", Decimal("12.5")),
        ("><v>59.699999999999996</v>", Decimal("59.7")),
        ("><v>3.306036613231039E18</v>", Decimal("3.30603661323104E+18")),
        ("><v>NaN</v>", CellError("NaN")),
        ("><v>-INF</v>", CellError("-INF")),
        ("><v>1e999</v>", CellError("1e999")),
        (f"><v>{'x' * 500}</v>", CellError("x" * 80)),
        ("><v>1&amp;2</v>", CellError("1&2")),
        ("><v>&#49;</v>", 1),
        ("><v></v>", None),
        ("><v/>", None),
        ("><v> </v>", None),
        (">", None),
        (' t="s"><v>1</v>', "乙"),
        (' t="s"><v> 1 </v>', "乙"),
        (' t="s"><v>2</v>', None),
        (' t="s"><v></v>', None),
        (' t="str"><v>a</v>', "a"),
        (' t="str"><v> a </v>', " a "),
        (' t="str"><v>a&lt;_x000D_\nb</v>', "a<\r\nb"),
        (' t="str"><v></v>', None),
        (' t="inlineStr"><is><t>a</t></is>', "a"),
        (' t="inlineStr"><is><t> a </t></is>', "a"),
        (' t="inlineStr"><is><t xml:space="preserve"> a </t></is>', " a "),
        (' t="inlineStr"><is><t>_x0041__x005F_</t></is>', "A_"),
        (' t="inlineStr"><is><t/></is>', None),
        (' t="inlineStr"><is/>', None),
        (' t="inlineStr">', None),
        (' t="inlineStr"><is><r><t>a</t></r><r><rPr/><t>b</t></r><rPh sb="0" eb="1"><t>c</t></rPh></is>', "ab"),
        (' t="inlineStr"><v>5</v>', None),
        ("><is><t>a</t></is>", None),
        (' t="b"><v>1</v>', True),
        (' t="b"><v>0</v>', False),
        (' t="b"><v>true</v>', True),
        (' t="b"><v>2</v>', CellError("2")),
        (' t="e"><v>#N/A</v>', CellError("#N/A")),
        (' t="e"><v></v>', None),
        (' t="d"><v>2026-03-02</v>', date(2026, 3, 2)),
        (' t="d"><v>2026-03-02T10:30:00</v>', datetime(2026, 3, 2, 10, 30)),
        (' t="d"><v>2026-03-02T10:30:00.5Z</v>', datetime(2026, 3, 2, 10, 30, 0, 500000)),
        (' t="d"><v>10:30:00</v>', time(10, 30)),
        (' t="d"><v>soon</v>', CellError("soon")),
        ("><f>A2</f>", UNCACHED),
        ("><f>A2</f><v/>", UNCACHED),
        ("><f>A2</f><v></v>", UNCACHED),
        ("><f/><v>5</v>", 5),
        ("><v>5</v><f>A2</f>", 5),
        (' t="str"><f>A2</f><v></v>', None),
        (' t="str"><f>A2</f>', UNCACHED),
        (' t="e"><f>A2</f><v>#DIV/0!</v>', CellError("#DIV/0!")),
        (' t="b"><f>A2</f><v>0</v>', False),
        ('><f t="array" ref="A1:A2">B1:B2</f><v>1</v>', 1),
        ('><f t="dataTable" ref="A1:A2" dt2D="1" r1="B1" r2="B2"/><v>1</v>', 1),
        (' cm="1"><f t="array" ref="A1:A2">_xlfn.UNIQUE(B:B)</f><v>1</v>', 1),
        (' s="99"><v>46083</v>', 46083),
        (' s="0" ph="1"><v>1</v>', 1),
        ('><v>1</v><extLst><ext uri="u"><x/></ext></extLst>', 1),
        ("><v><![CDATA[12]]></v>", 12),
        ("><v>1<!-- x -->2</v>", 12),
    ],
)
def test_a_cell(cell: str, expected: Value) -> None:
    found = value(cell, strings=table("<t>甲</t>", "<t>乙</t>", "<t/>"))
    assert (type(found), found) == (type(expected), expected)


@pytest.mark.parametrize(
    ("text", "style", "expected"),
    [
        ("46083", DATE, date(2026, 3, 2)),
        ("46083.0", DATE, date(2026, 3, 2)),
        ("46083.5", DATE, datetime(2026, 3, 2, 12)),
        ("46083", MOMENT, datetime(2026, 3, 2)),
        ("46083", CHINESE, date(2026, 3, 2)),
        ("4.6083E4", DATE, date(2026, 3, 2)),
        ("0.5", CLOCK, time(12)),
        ("46083.5", CLOCK, datetime(2026, 3, 2, 12)),
        ("1.5", SPAN, Decimal("1.5")),
        ("46083", TEXT, 46083),
        ("-5", DATE, -5),
        ("60", DATE, 60),
        ("0", DATE, 0),
        ("99999999", DATE, 99999999),
        ("1234567890123456789", DATE, Decimal("1.23456789012346E+18")),
        ("x", DATE, CellError("x")),
    ],
)
def test_a_number_with_a_format(text: str, style: int, expected: Value) -> None:
    found = styled(text, style)
    assert (type(found), found) == (type(expected), expected)


@pytest.mark.parametrize("truth", ["1", "true"])
def test_days_since_1904(truth: str) -> None:
    assert styled("44621", DATE, properties=f'date1904="{truth}"') == date(2026, 3, 2)
    assert styled("0", DATE, properties=f'date1904="{truth}"') == date(1904, 1, 1)
    assert styled("44621", DATE, properties='date1904="0"') != date(2026, 3, 2)


def test_a_day_spelt_out_at_midnight_is_a_day_where_only_days_are_shown() -> None:
    cell = "<v>2026-03-02T00:00:00</v>"
    assert value(f' s="{DATE}" t="d">{cell}', formats=FORMATS) == date(2026, 3, 2)
    assert value(f' s="{MOMENT}" t="d">{cell}', formats=FORMATS) == datetime(2026, 3, 2)


def test_rows_end_with_their_last_value_and_blank_ones_are_left_out() -> None:
    sheet = read_sheet(
        parts(
            '<row r="2"><c r="B2"><v>1</v></c><c r="C2" s="1"/></row><row r="3" s="1" customFormat="1"/>'
            '<row r="4"><c r="A4" s="1"/></row><row r="5"><c r="A5" t="str"><f>""</f><v></v></c></row>'
            '<row r="7"><c r="A7" t="str"><f>""</f><v></v></c><c r="C7"><v>7</v></c></row>'
        )
    )
    assert sheet.lines == [Line(2, [None, 1]), Line(7, [None, None, 7], (0,))]


def test_rows_and_cells_without_their_place_follow_each_other() -> None:
    rows = '<row><c><v>1</v></c><c><v>2</v></c></row><row/><row r="7"><c r="C7"><v>3</v></c><c><v>4</v></c></row>'
    sheet = read_sheet(parts(rows + "<row><c><v>5</v></c></row>"))
    assert sheet.lines == [Line(1, [1, 2]), Line(7, [None, None, 3, 4]), Line(8, [5])]


def test_rows_and_cells_out_of_order_are_put_in_order() -> None:
    rows = '<row r="5"><c r="B5"><v>2</v></c><c r="A5"><v>1</v></c></row><row r="3"><c r="A3"><v>3</v></c></row>'
    assert read_sheet(parts(rows)).lines == [Line(3, [3]), Line(5, [1, 2])]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ('<row r="1"><c r="A1"/><c r="A1"/></row>', "cell A1 of sheet S is there twice"),
        ('<row r="1"><c r="B1"/><c r="A1"/><c/></row>', "cell B1 of sheet S is there twice"),
        (
            '<row r="3"><c r="A3"><v>1</v></c></row><row r="3"><c r="C3"><v>1</v></c></row>',
            "cell C3 of sheet S is there twice",
        ),
        ('<row r="1"><c r="A2"><v>1</v></c></row>', "cell A2 of sheet S cannot be read"),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "cell XFE1 of sheet S cannot be read"),
        ('<row r="1"><c r="1A"><v>1</v></c></row>', "cell 1A of sheet S cannot be read"),
        ('<row r="0"><c r="A0"><v>1</v></c></row>', "cell A0 of sheet S cannot be read"),
        ('<row r="x"/>', "cell Ax of sheet S cannot be read"),
        ('<row r="1048577"/>', "cell A1048577 of sheet S cannot be read"),
        ('<row r="1"><c r="B1" t="q"><v>1</v></c></row>', "cell B1 of sheet S cannot be read"),
        ('<row r="1"><c r="B1" s="x"><v>1</v></c></row>', "cell B1 of sheet S cannot be read"),
        ('<row r="1"><c r="B1" s="-1"><v>1</v></c></row>', "cell B1 of sheet S cannot be read"),
        ('<row r="1"><c r="B1"><v>1</v><v>2</v></c></row>', "cell B1 of sheet S cannot be read"),
        ('<row r="7"><c r="A7"><v>1</v></c><c r="C7" t="s"><v>0</v></c></row>', "cell C7 of sheet S cannot be read"),
        ('<row r="7"><c r="C7" t="s"><v>-1</v></c></row>', "cell C7 of sheet S cannot be read"),
        ('<row r="7"><c r="C7" t="s"><v>1.0</v></c></row>', "cell C7 of sheet S cannot be read"),
        (f'<row r="7"><c r="C7" t="s"><v>{"9" * 5000}</v></c></row>', "cell C7 of sheet S cannot be read"),
    ],
)
def test_cells_that_no_sheet_can_have(rows: str, message: str) -> None:
    with pytest.raises(BookError) as caught:
        read_sheet(parts(rows))
    assert str(caught.value) == f"damaged-file: the file is damaged: {message}"


def test_merges_and_hidden_rows() -> None:
    rows = (
        '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="true"/>'
        '<row r="3" ht="0" customHeight="1"><c r="A3"><v>1</v></c></row>'
        '<row r="4" hidden="0" ht="15"><c r="A4"><v>1</v></c></row>'
    )
    after = '<mergeCells><mergeCell ref="A1:B3"/><mergeCell ref="C1"/><mergeCell ref="$D$1:$D$2"/></mergeCells>'
    sheet = read_sheet(parts(rows, after=after))
    assert sheet.merges == (Merge(1, 0, 3, 1), Merge(1, 3, 2, 3))
    assert sheet.hidden_rows == {1, 3}


@pytest.mark.parametrize("reference", ["", "A", "B2:A1", "A0:A1", "A1:XFE2", "A1:A9999999"])
def test_a_merge_that_is_nowhere_is_damage(reference: str) -> None:
    with pytest.raises(BookError, match=r"its part xl/worksheets/sheet1\.xml cannot be read"):
        read_sheet(parts(after=f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>'))


def prefixed(part: bytes) -> bytes:
    """The part with a prefix on all names of its main namespace."""
    root = part[part.index(b"<worksheet") :].replace(b"xmlns=", b"xmlns:x=")
    return root.replace(b"<", b"<x:").replace(b"<x:/", b"</x:")


def pretty(part: bytes) -> bytes:
    return part.replace(b"><", b">\n  <")


def utf16(part: bytes) -> bytes:
    return part.decode().replace("UTF-8", "UTF-16").encode("utf-16")


@pytest.mark.parametrize(
    "form",
    [
        prefixed,
        pretty,
        utf16,
        lambda part: part.replace(MAIN.encode(), STRICT.encode()),
        lambda part: b"\xef\xbb\xbf" + part,
        lambda part: part.replace(b'"', b"'"),
        lambda part: part.replace(b"<sheetData>", b"<!-- x --><?x y?><sheetData><!-- x --><?x y?>"),
        lambda part: part.replace(b"/>", b" />").replace(b"</row>", b"</row >"),
        lambda part: part.replace(b"<c r=", b'<c xmlns:y="urn:y" y:z="1" r='),
        lambda part: part.replace(b"</sheetData>", b'<z xmlns="urn:z"><row r="9"><c r="A9"/></row></z></sheetData>'),
    ],
)
def test_the_same_sheet_in_other_forms(form: Callable[[bytes], bytes]) -> None:
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"/><c r="C1"><f>1+1</f><v>2</v></c></row>'
        '<row r="3" hidden="1"><c r="B3" t="inlineStr"><is><t xml:space="preserve"> 甲</t></is></c></row>'
    )
    made = parts(rows, strings=table("<t>乙</t>"), after='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>')
    expected = read_sheet(made)
    assert expected.lines == [Line(1, ["乙", None, 2], (2,)), Line(3, [None, " 甲"])]
    made[SHEET] = form(made[SHEET])
    assert read_sheet(made) == expected


def test_alternatives_count_as_their_fallback() -> None:
    made = parts(formats=("yyyy",))
    made["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:AlternateContent><mc:Choice Requires="x15"><workbookPr date1904="1"/></mc:Choice>'
        '<mc:Fallback><workbookPr/></mc:Fallback></mc:AlternateContent>'
        '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
    ).encode()  # fmt: skip
    made[SHEET] = worksheet('<row r="1"><c r="A1" s="0"><v>46083</v></c></row>')
    assert read_sheet(made).lines == [Line(1, [date(2026, 3, 2)])]


Moment = TypeVar("Moment", datetime, time)


def in_thousandths(at: Moment) -> Moment:
    """Without what is below a thousandth of a second: in the year 9999 a cell cannot tell 26.501 ms from 26.5."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


WRITABLE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.floats(allow_nan=False, allow_infinity=False).filter(lambda f: f == 0 or 1e-307 < abs(f) < 1e308),
    st.decimals(-(10**9), 10**9, places=2),
    st.dates(date(1900, 3, 1), date(9999, 12, 31)),
    st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31, 23, 59, 59)).map(in_thousandths),
    st.times().map(in_thousandths),
    st.text(st.sampled_from("_x0041_ \n甲😀𠮷'=") | st.characters(exclude_categories=["Cs", "Cc"]), max_size=8),
    st.text("0123456789", min_size=15, max_size=20),
)  # fmt: skip
TABLES = st.lists(st.lists(WRITABLE, max_size=6), max_size=6)


HALF_UP = Context(prec=15, rounding=ROUND_HALF_UP)


def expected_of(cell: object) -> Value:
    """What must be read where this was written."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, int | float | Decimal):
        exact = HALF_UP.create_decimal(f"{float(cell):.16g}")  # both writers write 16 digits
        return int(exact) if exact == exact.to_integral_value() and abs(exact) < 10**15 else exact
    return cell if cell != "" else None  # type: ignore[return-value]


def by_xlsxwriter(rows: list[list[object]], inline: bool, since_1904: bool) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": inline, "date_1904": since_1904})
    sheet = book.add_worksheet()
    codes = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm:ss.000", time: "hh:mm:ss.000"}
    formats = {kind: book.add_format({"num_format": code}) for kind, code in codes.items()}
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell)
            else:
                sheet.write(row, column, cell, formats.get(type(cell)))
    book.close()
    return file.getvalue()


def by_openpyxl(rows: list[list[object]], since_1904: bool) -> bytes:
    book = openpyxl.Workbook()
    if since_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book.active
    assert isinstance(sheet, openpyxl.worksheet.worksheet.Worksheet)
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells, 1):
            made = sheet.cell(row, column)
            made.value = cell  # type: ignore[assignment]
            if isinstance(cell, str):
                made.data_type = "s"
            if isinstance(cell, datetime):
                made.number_format = "yyyy-mm-dd hh:mm:ss.000"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read_back(data: bytes, small: int) -> list[list[Value]]:
    with mock.patch.object(read, "SMALL", small):
        sheet = read_book(data, "made.xlsx").sheets[0]
    rows: list[list[Value]] = []
    for line in sheet.lines:
        rows.extend([] for _ in range(line.number - len(rows) - 1))
        rows.append(line.values)
    return rows


def trimmed(rows: list[list[Value]]) -> list[list[tuple[type, Value]]]:
    """Without blanks at the ends of rows and without blank rows at the end."""
    found = []
    for row in rows:
        last = max((at for at, cell in enumerate(row, 1) if cell is not None), default=0)
        found.append([(type(cell), cell) for cell in row[:last]])
    while found and not found[-1]:
        found.pop()
    return found


def same(found: list[list[Value]], rows: list[list[object]]) -> None:
    assert trimmed(found) == trimmed([[expected_of(cell) for cell in row] for row in rows])


@settings(max_examples=25)
@given(TABLES, st.booleans(), st.booleans(), st.sampled_from([0, 1 << 40]))
def test_what_xlsxwriter_writes_is_read(rows: list[list[object]], inline: bool, since_1904: bool, small: int) -> None:
    if since_1904:
        rows = [[cell for cell in row if not isinstance(cell, date) or cell.year > 1904] for row in rows]
    same(read_back(by_xlsxwriter(rows, inline, since_1904), small), rows)


@settings(max_examples=25)
@given(TABLES, st.booleans(), st.sampled_from([0, 1 << 40]))
def test_what_openpyxl_writes_is_read(rows: list[list[object]], since_1904: bool, small: int) -> None:
    if since_1904:
        rows = [[cell for cell in row if not isinstance(cell, date) or cell.year > 1904] for row in rows]
    rows = [[kept_by_openpyxl(cell) for cell in row] for row in rows]
    same(read_back(by_openpyxl(rows, since_1904), small), rows)


def kept_by_openpyxl(cell: object) -> object:
    """It escapes no underscores, and does not say that a text of white space alone keeps it: that is a blank cell."""
    if not isinstance(cell, str):
        return cell
    return cell.replace("_", "-") if cell.strip(" \t\r\n") else None


def as_calamine(cell: Value) -> object:
    """What calamine gives for our value: floats for numbers, "" for blanks."""
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        return pytest.approx(float(cell), rel=1e-14)
    return "" if cell is None else cell


@settings(max_examples=15)
@given(TABLES)
def test_calamine_reads_the_same(rows: list[list[object]]) -> None:
    kept = [[cell for cell in row if not isinstance(cell, date | time)] for row in rows]
    data = by_xlsxwriter(kept, False, False)
    theirs = load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    ours = trimmed(read_back(data, 0))
    assert len(ours) <= len(theirs)
    for row, other in zip(ours, theirs, strict=False):
        cells = [as_calamine(cell) for _, cell in row]
        assert other[: len(cells)] == cells
        assert not any(other[len(cells) :])


@settings(max_examples=8)
@given(st.lists(st.integers(10**18, 10**19 - 1), min_size=1, max_size=5))
def test_a_long_id_stored_as_a_number_never_looks_like_an_id(ids: list[int]) -> None:
    for data in (by_xlsxwriter([[i] for i in ids], False, False), by_openpyxl([[i] for i in ids], False)):
        for (cell,) in read_back(data, 0):
            assert isinstance(cell, Decimal)
            assert not str(cell).isdigit()


@pytest.mark.slow
@settings(max_examples=1500, deadline=None)
@given(TABLES, st.booleans(), st.booleans(), st.sampled_from([0, 1 << 40]))
def test_what_two_writers_write_is_read(rows: list[list[object]], inline: bool, since_1904: bool, small: int) -> None:
    test_what_xlsxwriter_writes_is_read.hypothesis.inner_test(rows, inline, since_1904, small)  # type: ignore[attr-defined]
    test_what_openpyxl_writes_is_read.hypothesis.inner_test(rows, since_1904, small)  # type: ignore[attr-defined]
