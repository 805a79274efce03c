"""One cell or one column of cells through a field type, each distinct value parsed once where values repeat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from xlflow.grid import CellError, Uncached, Value
from xlflow.table.defects import UNCACHED_FORMULA, error_cell

Parse = Callable[[Value], object]

#: Cells of a column that tell whether its values repeat.
PROBED = 64


def parse_cell(parse: Parse, raw: Value) -> object:
    """The value of one cell of any kind, None when blank, or Unreadable."""
    if raw is None:
        return None
    if isinstance(raw, CellError):
        return error_cell(raw.text)
    if isinstance(raw, Uncached):
        return UNCACHED_FORMULA
    return parse(raw)


def parse_column(parse: Parse, raw: Sequence[Value]) -> list[object]:
    """The values of a column's cells, in their order."""
    kinds = set(map(type, raw))
    if bool in kinds:  # True and 1 are one key of a dict
        return [parse_cell(parse, value) for value in raw]
    if CellError in kinds or Uncached in kinds:
        parse = partial(parse_cell, parse)
    repeats = len(set(raw[:PROBED])) <= PROBED // 2
    return list(map(_Parsed(parse).__getitem__ if repeats else parse, raw))


class _Parsed(dict[Value, object]):
    """Raw value → parsed value, filled as it is asked."""

    def __init__(self, parse: Parse) -> None:
        super().__init__({None: None})
        self._parse = parse

    def __missing__(self, raw: Value) -> object:
        value = self[raw] = self._parse(raw)
        return value
