"""New workbooks hold exactly what they were given: every value, whatever it looks like, and nothing that runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.excel.books import book, member
from tests.excel.dump import dump
from xlflow.excel.book import read_book
from xlflow.excel.celltext import LONGEST_TEXT, escaped, shortened
from xlflow.excel.errors import BookError
from xlflow.excel.write import Block, Column, Look, Marked, NewBook, NewSheet, Value, to_bytes

FORMULAS = [
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.com","点我")',
    "{=SUM(A1:A9)}",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\0=1+1",
    "http://example.com",
    "mailto:a@example.com",
    "internal:Sheet1!A1",
    "external:x.xlsx",
    "DDE(1)",
    "#N/A",
    "TRUE",
    "00123",
    "3.30604E+18",
    "2026030212345678901",
]


def openpyxl_values(data: bytes) -> list[object]:
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    return [unescaped(row[0]) for row in sheet.iter_rows(min_row=2, values_only=True)]


def xlflow_values(data: bytes) -> list[object]:
    sheet = read_book(data, "new.xlsx").sheets[0]
    values = {line.number: line.values[0] for line in sheet.lines if line.values}
    return [values.get(number) for number in range(2, max(values, default=1) + 1)]


def unescaped(value: object) -> object:
    """What Excel makes of the ``_x0001_`` that openpyxl hands over as it is."""
    if not isinstance(value, str):
        return value
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), value)


Reader = Callable[[bytes], list[object]]

at = datetime.fromisoformat

#: Pieces that read like an escape, whole and in parts, between characters that have to be escaped.
escapes = st.lists(st.sampled_from(["_x0041_", "_x0041", "_", "x0041_", "\r", "\x01", "_x005F_", "a", "&<>"])).map(
    "".join
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | escapes
numbers = st.integers(-(10**15) + 1, 10**15 - 1) | st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 18)
)
days = st.dates(date(1900, 1, 1), date(9999, 12, 31))
moments = st.builds(datetime.combine, days, st.times().map(lambda moment: moment.replace(microsecond=0)))
values = st.none() | st.booleans() | texts | numbers | days | moments


@pytest.mark.parametrize("reader", [openpyxl_values, xlflow_values])
@settings(max_examples=30, deadline=None)
@given(st.lists(values, min_size=1, max_size=30), st.sampled_from(Look))
def test_every_value_comes_back_as_it_was(reader: Reader, given: list[Value], look: Look) -> None:
    read = reader(book(*given, look=look))
    read += [None] * (len(given) - len(read))
    assert [as_read(value) for value in read] == [as_read(value) for value in given]


def as_read(value: object) -> object:
    """A value without what Excel does not know: a day from its midnight, 1 from 1.0, "" from blank."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float | Decimal):
        return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    return value or None


@given(escapes)
def test_text_that_reads_like_an_escape_stays_itself(text: str) -> None:
    assert unescaped("".join(ElementTree.fromstring(f"<t>{escaped(text)}</t>").itertext())) == text


@pytest.mark.parametrize(
    ("text", "xml"),
    [
        ("a&b<c>", "a&amp;b&lt;c&gt;"),
        ("\r\n", "_x000D_\n"),
        ("\x00\x1f\ufffe\ud800", "_x0000__x001F__xFFFE__xD800_"),
        ("_x0041_", "_x005F_x0041_"),
        ("_x0041\r", "_x005F_x0041_x000D_"),
        ("_x004_ _y0041_ x0041_ _X0041_ 中文\t\u3000", "_x004_ _y0041_ x0041_ _X0041_ 中文\t\u3000"),
    ],
)
def test_what_is_escaped(text: str, xml: str) -> None:
    assert escaped(text) == xml


@pytest.mark.parametrize("look", [Look.TEXT, Look.LONG, Look.MONEY])
def test_nothing_in_a_text_becomes_a_formula_a_link_or_a_number(look: Look) -> None:
    data = book(*FORMULAS, look=look)
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [unescaped(cell.value) for cell in cells] == FORMULAS
    assert {cell.hyperlink for cell in cells} == {None}
    xml = member(data, "xl/worksheets/sheet1.xml")
    assert "<f>" not in xml
    assert xml.count('t="inlineStr"') == len(FORMULAS) + 1
    assert "quotePrefix" not in member(data, "xl/styles.xml")


def test_text_that_begins_like_a_formula_stays_text_when_somebody_edits_the_cell() -> None:
    """In a General cell F2 and Enter would make it a formula; long text is General, but not this one."""
    shown = dump(book("=1", "好" * 255, "好" * 256, "=" + "好" * 256, look=Look.LONG)).splitlines()
    assert [line.split(" | ")[2] for line in shown] == ["General", "@", "@", "General", "@"]


def test_titles_headings_notes_comments_and_choices_are_text_too() -> None:
    bad = '=1&<"'
    cell = Marked(None, comment=bad, choices=(bad, "甲,乙"))
    block = Block(bad, (bad,), (Column(bad),), [[cell]], [[bad]], (bad,))
    said = dump(to_bytes(NewBook((NewSheet("表", (block,)),))))
    assert said.splitlines() == [
        f"表!A1 | {bad!r} | General",
        f"表!A2 | {bad!r} | General",
        f"表!A3 | {bad!r} | General | DDEBF7",
        f"表!A4 |  | @ |  | {bad} |  | _choices!$A$2:$A$3",
        f"表!A5 | {bad!r} | @ | F2F2F2",
        f"表!A6 | {bad!r} | General",
        "_choices!A1 | 'A' | General | DDEBF7",
        f"_choices!A2 | {bad!r} | @",
        "_choices!A3 | '甲,乙' | @",
    ]


def test_a_kind_of_text_is_its_text() -> None:
    class Fruit(StrEnum):
        APPLE = "苹果"

    assert openpyxl_values(book(Fruit.APPLE, Marked(Fruit.APPLE))) == ["苹果", "苹果"]


@pytest.mark.parametrize(
    ("value", "look", "shown"),
    [
        (Decimal("12.5"), Look.MONEY, "12.5 | #,##0.00"),
        (Decimal("12.50"), Look.MONEY, "12.5 | #,##0.00"),
        (Decimal("12.500"), Look.MONEY, "12.5 | #,##0.00"),
        (Decimal("12.345"), Look.MONEY, "12.345 | General"),
        (Decimal("1E+3"), Look.MONEY, "1000 | #,##0.00"),
        (12, Look.MONEY, "12 | #,##0.00"),
        (12, Look.COUNT, "12 | 0"),
        (Decimal("1.5"), Look.COUNT, "1.5 | General"),
        (Decimal("2"), Look.COUNT, "2 | 0"),
        (Decimal("3.30604E+18"), Look.TEXT, "3.30604e+18 | General"),
        (123456789012345, Look.TEXT, "123456789012345 | 0"),
        (123456789012345, Look.DATE, "123456789012345 | 0"),
        (True, Look.MONEY, "True | #,##0.00"),
        ("12元", Look.MONEY, "'12元' | #,##0.00"),
        (date(2026, 3, 2), Look.TEXT, "2026-03-02 | yyyy-mm-dd"),
        (date(2026, 3, 2), Look.TIME, "2026-03-02 | yyyy-mm-dd hh:mm"),
        (at("2026-03-02 14:05"), Look.COUNT, "2026-03-02 14:05:00 | yyyy-mm-dd hh:mm"),
        (at("2026-03-02 14:05"), Look.DATE, "2026-03-02 14:05:00 | yyyy-mm-dd"),
        (date(1900, 2, 28), Look.DATE, "1900-02-28 | yyyy-mm-dd"),
        (date(1900, 3, 1), Look.DATE, "1900-03-01 | yyyy-mm-dd"),
        (date(1899, 12, 31), Look.DATE, "'1899-12-31' | yyyy-mm-dd"),
        (at("1899-12-31 12:00"), Look.TIME, "'1899-12-31 12:00:00' | yyyy-mm-dd hh:mm"),
    ],
)
def test_a_value_is_shown_whole_whatever_its_column_holds(value: Value, look: Look, shown: str) -> None:
    assert dump(book(value, look=look)).splitlines()[1] == f"表!A2 | {shown}"


def test_money_is_written_digit_by_digit() -> None:
    xml = member(book(Decimal("59.70"), Decimal("0.10"), look=Look.MONEY), "xl/worksheets/sheet1.xml")
    assert re.findall("<v>(.*?)</v>", xml) == ["59.70", "0.10"]


@pytest.mark.parametrize(
    "number", [10**15, -(10**15), Decimal("1234567890123456"), Decimal("0.1234567890123456"), Decimal("1E+400")]
)
def test_a_number_that_excel_would_change_is_refused(number: int | Decimal) -> None:
    with pytest.raises(BookError) as caught:
        book(1, number)
    assert str(caught.value) == f"bad-value: A3: Excel cannot hold the number {number} exactly"


@pytest.mark.parametrize("number", [Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_number_is_refused(number: Decimal) -> None:
    with pytest.raises(BookError, match="bad-value"):
        book(number, look=Look.MONEY)


def test_what_no_cell_can_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="no cell can hold a timedelta"):
        book(timedelta(1))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        book(datetime(2026, 3, 2, tzinfo=UTC))


@pytest.mark.parametrize("columns", [(), (Column("列"), Column("行"))])
def test_a_row_of_another_length_than_its_headings_is_a_mistake(columns: tuple[Column, ...]) -> None:
    with pytest.raises((IndexError, ValueError)):
        to_bytes(NewBook((NewSheet("表", (Block(columns=columns, rows=[["一个"]]),)),)))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("好" * LONGEST_TEXT, "好" * LONGEST_TEXT),
        ("好" * (LONGEST_TEXT + 1), "好" * (LONGEST_TEXT - 1) + "…"),
        ("a" * 50_000, "a" * (LONGEST_TEXT - 1) + "…"),
        ("😀" * 16_383 + "a", "😀" * 16_383 + "a"),
        ("😀" * 16_384, "😀" * 16_383 + "…"),
        ("a" + "😀" * 16_384, "a" + "😀" * 16_382 + "…"),
    ],
    ids=["fits", "one more", "letters", "pairs fit", "pairs", "a pair is not cut in two"],
)
def test_text_too_long_is_cut_where_it_can_be_seen(text: str, kept: str) -> None:
    assert shortened(text) == kept
    assert openpyxl_values(book(text)) == [kept]


@pytest.mark.parametrize("name", ["收货 3月", "a" * 31, "😀" * 15 + "a", "表'1", "=1", "2026-03-02", "<&>"])
def test_names_of_sheets(name: str) -> None:
    assert openpyxl.load_workbook(BytesIO(book("x", name=name))).sheetnames == [name]


@pytest.mark.parametrize(
    "name", ["", "a" * 32, "a/b", "a\\b", "a?", "a*", "[a]", "a:b", "'a", "a'", "History", "\x01", "\ufffe", "😀" * 16]
)
def test_names_that_excel_cannot_take_are_refused(name: str) -> None:
    with pytest.raises(BookError) as caught:
        book("x", name=name)
    assert str(caught.value) == f"bad-value: a sheet cannot be named {name}"


def test_two_sheets_of_one_name_are_refused() -> None:
    with pytest.raises(BookError, match="bad-value: a sheet cannot be named ABC"):
        to_bytes(NewBook((NewSheet("abc", ()), NewSheet("ABC", ()))))


def test_more_rows_than_excel_has_are_refused_at_once() -> None:
    block = Block(columns=(Column("列"),), rows=[["x"]] * 1_048_576)
    with pytest.raises(BookError) as caught:
        to_bytes(NewBook((NewSheet("表", (block,)),)))
    assert str(caught.value) == (
        "too-large: sheet 表 would have 1048577 rows and 1 columns; Excel holds 1048576 and 16384"
    )
