"""Pictures of a workbook: those that WPS shows in cells, and those that lie over cells (domain.md B.10).

A picture that lies over several cells is in the one under its middle, measured with the widths and heights the
sheet has: people drop pictures roughly, and the corner often sticks out into the row above.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xlflow.excel.limits import COLUMNS, ROWS
from xlflow.excel.parts import Package, Workbook
from xlflow.excel.sheet_xml import SheetXml
from xlflow.excel.xml import elements, ill_formed

#: EMU (English metric units, 914,400 an inch) of a point of height, and of a digit of width on the screen.
POINT, DIGIT = 12_700, 7 * 9_525
#: Height in points and width in digits where a sheet does not say.
HEIGHT, WIDTH = "15", "9.14"
#: Rows or columns under one picture; the middle of a larger one is not measured.
MOST_UNDER = 1000

#: EMU of a row or column by its index from 0.
Size = Callable[[int], float]


def images(package: Package, book: Workbook) -> frozenset[str]:
    """The ids of the pictures that the formula DISPIMG can show."""
    part = book.others.get("cellImage")
    if part is None:
        return frozenset()
    return frozenset(
        attributes.get("name", "")
        for path, attributes, _ in elements(part, package.pieces(part))
        if path[:2] == ("cellImages", "cellImage") and path[-1] == "cNvPr"
    )


def over_cells(package: Package, part: str, xml: SheetXml, heights: Mapping[int, float]) -> set[tuple[int, int]]:
    """The cells under a picture of the sheet: rows from 1, columns from 0."""
    drawing = next((r.target for r in package.relations(part) if r.id == xml.drawing), None)
    if drawing is None:
        return set()
    try:
        return _anchored(package, drawing, _row_size(xml, heights), _column_size(xml))
    except ValueError:
        raise ill_formed(drawing) from None


def _anchored(package: Package, drawing: str, row_size: Size, column_size: Size) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    ends: dict[str, int] = {}
    picture = False
    for path, _, text in elements(drawing, package.pieces(drawing)):
        match path[1:]:
            case ("oneCellAnchor" | "twoCellAnchor", "from" | "to" as end, name):
                ends[f"{end} {name}"] = int(text)
            case (_, *_, "pic"):
                picture = True
            case (_,):
                if picture and {"from row", "from col"} <= ends.keys():
                    found.add((_middle(ends, "row", row_size) + 1, _middle(ends, "col", column_size)))
                ends, picture = {}, False
    return {(row, column) for row, column in found if 0 < row <= ROWS and 0 <= column < COLUMNS}


def _middle(ends: Mapping[str, int], name: str, size: Size) -> int:
    """The row or column under the middle of a picture, or the one it begins in when it says no more."""
    start = ends[f"from {name}"]
    end = ends.get(f"to {name}", start)
    if not start < end <= start + MOST_UNDER:
        return max(start, (start + end) // 2)
    sizes = [size(at) for at in range(start, end)]
    left = ends.get(f"from {name}Off", 0)
    rest = (left + sum(sizes) + ends.get(f"to {name}Off", 0)) / 2
    for at, length in enumerate(sizes, start):
        if rest < length:
            return at
        rest -= length
    return end


def _row_size(xml: SheetXml, heights: Mapping[int, float]) -> Size:
    usual = float(xml.sizes.get("defaultRowHeight", HEIGHT))
    return lambda row: POINT * heights.get(row + 1, usual)


def _column_size(xml: SheetXml) -> Size:
    usual = float(xml.sizes.get("defaultColWidth", WIDTH))
    widths = [(int(a.get("min", "1")) - 1, int(a.get("max", "1")), float(a.get("width", usual))) for a in xml.columns]
    return lambda column: DIGIT * next((wide for first, last, wide in widths if first <= column < last), usual)
