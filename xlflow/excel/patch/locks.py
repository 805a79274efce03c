"""Which changes need the password of a protected sheet: a locked cell does, any other does not (contract §7)."""

from __future__ import annotations

from collections.abc import Sequence

from xlflow.excel.patch.changes import Append, Edit
from xlflow.excel.patch.obstacles import covers
from xlflow.excel.patch.opened import Opened
from xlflow.excel.patch.patching import Plan
from xlflow.excel.patch.sheet import Sheet
from xlflow.excel.patch.worksheet import Worksheet
from xlflow.excel.places import area
from xlflow.excel.xml import TRUE
from xlflow.grid import Merge, letters

#: What restricts a range that may be changed without the password of the sheet.
RESTRICTED = ("password", "hashValue", "securityDescriptor")


def locked(package: bytes, changes: Sequence[Edit | Append]) -> list[tuple[str, str]]:
    """The (sheet, cell) that change and are locked, on sheets that are protected, with a password or without.

    BookError where ``patch`` would refuse the changes.
    """
    opened = Opened(package)
    names = dict.fromkeys(change.sheet for change in changes)
    if not any(b"sheetProtection" in opened.data(opened.sheet(name).part) for name in names):
        return []
    plan = Plan(package, changes)
    found = []
    for sheet in plan.sheets.values():
        cells = [(row, column) for other, row, column in plan.cells if other is sheet]
        found += [(sheet.name, f"{letters(column)}{row}") for row, column in _locked(plan, sheet, cells)]
    return found


def _locked(plan: Plan, sheet: Sheet, cells: list[tuple[int, int]]) -> list[tuple[int, int]]:
    protection = sheet.xml.root.first("sheetProtection")
    if protection is None or protection.get("sheet") not in TRUE:
        return []
    was = Sheet(plan.opened, sheet.part)
    free = list(_free(sheet.xml))
    return [
        (row, column)
        for row, column in cells
        if plan.styles.locked(was.cell(row, column).style) and not any(covers(place, row, column) for place in free)
    ]


def _free(xml: Worksheet) -> list[Merge]:
    """The ranges that anybody may change."""
    ranges = xml.root.all("protectedRanges", "protectedRange")
    free = [entry for entry in ranges if not any(entry.get(name) for name in RESTRICTED)]
    places = (area(one) for entry in free for one in (entry.get("sqref") or "").split())
    return [place for place in places if place is not None]
