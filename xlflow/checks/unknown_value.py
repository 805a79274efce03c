"""A choice, a courier or a reason in a spelling that nothing knows: shown with the nearest known one, never guessed.

Reasons are told once a spelling on a desk, at the first row that has it; the other rows are named beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.checks._cells import defects, spelled_level
from xlflow.day import Day, by_date_then_place
from xlflow.fields.text import plain, same
from xlflow.finding import Hit, places
from xlflow.model import Level
from xlflow.table.sheets import Defect

LEVEL, NEEDS = Level.WARNING, ()
MENDS = True


def check(day: Day) -> Iterator[Hit]:
    reasons: dict[tuple[str, str | None], list[Defect]] = {}
    for found in defects(day, "unknown-value"):
        if type(found.row).columns[found.field].type.name == "reason":
            reasons.setdefault((found.row.register, same(plain(found.raw))), []).append(found)
        else:
            yield _hit(found)
    for found_again in reasons.values():
        first, *others = sorted(found_again, key=lambda found: by_date_then_place(found.row))
        yield _hit(first, others)


def _hit(first: Defect, others: list[Defect] | None = None) -> Hit:
    rows = tuple(found.row for found in others or ())
    return Hit(
        first.row, first.field, first.why.message, first.why.fix,
        related=places(rows, first.field), level=spelled_level(first), holds=rows,
    )  # fmt: skip
