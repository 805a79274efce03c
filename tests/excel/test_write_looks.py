"""What people find in a new workbook: colours, comments, drop-downs, links, widths, and pages that can be printed."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from tests.excel.books import book, member, sheet
from tests.excel.dump import dump
from xlflow.excel.choices import ranges
from xlflow.excel.comments import box_size
from xlflow.excel.draw import Place
from xlflow.excel.looks import FONT
from xlflow.excel.widths import lines_shown, shown_width
from xlflow.excel.write import Block, Column, Link, Look, Marked, NewBook, NewSheet, to_bytes

COLUMNS = (
    Column("编号"),
    Column("来源"),
    Column("登记日期", Look.DATE),
    Column("订单编号"),
    Column("金额", Look.MONEY),
    Column("类型"),
    Column("问题", Look.LONG),
    Column("处理结果", choices=("已改", "情况属实")),
)
KINDS = ("退货", "换货")
ROWS = [
    [
        "K3F-0001-X",
        Marked("退运费表.xlsx 3月!A7", link=Link("3月", "A7", "../../退运费表.xlsx")),
        Marked(fill=True, comment="请填登记日期\n例如 2026-03-02"),
        Marked(fill=True, comment="请填订单编号"),
        Marked(fill=True, comment="请填金额"),
        Marked("退钱", fill=True, comment="请选一个", choices=KINDS),
        "缺登记日期；缺订单编号",
        None,
    ],
    [
        "K3F-0002-7",
        "换货表.xlsx 3月!A9",
        date(2026, 3, 2),
        "2026030212345678901",
        Decimal("12.50"),
        "退货",
        None,
        "已改",
    ],
]
LIST = Block(
    "待补录：售后",
    ("橙色格子请补充。",),
    COLUMNS,
    ROWS,
    [["合计", None, None, None, Decimal("12.50"), None, None, None]],
    ("制表：张三",),
)
GOLDEN = """\
待补录!A1 | '待补录：售后' | General
待补录!A2 | '橙色格子请补充。' | General
待补录!A3 | '编号' | General | DDEBF7
待补录!B3 | '来源' | General | DDEBF7
待补录!C3 | '登记日期' | General | DDEBF7
待补录!D3 | '订单编号' | General | DDEBF7
待补录!E3 | '金额' | General | DDEBF7
待补录!F3 | '类型' | General | DDEBF7
待补录!G3 | '问题' | General | DDEBF7
待补录!H3 | '处理结果' | General | DDEBF7
待补录!A4 | 'K3F-0001-X' | @
待补录!B4 | '退运费表.xlsx 3月!A7' | @ |  |  | ../../退运费表.xlsx#'3月'!A7
待补录!C4 |  | yyyy-mm-dd | FFCC99 | 请填登记日期⏎例如 2026-03-02
待补录!D4 |  | @ | FFCC99 | 请填订单编号
待补录!E4 |  | #,##0.00 | FFCC99 | 请填金额
待补录!F4 | '退钱' | @ | FFCC99 | 请选一个 |  | "退货,换货"
待补录!G4 | '缺登记日期；缺订单编号' | @
待补录!H4 |  | @ |  |  |  | "已改,情况属实"
待补录!A5 | 'K3F-0002-7' | @
待补录!B5 | '换货表.xlsx 3月!A9' | @
待补录!C5 | 2026-03-02 | yyyy-mm-dd
待补录!D5 | '2026030212345678901' | @
待补录!E5 | 12.5 | #,##0.00
待补录!F5 | '退货' | @
待补录!H5 | '已改' | @ |  |  |  | "已改,情况属实"
待补录!A6 | '合计' | @ | F2F2F2
待补录!B6 |  | @ | F2F2F2
待补录!C6 |  | yyyy-mm-dd | F2F2F2
待补录!D6 |  | @ | F2F2F2
待补录!E6 | 12.5 | #,##0.00 | F2F2F2
待补录!F6 |  | @ | F2F2F2
待补录!G6 |  | @ | F2F2F2
待补录!H6 |  | @ | F2F2F2
待补录!A7 | '制表：张三' | General"""


def opened(data: bytes) -> Worksheet:
    return openpyxl.load_workbook(BytesIO(data)).worksheets[0]


def test_a_fix_list_as_people_see_it() -> None:
    assert dump(sheet(LIST, name="待补录")) == GOLDEN


def test_the_same_book_is_the_same_bytes() -> None:
    assert sheet(LIST) == sheet(LIST)


def test_a_book_leaves_nothing_behind_for_the_next_one() -> None:
    sheet(LIST)
    assert FONT == {"font_name": "等线", "font_size": 11, "font_charset": 134}


def test_every_part_is_well_formed_and_every_relation_leads_somewhere() -> None:
    commented = NewSheet("二", (LIST,))
    data = to_bytes(NewBook((NewSheet("一", (LIST,)), NewSheet("无", (Block(notes=("x",)),)), commented)))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        parts = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}
    for name, root in parts.items():
        if name.endswith(".rels"):
            folder = Path(name).parents[1]
            inside = [link.get("Target", "") for link in root if link.get("TargetMode") != "External"]
            targets = {(Path("/") / folder / target).resolve().relative_to("/").as_posix() for target in inside}
            assert targets <= parts.keys()
    assert {name for name in parts if "comments" in name} == {"xl/comments1.xml", "xl/comments2.xml"}


def test_two_sheets_with_comments_do_not_share_numbers_of_boxes() -> None:
    many = Block(columns=(Column("列"),), rows=[[Marked("x", comment="y")]] * 1500)
    data = to_bytes(NewBook((NewSheet("一", (many,)), NewSheet("二", (many,)))))
    first, second = (member(data, f"xl/drawings/vmlDrawing{number}.vml") for number in (1, 2))
    assert 'data="1,2"' in first
    assert '"_x0000_s1025"' in first
    assert 'data="3,4"' in second
    assert '"_x0000_s3073"' in second
    assert [cell.comment.text for cell in opened(data)["A"][1:]] == ["y"] * 1500


def test_comments_name_no_author_and_nothing_is_locked_or_calculated() -> None:
    data = sheet(LIST)
    assert "<authors><author></author></authors>" in member(data, "xl/comments1.xml")
    assert "rotection" not in member(data, "xl/worksheets/sheet1.xml")
    assert "fullCalcOnLoad" not in member(data, "xl/workbook.xml")
    assert "<dc:creator></dc:creator>" in member(data, "docProps/core.xml")


def test_one_table_keeps_its_headings_in_view_filtered_and_on_every_page() -> None:
    shown = opened(sheet(LIST, frozen_columns=2))
    assert shown.freeze_panes == "C4"
    assert shown.auto_filter.ref == "A3:H5"
    assert shown.print_title_rows == "$3:$3"
    assert shown.page_setup.orientation == "landscape"
    assert shown.page_setup.paperSize == 9
    assert (shown.page_setup.fitToHeight, shown.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    assert shown.oddFooter.right.text == "&P / &N"


def test_several_tables_stand_below_each_other_without_a_filter() -> None:
    data = sheet(LIST, Block("换货表", columns=COLUMNS[:2], rows=[["1", "2"]]), frozen_columns=2)
    shown = opened(data)
    assert [shown.cell(row, 1).value for row in range(7, 12)] == ["制表：张三", None, "换货表", "编号", "1"]
    assert (shown.freeze_panes, shown.auto_filter.ref, shown.print_title_rows) == ("C1", None, None)


def test_a_table_without_rows_and_a_sheet_without_anything() -> None:
    assert opened(sheet(Block(columns=COLUMNS))).auto_filter.ref == "A1:H1"
    assert dump(sheet()) == ""


def test_long_lists_and_those_with_commas_or_quotes_stand_on_a_hidden_sheet() -> None:
    long = tuple(f"选项{number:03}" for number in range(60))
    cells = [Marked("x", choices=long), Marked("x", choices=("甲,乙", "丙")), Marked("x", choices=('13"', "丁"))]
    data = to_bytes(NewBook((NewSheet("_choices", (Block(columns=(Column("列"),), rows=[[c] for c in cells]),)),)))
    shown = openpyxl.load_workbook(BytesIO(data))
    assert [(sheet.title, sheet.sheet_state) for sheet in shown] == [("_choices", "visible"), ("_choices_", "hidden")]
    rules = {str(rule.sqref): rule.formula1 for rule in shown.worksheets[0].data_validations.dataValidation}
    assert rules == {"A2": "_choices_!$A$2:$A$61", "A3": "_choices_!$B$2:$B$3", "A4": "_choices_!$C$2:$C$3"}
    assert [cell.value for cell in shown.worksheets[1]["A"][1:]] == list(long)
    assert [cell.value for cell in shown.worksheets[1]["B"][1:3]] == ["甲,乙", "丙"]


@pytest.mark.parametrize(("count", "inline"), [(51, True), (52, False)])
def test_a_list_of_255_characters_still_stands_in_its_rule(count: int, inline: bool) -> None:
    choices = ("好好好好",) * count
    assert len(",".join(choices)) == count * 5 - 1
    rule = opened(book(Marked("x", choices=choices))).data_validations.dataValidation[0]
    assert rule.formula1.startswith('"') is inline


def test_a_cell_with_choices_of_its_own_has_only_those_and_others_may_be_typed() -> None:
    rows = [[None], [Marked(choices=("乙",))], [None], [None]]
    shown = opened(sheet(Block(columns=(Column("列", choices=("甲",)),), rows=rows, totals=[["合计"]])))
    rules = shown.data_validations.dataValidation
    assert {(str(rule.sqref), rule.formula1) for rule in rules} == {("A2 A4:A5", '"甲"'), ("A3", '"乙"')}
    assert {(rule.errorStyle, rule.allowBlank) for rule in rules} == {("warning", True)}


@given(st.sets(st.builds(Place, st.integers(1, 9), st.integers(0, 3))))
def test_ranges_cover_the_cells_and_nothing_else(places: set[Place]) -> None:
    areas = ranges(places)
    cells = [ref for area in areas for row in openpyxl.utils.cell.rows_from_range(area) for ref in row]
    assert sorted(cells) == sorted(place.ref for place in places)
    assert len(areas) == sum(Place(place.row - 1, place.column) not in places for place in places)


@pytest.mark.parametrize(
    ("link", "target"),
    [
        (Link("汇总"), "#'汇总'!A1"),
        (Link("张三's", "C7"), "#'张三''s'!C7"),
        (Link('=1&<"', "C7"), "#'=1&<\"'!C7"),
        (Link("3月", "C7", "../../收货表 #1 100%.xlsx"), "../../收货表%20%231%20100%25.xlsx#'3月'!C7"),
    ],
)
def test_a_link_leads_to_its_cell_and_its_text_stays(link: Link, target: str) -> None:
    assert dump(book(Marked("看这里", link=link))).splitlines()[1] == f"表!A2 | '看这里' | @ |  |  | {target}"


def test_links_beyond_what_excel_counts_are_left_out_and_their_text_stays() -> None:
    data = sheet(Block(columns=(Column("列"),), rows=[[Marked("x", link=Link("表"))]] * 65_540))
    xml = member(data, "xl/worksheets/sheet1.xml")
    assert xml.count("<hyperlink ") == 65_530
    assert xml.count("<t>x</t>") == 65_540


def test_widths_fit_what_stands_in_the_columns() -> None:
    rows = [["2026030212345678901", "张三", Decimal("1234567.5"), "好" * 100, 1]] + [[None] * 5] * 600
    columns = (Column("订单编号"), Column("姓名"), Column("金额", Look.MONEY), Column("问题", Look.LONG))
    block = Block(columns=(*columns, Column("数量", Look.COUNT)), rows=[*rows, [None, None, None, None, 123456789012]])
    widths = [column.width for column in opened(sheet(block)).column_dimensions.values()]
    assert [round(width) for width in widths] == [23, 9, 15, 37, 16]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("", 20, 1), ("好" * 9, 20, 1), ("好" * 10, 20, 2), ("a" * 20, 20, 2), ("好\n好", 20, 2), ("a\n\nb", 20, 3)],
)
def test_lines_of_a_wrapped_text(text: str, width: int, lines: int) -> None:
    assert lines_shown(text, width) == lines


def test_a_row_is_as_high_as_its_text_and_no_higher_than_excel_allows() -> None:
    """As Excel writes it: a row is free to grow when somebody types into it."""
    xml = member(book("短", "好" * 30, "好" * 5000, look=Look.LONG), "xl/worksheets/sheet1.xml")
    rows = re.findall("<row (.*?)>", xml)
    assert rows == ['r="1" ht="21.75"', 'r="2" ht="18.75"', 'r="3" ht="33.0"', 'r="4" ht="405.0"']


def test_the_box_of_a_comment_grows_with_its_text() -> None:
    assert shown_width("请填abc") == 7
    sizes = [box_size(text) for text in ("短", "好" * 18, "好" * 19, "好\n好\n好")]
    assert sizes == [(161, 31), (273, 31), (273, 48), (161, 65)]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_libreoffice_opens_and_prints_it(tmp_path: Path) -> None:
    (tmp_path / "new.xlsx").write_bytes(sheet(LIST, Block(columns=(Column("列"),), rows=[["=1+1"], ["_x0041_ <&>"]])))
    office = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to"]
    for kind in ("pdf", "csv:Text - txt - csv (StarCalc):44,34,76"):
        done = subprocess.run(
            [*office, kind, "--outdir", tmp_path, tmp_path / "new.xlsx"], capture_output=True, check=True
        )
        warnings = [line for line in done.stderr.decode().splitlines() if "javaldx" not in line]
        assert warnings == []
    assert (tmp_path / "new.pdf").read_bytes().startswith(b"%PDF")
    lines = (tmp_path / "new.csv").read_bytes().decode().splitlines()
    assert lines[4] == "K3F-0002-7,换货表.xlsx 3月!A9,2026-03-02,2026030212345678901,12.50,退货,,已改"
    assert lines[9:] == ["=1+1,,,,,,,", "_x0041_ <&>,,,,,,,"]
