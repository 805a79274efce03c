"""Lists that go out and come back, in memory: a desk's rows, what they offer, and what people do to the list."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.build import TODAY, day, findings
from xlflow.day import Day
from xlflow.discover import registers
from xlflow.event import Event, Recorded
from xlflow.excel.book import read_book
from xlflow.excel.write import to_bytes
from xlflow.fixes.marks import Marks
from xlflow.fixes.memory import Memory, fold
from xlflow.fixes.merge import merge
from xlflow.fixes.now import Registers
from xlflow.fixes.offer import Offer, offers
from xlflow.fixes.remember import offered
from xlflow.fixes.results import Merge
from xlflow.fixes.returned import Block, read_list
from xlflow.fixes.sheet import fix_list
from xlflow.grid import Sheet, Value
from xlflow.locale import render
from xlflow.table.headings import Spellings

TYPES = {name: {field: column.type for field, column in table.columns.items()} for name, table in registers().items()}
FIELDS = {
    name: {key: field for key, (field, _) in Spellings.of(table, {}).by_key.items()}
    for name, table in registers().items()
}


def digest(text: str) -> str:
    return hashlib.sha256(f"key{text}".encode()).hexdigest()[:32]


def marks(types: Mapping[str, Mapping[str, Any]] = TYPES) -> Marks:
    return Marks(digest, types)


def read_now(made: Day, types: Mapping[str, Mapping[str, Any]] = TYPES) -> Registers:
    return Registers({table.register: sheets for table, sheets in made.books.sheets.items()}, FIELDS, marks(types))


def recorded(events: Sequence[Event]) -> list[Recorded]:
    return [Recorded(number, "", event) for number, event in enumerate(events, start=1)]


@dataclass
class Out:
    """A list that is out: its workbook's sheets, and what is remembered of it."""

    offer: Offer
    sheets: list[Sheet]
    events: list[Event]

    def page(self, name: str = "待补录") -> Sheet:
        return next(sheet for sheet in self.sheets if sheet.name == name)

    def column(self, heading: str, page: str = "待补录") -> int:
        return self.heading_line(page).index(heading)

    def heading_line(self, page: str = "待补录") -> list[Value]:
        return next(line.values for line in self.page(page).lines if "编号" in line.values)

    def rows(self, page: str = "待补录") -> list[list[Value]]:
        """The data rows, to be changed in place."""
        width = len(self.heading_line(page))
        found = [line.values for line in self.page(page).lines if str(line.values[0]).count("-") == 2]
        for values in found:
            values.extend([None] * (width - len(values)))
        return found

    def fill(self, row: int = 0, page: str = "待补录", **cells: Value) -> Out:
        for heading, value in cells.items():
            self.rows(page)[row][self.column(heading, page)] = value
        return self

    def blocks(self) -> list[Block]:
        found = read_list("back.xlsx", self.sheets)
        assert found is not None
        return found


def send(made: Day, before: Sequence[Event] = (), owner: str | None = None) -> Out:
    """The list of the one owner who has rows, or of the one named."""
    memory = fold(recorded(before))
    lists = offers(made, findings(made), lambda content: memory.export_id(content, digest))
    (offer,) = (offer for offer in lists if owner in (None, offer.owner))
    data = to_bytes(fix_list(offer, TODAY, lambda text: render(text, "en")))
    events = offered([offer], memory, TODAY.isoformat(), read_now(made))
    return Out(offer, list(read_book(data, "待补录.xlsx").sheets), [*before, *events])


def back(out: Out, now: Day, today: date = TODAY, memory: Memory | None = None) -> Merge:
    """What becomes of the list now."""
    return merge(memory or fold(recorded(out.events)), read_now(now), out.blocks(), today)


def told(made: Merge) -> dict[str, list[str]]:
    """Every outcome in words; kinds without any are left out."""
    said = {
        "applied": [f"{one.spot.cell} {one.old}→{one.new!r}" for one in made.applied],
        "columns": [f"{one.cell} {one.heading}" for one in made.columns],
        "same": [f"{one.spot.cell}" for one in made.same],
        "accepted": [f"{one.spot.place} {one.code}: {one.note}" for one in made.accepted],
        "taught": [f"{one.spot.field} {one.spelling}={one.value}" for one in made.taught],
        "conflicts": [f"{one.spot.cell} {one.now}|{one.returned}" for one in made.conflicts],
        "rejected": [f"{one.spot.place} {one.value}: {render(one.reason, 'en')}" for one in made.rejected],
    }
    return {kind: lines for kind, lines in said.items() if lines}


def desk(**registers: Any) -> Callable[..., Day]:
    return lambda **changes: day(**{**registers, **changes})
