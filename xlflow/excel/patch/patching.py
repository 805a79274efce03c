"""Changes become the bytes of a workbook: planned whole, refused whole, and only then written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from xlflow.excel.patch.appends import append
from xlflow.excel.patch.bookxml import BookXml
from xlflow.excel.patch.chain import without
from xlflow.excel.patch.changes import Append, Edit, Patched
from xlflow.excel.patch.edits import edit
from xlflow.excel.patch.markup import Splice, add_child, set_attribute, spliced, utf8
from xlflow.excel.patch.opened import Opened
from xlflow.excel.patch.repack import Pieces, repacked
from xlflow.excel.patch.shared import hand_on
from xlflow.excel.patch.sheet import Sheet
from xlflow.excel.patch.styles import Styles
from xlflow.excel.places import area
from xlflow.grid import letters

SHEET_DATA = re.compile(rb"<([\w.-]+:)?sheetData[\s/>]")


class Plan:
    """Changes made in memory, one after the other: each sees what those before it did. BookError if one is refused.

    ``changed``: row and column of the cells, by sheet, in the order of the changes.
    """

    def __init__(self, package: bytes, changes: Sequence[Edit | Append]) -> None:
        self.opened = Opened(package)
        self.opened.ensure_changeable()
        self.sheets: dict[str, Sheet] = {}
        self.changed: list[tuple[str, int, int]] = []
        self._load(changes)
        for change in changes:
            sheet = self._sheet(change.sheet)
            cells = self._append(sheet, change) if isinstance(change, Append) else self._edit(sheet, change)
            self.changed += [(sheet.name, *cell) for cell in cells]
