"""A row whose wrapped text takes several lines is as high as that: not every program sees to it by itself."""

from __future__ import annotations

from xlflow.excel.patch.sheet import Sheet
from xlflow.excel.patch.styles import Styles
from xlflow.excel.widths import lines_shown, row_height
from xlflow.excel.xml import TRUE

#: The width of a column, in digits, where a sheet does not say.
USUAL = "9.14"


def heighten(sheet: Sheet, styles: Styles, number: int) -> None:
    """Make a row as high as its new text needs, unless somebody has set its height."""
    row = sheet.row(number)
    lines = [
        lines_shown(cell.value, int(_width(sheet, column)))
        for column, cell in row.cells.items()
        if isinstance(cell.value, str) and styles.wraps(cell.style)
    ]
    if max(lines, default=1) > 1 and row.get("customHeight") not in TRUE:
        row.tag["ht"] = f"{row_height(max(lines)):g}"


def _width(sheet: Sheet, column: int) -> float:
    for element in sheet.xml.root.all("cols", "col"):
        if int(element.get("min") or 0) <= column + 1 <= int(element.get("max") or 0) and element.get("width"):
            return float(element.get("width") or USUAL)
    usual = sheet.xml.root.first("sheetFormatPr")
    return float((usual.get("defaultColWidth") if usual else None) or USUAL)
