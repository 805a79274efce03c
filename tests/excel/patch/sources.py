"""Workbooks with all that a workbook can have, from three sources; each feature can be left out."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable, Collection
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, DataBarRule
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table

from tests.excel.patch.by_hand import HAND, NAME, by_hand

HEADINGS = ("登记日期", "订单编号", "数量", "单价", "合计", "备注")


def png() -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\1\2\3")) + chunk(b"IEND", b"")
    )


def register(made: random.Random, rows: int) -> list[tuple[Any, ...]]:
    """Rows of a register; the fifth column is for a formula."""
    return [
        (
            made.choice([date(2026, 3, 1 + row % 28), datetime(2026, 3, 1, 8, 30), None]),
            made.choice([str(made.randrange(10**18, 10**19)), "00123", None, "a&<b>", " x "]),
            made.choice([made.randrange(99), None, True]),
            made.choice([made.randrange(9999) / 100, 1e-7, 1.5e300, None]),
            None,
            made.choice(["备注", "", None, "_x000D_", "=1", time(8, 30), "#N/A", "x" * 300]),
        )
        for row in range(rows)
    ]


WRITER = [
    "formulas",
    "filter",
    "table",
    "rule",
    "colours",
    "merge",
    "freeze",
    "picture",
    "chart",
    "comment",
    "link",
    "protection",
    "names",
    "print",
    "sparkline",
    "rich",
    "hidden",
    "columns",
    "array",
    "spill",
    "second",
    "1904",
    "textbox",
    "total",
]


def by_xlsxwriter(features: Collection[str], seed: int, rows: int) -> bytes:
    """A workbook as XlsxWriter writes it."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "date_1904": "1904" in features})
    sheet = book.add_worksheet(NAME)
    day, money = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "0.00", "bold": True})
    formats = [day, book.add_format({"num_format": "@"}), None, money, money, None]
    is_table = "table" in features and rows > 0
    sheet.write_row(0, 0, HEADINGS, None if is_table else money)
    for at, row in enumerate(register(random.Random(seed), rows), 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(at, column, value, formats[column])
            elif isinstance(value, date | datetime | time):
                sheet.write_datetime(at, column, value, day)
            else:
                sheet.write(at, column, value, formats[column])
        if "formulas" in features and not is_table:
            sheet.write_formula(at, 4, f"=C{at + 1}*D{at + 1}", money, at)
    add: dict[str, Callable[[], object]] = {
        "filter": lambda: None if is_table else sheet.autofilter(0, 0, rows, 5),
        "table": lambda: is_table and sheet.add_table(0, 0, rows, 5, {"columns": [
            {"header": heading, **({"formula": "=[@数量]*[@单价]"} if heading == "合计" else {})} for heading in HEADINGS]}),
        "rule": lambda: sheet.data_validation(1, 2, max(rows, 1), 2, {"validate": "integer", "criteria": ">", "value": 0}),
        "colours": lambda: [sheet.conditional_format(1, 3, max(rows, 1), 3, kind) for kind in (
            {"type": "data_bar", "data_bar_2010": True}, {"type": "cell", "criteria": ">", "value": 5, "format": money})],
        "merge": lambda: sheet.merge_range(0, 7, 2, 8, "合并"),
        "freeze": lambda: sheet.freeze_panes(1, 2),
        "picture": lambda: sheet.insert_image(1, 10, "p.png", {"image_data": io.BytesIO(png())}),
        "comment": lambda: sheet.write_comment(0, 1, "说明"),
        "link": lambda: sheet.write_url(0, 10, "https://example.com/", string="链接"),
        "protection": lambda: sheet.protect("sample-pass-1"),
        "names": lambda: book.define_name("单价", f"={NAME}!$D$1:$D${rows + 1}"),
        "print": lambda: sheet.print_area(0, 0, rows, 5),
        "sparkline": lambda: sheet.add_sparkline(0, 12, {"range": f"{NAME}!A1:D1"}),
        "rich": lambda: sheet.write_rich_string(0, 11, "a ", book.add_format({"bold": True}), " 粗", " c"),
        "hidden": lambda: [sheet.set_row(max(rows, 1), 30, None, {"hidden": True}), sheet.set_column(14, 15, 3, day)],
        "columns": lambda: sheet.set_column(0, 0, 20, day),
        "array": lambda: sheet.write_array_formula("J5:J6", "{=SUM(C2:D3)}", None, 7),
        "spill": lambda: sheet.write_dynamic_array_formula("L5:L7", "=_xlfn.UNIQUE(A1:A3)"),
        "textbox": lambda: sheet.insert_textbox(5, 12, "文本框"),
        "second": lambda: book.add_worksheet("说明").write_formula(0, 0, f"={NAME}!A1", None, "x"),
        "total": lambda: sheet.write_row(rows + 1, 0, ["合计", None, 3]),
        "chart": lambda: sheet.insert_chart(3, 12, _chart(book, rows)),
    }  # fmt: skip
    for feature in WRITER:
        if feature in features and feature in add:
            add[feature]()
    book.close()
    return file.getvalue()


def _chart(book: Any, rows: int) -> Any:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"={NAME}!$D$2:$D${rows + 2}"})
    return chart


OPENPYXL = [
    "formulas",
    "filter",
    "table",
    "rule",
    "colours",
    "merge",
    "chart",
    "comment",
    "protection",
    "names",
    "print",
    "hidden",
    "array",
    "1904",
    "styles",
]


def by_openpyxl(features: Collection[str], seed: int, rows: int) -> bytes:
    """A workbook as openpyxl writes it."""
    book = openpyxl.Workbook()
    sheet: Any = book.worksheets[0]
    sheet.title = NAME
    if "1904" in features:
        book.epoch = CALENDAR_MAC_1904
    sheet.append(HEADINGS)
    for at, row in enumerate(register(random.Random(seed), rows), 2):
        sheet.append([None if isinstance(value, str) and value[:1] in "=#" else value for value in row])
        if "formulas" in features:
            sheet.cell(at, 5).value = f"=C{at}*D{at}"
        if "styles" in features:
            sheet.cell(at, 6).font, sheet.cell(at, 6).fill = Font(b=True), PatternFill("solid", "FFFFFF00")
            sheet.cell(at, 7).protection = Protection(locked=False)
    last = rows + 1
    add: dict[str, Callable[[], object]] = {
        "filter": lambda: setattr(sheet.auto_filter, "ref", f"A1:F{last}"),
        "table": lambda: rows and sheet.add_table(Table(displayName="T", ref=f"A1:F{last}")),
        "rule": lambda: sheet.add_data_validation(DataValidation("list", formula1='"a,b"', sqref=f"F2:F{max(last, 2)} B1:B1")),
        "colours": lambda: [sheet.conditional_formatting.add(f"D1:D{last}", rule) for rule in (
            CellIsRule("greaterThan", ["5"], font=Font(b=True)), DataBarRule("min", None, "max", None, "FF0000"))],
        "merge": lambda: sheet.merge_cells("H1:I3"),
        "comment": lambda: setattr(sheet["B1"], "comment", Comment("说明", "某")),
        "protection": lambda: sheet.protection.set_password("sample-pass-1"),
        "names": lambda: book.defined_names.add(DefinedName("n", attr_text=f"{NAME}!$A$1:$A${last}")),
        "print": lambda: setattr(sheet, "print_area", f"A1:F{last}"),
        "hidden": lambda: setattr(sheet.row_dimensions[last], "hidden", True),
        "array": lambda: setattr(sheet["K5"], "value", ArrayFormula("K5:K6", "=SUM(C1:D2)")),
        "chart": lambda: _add_chart(sheet),
    }  # fmt: skip
    for feature in OPENPYXL:
        if feature in features and feature in add:
            add[feature]()
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _add_chart(sheet: Any) -> None:
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=4, min_row=1, max_row=3))
    sheet.add_chart(chart, "M2")


Source = Callable[[Collection[str], int, int], bytes]
SOURCES: dict[str, tuple[Source, list[str]]] = {
    "XlsxWriter": (by_xlsxwriter, WRITER),
    "openpyxl": (by_openpyxl, OPENPYXL),
    "hand": (by_hand, HAND),
}


def write_all(folder: Path) -> None:
    """A workbook with all features from each source."""
    for name, (source, features) in SOURCES.items():
        (folder / f"{name}.xlsx").write_bytes(source(features, 1, 5))
