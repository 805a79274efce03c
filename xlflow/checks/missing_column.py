"""A required column is not in the sheet: all its rows count as lacking it (S0 五.1)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.checks._cells import judged_sheets
from xlflow.checks.missing import is_excused
from xlflow.day import Day
from xlflow.discover import registers
from xlflow.finding import Hit
from xlflow.model import Level, Text

LEVEL, NEEDS = Level.ERROR, ()
MENDS = True


def check(day: Day) -> Iterator[Hit]:
    for sheet in judged_sheets(day):
        table = registers()[sheet.register]
        for field in sheet.absent:
            heading = table.columns[field].headings[0]
            yield Hit(
                None, field,
                Text("the sheet has no column {heading}", {"heading": heading}),
                Text(
                    "add a column with the heading {heading}, or name the heading it has in xlflow.toml under "
                    "[registers.{register}.headings]",
                    {"heading": heading, "register": sheet.register},
                ),
                sheet=sheet,
                at=sheet.heading_row,
                holds=tuple(row for row in sheet.rows if day.judges(row) and not is_excused(day, row, field)),
            )  # fmt: skip
