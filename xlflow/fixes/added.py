"""An answer whose column is lacking adds the column at the right (contract §4, "Fix lists")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from xlflow.fixes.headings import THE_REGISTERS
from xlflow.fixes.results import Applied, NewColumn
from xlflow.grid import letters
from xlflow.table.sheets import TableSheet


def with_columns(applied: Iterable[Applied]) -> tuple[list[Applied], list[NewColumn]]:
    """The answers with the cells they get, and the columns that this takes."""
    places = _Places()
    placed = [replace(one, spot=replace(one.spot, cell=places.of(one))) for one in applied]
    return placed, list(places.columns())


class _Places:
    """Where lacking fields go: behind the last column used of their sheet, in the order they are asked for."""

    def __init__(self) -> None:
        self._headings: dict[TableSheet, dict[str, str]] = {}

    def of(self, applied: Applied) -> str | None:
        """The address of the answer's cell."""
        spot = applied.spot
        if spot.cell is not None or spot.row is None or spot.field is None:
            return spot.cell
        sheet = spot.row.sheet
        headings = self._headings.setdefault(sheet, {})
        headings.setdefault(spot.field, (spot.heading or "").removeprefix(THE_REGISTERS))
        return f"{letters(sheet.width + list(headings).index(spot.field))}{spot.row.number}"

    def columns(self) -> Iterator[NewColumn]:
        """The headings to be written."""
        for sheet, headings in self._headings.items():
            for offset, heading in enumerate(headings.values()):
                cell = f"{letters(sheet.width + offset)}{sheet.heading_row}"
                yield NewColumn(sheet.register, sheet.file, sheet.name, cell, heading)
