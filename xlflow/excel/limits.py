"""What a workbook may hold before it is taken for a trap: counted before and while it is unpacked, never after."""

from __future__ import annotations

from xlflow.excel.cfb import damaged
from xlflow.excel.errors import BookError
from xlflow.model import Text

#: Members of the zip archive.
MOST_MEMBERS = 10_000
#: Bytes unpacked from one workbook, all its parts together.
MOST_BYTES = 512 << 20
#: A member larger than the second may be no more than the first times its packed size; honest sheets reach 60.
STEEPEST, STEEP_FROM = 200, 16 << 20
#: Bytes of one row, one tag or one text.
LONGEST = 16 << 20
#: Elements of one part that go through the XML parser one by one, of a part other than cells and texts, and how deep
#: they may be nested. A sheet in Excel's own form does not need the parser for its cells.
MOST_ELEMENTS, MOST_ELEMENTS_KEPT = 2_000_000, 1_000_000
DEEPEST = 256
#: Texts in the table of shared strings.
MOST_STRINGS = 10_000_000
#: Cells with content, and cells of the rectangle they span from column A on.
MOST_CELLS = 20_000_000
LARGEST_AREA = 50_000_000
#: The size of a sheet.
ROWS, COLUMNS = 1_048_576, 16_384

_MAKE_NEW = Text("open it in Excel or WPS, copy the rows you need into a new workbook and save that")
_SAVE_AGAIN = Text("open it in Excel or WPS and save it again; then it reads faster, or is seen to be damaged")


class Budget:
    """The bytes that may still be unpacked from one workbook."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = self._left = most

    def spend(self, count: int) -> None:
        """Take ``count`` bytes off; BookError ``too-large`` when there are not that many left."""
        self._left -= count
        if self._left < 0:
            raise BookError(
                "too-large",
                Text("unpacked, the workbook is larger than {limit} MB", {"limit": self._most >> 20}),
                _MAKE_NEW,
            )


def ensure_members(count: int) -> None:
    """BookError ``too-large`` for more members than any workbook has."""
    if count > MOST_MEMBERS:
        raise BookError(
            "too-large",
            Text("the workbook consists of more than {limit} parts", {"limit": MOST_MEMBERS}),
            _MAKE_NEW,
        )


def ensure_slope(part: str, packed: int, size: int) -> None:
    """BookError ``too-large`` for a member that unpacks to many times its size, as only a trap does."""
    if size > STEEP_FROM and size > STEEPEST * packed:
        raise BookError(
            "too-large",
            Text("its part {part} unpacks to more than {ratio} times its size", {"part": part, "ratio": STEEPEST}),
            _MAKE_NEW,
        )


def too_long(part: str) -> BookError:
    """One row, tag or text is longer than anything Excel writes."""
    return BookError(
        "too-large",
        Text("its part {part} has a row or text of more than {limit} MB", {"part": part, "limit": LONGEST >> 20}),
        _MAKE_NEW,
    )


def too_many_elements(part: str) -> BookError:
    """A part in an unusual form has more elements than can be read one by one."""
    return BookError(
        "too-large",
        Text("its part {part} is large and written in an unusual way", {"part": part}),
        _SAVE_AGAIN,
    )


def too_many_strings() -> BookError:
    """The table of shared strings is longer than any sheet can use up."""
    return BookError("too-large", Text("the workbook has more than {limit} texts", {"limit": MOST_STRINGS}), _MAKE_NEW)


def too_many_cells(sheet: str) -> BookError:
    """More cells have content than are read."""
    return BookError(
        "too-large",
        Text("sheet {sheet} has more than {limit} filled cells", {"sheet": sheet, "limit": MOST_CELLS}),
        Text("split the register into several workbooks, by month for example"),
    )


def stray_cell(sheet: str, cell: str) -> BookError:
    """A lonely cell far away makes the used area of a sheet enormous."""
    return BookError(
        "too-large",
        Text(
            "sheet {sheet}: the stray cell {cell} stretches the sheet far beyond the register",
            {"sheet": sheet, "cell": cell},
        ),
        Text("delete the row or column of that cell in Excel or WPS and save the workbook"),
    )


def too_deep(part: str) -> BookError:
    """Elements are nested deeper than in any workbook."""
    return damaged(Text("the file is damaged: its part {part} is nested without end", {"part": part}))


def ensure_file(size: int) -> None:
    """BookError ``too-large`` for a file larger than all that may be unpacked from it."""
    if size > MOST_BYTES:
        raise BookError("too-large", Text("the file is larger than {limit} MB", {"limit": MOST_BYTES >> 20}), _MAKE_NEW)
