"""What stands in a worksheet's XML around its rows: merges, widths, the drawing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from xlflow.excel.xml import Parser, ill_formed

NAMESPACES = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    }
)


class Rows(Protocol):
    """What takes the elements inside ``<sheetData>``, by their full names."""

    def enter(self, namespace: str, leave: Callable[[], None]) -> None: ...
    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, text: str) -> None: ...


class SheetXml:
    """A worksheet as the parser goes through it.

    ``merges``: the ranges as they stand. ``columns``: the attributes of the column tags. ``sizes``: the
    attributes of sheetFormatPr. ``drawing``: the id of the relation to the pictures, if there are any.
    """

    def __init__(self, part: str, rows: Rows | None = None) -> None:
        self._part, self._rows = part, rows
        self.parser = Parser(part, self._start, self._end, rows.text if rows else lambda _: None)
        self.in_data = False
        self.merges: list[str] = []
        self.columns: list[dict[str, str]] = []
        self.sizes: dict[str, str] = {}
        self.drawing: str | None = None
        self._namespace = ""
        self._seen = 0

    def close(self) -> None:
        """The part is over; it must be complete and have had rows, or a place for them."""
        self.parser.close()
        if self._seen != 1:
            raise ill_formed(self._part)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, name = name.rpartition(" ")
        depth = self.parser.depth
        if depth == 1:
            self._namespace = namespace
            if name != "worksheet" or namespace not in NAMESPACES:
                raise ill_formed(self._part)
        elif namespace != self._namespace:
            return
        elif depth == 2:
            self._top(name, attributes)
        elif depth == 3 and name == "mergeCell":
            self.merges.append(attributes.get("ref", ""))
        elif depth == 3 and name == "col":
            self.columns.append(attributes)

    def _top(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheetData":
            self.in_data = True
            self._seen += 1
            if self._rows is not None:
                self._rows.enter(self._namespace, self._leave)
                self.parser.start, self.parser.end = self._rows.start, self._rows.end
        elif name == "sheetFormatPr":
            self.sizes = attributes
        elif name == "drawing":
            self.drawing = next((value for key, value in attributes.items() if key.endswith(" id")), None)

    def _end(self, _: str) -> None:
        if self.parser.depth == 2:
            self.in_data = False

    def _leave(self) -> None:
        self.in_data = False
        self.parser.start, self.parser.end = self._start, self._end
