"""The registers as they are read now, looked into by place, number and content."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xlflow.fixes.marks import Marks, keys_of
from xlflow.fixes.memory import Sent
from xlflow.table.columns import Row
from xlflow.table.sheets import TableSheet

#: So many filled cells, none of them asked for, tell a row that has no number of its own.
TELLING = 3

Index = dict[Hashable, list[Row]]


@dataclass(slots=True)
class Registers:
    """The registers as read now.

    ``fields`` are, by register, the fields that heading keys stand for on this desk.
    """

    sheets: Mapping[str, Sequence[TableSheet]]
    fields: Mapping[str, Mapping[str, str]]
    marks: Marks
    _indexes: dict[tuple[str, str], Index] = field(default_factory=dict)

    def row(self, sent: Sent) -> Row | None:
        """The row that was sent: by place and content, by content alone, else the one that was changed since.

        Never guessed: what may be one of several is none. Changed is a row of which only what was asked is different,
        or that had its numbers for itself, and still has.
        """
        here = self._look("places", sent.register, _by_place, (sent.file, sent.sheet, sent.number))
        sharing = self._sharing(sent.register, sent.keys)
        same = [row for row in here if self.marks.content(row) == sent.content] or self._alike(sent, sharing)
        changed = [row for row in dict.fromkeys([*here, *sharing]) if self._is_rest_as_sent(row, sent)]
        found = same or changed or (sharing if sent.sole else [])
        return found[0] if len(found) == 1 else None

    def _alike(self, sent: Sent, sharing: list[Row]) -> list[Row]:
        if not sent.keys:  # then all rows must be looked at, but rows without a number are few
            return self._look("contents", sent.register, lambda row: [self.marks.content(row)], sent.content)
        return [row for row in sharing if self.marks.content(row) == sent.content]

    def _is_rest_as_sent(self, row: Row, sent: Sent) -> bool:
        rest = sent.cells.keys() - set(sent.asked)
        telling = sum(sent.cells[name] != self.marks.said("") for name in rest)
        return telling >= TELLING and all(self.marks.cell(row, name) == sent.cells[name] for name in rest)

    def is_sole(self, row: Row) -> bool:
        """Whether a row has order and tracking numbers, and no other row of its register has one of them."""
        return self._sharing(row.register, keys_of(row)) == [row]

    def _sharing(self, register: str, keys: Mapping[str, str]) -> list[Row]:
        found = (self._look("keys", register, _by_key, key) for key in keys.items())
        return list(dict.fromkeys(row for rows in found for row in rows))

    def _look(self, what: str, register: str, keys: Callable[[Row], Iterable[Hashable]], key: Hashable) -> list[Row]:
        """The rows of a register under a key; the index is made when it is first asked for."""
        if (what, register) not in self._indexes:
            index = self._indexes[what, register] = {}
            for row in self._rows(register):
                for found in keys(row):
                    index.setdefault(found, []).append(row)
        return self._indexes[what, register].get(key, [])

    def _rows(self, register: str) -> Iterator[Row]:
        return (row for sheet in self.sheets.get(register, ()) for row in sheet.rows)


def _by_place(row: Row) -> Iterable[Hashable]:
    return ((row.sheet.file, row.sheet.name, row.number),)


def _by_key(row: Row) -> Iterable[Hashable]:
    return keys_of(row).items()
