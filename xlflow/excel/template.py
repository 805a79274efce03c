"""Templates: ordinary workbooks in which defined names say where the tables of a report go.

The office owns the look: a table is written downwards from the cells on that bear its name, in their formats, and
nothing else in the workbook changes but what its charts show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from xlflow.excel.book import read_book
from xlflow.excel.charts import Filled, refreshed
from xlflow.excel.errors import BookError
from xlflow.excel.patch import Edit, patch, verify
from xlflow.excel.patch.changes import New
from xlflow.excel.patch.edits import shown
from xlflow.excel.patch.markup import text_of
from xlflow.excel.patch.opened import Opened
from xlflow.excel.places import in_sheet
from xlflow.grid import Merge, letters
from xlflow.model import Text

#: Why a cell below a table cannot be written: there is something in it.
_TAKEN = frozenset({"cell-differs", "formula", "picture-cell"})

Rows: TypeAlias = Sequence[Sequence[New]]


class _Place(NamedTuple):
    """Where a defined name points: a range of a sheet."""

    sheet: str
    area: Merge

    @property
    def width(self) -> int:
        return self.area.last_column - self.area.first_column + 1


def fill(template: bytes, label: str, tables: Mapping[str, Rows], facts: Mapping[str, New]) -> bytes:
    """The template with these tables in it; ``label`` is what messages call it.

    ``tables`` are rows of cells by name, as wide as the range that bears it. ``facts`` are single cells, for names that
    a template may have. Raises BookError: ``no-name`` for a table without a range of its width, ``no-room`` where
    something stands below one, and what a workbook that cannot be changed raises.
    """
    places = _places(Opened(template))
    for name, rows in tables.items():
        _ensure_fits(places.get(name), name, rows, label)
    old = _values(template, label)
    changes = [edit for name, rows in tables.items() for edit in _edits(places[name], rows, old)]
    changes += [edit for name in facts.keys() & places.keys() for edit in _edits(places[name], [[facts[name]]], old)]
    try:
        patched = patch(template, changes)
    except BookError as problem:
        raise (_no_room(label, problem) if problem.code in _TAKEN else problem) from problem
    verify(template, patched.package, patched)
    return refreshed(patched.package, [Filled(*places[name], rows) for name, rows in tables.items()])


def _places(opened: Opened) -> dict[str, _Place]:
    """The names that point to one range of a sheet that is there, in lower case."""
    part = opened.part(opened.book.part)
    sheets = {sheet.name.casefold() for sheet in opened.book.sheets}
    found = {}
    for element in part.root.all("definedNames", "definedName"):
        place = in_sheet(text_of(element, part.data))
        if place is not None and place[0].casefold() in sheets:
            found[(element.get("name") or "").casefold()] = _Place(*place)
    return found


def _corner(place: _Place) -> tuple[str, int, int]:
    return place.sheet, place.area.first_row, place.area.first_column


def _ensure_fits(place: _Place | None, name: str, rows: Rows, label: str) -> None:
    if place is None:
        raise BookError(
            "no-name",
            Text("the template {file} has no cells named {name}", {"file": label, "name": name}),
            Text(
                "select the first row below the headings of that table, and type {name} into the name box",
                dict(name=name),
            ),
        )
    wanted = {len(row) for row in rows} - {place.width}
    if wanted:
        facts = {"file": label, "name": name, "width": place.width, "wanted": wanted.pop()}
        raise BookError(
            "no-name",
            Text("in the template {file} {name} is {width} cells wide, and its table has {wanted} columns", facts),
            Text("give the name {name} to {wanted} cells side by side, one a column", facts),
        )


def _values(template: bytes, label: str) -> dict[tuple[str, str], New]:
    """What stands in the template, by sheet in lower case and cell."""
    return {
        (sheet.name.casefold(), f"{letters(column)}{line.number}"): shown(value)
        for sheet in read_book(template, label).sheets
        for line in sheet.lines
        for column, value in enumerate(line.values)
    }


def _edits(place: _Place, rows: Rows, old: Mapping[tuple[str, str], New]) -> Iterator[Edit]:
    """The first row takes the place of what the template shows there; a table without rows empties it."""
    sheet, top, left = _corner(place)
    for number, row in enumerate(rows or [[None] * place.width]):
        for column, value in enumerate(row, left):
            first, ref = f"{letters(column)}{top}", f"{letters(column)}{top + number}"
            there = old.get((sheet.casefold(), ref)) if number == 0 else None
            yield Edit(sheet, ref, there, value, over_formula=number == 0, like=first)


def _no_room(label: str, problem: BookError) -> BookError:
    facts = {"file": label, "reason": problem.message}
    return BookError(
        "no-room",
        Text("the template {file} has no room for a table: {reason}", facts),
        Text("leave the cells below each table empty, and put what stands there beside it or on another sheet"),
    )
