"""Comments of a new sheet: the part with their texts, and the drawing with a box for each that fits its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TypeAlias

from xlflow.excel.celltext import element
from xlflow.excel.draw import Place
from xlflow.excel.widths import lines_shown, shown_width

_BLOCK = 1024  # shape numbers come in blocks of this many; a block belongs to one drawing
_ROW_PIXELS = 25  # a row of one line
_DIGIT_PIXELS = 8
_NARROW, _WIDE = 20, 36  # half-width characters in one line of a box
_LINE_PIXELS = 17
_MARGIN = 14
_TOP_PIXELS = 4

_COMMENTS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<authors><author></author></authors><commentList>{comments}</commentList></comments>"
)
_COMMENT = (
    '<comment ref="{ref}" authorId="0"><text><r><rPr><sz val="9"/><color indexed="81"/><rFont val="宋体"/>'
    '<family val="3"/><charset val="134"/></rPr>{text}</r></text></comment>'
)
_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>{shapes}</xml>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;width:{width}px;height:{height}px;'
    'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{anchor}</x:Anchor>"
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)

Comments: TypeAlias = Sequence[tuple[Place, str]]
#: A column or row, from 0, and pixels into it.
Edge: TypeAlias = tuple[int, int]


def comments_part(comments: Comments) -> bytes:
    """The comments part: texts without an author."""
    texts = "".join(_COMMENT.format(ref=place.ref, text=element(text)) for place, text in comments)
    return _COMMENTS.format(comments=texts).encode()


def drawing_part(comments: Comments, widths: Sequence[int], first_block: int) -> bytes:
    """The drawing with a hidden box for each comment; its shapes take the blocks from ``first_block`` (1, 2, …) on."""
    blocks = range(first_block, first_block + blocks_taken(comments))
    shapes = "".join(_shapes(comments, widths, first_block * _BLOCK + 1))
    return _DRAWING.format(blocks=",".join(map(str, blocks)), shapes=shapes).encode()


def blocks_taken(comments: Comments) -> int:
    """How many blocks of shape numbers the drawing of these comments takes."""
    return len(comments) // _BLOCK + 1


def _shapes(comments: Comments, widths: Sequence[int], first: int) -> Iterator[str]:
    across = _across(widths)
    for number, (place, text) in enumerate(comments, first):
        width, height = box_size(text)
        left, right = across(place.column, width)
        top = max(place.row - 2, 0)
        rows, bottom_pixels = divmod(_TOP_PIXELS + height, _ROW_PIXELS)
        anchor = (*left, top, _TOP_PIXELS, *right, top + rows, bottom_pixels)
        yield _SHAPE.format(
            number=number,
            width=width,
            height=height,
            anchor=", ".join(map(str, anchor)),
            row=place.row - 1,
            column=place.column,
        )


def _across(widths: Sequence[int]) -> Callable[[int, int], tuple[Edge, Edge]]:
    """Where the left and right edges of a box of some width are, beside a cell in some column."""

    @cache
    def across(column: int, width: int) -> tuple[Edge, Edge]:
        last, right = column + 1, _MARGIN + width
        while right > (pixels := _pixels(widths, last)):
            last, right = last + 1, right - pixels
        return (column + 1, _MARGIN), (last, right)

    return across


def _pixels(widths: Sequence[int], column: int) -> int:
    return (widths[column] if column < len(widths) else 8) * _DIGIT_PIXELS + 5


def box_size(text: str) -> tuple[int, int]:
    """Width and height in pixels of the box that shows all of a comment."""
    across = min(max((_NARROW, *map(shown_width, text.splitlines()))), _WIDE) + 1
    return across * 7 + _MARGIN, lines_shown(text, across) * _LINE_PIXELS + _MARGIN
