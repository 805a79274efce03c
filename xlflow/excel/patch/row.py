"""One row of a worksheet as bytes: its cells, and the row with some of them changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from xlflow.excel.patch.cells import Cell, read_cell, style_number
from xlflow.excel.patch.markup import Element, parse
from xlflow.excel.patch.refusals import unusual
from xlflow.excel.patch.splices import Splice, add_child, set_attribute, spliced
from xlflow.excel.places import place
from xlflow.excel.xml import TRUE

SPAN = re.compile(r"(\d{1,5}):(\d{1,5})")


@dataclass(slots=True)
class Row:
    """A row. ``xml`` and ``element`` are missing where it has to be made; ``tag`` is what to set in its tag."""

    number: int
    prefix: str
    xml: bytes = b""
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

    def only(self, columns: Iterable[int]) -> bytes:
        """The row with no more cells than these, for the reader; all of them where some do not say their place."""
        cells = [self.cells[column] for column in sorted(columns)]
        name = f"{self.prefix}row".encode()
        if all(cell.element is not None and cell.element.get("r") for cell in cells):
            return b'<%s r="%d">%s</%s>' % (name, self.number, b"".join(cell.xml for cell in cells), name)
        before = b'<%s r="%d"/>' % (name, self.number - 1) if self.number > 1 else b""
        return before + self.xml  # a row without a number counts from the one before

    def written(self) -> bytes:
        """The row with its changes."""
        if self.element is not None:
            return b"".join(spliced(self.xml, [*self._tag(self.element), *self._cells(self.element)]))
        tag = "".join(f' {name}="{value}"' for name, value in {"r": str(self.number), **self.tag}.items())
        cells = b"".join(self.cells[column].written(self.prefix, self.number) for column in sorted(self.given))
        name = f"{self.prefix}row".encode()
        return b"<%s%s>%s</%s>" % (name, tag.encode(), cells, name)

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
                new += [cell.written(self.prefix, self.number)] if cell.content is not None else []
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
            yield Splice(element.start, element.end, cell.written(self.prefix, self.number))
        elif cell.formula_xml is not None:
            formula = parse("", cell.xml).first("f")
            if formula is not None:
                yield Splice(element.start + formula.start, element.start + formula.end, cell.formula_xml)


def widened(spans: str, columns: Iterable[int]) -> str:
    """The ``spans`` of a row with cells in these columns; as they are where they do or cannot be read."""
    ends = [tuple(map(int, pair)) for pair in SPAN.findall(spans)]
    outside = [column + 1 for column in columns if not any(first <= column + 1 <= last for first, last in ends)]
    if not ends or not outside:
        return spans
    return f"{min(*outside, *(first for first, _ in ends))}:{max(*outside, *(last for _, last in ends))}"


def read_row(part: str, number: int, xml: bytes, prefix: str) -> Row:
    """The row in ``xml``, its cells still without values; BookError where they are not in order."""
    if not xml:
        return Row(number, prefix)
    element = parse(part, xml, opaque="c")
    row = Row(number, prefix, xml, element)
    last = -1
    for child in element.children:
        if child.name != f"{prefix}c".encode():
            continue
        reference = child.get("r")
        at = (number, last + 1) if reference is None else place(reference)
        if at is None or at[0] != number or at[1] <= last:
            raise unusual(part)
        last = at[1]
        row.cells[last] = read_cell(part, last, child, xml[child.start : child.end], prefix)
    return row
