"""A changed worksheet put together: its rows, the ranges that grew, and its dimension."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.excel.patch.repack import Pieces
from xlflow.excel.patch.shared import hand_on
from xlflow.excel.patch.sheet import Sheet
from xlflow.excel.patch.splices import Splice, add_child, set_attribute, spliced
from xlflow.excel.places import area
from xlflow.grid import letters


def written(sheet: Sheet) -> Pieces | None:
    """The worksheet in pieces; None if nothing in it changes."""
    hand_on(sheet)
    splices = [*_rows(sheet), *sheet.growth.written()]
    return spliced(sheet.xml.data, [*splices, *_dimension(sheet)]) if splices else None


def _rows(sheet: Sheet) -> Iterator[Splice]:
    rows = [row for _, row in sorted(sheet.rows.items()) if row.changed]
    if rows and sheet.xml.sheet_data.empty:
        yield add_child(sheet.xml.sheet_data, b"".join(row.written() for row in rows))
        return
    for row in rows:
        yield sheet.xml.splice(row.number, row.written())


def _dimension(sheet: Sheet) -> Iterator[Splice]:
    """The used range, widened by the cells that are new."""
    element = sheet.xml.root.first("dimension")
    used = area(element.get("ref") or "") if element else None
    places = [(row.number, column) for row in sheet.rows.values() for column in row.given]
    if element is None or used is None or not places:
        return
    first_row, last_row = min(used.first_row, min(places)[0]), max(used.last_row, max(places)[0])
    columns = [used.first_column, used.last_column, *(column for _, column in places)]
    wider = f"{letters(min(columns))}{first_row}:{letters(max(columns))}{last_row}"
    if area(wider) != used:
        yield set_attribute(element, "ref", wider)
