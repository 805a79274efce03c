"""Cells as they get into a workbook: numbers as numbers, texts as texts, formulas with or without their results."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter  # noqa: TID251  (samples are written with another library than xlflow reads with)

#: The first cell of a row that is to be hidden.
HIDDEN = "@hidden"


@dataclass(frozen=True)
class Formula:
    """A formula and what Excel last computed for it; no result: the file was saved without one."""

    text: str
    result: int | float | str | None = None


@dataclass(frozen=True)
class Merged:
    """A value in a cell merged with those below it."""

    value: Any
    rows: int


@dataclass(frozen=True)
class Picture:
    """A picture that lies over its cell: a little PNG of one colour (red, green, blue)."""

    colour: tuple[int, int, int]

    def png(self) -> bytes:
        """The bytes of the file: 24 by 12 dots."""
        rows = (b"\0" + bytes(self.colour) * 24) * 12
        chunks = (
            (b"IHDR", struct.pack(">IIBBBBB", 24, 12, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(rows)),
            (b"IEND", b""),
        )
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def new_workbook(made: BytesIO, **properties: str) -> Any:
    """An XlsxWriter workbook whose bytes depend on nothing but what is written into it."""
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    created = datetime(2026, 3, 31, 17, 30, tzinfo=UTC).replace(tzinfo=None)
    book.set_properties({"created": created, **properties})
    return book


def put(sheet: Any, at: tuple[int, int], value: Any, look: Any) -> None:
    """Write one cell; ``at`` is (row, column) from 0."""
    row, column = at
    if isinstance(value, Merged):
        sheet.merge_range(row, column, row + value.rows - 1, column, "", look)
        put(sheet, at, value.value, look)
    elif isinstance(value, Picture):
        sheet.write_blank(row, column, None, look)
        over = {"image_data": BytesIO(value.png()), "x_offset": 6, "y_offset": 3, "description": "故障照片"}
        sheet.insert_image(row, column, "故障.png", over)
    elif isinstance(value, Formula):
        result = "" if value.result is None else value.result  # "" leaves the result out
        sheet.write_formula(row, column, value.text, look, result)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, look)
    elif value is None:
        sheet.write_blank(row, column, None, look)
    else:
        sheet.write_number(row, column, value, look)


def plain_workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    """Bare sheets of rows of values; a row whose first value is ``HIDDEN`` is hidden."""
    made = BytesIO()
    book = new_workbook(made)
    days, text = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "@"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.set_column(0, 15, 16)
        for row, cells in enumerate(rows):
            is_hidden = cells[0] == HIDDEN
            if is_hidden:
                sheet.set_row(row, None, None, {"hidden": True})
            for column, value in enumerate(cells[1:] if is_hidden else cells):
                put(sheet, (row, column), value, days if isinstance(value, date) else text)
    book.close()
    return made.getvalue()
