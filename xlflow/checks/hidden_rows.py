"""Rows are hidden or filtered away; they are read and judged all the same."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.checks._cells import judged_sheets
from xlflow.day import Day
from xlflow.finding import WHOLE_SHEET, Hit
from xlflow.model import Level, Text

LEVEL, NEEDS = Level.INFO, ()


def check(day: Day) -> Iterator[Hit]:
    for sheet in judged_sheets(day):
        if sheet.hidden:
            message = Text("the sheet is hidden; it was read all the same")
        elif sheet.hidden_rows:
            message = Text(
                "{count} rows are hidden or filtered away; they were read all the same",
                {"count": len(sheet.hidden_rows)},
            )
        else:
            continue
        fix = Text("clear the filter or unhide them if you want to see what was read")
        yield Hit(None, None, message, fix, sheet=sheet, at=WHOLE_SHEET)
