"""An order or tracking number stored as a number of 16 digits or more: Excel kept 15, the rest is gone.

If exactly one full number elsewhere, in a register or an export, fits what is left, it is proposed; never put in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from operator import attrgetter

from xlflow.checks._cells import defects
from xlflow.day import Day
from xlflow.fields import ids
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.table.sheets import Defect

LEVEL, NEEDS = Level.ERROR, ()
MENDS = True

#: A field type and the first digits of a number.
Stem = tuple[str, str]


def check(day: Day) -> Iterator[Hit]:
    damaged = list(defects(day, "damaged-number"))
    known = _beginning_with(day, {(_kind(found), stem) for found in damaged for stem in ids.stem(found.raw)})
    for found in damaged:
        stems = ids.stem(found.raw)
        fitting = {full for stem in stems for full in known[_kind(found), stem] if ids.fits(found.raw, full)}
        fix = found.why.fix
        if len(fitting) == 1:
            fix = Text("it may be {number}: check, and type it in as text", {"number": fitting.pop()})
        yield Hit(found.row, found.field, found.why.message, fix)


def _kind(found: Defect) -> str:
    return type(found.row).columns[found.field].type.name


def _beginning_with(day: Day, stems: Collection[Stem]) -> Mapping[Stem, set[str]]:
    """The full numbers in registers and exports that begin with one of the stems, each a field type and digits."""
    found: dict[Stem, set[str]] = {stem: set() for stem in stems}
    for kind, length in {(kind, len(digits)) for kind, digits in stems}:
        wanted = {digits for its_kind, digits in stems if its_kind == kind}
        for full in _numbers(day, kind):
            if full[:length] in wanted:
                found[kind, full[:length]].add(full)
    return found


def _numbers(day: Day, kind: str) -> Iterator[str]:
    """Every number of a field type that can be read."""
    for table, sheets in day.books.sheets.items():
        for column in table.columns.values():
            if column.type.name == kind:
                for sheet in sheets:
                    yield from filter(None, map(attrgetter(column.name), sheet.rows))
