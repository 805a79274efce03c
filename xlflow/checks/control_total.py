"""A total row does not equal the sum of the readable amounts or quantities above it."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.checks._cells import sheets
from xlflow.day import Day
from xlflow.finding import Hit, shown
from xlflow.model import Level, Text

LEVEL, NEEDS = Level.WARNING, ()


def check(day: Day) -> Iterator[Hit]:
    for sheet in sheets(day):
        for total in sheet.totals:
            if total.judged and total.why is None:
                yield Hit(
                    None, total.field,
                    Text(
                        "the total says {said}, the rows above it add up to {found}",
                        {"said": shown(total.shown), "found": f"{total.found.normalize():f}"},
                    ),
                    Text("look for a row left out of the sum, or correct the total"),
                    sheet=sheet, at=total.row, value=total.shown,
                )  # fmt: skip
