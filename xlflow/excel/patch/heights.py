"""A row whose wrapped text takes several lines is as high as that: not every program sees to it by itself."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from xlflow.excel.patch.row import Row
from xlflow.excel.patch.sheet import Sheet
from xlflow.excel.patch.styles import Styles
from xlflow.excel.widths import lines_shown, row_height
from xlflow.excel.xml import TRUE

#: The width of a column, in digits, where a sheet does not say.
USUAL = "9.14"


def heighten(sheet: Sheet, styles: Styles, rows: Iterable[int]) -> None:
    """Make rows as high as their new text needs, but for those whose height somebody has set."""
    widths, usual = _widths(sheet)
    wraps = cache(styles.wraps)

    def lines(row: Row) -> int:
        wrapped = (
            lines_shown(cell.value, widths.get(column, usual))
            for column, cell in row.cells.items()
            if isinstance(cell.value, str) and wraps(cell.style)
        )
        return max(wrapped, default=1)

    for row in map(sheet.row, rows):
        if row.get("customHeight") not in TRUE and (needed := lines(row)) > 1:
            row.tag["ht"] = f"{row_height(needed):g}"


def _widths(sheet: Sheet) -> tuple[dict[int, int], int]:
    """The widths of columns, by 0-based column, and that of all others, in whole digits."""
    found = {}
    for element in sheet.xml.root.all("cols", "col"):
        first, last, width = (element.get(name) for name in ("min", "max", "width"))
        if first and last and width:
            found.update(dict.fromkeys(range(int(first) - 1, int(last)), int(float(width))))
    usual = sheet.xml.root.first("sheetFormatPr")
    return found, int(float((usual.get("defaultColWidth") if usual else None) or USUAL))
