"""Digests of cells and rows: enough to tell whether they still say the same, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from xlflow.fields import FieldType
from xlflow.fixes.cells import says, written
from xlflow.fixes.memory import Digest
from xlflow.identity import Anchor, anchor
from xlflow.table.columns import Row

#: Characters of a digest that only has to tell a few values from each other.
SHORT = 12


class Marks:
    """Digests of cells and rows; ``types`` are the field types of this desk, by register and field."""

    def __init__(self, digest: Digest, types: Mapping[str, Mapping[str, FieldType]]) -> None:
        self._digest, self._types, self._blank = digest, types, digest("")[:SHORT]

    def kind(self, register: str, field: str) -> FieldType:
        """The type of a field on this desk."""
        return self._types[register][field]

    def said(self, text: str) -> str:
        """What is remembered of a cell that says ``text``."""
        return self._digest(text)[:SHORT] if text else self._blank

    def now(self, row: Row, field: str) -> str:
        """What a row's cell says now."""
        value = written(row, field)
        return says(self.kind(row.register, field), value) if value is not None else ""

    def cell(self, row: Row, field: str) -> str:
        """The digest of what a row's cell says now."""
        return self.said(self.now(row, field))

    def anchor(self, row: Row) -> Anchor:
        """What the row is known by."""
        return anchor(row, self._digest)

    def text(self, text: str) -> str:
        """The whole digest of a text."""
        return self._digest(text)
