"""The rows of a worksheet through the XML parser, for sheets in any form: the same tokens as the fast way's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from xlflow.excel.cfb import damaged
from xlflow.excel.errors import BookError
from xlflow.excel.limits import COLUMNS, LONGEST, ROWS, too_long
from xlflow.excel.places import place
from xlflow.excel.sheet_xml import SheetXml
from xlflow.excel.strings import Runs
from xlflow.excel.text import raw
from xlflow.excel.tokens import Batch, Column, Formula, picture_id
from xlflow.excel.xml import TRUE
from xlflow.grid import letters
from xlflow.model import Text

#: What the ``t`` of a cell can say.
TYPES = frozenset({"n", "s", "str", "inlineStr", "b", "e", "d"})
#: Fields (rows times columns) of a batch.
LARGEST_BATCH = 100_000


def bad_cell(sheet: str, cell: str) -> BookError:
    """A cell that says something no cell can say."""
    return damaged(
        Text("The file is damaged: cell {cell} of sheet {sheet} cannot be read.", {"sheet": sheet, "cell": cell})
    )


def twice(sheet: str, cell: str) -> BookError:
    """Two cells at one place."""
    return damaged(
        Text("The file is damaged: cell {cell} of sheet {sheet} is there twice.", {"sheet": sheet, "cell": cell})
    )


def batches(sheet: SheetXml, rows: Rows, pieces: Iterator[bytes]) -> Iterator[Batch]:
    """The rows as they stand, which need not be in order; ``sheet`` must have been made with ``rows``."""
    for piece in pieces:
        sheet.parser.feed(piece)
        yield from rows.done
        rows.done.clear()
    sheet.close()
    rows.finish()
    yield from rows.done


class _Cell(NamedTuple):
    head: bytes
    text: bytes
    formula: Formula | None
    inline: bytes


_NO_CELL = _Cell(b"", b"", None, b"")


class Rows:
    """The rows as the parser goes through them. ``done``: what is ready to be taken."""

    def __init__(self, part: str, sheet: str) -> None:
        self._part, self._sheet = part, sheet
        self.done: list[Batch] = []
        self._numbers: list[int] = []
        self._heads: list[bytes] = []
        self._cells: list[dict[int, _Cell]] = []
        self._columns: set[int] = set()
        self._open: list[str] = []
        self._number = self._column = 0
        self._texts: list[str] | None = None
        self._runs = Runs(part)
        self._begin_cell({})

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        parent = self._open[-1] if self._open else ""
        self._open.append(name)
        if len(self._open) == 1 and name == "row":
            self._begin_row(attributes)
        elif len(self._open) == 2 and name == "c" and parent == "row":
            self._begin_cell(attributes)
            self._column = self._placed(attributes.get("r"))
        elif len(self._open) == 3 and name in ("f", "v") and parent == "c":
            self._texts = []
        elif "is" in self._open[2:3]:
            self._runs.start(name, attributes)

    def text(self, text: str) -> None:
        """Characters of a value, a formula, an inline text, or between elements."""
        if self._texts is not None:
            self._texts.append(text)
            if len(self._texts) > LONGEST // 8192:
                raise too_long(self._part)
        else:
            self._runs.text(text)

    def end(self, name: str) -> None:
        """An element ends."""
        depth = len(self._open)
        if depth == 3 and name in ("f", "v") and self._texts is not None:
            if name in self._values:
                raise bad_cell(self._sheet, self._name(self._column))
            self._values[name] = "".join(self._texts)
            self._texts = None
        elif "is" in self._open[2:3]:
            self._runs.end(name)
            if depth == 3:
                self._values["is"] = self._runs.take()
        elif depth == 2 and name == "c":
            self._end_cell()
        elif depth == 1 and len(self._columns) * len(self._numbers) > LARGEST_BATCH:
            self.finish()
        self._open.pop()

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", str(self._number + 1))
        if not (number.isascii() and number.isdigit() and 0 < int(number[:9]) <= ROWS):
            raise bad_cell(self._sheet, f"A{number[:9]}")
        self._number, self._column = int(number), -1
        self._numbers.append(self._number)
        self._heads.append(_row_head(attributes))
        self._cells.append({})

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._attributes = attributes
        self._values: dict[str, str] = {}

    def _placed(self, reference: str | None) -> int:
        at = (self._number, self._column + 1) if reference is None else place(reference)
        if at is None or at[0] != self._number or at[1] >= COLUMNS:
            raise bad_cell(self._sheet, (reference or self._name(self._column))[:20])
        if at[1] in self._cells[-1]:
            raise twice(self._sheet, self._name(at[1]))
        return at[1]

    def _end_cell(self) -> None:
        values, kind = self._values, self._attributes.get("t", "n")
        numbers = [self._attributes.get(name, "0") for name in ("s", "vm")]
        if kind not in TYPES or not all(n.isascii() and n.isdigit() and len(n) < 10 for n in numbers):
            raise bad_cell(self._sheet, self._name(self._column))
        head = f' s="{numbers[0]}" t="{kind}" vm="{numbers[1]}"'.encode()
        formula = Formula(picture_id(raw(values["f"])), "v" in values) if "f" in values else None
        text = raw(values.get("v", ""))
        inline = b' xml:space="preserve">' + raw(values["is"]) if "is" in values else b""
        self._cells[-1][self._column] = _Cell(head, text, formula, inline)
        self._columns.add(self._column)

    def _name(self, column: int) -> str:
        return f"{letters(max(column, 0))}{self._number}"

    def finish(self) -> None:
        """Make a batch of the rows so far."""
        if self._numbers:
            self.done.append(Batch(self._numbers, self._heads, {c: self._whole(c) for c in sorted(self._columns)}))
        self._numbers, self._heads, self._cells, self._columns = [], [], [], set()

    def _whole(self, column: int) -> Column:
        cells = [row.get(column, _NO_CELL) for row in self._cells]
        heads, texts, formulas, inlines = zip(*cells, strict=True)
        return Column(heads, texts, formulas, inlines)


def _row_head(attributes: dict[str, str]) -> bytes:
    height = attributes.get("ht", "")
    plain = height.replace(".", "", 1)
    said = ' hidden="1"' if attributes.get("hidden") in TRUE else ""
    return (said + (f' ht="{height}"' if plain.isascii() and plain.isdigit() else "")).encode()
