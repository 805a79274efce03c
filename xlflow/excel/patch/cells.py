"""A cell of a worksheet as bytes, and what it is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from xlflow.excel.patch.markup import ATTRIBUTE, Element, parse, text_of
from xlflow.grid import Value, letters

#: What goes with the value of a cell when it is overwritten: its type, and metadata of its formula and value.
OF_THE_VALUE = frozenset({b"t", b"cm", b"vm"})


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
    """A cell. ``xml`` is how it stands, with its tag in ``element``; both are missing where it has to be made.

    ``value`` and ``picture`` are what the reader finds, once it has been ``read``. ``content`` is what the cell is
    given, ``formula_xml`` its formula where only that changes.
    """

    column: int
    xml: bytes = b""
    element: Element | None = None
    style: int = 0
    formula: Formula | None = None
    read: bool = False
    value: Value = None
    picture: bool = False
    content: Content | None = None
    formula_xml: bytes | None = None

    @property
    def filled(self) -> bool:
        """Whether it has a value, a formula or a picture."""
        return self.value is not None or self.formula is not None or self.picture

    def written(self, prefix: str, row: int) -> bytes:
        """The cell as it is given, in this row; its other attributes stay."""
        kind, inner = self.content or Content()
        name = f"{prefix}c".encode()
        said = _kept(self.element) if self.element else [b'r="%s%d"' % (letters(self.column).encode(), row)]
        if self.style:
            said.append(b's="%d"' % self.style)
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


def read_cell(part: str, column: int, element: Element, xml: bytes, prefix: str) -> Cell:
    """The cell that stands in ``xml``, its value still unread."""
    cell = Cell(column, xml, element, style_number(element.get("s")))
    if f"<{prefix}f".encode() in xml:
        cell.formula = _formula(parse(part, xml).first("f"), xml)
    return cell


def _formula(element: Element | None, xml: bytes) -> Formula | None:
    if element is None:
        return None
    kind, group, area = (element.get(name) or "" for name in ("t", "si", "ref"))
    return Formula("" if kind == "normal" else kind, text_of(element, xml), group, area)


def style_number(text: str | None) -> int:
    """The number of a style, 0 where none can be read."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 0
