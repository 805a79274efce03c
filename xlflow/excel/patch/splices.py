"""Some bytes of a part replaced by others, and all the rest kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from xlflow.excel.patch.markup import ATTRIBUTE, Element, encoded


class Splice(NamedTuple):
    """Bytes from ``start`` to ``end`` of a part are replaced by ``new``."""

    start: int
    end: int
    new: bytes


def set_attribute(element: Element, name: str, value: str) -> Splice:
    """What sets an attribute, where it stands or behind the others."""
    before = element.start + 1 + len(element.name)
    for found in ATTRIBUTE.finditer(element.attributes):
        if found[1] == name.encode():
            return Splice(before + found.start(2), before + found.end(2), b'"%s"' % encoded(value))
    end = before + len(element.attributes.rstrip())
    return Splice(end, end, b' %s="%s"' % (name.encode(), encoded(value)))


def add_child(element: Element, child: bytes) -> Splice:
    """What adds a child behind the others."""
    if element.empty:
        return Splice(element.head - len(b"/>"), element.head, b">%s</%s>" % (child, element.name))
    return Splice(element.stop, element.stop, child)


def spliced(data: bytes, splices: Iterable[Splice]) -> Sequence[bytes | memoryview]:
    """The part with some of its bytes replaced, in pieces. Insertions at one place stay in their order."""
    view = memoryview(data)
    pieces: list[bytes | memoryview] = []
    at = 0
    for start, end, new in sorted(splices, key=lambda splice: splice[:2]):
        pieces += [view[at:start], new]
        at = end
    return [*pieces, view[at:]]
