"""A column reads as its cells do one by one, whether its values repeat or not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.fields.reading import CELLS, FEW
from xlflow.fields.people import PHONE
from xlflow.grid import UNCACHED, CellError, Value
from xlflow.table.parse import PROBED, parse_cell, parse_column

DISTINCT = [f"138{number:08d}" for number in range(PROBED)]


@FEW
@given(st.lists(CELLS | st.builds(CellError, st.text(max_size=3)) | st.just(UNCACHED)), st.booleans())
def test_a_column_is_its_cells(cells: list[Value], distinct: bool) -> None:
    column = DISTINCT * distinct + cells
    assert parse_column(PHONE.parse, column) == [parse_cell(PHONE.parse, cell) for cell in column]


def test_repeated_values_are_parsed_once() -> None:
    asked: list[Value] = []
    assert parse_column(asked.append, ["a", "b", None] * PROBED) == [None] * 3 * PROBED
    assert asked == ["a", "b"]
