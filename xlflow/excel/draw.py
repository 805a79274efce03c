"""A new sheet drawn: its blocks as row XML, and what goes into the parts around the rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from xlflow.excel.celltext import TYPES, WRITERS, known, text_cell
from xlflow.excel.errors import BookError
from xlflow.excel.looks import HEADING, NOTE, TITLE, State, Styles, styles
from xlflow.excel.widths import column_widths, lines_shown, row_height
from xlflow.grid import letters
from xlflow.layout import Block, Cells, Column, Link, Look, Marked, NewSheet
from xlflow.model import Text

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

#: Heights in points. They are written as Excel writes its own: a row grows again when somebody types into it.
_TITLE_HEIGHT = 27.0
_LINE_HEIGHT = 18.0
_ROOM_AROUND_HEADINGS = 3.0


class Table(NamedTuple):
    """Where a table stands: 1-based row of its headings and of its last data row, number of its columns."""

    heading_row: int
    last_row: int
    columns: int


class Place(NamedTuple):
    """A cell: 1-based row, 0-based column."""

    row: int
    column: int

    @property
    def ref(self) -> str:
        """The cell as ``C7``."""
        return f"{letters(self.column)}{self.row}"


@dataclass(slots=True)
class Drawn:
    """One sheet: ``rows`` are ``<row>`` elements in UTF-8, the rest in order of rows; ``widths`` are in characters."""

    sheet: NewSheet
    rows: list[bytes] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    comments: list[tuple[Place, str]] = field(default_factory=list)
    links: list[tuple[Place, Link]] = field(default_factory=list)
    choices: dict[tuple[str, ...], list[Place]] = field(default_factory=dict)
    last_row: int = 0

    @property
    def extent(self) -> str:
        """The used range, such as ``A1:T312``."""
        return f"A1:{letters(max(len(self.widths), 1) - 1)}{max(self.last_row, 1)}"


def draw(sheet: NewSheet) -> Drawn:
    """The sheet as XML text and lists. Raises BookError when Excel cannot hold it."""
    _check_size(sheet)
    drawn = Drawn(sheet, widths=column_widths(sheet))
    for block in sheet.blocks:
        if drawn.last_row:
            drawn.last_row += 1
        _block(drawn, block)
    return drawn


def _check_size(sheet: NewSheet) -> None:
    rows = len(sheet.blocks) - 1 + sum(map(_height, sheet.blocks))
    columns = max((len(block.columns) for block in sheet.blocks), default=0)
    if rows > LAST_ROW or columns > LAST_COLUMN:
        raise BookError(
            "too-large",
            Text(
                "sheet {sheet} would have {rows} rows and {columns} columns; Excel holds {last_row} and {last_column}",
                dict(sheet=sheet.name, rows=rows, columns=columns, last_row=LAST_ROW, last_column=LAST_COLUMN),
            ),
            Text("split the register, by month for example"),
        )


def _height(block: Block) -> int:
    lines = bool(block.title) + len(block.intro) + bool(block.columns) + len(block.notes)
    return lines + len(block.rows) + len(block.totals)


def _block(drawn: Drawn, block: Block) -> None:
    _lines(drawn, [block.title] if block.title else [], TITLE, _TITLE_HEIGHT)
    _lines(drawn, block.intro, NOTE, _LINE_HEIGHT)
    if block.columns:
        _headings(drawn, block)
    _rows(drawn, block.columns, block.rows, State.PLAIN)
    _offer(drawn, block)
    _rows(drawn, block.columns, block.totals, State.TOTAL)
    _lines(drawn, block.notes, NOTE, _LINE_HEIGHT)


def _lines(drawn: Drawn, lines: Iterable[str], style: str, height: float) -> None:
    for line in lines:
        drawn.last_row += 1
        drawn.rows.append(_row(drawn.last_row, height, text_cell(f"A{drawn.last_row}", line, style)))


def _row(number: int, height: float, cells: str) -> bytes:
    return f'<row r="{number}" ht="{height}">{cells}</row>'.encode()


def _headings(drawn: Drawn, block: Block) -> None:
    drawn.last_row += 1
    number = drawn.last_row
    headings = [column.heading for column in block.columns]
    cells = [text_cell(f"{letters(index)}{number}", heading, HEADING) for index, heading in enumerate(headings)]
    lines = max(map(lines_shown, headings, drawn.widths))
    drawn.rows.append(_row(drawn.last_row, row_height(lines) + _ROOM_AROUND_HEADINGS, "".join(cells)))
    drawn.tables.append(Table(number, number + len(block.rows), len(headings)))


def _rows(drawn: Drawn, columns: Sequence[Column], rows: Iterable[Cells], state: State) -> None:
    names = [letters(index) for index in range(len(columns))]
    plain = [styles(column.look, state) for column in columns]
    wrapping = [(i, drawn.widths[i]) for i, column in enumerate(columns) if column.look is Look.LONG]
    for row in rows:
        drawn.last_row += 1
        number = str(drawn.last_row)
        values, looks = (
            (row, plain) if TYPES.issuperset(map(type, row)) else _unmarked(drawn, columns, row, state, plain)
        )
        cells = [
            WRITERS[type(value)](name + number, value, look)
            for name, value, look in zip(names, values, looks, strict=True)
        ]
        drawn.rows.append(_row(drawn.last_row, row_height(_most_lines(values, wrapping)), "".join(cells)))


def _unmarked(
    drawn: Drawn, columns: Sequence[Column], row: Cells, state: State, plain: list[Styles]
) -> tuple[list[Any], list[Styles]]:
    """The values of a row and the styles of its cells, ``plain`` but for marked ones; what else is marked is noted."""
    values: list[Any] = [*row]
    looks = [*plain]
    for index, value in enumerate(row):
        if isinstance(value, Marked):
            _note(drawn, Place(drawn.last_row, index), value)
            its_state = State.FILL if value.fill else State.LINK if value.link else state
            looks[index] = styles(value.look or columns[index].look, its_state)
            values[index] = known(value.value)
        elif type(value) not in TYPES:
            values[index] = known(value)
    return values, looks


def _note(drawn: Drawn, place: Place, marked: Marked) -> None:
    if marked.comment:
        drawn.comments.append((place, marked.comment))
    if marked.link:
        drawn.links.append((place, marked.link))
    if marked.choices:
        drawn.choices.setdefault(marked.choices, []).append(place)


def _most_lines(values: Sequence[Any], wrapping: list[tuple[int, int]]) -> int:
    """The lines that the highest cell of a row takes; ``wrapping`` are its columns that wrap, and their widths."""
    return max([1, *(lines_shown(values[i], width) for i, width in wrapping if isinstance(values[i], str))])


def _offer(drawn: Drawn, block: Block) -> None:
    """Note the drop-downs of whole columns of the rows just drawn, for the cells without one of their own."""
    own = {place for places in drawn.choices.values() for place in places}
    numbers = range(drawn.last_row - len(block.rows) + 1, drawn.last_row + 1)
    for index, column in enumerate(block.columns):
        if column.choices:
            cells = (Place(number, index) for number in numbers)
            drawn.choices.setdefault(column.choices, []).extend(cell for cell in cells if cell not in own)
