"""The rows of a worksheet through the XML parser, for sheets in any form: the same tokens as the fast way's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from xlflow.excel.cfb import damaged
from xlflow.excel.errors import BookError
from xlflow.excel.limits import COLUMNS, LONGEST, ROWS, too_long
from xlflow.excel.places import place
from xlflow.excel.sheet_xml import SheetXml
from xlflow.excel.strings import Runs
from xlflow.excel.text import raw
from xlflow.excel.tokens import TYPES, Batch, Column, Formula, picture_id
from xlflow.excel.xml import TRUE, local
from xlflow.grid import letters
from xlflow.model import Text

#: Fields (rows times columns) of a batch.
LARGEST_BATCH = 100_000
#: Different tags of cells that are remembered.
MOST_REMEMBERED = 1 << 16
DIGITS = "0123456789"
#: What an element is, by what it is in and its name; all else in an ``is`` is a run of text, elsewhere nothing.
ROLES = {("", "row"): "row", ("row", "c"): "c", ("c", "v"): "v", ("c", "f"): "f", ("c", "is"): "is"}
IN_TEXT = frozenset({"is", "run"})


def bad_cell(sheet: str, cell: str) -> BookError:
    """A cell that says something no cell can say."""
    return damaged(
        Text("the file is damaged: cell {cell} of sheet {sheet} cannot be read", {"sheet": sheet, "cell": cell})
    )


def twice(sheet: str, cell: str) -> BookError:
    """Two cells at one place."""
    return damaged(
        Text("the file is damaged: cell {cell} of sheet {sheet} is there twice", {"sheet": sheet, "cell": cell})
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
        self._tags: list[bytes] = []
        self._cells: list[dict[int, _Cell]] = []
        self._columns: set[int] = set()
        self._open: list[str] = [""]
        self._number, self._digits, self._column = 0, "0", -1
        self._attributes: dict[str, str] = {}
        self._values: dict[str, str] = {}
        self._texts: list[str] | None = None
        self._runs = Runs(part)
        self._indexes: dict[str, int] = {}
        self._heads: dict[tuple[str | None, str | None, str | None], bytes] = {}

    def enter(self, namespace: str, leave: Callable[[], None]) -> None:
        """The rows begin; ``leave`` is to be called when they end."""
        self._roles = {(parent, f"{namespace} {name}"): role for (parent, name), role in ROLES.items()}
        self._leave = leave

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        parent = self._open[-1]
        role = self._roles.get((parent, name)) or ("run" if parent in IN_TEXT else "other")
        self._open.append(role)
        if role == "c":
            self._attributes, self._values = attributes, {}
            self._column = self._placed(attributes.get("r"))
        elif role in ("v", "f"):
            self._texts = []
        elif role == "row":
            self._begin_row(attributes)
        elif role in IN_TEXT:
            self._runs.start(local(name), attributes)

    def text(self, text: str) -> None:
        """Characters of a value, a formula, a text of the cell's own, or between elements."""
        if self._texts is None:
            self._runs.text(text)
        else:
            self._texts.append(text)
            if len(self._texts) > LONGEST // 8192:
                raise too_long(self._part)

    def end(self, name: str) -> None:
        """An element ends."""
        role = self._open.pop()
        if role == "c":
            self._end_cell()
        elif role in ("v", "f"):
            self._keep(role, "".join(self._texts or ()))
            self._texts = None
        elif role in IN_TEXT:
            self._runs.end(local(name))
            if role == "is":
                self._keep(role, self._runs.take())
        elif role == "row" and len(self._columns) * len(self._numbers) > LARGEST_BATCH:
            self.finish()
        elif not self._open:
            self._open.append("")
            self._leave()

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", str(self._number + 1))
        if not (number.isascii() and number.isdigit() and 0 < int(number[:9]) <= ROWS):
            raise bad_cell(self._sheet, f"A{number[:9]}")
        self._number, self._column = int(number), -1
        self._digits = str(self._number)
        self._numbers.append(self._number)
        self._tags.append(_tag(attributes))
        self._cells.append({})

    def _placed(self, reference: str | None) -> int:
        """The column of the cell that begins; it must be in this row and not be there yet."""
        if reference is None:
            column = self._column + 1
        else:
            name = reference.rstrip(DIGITS)
            column = self._indexes.get(name, -1)
            if column < 0 or reference[len(name) :] != self._digits:
                at = place(reference)
                column = at[1] if at is not None and at[0] == self._number else COLUMNS
                self._indexes[name] = column
        if column >= COLUMNS:
            raise bad_cell(self._sheet, reference[:20] if reference else self._name(self._column))
        if column in self._cells[-1]:
            raise twice(self._sheet, self._name(column))
        return column

    def _keep(self, role: str, text: str) -> None:
        if role in self._values:
            raise bad_cell(self._sheet, self._name(self._column))
        self._values[role] = text

    def _end_cell(self) -> None:
        said, values = self._attributes, self._values
        key = said.get("s"), said.get("t"), said.get("vm")
        head = self._heads.get(key) or self._new_head(key)
        if not values and key[2] is None:
            self._cells[-1][self._column] = _NO_CELL
            return
        formula = Formula(picture_id(raw(values["f"])), "v" in values) if "f" in values else None
        inline = b' xml:space="preserve">' + raw(values["is"]) if "is" in values else b""
        self._cells[-1][self._column] = _Cell(head, raw(values.get("v", "")), formula, inline)
        self._columns.add(self._column)

    def _new_head(self, key: tuple[str | None, str | None, str | None]) -> bytes:
        style, kind, rich = key[0] or "0", key[1] or "n", key[2] or "0"
        numbers = style + rich
        if kind not in TYPES or not (numbers.isascii() and numbers.isdigit() and len(numbers) < 18):
            raise bad_cell(self._sheet, self._name(self._column))
        head = f' s="{style}" t="{kind}" vm="{rich}"'.encode()
        if len(self._heads) < MOST_REMEMBERED:
            self._heads[key] = head
        return head

    def _name(self, column: int) -> str:
        return f"{letters(max(column, 0))}{self._number}"

    def finish(self) -> None:
        """Make a batch of the rows so far."""
        if self._numbers:
            self.done.append(Batch(self._numbers, self._tags, {c: self._whole(c) for c in sorted(self._columns)}))
        self._numbers, self._tags, self._cells, self._columns = [], [], [], set()

    def _whole(self, column: int) -> Column:
        cells = [row.get(column, _NO_CELL) for row in self._cells]
        heads, texts, formulas, inlines = zip(*cells, strict=True)
        return Column(heads, texts, formulas if any(formulas) else None, inlines if any(inlines) else None)


def _tag(attributes: dict[str, str]) -> bytes:
    height = attributes.get("ht", "")
    plain = height.replace(".", "", 1)
    said = ' hidden="1"' if attributes.get("hidden") in TRUE else ""
    return (said + (f' ht="{height}"' if plain.isascii() and plain.isdigit() else "")).encode()
