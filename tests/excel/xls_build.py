"""Small .xls files for the tests, record by record."""

from __future__ import annotations

import struct

from xlflow.excel.cfb import Entry
from xlflow.excel.cfb_write import write

END = struct.pack("<2H", 0x0A, 0)
LONGEST = 8224


def record(kind: int, body: bytes = b"") -> bytes:
    """One record; what does not fit goes into CONTINUE records."""
    head = struct.pack("<2H", kind, min(len(body), LONGEST)) + body[:LONGEST]
    return head + (record(0x3C, body[LONGEST:]) if len(body) > LONGEST else b"")


def begin(content: int = 0x10, version: int = 0x600) -> bytes:
    return record(0x809, struct.pack("<4H2I", version, content, 0, 0, 0, 0))


def string(text: str, length: str = "<H") -> bytes:
    wide = any(ord(char) > 255 for char in text)
    return struct.pack(length + "B", len(text), wide) + text.encode("utf-16-le" if wide else "latin-1")


def tab(at: int, name: str, state: int = 0, content: int = 0) -> bytes:
    return record(0x85, struct.pack("<I2B", at, state, content) + string(name, "<B"))


def formats(*codes: int | str) -> bytes:
    """A cell format for each number format: one of Excel's by number, or one by its text."""
    texts, cells = b"", b""
    for number, code in enumerate(codes, 200):
        if isinstance(code, str):
            texts += record(0x41E, struct.pack("<H", number) + string(code))
        cells += record(0xE0, struct.pack("<2H", 0, code if isinstance(code, int) else number) + bytes(16))
    return texts + cells


def stream(*sheets: bytes, head: bytes = b"", version: int = 0x600) -> bytes:
    """A Workbook stream: ``head`` are more records of the globals, a sheet is its records without BOF and EOF."""
    names = [f"S{number}" for number in range(len(sheets))]
    before = begin(5, version) + head
    at = len(before) + sum(len(tab(0, name)) for name in names) + len(END)
    tabs = bodies = b""
    for name, sheet in zip(names, sheets, strict=True):
        tabs += tab(at + len(bodies), name)
        bodies += begin() + sheet + END
    return before + tabs + END + bodies


def xls(workbook: bytes) -> bytes:
    return write([Entry(("Workbook",), workbook)])


def book(*sheets: bytes, head: bytes | None = None) -> bytes:
    return xls(stream(*sheets, head=formats(0) if head is None else head))


def number(row: int, column: int, value: float, cell_format: int = 0) -> bytes:
    return record(0x203, struct.pack("<3Hd", row, column, cell_format, value))


def formula(row: int, column: int, result: bytes, cell_format: int = 0) -> bytes:
    return record(0x06, struct.pack("<3H", row, column, cell_format) + result + bytes(8))
