"""Desks on disk for tests that run commands: plain or encrypted workbooks made with openpyxl, and the command line."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.build import EXCHANGE, FREIGHT, RECEIVING
from xlflow.cli import main
from xlflow.excel.seal import seal, unseal

TODAY = "2026-03-30"  # no month ends, so that a run makes the day's batch alone
FILES = {"receiving": "收货表.xlsx", "exchange": "换货表.xlsx", "freight": "退运费表.xlsx"}
CLEAN: dict[str, list[Mapping[str, Any]]] = {
    "receiving": [RECEIVING],
    "exchange": [{**EXCHANGE, "订单号": "1234567890123456700", "退回单号": None}],
    "freight": [FREIGHT],
}

Rows = Sequence[Mapping[str, Any]]


def workbook(rows: Rows, sheet: str = "3月") -> bytes:
    """A workbook of one sheet whose headings are the rows' keys."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    headings = list(dict.fromkeys(key for row in rows for key in row))
    page.append(headings)
    for row in rows:
        page.append([row.get(heading) for heading in headings])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def make_desk(
    home: Path,
    *,
    passwords: Mapping[str, str] | None = None,
    settings: str = "",
    files: Mapping[str, Rows] = {},
    **registers: Rows,
) -> Path:
    """A desk with the three core registers; those that are not given are clean. ``passwords`` encrypts them.

    ``files`` are further workbooks by name, for registers that the ``settings`` name.
    """
    home.mkdir(parents=True, exist_ok=True)
    for name, page in files.items():
        (home / name).write_bytes(workbook(page))
    rows: dict[str, Rows] = {**CLEAN, **registers}
    lines = ["[desk]", 'name = "测试店"', "start = 2026-03-01", 'language = "en"', settings]
    for name, own in rows.items():
        data = workbook(own)
        if passwords is not None and name in passwords:
            data = seal(data, passwords[name])
        (home / FILES[name]).write_bytes(data)
        lines += [f"[registers.{name}]", f'path = "{FILES[name]}"']
    (home / "xlflow.toml").write_text("\n".join(lines), encoding="utf-8")
    if passwords is not None:
        secrets = home / "passwords.toml"
        secrets.write_text("\n".join(f'{name} = "{word}"' for name, word in passwords.items()), encoding="utf-8")
        secrets.chmod(0o600)
    return home


class Told:
    """What a command said: its exit code, stdout, stderr, and the JSON document where it was asked for."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def document(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


def xlflow(capsys: pytest.CaptureFixture[str], *argv: object) -> Told:
    """Run a command line in this process."""
    capsys.readouterr()
    code = main([str(arg) for arg in argv])
    out, err = capsys.readouterr()
    return Told(code, out, err)


def sheets_of(path: Path, password: str | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """The cells of a workbook by sheet, as openpyxl reads them."""
    data = path.read_bytes()
    if password is not None:
        data = unseal(data, password).package
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
