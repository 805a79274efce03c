"""A fix list that came back, whatever was done to it: its rows, found by the list's own headings (contract §4).

Tabs may have other names and others beside them, rows may be sorted, filtered or gone, columns moved or deleted; a
CSV of one tab will do. What the cells mean is left to the merge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from xlflow import codes
from xlflow.discover import registers
from xlflow.fields.text import fold, heading_key, plain, squeeze
from xlflow.fixes.headings import DAYS, ID, NOTE, OWN, RESULT, SOURCE, register_key
from xlflow.grid import Line, Sheet, Value

#: So many of the list's own headings make a heading row, one of the telling ones among them.
ENOUGH = 3
TELLING = (DAYS, RESULT)
_ROW_ID = re.compile(rf"([{codes.ALPHABET}]{{3,}}-[0-9]{{4,}})-([{codes.ALPHABET}])")
#: What people read and type for one another.
_ALIKE = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class Block:
    """The rows below one heading row; ``headings`` are those of the register's columns, as written, by their key."""

    headings: Mapping[str, str]
    rows: list[Answers] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """One row of a list that came back: where it stands there, how it names its row, and what it says.

    ``id`` is None where 编号 is missing or mistyped; ``cells`` are those of the register's columns by heading key;
    ``torn`` are headings that stand over two columns which do not say the same.
    """

    list: str
    sheet: str
    number: int
    id: str | None
    source: str
    result: str
    note: str
    cells: Mapping[str, Value]
    torn: frozenset[str] = frozenset()

    @property
    def place(self) -> str:
        """``file sheet!7`` of the list."""
        return f"{self.list} {self.sheet}!{self.number}"


def read_list(name: str, sheets: Iterable[Sheet]) -> list[Block] | None:
    """The blocks of a fix list called ``name``; None when it is none."""
    blocks = [block for sheet in sheets for block in _blocks(name, sheet)]
    return blocks or None


def _blocks(name: str, sheet: Sheet) -> Iterator[Block]:
    block: Block | None = None
    own: dict[str, int] = {}
    theirs: dict[str, list[int]] = {}
    for line in sheet.lines:
        found = _own_headings(line)
        if found is not None:
            own, theirs = found, _register_headings(line, found)
            block = Block({key: plain(line.values[columns[0]]) for key, columns in theirs.items()})
            yield block
        elif block is not None and not _is_title(line):
            block.rows.append(_answers(name, sheet.name, line, own, theirs))


def _own_headings(line: Line) -> dict[str, int] | None:
    """The columns of the list's own headings; None when the line is no heading row."""
    found: dict[str, int] = {}
    for column, value in enumerate(line.values):
        heading = OWN.get(heading_key(value)) if isinstance(value, str) else None
        if heading is not None:
            found.setdefault(heading, column)
    is_heading = len(found) >= ENOUGH and any(heading in found for heading in TELLING)
    return found if is_heading else None


def _register_headings(line: Line, own: Mapping[str, int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for column, value in enumerate(line.values):
        if isinstance(value, str) and value.strip() and column not in own.values():
            found.setdefault(register_key(value), []).append(column)
    return found


def _is_title(line: Line) -> bool:
    """A register's name above its block."""
    filled = [value for value in line.values if value is not None and plain(value)]
    return not filled or (len(filled) == 1 and plain(filled[0]) in _titles())


@cache
def _titles() -> frozenset[str]:
    return frozenset(table.table_title for table in registers().values())


def _answers(name: str, sheet: str, line: Line, own: Mapping[str, int], theirs: Mapping[str, list[int]]) -> Answers:
    def at(heading: str) -> str:
        return plain(_value(line, own[heading])) if heading in own else ""

    values = {key: [_value(line, column) for column in columns] for key, columns in theirs.items()}
    return Answers(
        name, sheet, line.number, row_id_in(at(ID)), at(SOURCE), at(RESULT), at(NOTE),
        cells={key: next((v for v in several if v is not None), None) for key, several in values.items()},
        torn=frozenset(key for key, several in values.items() if len(set(map(plain, several)) - {""}) > 1),
    )  # fmt: skip


def _value(line: Line, column: int) -> Value:
    return line.values[column] if column < len(line.values) else None


def row_id_in(text: str) -> str | None:
    """The 编号 in a cell, if its check character is right; however it was typed."""
    found = _ROW_ID.fullmatch(squeeze(fold(text)).upper().translate(_ALIKE))
    if found is None or codes.check_character(found[1].replace("-", "")) != found[2]:
        return None
    return f"{found[1]}-{found[2]}"
