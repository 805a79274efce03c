"""The registers as they are read now: where is the row that was sent? (contract §4, design "Identity")"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from xlflow.discover import registers
from xlflow.fixes.marks import Marks
from xlflow.fixes.memory import Sent
from xlflow.identity import Anchor, align
from xlflow.table.columns import Row
from xlflow.table.sheets import TableSheet

#: So many filled cells, none of them asked for, tell a row whose other cells were changed.
TELLING = 3

Number = tuple[str, object]


@dataclass(slots=True)
class Registers:
    """The registers as read now.

    ``fields`` are, by register, the fields that heading keys stand for on this desk.
    """

    sheets: Mapping[str, Sequence[TableSheet]]
    fields: Mapping[str, Mapping[str, str]]
    marks: Marks
    _anchors: dict[str, list[tuple[Anchor, Row]]] = field(default_factory=dict)
    _places: dict[str, dict[Hashable, Row]] = field(default_factory=dict)
    _numbers: dict[str, dict[Number, list[Row]]] = field(default_factory=dict)

    def columns(self, register: str, keys: Iterable[str]) -> dict[str, str]:
        """The fields that the headings of a list stand for, by their keys; others are left out."""
        known = self.fields[register]
        found = {key: known[key] for key in keys if key in known}
        for column in registers()[register].columns.values():
            if column.takes in found.values() and column.name not in found.values():
                found = {key: column.name if name == column.takes else name for key, name in found.items()}
        return found

    def find(self, sent: Mapping[str, Sent]) -> dict[str, Row]:
        """By 编号, the rows of one list as far as they are surely found again.

        A list shows only some rows of a register. One that has changed is therefore taken for the same only where
        nothing else could have been: its numbers were and are its own, or all that was not asked for is as it was.
        """
        rows = {name: one for name, one in sent.items() if one.anchor.content}
        found = {name: row for name, one in rows.items() if (row := self._unchanged(one)) is not None}
        for register in dict.fromkeys(one.register for name, one in rows.items() if name not in found):
            mine = [(name, one) for name, one in rows.items() if one.register == register]
            now = self._now(register)
            pairs = align([one.anchor for _, one in mine], [anchor for anchor, _ in now]).pairs
            for old, (name, one) in enumerate(mine):
                # A row with a number that is not found by it may be one of several; one without has only its place.
                row = now[pairs[old]][1] if old in pairs else None if one.numbers else self._here(one)
                if row is not None and self._is_surely(one, row):
                    found[name] = row
        return found

    def _unchanged(self, sent: Sent) -> Row | None:
        """The row in its old place, where it is as it was: nothing else need be looked at."""
        here = self._here(sent)
        return here if here is not None and self.marks.anchor(here).content == sent.anchor.content else None

    def answered(self, sent: Sent, said: Mapping[str, str]) -> Row | None:
        """The row in its old place, if nothing has changed there but that it was given these very answers."""
        here = self._here(sent)
        if here is None or not self._is_rest_as_sent(here, sent):
            return None
        return here if all(self.marks.now(here, name) == said.get(name) for name in sent.asked) else None

    def _here(self, sent: Sent) -> Row | None:
        if sent.register not in self._places:
            rows = self._rows(sent.register)
            self._places[sent.register] = {(row.sheet.file, row.sheet.name, row.number): row for row in rows}
        return self._places[sent.register].get((sent.anchor.file, sent.anchor.sheet, sent.anchor.number))

    def is_sole(self, row: Row) -> bool:
        """Whether a row has an order or tracking number, and no other row of its register has one of them."""
        return self._sharing(row.register, _numbers(row)) == [row]

    def _sharing(self, register: str, numbers: Iterable[Number]) -> list[Row]:
        """The rows of a register that have one of these numbers."""
        if register not in self._numbers:
            index = self._numbers[register] = {}
            for row in self._rows(register):
                for number in _numbers(row):
                    index.setdefault(number, []).append(row)
        found = (self._numbers[register].get(number, ()) for number in numbers)
        return list(dict.fromkeys(row for rows in found for row in rows))

    def _now(self, register: str) -> list[tuple[Anchor, Row]]:
        if register not in self._anchors:
            self._anchors[register] = [(self.marks.anchor(row), row) for row in self._rows(register)]
        return self._anchors[register]

    def _is_surely(self, sent: Sent, row: Row) -> bool:
        if self.marks.anchor(row).content == sent.anchor.content:
            return True
        sharing = self._sharing(sent.register, sent.numbers.items())
        if sent.sole and sharing == [row]:
            return True
        return [one for one in sharing or [row] if self._is_rest_as_sent(one, sent)] == [row]

    def _is_rest_as_sent(self, row: Row, sent: Sent) -> bool:
        """Whether all cells that were not asked for are as they were, and enough of them are filled in."""
        rest = sent.cells.keys() - set(sent.asked)
        telling = sum(sent.cells[name] != self.marks.said("") for name in rest)
        return telling >= TELLING and all(self.marks.cell(row, name) == sent.cells[name] for name in rest)

    def _rows(self, register: str) -> Iterator[Row]:
        return (row for sheet in self.sheets.get(register, ()) for row in sheet.rows)


def _numbers(row: Row) -> Iterator[Number]:
    """A row's order and tracking numbers, by field type."""
    for name, kind in _number_fields(type(row)):  # type: ignore[arg-type]  # a class can be hashed
        if (value := getattr(row, name)) is not None:
            yield kind, value


@cache
def _number_fields(table: type[Row]) -> tuple[tuple[str, str], ...]:
    kinds = ((name, column.type.name) for name, column in table.columns.items())
    return tuple((name, kind) for name, kind in kinds if kind in ("order_no", "tracking"))
