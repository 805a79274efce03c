"""Random changes to workbooks of every feature: what should change does, and nothing else, as three readers see it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.excel.patch.cases import done, seen
from tests.excel.patch.sources import NAME, SOURCES
from xlflow.excel.book import read_book
from xlflow.excel.errors import BookError
from xlflow.excel.patch import Append, Edit, Patched, patch
from xlflow.excel.patch.changes import New
from xlflow.excel.places import place
from xlflow.grid import UNCACHED, Cell, letters

CODES = {"merged", "array", "table-head", "total-row", "formula", "picture-cell", "cell-differs"}
EXAMPLES, MANY = 5, 200
CHARACTERS = st.characters(codec="utf-8")
VALUES = st.one_of(
    st.none(),
    st.text(CHARACTERS, max_size=8),
    st.sampled_from(["=1+1", "_x0041_", " x ", "'1", "17712345678", "a\r\nb", "\x00\t", "合计", "<&>\"'", "﻿"]),
    st.booleans(),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.decimals(-(10**9), 10**9, places=3),
    st.dates(date(1904, 1, 2), date(9999, 12, 31)),
    st.datetimes(datetime(1904, 1, 2), datetime(2200, 1, 1)).map(
        lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
    ),
    st.times().map(lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)),
)
COLUMNS = st.sampled_from([*"ABCDEFGHIJKLM", "AA", "XFD"])
EDITS = st.tuples(COLUMNS, st.integers(1, 9), VALUES, st.booleans())
APPENDS = st.dictionaries(COLUMNS, VALUES, min_size=1, max_size=4)


def accepted(package: bytes, wanted: list[Any]) -> list[Edit | Append]:
    """The changes that are not refused; those that are, are for a reason that has a name."""
    read = {cell.ref: cell for row in read_book(package, "x").sheets[0].rows() for cell in row.cells}
    changes: list[Edit | Append] = []
    for one in wanted:
        if isinstance(one, dict):
            change: Edit | Append = Append(NAME, one)
        else:
            column, row, new, over_formula = one
            change = Edit(
                NAME, f"{column}{row}", read.get(f"{column}{row}", Cell("", None, "")).value, new, over_formula
            )
        try:
            patch(package, [*changes, change])
            changes.append(change)
        except BookError as refusal:
            nothing = isinstance(one, dict) and not any(value not in (None, "") for value in one.values())
            assert refusal.code in CODES | ({"bad-value"} if nothing else set())
    return changes


def compare_with_openpyxl(before: bytes, after: bytes, patched: Patched) -> None:
    """All other cells have their values, formulas and formats; so has the sheet around them."""
    old, new = (seen(package).worksheets[0] for package in (before, after))
    changed = {ref for _, ref in patched.changed}
    rows = {place(ref)[0] for ref in changed}  # type: ignore[index]
    for row in range(1, max(old.max_row, new.max_row, 1) + 1):
        if row > 30 and row not in rows:
            continue
        for column in range(1, min(max(old.max_column, new.max_column), 40) + 1):
            was, now = old.cell(row, column), new.cell(row, column)
            if now.coordinate in changed:
                if not now.hyperlink:  # openpyxl shows the link of a blank cell as its value
                    same_in_openpyxl(now.value, patched.values[NAME, now.coordinate])
            else:
                assert (told(now.value), now.data_type) == (told(was.value), was.data_type)
                assert now.number_format == was.number_format or was.value is None
    assert [str(one) for one in new.merged_cells.ranges] == [str(one) for one in old.merged_cells.ranges]
    for name in ("column_dimensions", "protection", "freeze_panes", "print_title_rows"):
        assert repr(getattr(new, name)) == repr(getattr(old, name)) or name == "column_dimensions"
    for name in ("data_validations.dataValidation", "conditional_formatting", "tables", "_charts", "_images"):
        (mine, theirs) = (len(_deep(sheet, name)) for sheet in (new, old))
        assert mine == theirs, name


def _deep(thing: Any, name: str) -> Any:
    for part in name.split("."):
        thing = getattr(thing, part)
    return thing


def told(value: Any) -> str:
    """A value as text; an array formula by its range and text."""
    return repr((value.ref, value.text) if hasattr(value, "ref") and hasattr(value, "text") else value)


def same_in_openpyxl(shown: Any, value: Any) -> None:
    if value == UNCACHED:
        assert str(shown).startswith("=")
    elif isinstance(value, str):
        assert "_x" in str(shown) or (str(shown) if shown is not None else None) == value.replace("\r\n", "\n")
    elif isinstance(value, datetime):
        assert abs((shown - value).total_seconds()) < 0.01
    elif isinstance(value, date):
        assert shown == datetime.combine(value, time())
    elif isinstance(value, Decimal | int) and not isinstance(value, bool):
        assert shown == value if isinstance(value, int) else float(shown) == float(value)
    elif not isinstance(value, time):  # openpyxl rounds times to the microsecond in its own way
        assert shown == value


def by_calamine(package: bytes) -> dict[str, Any]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(package)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return {
        f"{letters(column)}{at}": value
        for at, row in enumerate(rows, 1)
        for column, value in enumerate(row)
        if value != ""
    }


def by_xlflow(package: bytes) -> dict[str, Cell]:
    """All cells of all sheets."""
    return {
        f"{sheet.name}!{cell.ref}": cell
        for sheet in read_book(package, "x").sheets
        for row in sheet.rows()
        for cell in row.cells
        if cell.kind != "blank"
    }


def same_but(before: Mapping[str, Any], after: Mapping[str, Any], changed: set[str]) -> None:
    assert {ref: value for ref, value in after.items() if ref not in changed} == {
        ref: value for ref, value in before.items() if ref not in changed
    }


def check(source: str, features: set[str], seed: int, rows: int, wanted: list[Any]) -> None:
    package = SOURCES[source][0](features, seed, rows)
    changes = accepted(package, wanted)
    patched, _ = done(package, *changes)
    after = patched.package
    changed = {ref for _, ref in patched.changed}
    same_but(by_xlflow(package), by_xlflow(after), {f"{NAME}!{ref}" for ref in changed})
    if "utf16" not in features and not any(ref.startswith("XFD") for ref in changed):  # calamine reads UTF-8 only
        old, new = by_calamine(package), by_calamine(after)
        same_but(old, new, changed)
        for ref in changed:
            value: New = patched.values[NAME, ref]  # type: ignore[assignment]
            if isinstance(value, bool | str):
                assert new.get(ref) == value
            elif isinstance(value, int | Decimal):
                assert new[ref] == float(value)
            elif isinstance(value, date) and not isinstance(value, datetime):
                assert new[ref] in (value, datetime.combine(value, time()))
    if "strict" not in features:  # openpyxl sees no sheets in strict workbooks
        compare_with_openpyxl(package, after, patched)


def examples(source: str) -> Any:
    """The source with some of its features, and changes."""
    return given(
        st.sets(st.sampled_from(SOURCES[source][1])),
        st.integers(0, 99),
        st.integers(0, 6),
        st.lists(st.one_of(EDITS, APPENDS), min_size=1, max_size=6),
    )


SETTINGS: dict[str, Any] = {"deadline": None, "suppress_health_check": list(HealthCheck), "derandomize": True}


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("count", [EXAMPLES, pytest.param(MANY, marks=pytest.mark.slow)])
def test_nothing_else_changes(source: str, count: int) -> None:
    @settings(max_examples=count, **SETTINGS)
    @examples(source)
    def run(features: set[str], seed: int, rows: int, wanted: list[Any]) -> None:
        check(source, features, seed, rows, wanted)

    run()
