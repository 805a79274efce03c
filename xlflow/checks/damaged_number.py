"""An order or tracking number stored as a number of 16 digits or more: Excel kept 15, the rest is gone.

If exactly one full number elsewhere, in a register or an export, fits what is left, it is proposed; never put in.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.checks._cells import defects
from xlflow.day import Day, once
from xlflow.fields import ids
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.table.sheets import Defect

LEVEL, NEEDS = Level.ERROR, ()
MENDS = True


def check(day: Day) -> Iterator[Hit]:
    for found in defects(day, "damaged-number"):
        fitting = _fitting(day, found)
        fix = found.why.fix
        if len(fitting) == 1:
            fix = Text("it may be {number}: check, and type it in as text", {"number": fitting.pop()})
        yield Hit(found.row, found.field, found.why.message, fix)


def _fitting(day: Day, found: Defect) -> set[str]:
    kind = type(found.row).columns[found.field].type.name
    stems = ids.stem(found.raw)
    if not stems:
        return set()
    by_stem = _by_stem(day)[kind, len(stems[0])]
    return {full for stem in stems for full in by_stem.get(stem, ()) if ids.fits(found.raw, full)}


@once
def _by_stem(day: Day) -> _Stems:
    return _Stems(day)


class _Stems(dict[tuple[str, int], dict[str, set[str]]]):
    """Every full number that can be read in a register or an export, by field type and its first so many digits."""

    def __init__(self, day: Day) -> None:
        super().__init__()
        self._books = day.books

    def __missing__(self, key: tuple[str, int]) -> dict[str, set[str]]:
        kind, length = key
        found = self[key] = {}
        for table, sheets in self._books.sheets.items():
            for name in (c.name for c in table.columns.values() if c.type.name == kind):
                for row in (row for sheet in sheets for row in sheet.rows):
                    full = getattr(row, name)
                    if full is not None:
                        found.setdefault(full[:length], set()).add(full)
        return found
