"""One row of a worksheet as bytes: its cells, and the row with some of them changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from xlflow.excel.patch.markup import ATTRIBUTE, Element, Splice, add_child, parse, set_attribute, spliced, text_of
from xlflow.excel.patch.refusals import unusual
from xlflow.excel.places import place
from xlflow.excel.xml import TRUE
from xlflow.grid import Value, letters

#: What goes with the value of a cell when it is overwritten: its type, and metadata of its formula and value.
OF_THE_VALUE = frozenset({b"t", b"cm", b"vm"})
SPAN = re.compile(r"(\d{1,5}):(\d{1,5})")


class Content(NamedTuple):
    """The value of a cell as XML: what its ``t`` says, and what stands inside."""

    kind: str = ""
    inner: bytes = b""


class Formula(NamedTuple):
    """A formula: ``kind`` is nothing, ``shared``, ``array`` or ``dataTable``; some have a ``group`` and an ``area``."""

    kind: str
    text: str
    group: str
    area: str


@dataclass(slots=True)
class Cell:
    """A cell. ``value`` is the reader's; ``content`` is what the cell is given, ``formula_xml`` its formula alone."""

    column: int
    element: Element | None = None
    style: int = 0
    value: Value = None
    formula: Formula | None = None
    picture: bool = False
    content: Content | None = None
    formula_xml: bytes | None = None

    @property
    def filled(self) -> bool:
        """Whether it has a value, a formula or a picture."""
        return self.value is not None or self.formula is not None or self.picture


@dataclass(slots=True)
class Row:
    """A row. ``data`` and ``element`` are missing where it has to be made; ``tag`` is what to set in its tag."""

    number: int
    prefix: str
    data: bytes = b""
    element: Element | None = None
    cells: dict[int, Cell] = field(default_factory=dict)
    tag: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str | None:
        """An attribute of the row."""
        return self.tag.get(name) or (self.element.get(name) if self.element else None)

    @property
    def style(self) -> int | None:
        """The style of its cells that are not there, if it says one."""
        return style_number(self.get("s")) if self.get("customFormat") in TRUE else None

    @property
    def given(self) -> list[int]:
        """The columns that get a value, or a format for it."""
        return [column for column, cell in self.cells.items() if cell.content is not None]

    @property
    def changed(self) -> bool:
        """Whether anything in it changes."""
        return bool(self.tag) or any(cell.content or cell.formula_xml for cell in self.cells.values())

    def written(self) -> bytes:
        """The row with its changes."""
        if self.element is None:
            tag = "".join(f' {name}="{value}"' for name, value in {"r": str(self.number), **self.tag}.items())
            cells = b"".join(self._written(cell) for _, cell in sorted(self.cells.items()) if cell.content is not None)
            return b"<%srow%s>%s</%srow>" % (self.prefix.encode(), tag.encode(), cells, self.prefix.encode())
        return b"".join(spliced(self.data, [*self._tag(self.element), *self._cells(self.element)]))

    def _tag(self, element: Element) -> Iterator[Splice]:
        for name, value in self.tag.items():
            yield set_attribute(element, name, value)
        spans = element.get("spans") or ""
        wider = widened(spans, self.given)
        if wider != spans:
            yield set_attribute(element, "spans", wider)

    def _cells(self, element: Element) -> Iterator[Splice]:
        """Cells that are there are replaced in their places, the others come before the next one that is there."""
        new: list[bytes] = []
        last = element.head
        for column in sorted(self.cells):
            cell = self.cells[column]
            if cell.element is None:
                new += [self._written(cell)] if cell.content is not None else []
                continue
            if new:
                yield Splice(cell.element.start, cell.element.start, b"".join(new))
                new = []
            yield from self._replaced(cell, cell.element)
            last = cell.element.end
        if new:
            yield add_child(element, b"".join(new)) if element.empty else Splice(last, last, b"".join(new))

    def _replaced(self, cell: Cell, element: Element) -> Iterator[Splice]:
        if cell.content is not None:
            yield Splice(element.start, element.end, self._written(cell))
        elif cell.formula_xml is not None and (formula := element.first("f")):
            yield Splice(formula.start, formula.end, cell.formula_xml)

    def _written(self, cell: Cell) -> bytes:
        kind, inner = cell.content or Content()
        name = f"{self.prefix}c".encode()
        said = _kept(cell.element) if cell.element else [b'r="%s%d"' % (letters(cell.column).encode(), self.number)]
        if cell.style:
            said.append(b's="%d"' % cell.style)
        if kind:
            said.append(b't="%s"' % kind.encode())
        tag = b" ".join([b"<" + name, *said])
        return b"%s>%s</%s>" % (tag, inner, name) if inner else tag + b"/>"


def _kept(element: Element) -> list[bytes]:
    """The attributes of a cell that stay when its value changes, but for its style."""
    return [
        b"%s=%s" % found.groups()
        for found in ATTRIBUTE.finditer(element.attributes)
        if found[1] not in OF_THE_VALUE and found[1] != b"s"
    ]


def widened(spans: str, columns: Iterable[int]) -> str:
    """The ``spans`` of a row with cells in these columns; as they are where they do or cannot be read."""
    ends = [tuple(map(int, pair)) for pair in SPAN.findall(spans)]
    outside = [column + 1 for column in columns if not any(first <= column + 1 <= last for first, last in ends)]
    if not ends or not outside:
        return spans
    return f"{min(*outside, *(first for first, _ in ends))}:{max(*outside, *(last for _, last in ends))}"


def style_number(text: str | None) -> int:
    """The number of a style, 0 where none can be read."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 0


def read_row(part: str, number: int, data: bytes, prefix: str) -> Row:
    """The row in ``data``, its cells still without values; BookError where they are not in order."""
    if not data:
        return Row(number, prefix)
    element = parse(part, data)
    row = Row(number, prefix, data, element)
    last = -1
    for child in element.children:
        if child.name != f"{prefix}c".encode():
            continue
        reference = child.get("r")
        at = (number, last + 1) if reference is None else place(reference)
        if at is None or at[0] != number or at[1] <= last:
            raise unusual(part)
        last = at[1]
        row.cells[last] = Cell(last, child, style_number(child.get("s")), formula=_formula(data, child))
    return row


def _formula(data: bytes, cell: Element) -> Formula | None:
    element = cell.first("f")
    if element is None:
        return None
    kind, group, area = (element.get(name) or "" for name in ("t", "si", "ref"))
    return Formula("" if kind == "normal" else kind, text_of(element, data), group, area)
