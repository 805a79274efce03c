"""A worksheet as bytes: what stands around its rows as elements, and where each row begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from xlflow.excel.limits import ROWS
from xlflow.excel.parts import SheetPart
from xlflow.excel.patch.markup import ATTRIBUTE, parse
from xlflow.excel.patch.refusals import unusual
from xlflow.excel.patch.splices import Splice
from xlflow.excel.patch.wellformed import prove, utf8
from xlflow.excel.places import area
from xlflow.excel.sheet_xml import NAMESPACES
from xlflow.grid import Merge

NAMESPACE_VALUES = frozenset(name.encode() for name in NAMESPACES)


class Frame(NamedTuple):
    """A worksheet in front of its rows, and behind them."""

    before: bytes
    behind: bytes


class Worksheet:
    """``rows`` holds the numbers of the rows, ``starts`` their places; ``prefix`` is that of all names, with colon.

    Made of a part that has been ``proven``. BookError ``unsupported-file`` where rows are not in order.
    """

    def __init__(self, sheet: SheetPart, data: bytes) -> None:
        self.name, self.part = sheet.name, sheet.part
        self.data = utf8(sheet.part, data)
        self.root = parse(sheet.part, self.data, opaque="sheetData")
        tables = list(self.root.all("sheetData"))
        self.prefix = self.root.prefix
        if len(tables) != 1 or tables[0].prefix != self.prefix or not self._has_one_namespace():
            raise unusual(sheet.part)
        self.sheet_data = tables[0]
        self.rows: list[int] = []
        self.starts: list[int] = []
        self._index()

    def _has_one_namespace(self) -> bool:
        values = [found[2][1:-1] for found in ATTRIBUTE.finditer(self.root.attributes) if found[1][:5] == b"xmlns"]
        return sum(value in NAMESPACE_VALUES for value in values) == 1

    def _index(self) -> None:
        tag = re.compile(rb'<%srow(?=[\s/>])(?:\s+r="(\d{1,7})"(?=[\s/>]))?([^<>]*)>' % self.prefix.encode())
        last = 0
        for found in tag.finditer(self.data, self.sheet_data.head, self.sheet_data.stop):
            number = int(found[1]) if found[1] else self._number(found[2], last + 1)
            if not last < number <= ROWS:
                raise unusual(self.part)
            last = number
            self.rows.append(number)
            self.starts.append(found.start())

    def _number(self, attributes: bytes, usual: int) -> int:
        for found in ATTRIBUTE.finditer(attributes):
            if found[1] == b"r":
                number = found[2][1:-1]
                if not number.isdigit() or len(number) > 7:
                    raise unusual(self.part)
                return int(number)
        return usual

    def at(self, row: int) -> int:
        """Where the row stands, or would stand, among ``rows``."""
        return bisect_left(self.rows, row)

    def span(self, at: int) -> tuple[int, int]:
        """From the beginning of a row to that of the next, or to the end of them all."""
        behind = [*self.starts[at : at + 2], self.sheet_data.stop]
        return behind[0], behind[1]

    def bytes_of(self, row: int) -> bytes:
        """The row as it stands, with what follows it up to the next; nothing if it is not there."""
        at = self.at(row)
        if at == len(self.rows) or self.rows[at] != row:
            return b""
        return self.data[slice(*self.span(at))]

    @property
    def frame(self) -> Frame:
        """What stands around the rows."""
        element, data = self.sheet_data, self.data
        if element.empty:
            return Frame(data[: element.head - len(b"/>")] + b">", b"</%s>" % element.name + data[element.end :])
        return Frame(data[: element.head], data[element.stop :])

    def splice(self, number: int, row: bytes) -> Splice:
        """What puts a row where it belongs, in place of the old one if there is one."""
        at = self.at(number)
        if at < len(self.rows) and self.rows[at] == number:
            return Splice(*self.span(at), row)
        place = self.starts[at] if at < len(self.rows) else self.sheet_data.stop
        return Splice(place, place, row)

    def areas(self, *path: str) -> list[Merge]:
        """The ranges named by the elements at a path."""
        found = (area(element.get("ref") or "") for element in self.root.all(*path))
        return [place for place in found if place is not None]


def proven(sheet: SheetPart, data: bytes) -> Worksheet:
    """The worksheet of a part that nobody has looked at.

    BookError where it is not well-formed, or where comments, character data or namespaces are mixed in with the
    rows: then a tag would not tell by itself what it is.
    """
    odd = prove(sheet.part, utf8(sheet.part, data))
    worksheet = Worksheet(sheet, data)
    rows = worksheet.sheet_data
    if any(rows.start <= at < rows.stop for at in odd):
        raise unusual(sheet.part)
    return worksheet
