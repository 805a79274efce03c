"""Make the built-in templates: ``NAME.xlsx`` beside this file for each report NAME.

Run ``python templates/make_templates.py`` after a change here; the same script makes the same bytes. Headings are
Chinese like everything in the workbooks of a desk.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from xlsxwriter import Workbook

from xlflow.excel.looks import FONT
from xlflow.excel.pack import packed

HERE = Path(__file__).parent
A4, BLUE, ORANGE, GREY = 9, "#4472C4", "#ED7D31", "#7F7F7F"
#: The row with a table's headings, from 0; the first row of the table is the next one.
TOP = 3

_LINE = {"border": 1, "border_color": "#BFBFBF", "valign": "vcenter"}
LOOKS: dict[str, dict[str, Any]] = {
    "text": {**_LINE, "num_format": 49},
    # Some Excels show text of more than 255 characters in an @ cell as #####.
    "long": {**_LINE, "text_wrap": True},
    "date": {**_LINE, "num_format": "yyyy-mm-dd", "align": "left"},
    "count": {**_LINE, "num_format": 1, "align": "right", "indent": 1},
    "mean": {**_LINE, "num_format": "0.0", "align": "right", "indent": 1},
    "money": {**_LINE, "num_format": 4, "align": "right", "indent": 1},
}
HEADING = {**_LINE, "bold": True, "bg_color": "#DDEBF7", "text_wrap": True, "align": "center"}
TITLE = {"bold": True, "font_size": 16, "valign": "vcenter"}
ABOUT = {"font_color": "#595959", "valign": "vcenter"}
CAPTION = {"bold": True, "font_size": 12, "valign": "vcenter"}


class Column(NamedTuple):
    """A column of a table: its heading, its look, and how wide it is, in digits; a Chinese character takes two."""

    heading: str
    look: str = "text"
    width: float = 12


class Chart(NamedTuple):
    """A native chart over a table: its kind, which column names and which ones count, how many rows it shows."""

    kind: str
    title: str
    values: tuple[int, ...]
    rows: int
    names: int = 0


class Page:
    """One sheet of a template: a title, tables side by side or below each other, charts."""

    def __init__(self, book: Template, name: str, title: str) -> None:
        self.book, self.name = book, name
        self.sheet = book.workbook.add_worksheet(name)
        self.sheet.set_row(0, 28)
        self.sheet.write(0, 0, title, book.look(TITLE))
        self.sheet.write_blank(1, 0, None, book.look(ABOUT))
        if book.workbook.worksheets()[0] is self.sheet:
            book.workbook.define_name("about", f"='{name}'!$A$2")
        self.sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        self.sheet.set_paper(A4)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        self.sheet.set_footer("&L&A&R第 &P 页，共 &N 页")

    def table(self, name: str, columns: tuple[Column, ...], row: int = TOP, left: int = 0, caption: str = "") -> None:
        """A table whose headings stand in a row; below them is its first row, which bears its name."""
        if caption:
            self.sheet.write(row - 1, left, caption, self.book.look(CAPTION))
        for index, column in enumerate(columns, left):
            self.sheet.set_column(index, index, column.width)
            self.sheet.write(row, index, column.heading, self.book.look(HEADING))
            self.sheet.write_blank(row + 1, index, None, self.book.look(LOOKS[column.look]))
        last = left + len(columns) - 1
        self.book.workbook.define_name(name, f"='{self.name}'!{_cell(row + 1, left)}:{_cell(row + 1, last)}")

    def repeat(self) -> None:
        """Keep the headings in view, and print them on every page."""
        self.sheet.freeze_panes(TOP + 1, 0)
        self.sheet.repeat_rows(TOP)

    def chart(
        self, chart: Chart, at: tuple[int, int], size: tuple[int, int], table: tuple[int, int] = (TOP, 0)
    ) -> None:
        """A chart with its upper left corner in a cell, over the table whose headings begin in another."""
        top, left = table
        made = self.book.workbook.add_chart({"type": chart.kind})
        for number, column in enumerate(chart.values):
            area = (self.name, top + 1, left + column, top + chart.rows, left + column)
            named = (self.name, top + 1, left + chart.names, top + chart.rows, left + chart.names)
            color = (BLUE, ORANGE, GREY)[number]
            made.add_series(
                {
                    "name": [self.name, top, left + column], "categories": list(named), "values": list(area),
                    "categories_data": ["-"], "values_data": [0], "fill": {"color": color}, "gap": 60,
                    "line": {"color": color, "width": 2} if chart.kind == "line" else {"none": True},
                    "marker": {"type": "circle", "size": 5} if chart.kind == "line" else {},
                    "data_labels": {} if chart.kind == "line" else {"value": True, "num_format": "0;;"},
                }
            )  # fmt: skip
        made.set_title({"name": chart.title, "name_font": {"size": 12}})
        made.set_legend({"position": "bottom"} if len(chart.values) > 1 else {"none": True})
        if chart.kind == "bar":
            made.set_y_axis({"reverse": True})
            made.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        else:
            made.set_y_axis({"major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
        made.set_size({"width": size[0], "height": size[1]})
        self.sheet.insert_chart(*at, made, {"object_position": 2})


class Template:
    """A template that is being made."""

    def __init__(self) -> None:
        self.file = BytesIO()
        self.workbook = Workbook(self.file, {"in_memory": True, "default_format_properties": {**FONT}})
        self.workbook.calc_on_load = False
        self.workbook.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001
        self._looks: dict[str, Any] = {}

    def look(self, properties: dict[str, Any]) -> Any:
        """A cell's format."""
        key = repr(properties)
        if key not in self._looks:
            self._looks[key] = self.workbook.add_format({**FONT, **properties})
        return self._looks[key]

    def bytes(self) -> bytes:
        """The workbook."""
        self.workbook.close()
        with zipfile.ZipFile(self.file) as archive:
            return packed({name: [archive.read(name)] for name in archive.namelist()})


def _cell(row: int, column: int) -> str:
    return f"${chr(65 + column)}${row + 1}"


WEEK = (Column("周", width=24), Column("条数", "count", 10))
LEFT_OUT = (
    Column("登记表", width=18),
    Column("位置", "long", 44),
    Column("列", width=18),
    Column("写的是", "long", 40),
)
SOURCE = Column("来源", "long", 18)


def left_out(book: Template) -> None:
    """The rows that count nowhere."""
    page = Page(book, "未计入", "未计入的行：日期读不出，或金额读不出（按 0 计）")
    page.table("left_out", LEFT_OUT)
    page.repeat()


def weekly_quality(book: Template) -> None:
    """质量问题周报."""
    page = Page(book, "周报", "质量问题周报")
    page.table("trend", WEEK, caption="近八周")
    page.chart(Chart("column", "近八周质量问题条数", (1,), 8), (TOP, 3), (620, 300))
    spikes = (Column("产品", "long", 24), Column("本周条数", "count", 10), Column("前七周平均", "mean", 12))
    page.table("spikes", spikes, row=TOP + 16, caption="突增产品：本周 3 条以上，且达到平时的两倍")
    page = Page(book, "产品与原因", "按产品与原因")
    columns = (
        Column("产品", "long", 30), Column("原因", "long", 40), Column("条数", "count", 10),
        Column("数量", "count", 10),
    )  # fmt: skip
    page.table("by_product_reason", columns)
    page.repeat()
    page = Page(book, "明细", "本周明细")
    page.table(
        "rows",
        (
            SOURCE, Column("登记日期", "date", 12), Column("订单编号", width=21), Column("产品", "long", 14),
            Column("型号", "long", 12), Column("数量", "count", 7), Column("质量问题", "long", 26),
            Column("批次", "long", 10), Column("供应商", "long", 12), Column("序列号", "long", 14),
            Column("责任人", "long", 8), Column("处理方式", "long", 10), Column("备注", "long", 22),
        ),
    )  # fmt: skip
    page.repeat()
    left_out(book)


def weekly_badreview(book: Template) -> None:
    """差评周报."""
    page = Page(book, "周报", "差评周报")
    page.table("trend", WEEK, caption="近八周")
    page.chart(Chart("column", "近八周评价条数", (1,), 8), (TOP, 3), (620, 300))
    page = Page(book, "原因", "按原因与评价")
    page.table("by_reason", (Column("原因", "long", 40), Column("评价", width=10), Column("条数", "count", 10)))
    page.chart(Chart("bar", "最多的十项（条数）", (2,), 10), (TOP, 4), (520, 380))
    page.repeat()
    page = Page(book, "明细", "本周明细")
    page.table(
        "rows",
        (
            SOURCE, Column("评价日期", "date", 12), Column("订单编号", width=21), Column("买家旺旺", "long", 14),
            Column("产品", "long", 14), Column("型号", "long", 12), Column("评价", width=7),
            Column("差评原因", "long", 18), Column("评价内容", "long", 32), Column("责任人", "long", 8),
            Column("处理结果", "long", 16), Column("处理方式", "long", 10), Column("备注", "long", 18),
        ),
    )  # fmt: skip
    page.repeat()
    left_out(book)


MEASURES = ("退货", "换货", "退运费", "补发", "补偿", "丢件", "差评")


def monthly(book: Template) -> None:
    """月报."""
    page = Page(book, "总览", "售后月报")
    totals = (
        Column("项目", width=16), Column("本月条数", "count", 11), Column("数量", "count", 11),
        Column("金额（元）", "money", 14), Column("上月条数", "count", 11), Column("上月金额（元）", "money", 16),
    )  # fmt: skip
    page.table("totals", totals, caption="与上月相比")
    page.chart(Chart("column", "本月与上月条数", (1, 4), 7), (TOP, 7), (560, 300))
    ageing = (
        Column("尚未了结", width=16), *(Column(age, "count", 11) for age in ("3 天以内", "4–7 天")),
        Column("8–14 天", "count", 14), Column("14 天以上", "count", 11),
    )  # fmt: skip
    page.table("ageing", ageing, row=TOP + 10, caption="月底尚未了结（按登记日期计天数）")
    states = (Column("打款状态", width=16), Column("笔数", "count", 11), Column("金额（元）", "money", 11))
    page.table("payouts", states, row=TOP + 18, caption="本月登记的应付款")
    _wide(page, (16, 11, 13, 14, 11, 16))
    page = Page(book, "按周", "按周（只计本月之内的日子）")
    page.table("by_week", (Column("周", width=14), *(Column(name, "count", 10) for name in MEASURES)))
    page.chart(Chart("line", "每周条数", (1, 2, 3), 6), (TOP + 9, 0), (760, 320))
    for name, title, columns, chart in (
        ("by_reason", "收货原因",
         (Column("类别", width=14), Column("原因", "long", 32), Column("条数", "count", 10)),
         Chart("bar", "最多的十个原因（条数）", (2,), 10, names=1)),
        ("by_courier", "快递",
         (Column("快递", width=18), Column("退回件", "count", 10), Column("丢件", "count", 10),
          Column("索赔金额（元）", "money", 16)),
         Chart("bar", "退回件与丢件", (1, 2), 10)),
        ("by_product", "产品",
         (Column("产品", "long", 32), Column("退货", "count", 10), Column("换货", "count", 10),
          Column("质量问题", "count", 12)),
         Chart("bar", "最多的十个产品（条数）", (1, 2, 3), 10)),
        ("by_responsible", "责任人", (Column("责任人", width=20), Column("条数", "count", 10)),
         Chart("bar", "按责任人（条数）", (1,), 10)),
    ):  # fmt: skip
        page = Page(book, title, f"按{title}")
        page.table(name, columns)
        page.chart(chart, (TOP, len(columns) + 1), (540, 380))
        page.repeat()
    left_out(book)


def _wide(page: Page, widths: tuple[float, ...]) -> None:
    """The widths of columns that several tables share."""
    for index, width in enumerate(widths):
        page.sheet.set_column(index, index, width)


TEMPLATES: dict[str, Callable[[Template], None]] = {
    "weekly-quality": weekly_quality, "weekly-badreview": weekly_badreview, "monthly": monthly,
}  # fmt: skip


def made(name: str) -> bytes:
    """The template of a report."""
    book = Template()
    TEMPLATES[name](book)
    return book.bytes()


def main() -> None:
    """Write the templates."""
    for name in TEMPLATES:
        (HERE / f"{name}.xlsx").write_bytes(made(name))


if __name__ == "__main__":
    main()
