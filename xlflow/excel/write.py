"""New workbooks: from values to the bytes of an .xlsx file.

XlsxWriter makes the frame (styles, widths, filters, page set-up, drop-downs); rows, comments and links are put into it
as text, at less than a sixth of its cost. The same book is always the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

from xlflow.excel.celltext import UNSPEAKABLE, utf16_length
from xlflow.excel.choices import sources
from xlflow.excel.comments import blocks_taken, comments_part, drawing_part
from xlflow.excel.draw import Drawn, draw
from xlflow.excel.errors import BookError
from xlflow.excel.frame import frame
from xlflow.excel.links import MOST_LINKS, hyperlinks, relationships
from xlflow.excel.looks import STYLES
from xlflow.excel.pack import packed
from xlflow.layout import Block, Cells, Column, Link, Look, Marked, NewBook, NewSheet, Value
from xlflow.model import Text

__all__ = ["Block", "Cells", "Column", "Link", "Look", "Marked", "NewBook", "NewSheet", "Value", "to_bytes"]

#: The members of the archive in pieces, by name.
Members: TypeAlias = dict[str, list[bytes]]

_NAME = re.compile(rf"(?!')[^\[\]:*?/\\\t\n{UNSPEAKABLE}]+(?<!')")
_LONGEST_NAME = 31
_RESERVED = ("history",)
_SHEET_DATA = re.compile(r"<sheetData/>|<sheetData>.*</sheetData>", re.DOTALL)
_DIMENSION = re.compile(r'<dimension ref="[A-Z0-9:]*"/>')
_NO_RELATIONSHIPS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


def to_bytes(book: NewBook) -> bytes:
    """The workbook as the bytes of an .xlsx file, not encrypted.

    Text that Excel's cell cannot hold is cut and ends in ``…``. Raises BookError: ``bad-value`` for the name of a sheet
    or a number that Excel cannot take, ``too-large`` for too many rows or columns.
    """
    names = [sheet.name for sheet in book.sheets]
    _check_names(names)
    sheets = [draw(sheet) for sheet in book.sheets]
    found, hidden = sources((choices for drawn in sheets for choices in drawn.choices), names)
    if hidden:
        sheets.append(draw(hidden))
    frames = frame(sheets, found, hidden=len(sheets) - len(names))
    _check_styles(frames["xl/worksheets/sheet1.xml"])
    members = {name: [data] for name, data in frames.items()}
    for number, drawn in enumerate(sheets, 1):
        _fill(members, number, drawn)
    _comment(members, [drawn for drawn in sheets if drawn.comments])
    return packed(members)


def _check_names(names: Iterable[str]) -> None:
    seen: set[str] = set(_RESERVED)
    for name in names:
        if not _NAME.fullmatch(name) or utf16_length(name) > _LONGEST_NAME or name.casefold() in seen:
            raise BookError(
                "bad-value",
                Text("a sheet cannot be named {name}", dict(name=name)),
                Text(
                    "choose a name of its own, of 1 to 31 characters, without : \\ / ? * [ ] and without ' at its ends"
                ),
            )
        seen.add(name.casefold())


def _check_styles(sheet: bytes) -> None:
    """Whether the style sheet's numbers are those of ``looks``: nothing else would notice a wrong one."""
    numbers = [int(style) for style in re.findall(rb' s="(\d+)"', sheet)]
    if numbers != list(range(1, len(STYLES) + 1)):
        raise AssertionError(f"style numbers {numbers}")


def _fill(members: Members, number: int, drawn: Drawn) -> None:
    """Put rows and links into a sheet of the frame."""
    name = f"xl/worksheets/sheet{number}.xml"
    xml = members[name][0].decode()
    before, after = _SHEET_DATA.split(_DIMENSION.sub(f'<dimension ref="{drawn.extent}"/>', xml))
    links = drawn.links[:MOST_LINKS]
    linked = after.replace("<pageMargins", f"{hyperlinks(links)}<pageMargins", 1)
    members[name] = [f"{before}<sheetData>".encode(), *drawn.rows, f"</sheetData>{linked}".encode()]
    if outside := relationships(links):
        name = f"xl/worksheets/_rels/sheet{number}.xml.rels"
        end = "</Relationships>"
        [known] = members.get(name, [_NO_RELATIONSHIPS])
        members[name] = [known.decode().replace(end, f"{outside}{end}").encode()]


def _comment(members: Members, commented: Iterable[Drawn]) -> None:
    """Put the comments into the frame, which numbers their parts in the order of the sheets that have some."""
    block = 1
    for number, drawn in enumerate(commented, 1):
        members[f"xl/comments{number}.xml"] = [comments_part(drawn.comments)]
        members[f"xl/drawings/vmlDrawing{number}.vml"] = [drawing_part(drawn.comments, drawn.widths, block)]
        block += blocks_taken(drawn.comments)
