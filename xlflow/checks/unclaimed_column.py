"""A column that no field claims: its cells are not read, and now you know."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.checks._cells import judged_sheets
from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level, Text

LEVEL, NEEDS = Level.INFO, ()


def check(day: Day) -> Iterator[Hit]:
    for sheet in judged_sheets(day):
        for claim in sheet.unclaimed:
            named = Text("nothing reads the column {heading}", {"heading": claim.heading})
            yield Hit(
                None, None,
                named if claim.heading else Text("nothing reads this column: it has no heading"),
                Text(
                    "if it matters, name its heading in xlflow.toml under [registers.{register}.headings]",
                    {"register": sheet.register},
                ),
                sheet=sheet, at=sheet.heading_row, column=claim.column, value=claim.heading or None,
            )  # fmt: skip
