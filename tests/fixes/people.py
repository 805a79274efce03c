"""What people do to a fix list: open it with openpyxl, fill in cells by heading, save it under the same password."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from xlflow.excel.seal import seal, unseal


class FilledList:
    """A fix list in somebody's hands."""

    def __init__(self, path: Path, password: str | None = None) -> None:
        data = path.read_bytes()
        self._seal = unseal(data, password).seal if password is not None else None
        self._password = password
        plain = data if password is None else unseal(data, password).package
        self.book = openpyxl.load_workbook(io.BytesIO(plain))

    def lay_open(self) -> None:
        """From here on it is saved without a password."""
        self._password = None

    def page(self, name: str = "待补录") -> Worksheet:
        found = self.book[name]
        assert isinstance(found, Worksheet)
        return found

    def rows(self, page: str = "待补录") -> list[dict[str, Any]]:
        """The rows by heading, each with its cells."""
        found, headings = [], {}
        for row in self.page(page).iter_rows():
            values = [cell.value for cell in row]
            if "编号" in values:
                headings = {cell.value: cell.column for cell in row if cell.value is not None}
            elif headings and str(values[0]).count("-") == 2:
                found.append({name: row[column - 1] for name, column in headings.items()})
        return found

    def fill(self, place: str, page: str = "待补录", **cells: object) -> None:
        """Fill in cells of the row that stands at a place of its register."""
        row = next(row for row in self.rows(page) if row["来源"].value == place)
        for heading, value in cells.items():
            row[heading].value = value

    def save(self, path: Path) -> Path:
        data = io.BytesIO()
        self.book.save(data)
        plain = data.getvalue()
        path.write_bytes(plain if self._password is None else seal(plain, self._password, self._seal))
        return path
