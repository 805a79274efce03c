"""Small new workbooks, and what is in their archives."""

from __future__ import annotations

import zipfile
from io import BytesIO

from xlflow.excel.write import Block, Column, Look, Marked, NewBook, NewSheet, Value, to_bytes


def book(*values: Value | Marked, look: Look = Look.TEXT, name: str = "表") -> bytes:
    """A workbook with these values below each other, from A2 on."""
    rows = [[value] for value in values]
    return sheet(Block(columns=(Column("列", look),), rows=rows), name=name)


def sheet(*blocks: Block, name: str = "表", frozen_columns: int = 0) -> bytes:
    """A workbook with one sheet of these blocks."""
    return to_bytes(NewBook((NewSheet(name, blocks, frozen_columns),)))


def member(data: bytes, name: str) -> str:
    """The text of one member of the archive; "" when it is not there."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode() if name in archive.namelist() else ""
