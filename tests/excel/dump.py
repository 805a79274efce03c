"""What a workbook shows, as lines of text for golden tests, seen by another reader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

import openpyxl
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet


def dump(data: bytes) -> str:
    """A line for each cell that has anything: place | value | number format | fill | comment | link | validation.

    Text stands in quotes, so that ``'12'`` is text and ``12`` a number.
    """
    book = openpyxl.load_workbook(BytesIO(data))
    return "\n".join(line for sheet in book.worksheets for line in _lines(sheet))


def _lines(sheet: Worksheet) -> Iterator[str]:
    rules = {ref: rule.formula1 for rule in sheet.data_validations.dataValidation for ref in _refs(str(rule.sqref))}
    for row in sheet.iter_rows():
        for cell in row:
            extras = [
                _fill(cell),
                cell.comment.text if cell.comment else "",
                _link(cell),
                rules.get(cell.coordinate, ""),
            ]
            if cell.value is not None or any(extras):
                said = [f"{sheet.title}!{cell.coordinate}", _value(cell.value), cell.number_format, *extras]
                yield " | ".join(part.replace("\n", "⏎") for part in said).rstrip(" |")


def _value(value: object) -> str:
    if isinstance(value, str):
        return repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(value, float):
        return f"{value:.15g}"
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _fill(cell: Cell) -> str:
    return str(cell.fill.fgColor.rgb)[2:] if cell.fill.fill_type else ""


def _link(cell: Cell) -> str:
    link = cell.hyperlink
    return f"{link.target or ''}#{link.location}" if link else ""


def _refs(sqref: str) -> Iterator[str]:
    for area in sqref.split():
        for row in openpyxl.utils.cell.rows_from_range(area):
            yield from row
