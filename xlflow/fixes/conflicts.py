"""What could not be taken out of returned lists, as a workbook for people: 冲突 and 未采纳 (contract §4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import PurePosixPath

from xlflow.fields.text import plain
from xlflow.fixes.headings import ID, SOURCE
from xlflow.fixes.results import Conflict, Merge, Rejected, Spot
from xlflow.layout import Block, Cells, Column, Link, Look, Marked, NewBook, NewSheet
from xlflow.model import Text

Say = Callable[[Text], str]

CONFLICTS, REJECTED = "冲突", "未采纳"
FIELD, NOW, RETURNED, ANSWER, REASON = "列", "登记表现在", "退回的", "退回的清单", "原因"


def conflict_book(made: Merge, today: date, say: Say) -> NewBook | None:
    """What has to be looked at by somebody; None when there is nothing."""
    sheets = [_conflicts(made.conflicts, today, say)] if made.conflicts else []
    sheets += [_rejected(made.rejected, today, say)] if made.rejected else []
    return NewBook(tuple(sheets)) if sheets else None


def _conflicts(conflicts: list[Conflict], today: date, say: Say) -> NewSheet:
    facts = {"date": today.isoformat(), "count": len(conflicts)}
    block = Block(
        title=say(Text("Conflicts of {date}: {count} cells", facts)),
        intro=(
            say(Text("Each cell was changed in the register and in the list, or in two lists. Nothing was written.")),
            say(Text("Enter in the register what is right. If the register is right already, there is nothing to do.")),
        ),
        columns=(
            Column(ID), Column(SOURCE), Column(FIELD), Column(NOW, Look.LONG), Column(RETURNED, Look.LONG),
            Column(ANSWER),
        ),
        rows=[_conflict(conflict) for conflict in conflicts],
    )  # fmt: skip
    return NewSheet(CONFLICTS, (block,), frozen_columns=2)


def _conflict(conflict: Conflict) -> Cells:
    spot = conflict.spot
    return [spot.id, _source(spot), spot.heading, _shown(conflict.now), _shown(conflict.returned), spot.answer]


def _rejected(rejected: list[Rejected], today: date, say: Say) -> NewSheet:
    facts = {"date": today.isoformat(), "count": len(rejected)}
    block = Block(
        title=say(Text("Not taken on {date}: {count} answers", facts)),
        columns=(
            Column(ID), Column(SOURCE), Column(FIELD), Column(RETURNED, Look.LONG), Column(REASON, Look.LONG),
            Column(ANSWER),
        ),
        rows=[_rejection(one, say) for one in rejected],
    )  # fmt: skip
    return NewSheet(REJECTED, (block,), frozen_columns=2)


def _rejection(one: Rejected, say: Say) -> Cells:
    why = "；".join(_why(one, say))
    return [one.spot.id, _source(one.spot), one.spot.heading, _shown(one.value), why, one.spot.answer]


def _why(rejected: Rejected, say: Say) -> Iterator[str]:
    yield say(rejected.reason)
    if rejected.fix is not None:
        yield say(rejected.fix)


def _shown(value: object) -> str | None:
    return plain(value) or None  # type: ignore[arg-type]  # a cell of a list


def _source(spot: Spot) -> str | Marked | None:
    """Where it belongs, linked as seen from ``out/DATE/``; a register outside the desk gets no link."""
    if spot.file is None or spot.sheet is None:
        return None
    cell = spot.cell or f"A{spot.number}"
    link = None if PurePosixPath(spot.file).is_absolute() else Link(spot.sheet, cell, f"../../{spot.file}")
    return Marked(spot.place, link=link)
