"""What a new workbook costs, against XlsxWriter and pandas writing the same one.

    python -m tests.bench.bench_write [ROWS] [ROUNDS]

CPU seconds, both sides in the same process in turns, the best of some rounds: the ratio is the result. All sides write
the same values in the same formats; XlsxWriter also comments, links and drop-downs, pandas neither these nor formats.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from time import process_time

import pandas as pd
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from xlflow.excel.write import Block, Cells, Column, Link, Look, Marked, NewBook, NewSheet, Value, to_bytes

T, L = Look.TEXT, Look.LONG
LOOKS = (T, T, Look.DATE, T, T, T, T, T, Look.COUNT, Look.MONEY, T, T, T, T, L, T, L, T, L, T)
COLUMNS = tuple(Column(f"列{number}", look) for number, look in enumerate(LOOKS, 1))
FORMATS = {T: "@", L: "@", Look.DATE: "yyyy-mm-dd", Look.COUNT: "0", Look.MONEY: "#,##0.00"}
ORANGE = "#FFCC99"


def register_rows(count: int) -> list[list[Value]]:
    """Rows of 20 columns as a register has them."""
    return [
        [
            f"K3F-{number:05}-X", f"收货表.xlsx 3月!A{number + 5}", date(2026, 3, 1 + number % 28),
            str(2026030212345678900 + number), f"YT{1234567890123 + number}", "圆通", "AX3000 双频千兆路由器",
            "AX3000-黑", 1 + number % 3, Decimal("12.50") + number % 90, "退货", f"tb_user_{number}",
            f"177{number:08}", "张三", "浙江省杭州市余杭区文一西路969号",
            "质量问题", None, f"批次{number}", "缺登记日期", None,
        ]
        for number in range(count)
    ]  # fmt: skip


def fix_rows(count: int) -> list[Cells]:
    """The same with a link in each row and one or two cells to fill in, each with a comment and one with choices."""
    rows: list[Cells] = []
    for number, row in enumerate(register_rows(count)):
        cells: list[Value | Marked] = [*row]
        cells[1] = Marked(row[1], link=Link("3月", f"A{number + 5}", "../../收货表.xlsx"))
        cells[2] = Marked(fill=True, comment="请填登记日期，例如 2026-03-02")
        if number % 2:
            cells[10] = Marked(
                "退钱", fill=True, comment="没有认出这个类型，请选一个", choices=("退货", "换货", "拒收")
            )
        rows.append(cells)
    return rows


def by_xlflow(rows: list[Cells]) -> bytes:
    return to_bytes(NewBook((NewSheet("3月", (Block(columns=COLUMNS, rows=rows),)),)))


def by_xlsxwriter(rows: list[Cells], autofit: bool = False) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("3月")
        base = {"border": 1, "border_color": "#BFBFBF", "valign": "vcenter"}
        plain = [book.add_format(base | {"num_format": FORMATS[look], "text_wrap": look is L}) for look in LOOKS]
        fill = [book.add_format(base | {"num_format": FORMATS[look], "bg_color": ORANGE}) for look in LOOKS]
        for index, column in enumerate(COLUMNS):
            sheet.write_string(0, index, column.heading, plain[index])
        for number, row in enumerate(rows, 1):
            for index, value in enumerate(row):
                style = plain[index]
                if isinstance(value, Marked):
                    style = fill[index] if value.fill else style
                    _mark(sheet, number, index, value)
                    value = value.value
                _write(sheet, (number, index), value, style)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
        if autofit:
            sheet.autofit()
    return file.getvalue()


def _write(sheet: Worksheet, place: tuple[int, int], value: Value, style: object) -> None:
    if isinstance(value, str):
        sheet.write_string(*place, value, style)
    elif value is None:
        sheet.write_blank(*place, None, style)
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, style)
    else:
        sheet.write_number(*place, value, style)


def _mark(sheet: Worksheet, row: int, column: int, marked: Marked) -> None:
    if marked.link:
        sheet.write_url(row, column, f"external:{marked.link.file}#'{marked.link.sheet}'!{marked.link.cell}")
    if marked.comment:
        sheet.write_comment(row, column, marked.comment)
    if marked.choices:
        sheet.data_validation(row, column, row, column, {"validate": "list", "source": list(marked.choices)})


def by_pandas(rows: list[Cells], engine: str) -> bytes:
    file = BytesIO()
    values = [[value.value if isinstance(value, Marked) else value for value in row] for row in rows]
    frame = pd.DataFrame(values, columns=[column.heading for column in COLUMNS], dtype=object)
    frame.to_excel(file, sheet_name="3月", index=False, engine=engine)
    return file.getvalue()


SIDES: dict[str, Callable[[list[Cells]], bytes]] = {
    "xlflow": by_xlflow,
    "XlsxWriter": by_xlsxwriter,
    "XlsxWriter with autofit": lambda rows: by_xlsxwriter(rows, autofit=True),
    "pandas with XlsxWriter": lambda rows: by_pandas(rows, "xlsxwriter"),
    "pandas with openpyxl": lambda rows: by_pandas(rows, "openpyxl"),
}


def compare(name: str, rows: list[Cells], rounds: int) -> None:
    """Print what each side costs, and how many times what xlflow does."""
    best: dict[str, float] = {}
    size: dict[str, int] = {}
    for _ in range(rounds):
        for side, write in SIDES.items():
            start = process_time()
            size[side] = len(write(rows))
            best[side] = min(best.get(side, 1e9), process_time() - start)
    print(f"{name}, {len(rows):,} rows of {len(COLUMNS)} columns")
    for side, seconds in best.items():
        print(f"  {side:<24}{seconds:7.3f} s{seconds / best['xlflow']:7.1f} ×{size[side] / 1e6:8.2f} MB")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    compare("register", [*register_rows(count)], rounds)
    compare("fix list", fix_rows(count), rounds)


if __name__ == "__main__":
    main()
