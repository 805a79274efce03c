"""One cell gets another value, if it still has the one that was read (contract §7)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from xlflow.excel.patch.cells import Cell
from xlflow.excel.patch.changes import Edit, New
from xlflow.excel.patch.content import UnfitValueError, content
from xlflow.excel.patch.refusals import bad_value, cell_differs, formula, no_cell, no_styles, picture_cell
from xlflow.excel.patch.sheet import Sheet
from xlflow.excel.patch.styles import NoStyleError, Styles
from xlflow.excel.places import place
from xlflow.grid import CellError, Uncached, Value, letters


def edit(sheet: Sheet, styles: Styles, change: Edit) -> tuple[int, int] | None:
    """Make the change; its row and column, or None where the cell is as it should be. BookError if refused."""
    at = place(change.ref)
    if at is None:
        raise no_cell(sheet.name, change.ref)
    sheet.obstacles.ensure_free(*at)
    cell = sheet.cell(*at)
    _ensure_as_read(sheet.name, cell, f"{letters(at[1])}{at[0]}", change)
    style = cell.style if change.like is None else _style_of(sheet, change.like)
    is_plain = cell.formula is None and not isinstance(cell.value, CellError)
    if is_plain and style == cell.style and same(shown(change.new), cell.value):
        return None
    cell.style = style
    give(sheet, styles, at, change.new)
    return at


def _style_of(sheet: Sheet, ref: str) -> int:
    at = place(ref)
    if at is None:
        raise no_cell(sheet.name, ref)
    return sheet.cell(*at).style


def _ensure_as_read(sheet: str, cell: Cell, name: str, change: Edit) -> None:
    if cell.picture:
        raise picture_cell(sheet, name)
    if not change.over_formula and (cell.formula is not None or isinstance(cell.value, CellError)):
        raise formula(sheet, name)
    if not same(shown(change.old), shown(cell.value)):
        raise cell_differs(sheet, name)


def give(sheet: Sheet, styles: Styles, at: tuple[int, int], value: New) -> None:
    """Give a cell a value and, where it needs one, another style."""
    cell = sheet.cell(*at)
    name = f"{letters(at[1])}{at[0]}"
    try:
        cell.content = content(value, sheet.xml.prefix, sheet.opened.book.since_1904)
        cell.style = styles.fit(cell.style, value)
    except UnfitValueError as unfit:
        raise bad_value(sheet.name, name, unfit.why, unfit.fix) from None
    except NoStyleError:
        raise no_styles(sheet.name, name) from None
    if cell.formula is not None:
        sheet.overwritten[at] = cell.formula
    cell.value, cell.formula = shown(value), None
    for table in sheet.tables:
        table.use(*at)


def shown(value: Value) -> New:
    """The value as grid.Cell shows it: an error as its text, and nothing for a text without a character."""
    if isinstance(value, CellError):
        return value.text
    return None if isinstance(value, Uncached) or value == "" else value


def same(one: object, other: object) -> bool:
    """Whether two values are the same: 1 is not True, and a day is not its midnight."""
    return _kind(one) is _kind(other) and one == other


def _kind(value: object) -> type:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal
    return next((kind for kind in (bool, datetime, date, str) if isinstance(value, kind)), type(value))
