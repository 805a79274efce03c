"""A row is added below the last filled one, with its formats and its formulas (contract §7)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from xlflow.excel.limits import COLUMNS, ROWS
from xlflow.excel.patch.cells import Content, Formula
from xlflow.excel.patch.changes import Append, New
from xlflow.excel.patch.edits import give, shown
from xlflow.excel.patch.formulas import moved
from xlflow.excel.patch.markup import encoded
from xlflow.excel.patch.refusals import below_total, no_cell, nothing_to_append
from xlflow.excel.patch.row import Row
from xlflow.excel.patch.shared import formula_text
from xlflow.excel.patch.sheet import Sheet
from xlflow.excel.patch.styles import Styles
from xlflow.excel.xml import TRUE
from xlflow.grid import UNCACHED, column_index

TOTALS = frozenset({"合计", "总计", "小计", "本页合计"})
#: What does not count in the label of a total: a bracketed end, white space and signs.
NO_LABEL = re.compile(r"[(\[【〔].*|[\W_]+", re.DOTALL)
COLUMN = re.compile(r"[A-Za-z]{1,3}")
PICTURE = "DISPIMG("


def append(sheet: Sheet, styles: Styles, change: Append) -> list[tuple[int, int]]:
    """Add the row; its cells with a value or formula. BookError if refused."""
    values = {_column(sheet, name): value for name, value in change.cells.items() if shown(value) is not None}
    if not values:
        raise nothing_to_append(sheet.name)
    above = sheet.last_filled()
    number = above.number + 1 if above else 1
    if number > ROWS:
        raise no_cell(sheet.name, f"A{number}")
    row = sheet.row(number)
    if row.get("hidden") in TRUE:
        row.tag["hidden"] = "0"
    if above is not None:
        _ensure_no_total(sheet, above)
        if not sheet.is_heading(above.number):
            _take_formats(sheet, above, row)
    for column, value in values.items():
        sheet.obstacles.ensure_free(number, column)
        give(sheet, styles, (number, column), value)
    filled = _fill(sheet, above, row, values)
    return sorted((number, column) for column in (*values, *filled))


def _column(sheet: Sheet, name: str) -> int:
    column = column_index(name.upper()) if COLUMN.fullmatch(name) else COLUMNS
    if column >= COLUMNS:
        raise no_cell(sheet.name, name)
    return column


def _ensure_no_total(sheet: Sheet, row: Row) -> None:
    if any(table.has_total(row.number) for table in sheet.tables) or _label(row) in TOTALS:
        raise below_total(sheet.name, row.number)


def _label(row: Row) -> str:
    """The text in the first filled cell, as far as the label of a total goes."""
    for _, cell in sorted(row.cells.items()):
        if cell.value is not None and str(cell.value).strip():
            return NO_LABEL.sub("", unicodedata.normalize("NFKC", str(cell.value)))
    return ""


def _take_formats(sheet: Sheet, above: Row, row: Row) -> None:
    """A cell that is not there, or has no style, gets that of the cell above."""
    if row.element is None:
        row.tag |= _attributes(above, "s", "customFormat") if above.style is not None else {}
        row.tag |= _attributes(above, "ht", "customHeight") if above.get("customHeight") in TRUE else {}
    for column, cell in sorted(above.cells.items()):
        mine = sheet.cell(row.number, column)
        there = cell.element is not None or cell.content is not None
        if there and mine.style != cell.style and (mine.element is None or not mine.style):
            mine.style, mine.content = cell.style, Content()


def _attributes(row: Row, *names: str) -> dict[str, str]:
    return {name: value for name in names if (value := row.get(name)) is not None}


def _fill(sheet: Sheet, above: Row | None, row: Row, values: Mapping[int, New]) -> list[int]:
    """Fill down the formulas of the row above and of calculated columns; the columns that got one."""
    formulas = _formulas(sheet, above) if above and not sheet.is_heading(above.number) else {}
    for table in sheet.tables:
        if table.take(row.number, values):
            formulas = {column: text for column, text in table.formulas() if moved(text, 1, 0) == text} | formulas
    name = f"{sheet.xml.prefix}f".encode()
    filled = sorted(formulas.keys() - values.keys())
    for column in filled:
        sheet.obstacles.ensure_free(row.number, column)
        cell = sheet.cell(row.number, column)
        cell.content = Content("", b"<%s>%s</%s>" % (name, encoded(formulas[column]), name))
        cell.value, cell.formula = UNCACHED, Formula("", formulas[column], "", "")
    return filled


def _formulas(sheet: Sheet, above: Row) -> dict[int, str]:
    found = {}
    for column, cell in above.cells.items():
        text = formula_text(sheet, above.number, column, cell.formula) if cell.formula else ""
        if text and PICTURE not in text:
            found[column] = moved(text, 1, 0)
    return found
