"""How wide the columns of a new sheet are and how high its rows: what stands in them can be read, within reason."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from xlflow.layout import Block, Column, Look, Marked, NewSheet

#: Characters at least and at most, by look. A number that does not fit shows as #####, so those have room.
_LIMITS: dict[Look, tuple[int, int]] = {
    Look.TEXT: (8, 40),
    Look.LONG: (20, 36),
    Look.MONEY: (11, 24),
    Look.COUNT: (6, 24),
    Look.NUMBER: (8, 24),
    Look.DATE: (12, 24),
    Look.TIME: (18, 24),
}
_NUMBERS = (Look.MONEY, Look.COUNT, Look.NUMBER)
_LONGEST_HEADING = 14  # longer ones wrap
_FILTER_ARROW = 3
_ROOM = 2
_ROWS_LOOKED_AT = 500

#: Heights in points.
_LINE = 14.25
_SPACE = 4.5
_HIGHEST = 405.0


def shown_width(text: str) -> int:
    """Half-width characters that a text takes on the screen; a Chinese character takes two."""
    wide = (len(text.encode("utf-8", "surrogatepass")) - len(text)) // 2  # three bytes each
    return len(text) + wide


def lines_shown(text: str, width: int) -> int:
    """Lines that a wrapped text takes in this many half-width characters."""
    usable = width - 1  # a Chinese character that does not fit goes to the next line whole
    if shown_width(text) <= usable and "\n" not in text:
        return 1
    return sum(max(1, -(-shown_width(line) // usable)) for line in text.splitlines())


def row_height(lines: int) -> float:
    """The height in points of a row of so many lines of text, as far as Excel allows."""
    return min(_HIGHEST, lines * _LINE + _SPACE)


def column_widths(sheet: NewSheet) -> list[int]:
    """The width of each column, in characters. Text is judged by the first rows of each block, numbers by all."""
    found: list[int] = []
    for block in sheet.blocks:
        for index, column in enumerate(block.columns):
            width = _width(block, index, column)
            if index == len(found):
                found.append(width)
            found[index] = max(found[index], width)
    return found


def _width(block: Block, index: int, column: Column) -> int:
    least, most = _LIMITS[column.look]
    heading = min(shown_width(column.heading), _LONGEST_HEADING) + _FILTER_ARROW
    content = max(_contents(block, index, column.look), default=0)
    commas = content // 3 if column.look is Look.MONEY else content // 10  # or room for wider fonts
    return max(least, heading, min(most, content + commas + _ROOM))


def _contents(block: Block, index: int, look: Look) -> Iterator[int]:
    looked_at = block.rows if look in _NUMBERS else islice(block.rows, _ROWS_LOOKED_AT)
    for row in chain(looked_at, block.totals):
        value = row[index]
        if isinstance(value, Marked):
            value = value.value
        yield shown_width(value) if isinstance(value, str) else len(str(value))
