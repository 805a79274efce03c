"""The same row in several exports of a platform: the newest one wins (contract §4)."""

from __future__ import annotations

from collections.abc import Sequence

from xlflow.table.columns import Row
from xlflow.table.sheets import TableSheet


def keep_newest(sheets: Sequence[TableSheet]) -> None:
    """Drop from ``sheets``, which are in the order they came, every row of which a newer one is there."""
    newest: dict[tuple[str, str], Row] = {}
    for sheet in sheets:
        for row in sheet.rows:
            known = newest.get(_key(row))
            if known is None or row.as_of() >= known.as_of():
                newest[_key(row)] = row
    for sheet in sheets:
        sheet.rows[:] = [row for row in sheet.rows if newest[_key(row)] is row]


def _key(row: Row) -> tuple[str, str]:
    """A row without an identity stands for itself."""
    return row.register, row.identity() or row.sheet.place(None, row.number)
