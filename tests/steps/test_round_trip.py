"""The round trip of the sample desk's day: lists go out, are filled in, come back, and the registers are mended."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.desks import TODAY, xlflow
from tests.fixes.people import FilledList
from xlflow.cli import main
from xlflow.excel import open_book
from xlflow.excel.seal import unseal

OUTPUTS, FREIGHT = "sample-outputs-1", "sample-freight-1"
SHEET = "2026年3月"
LIST = "待补录-售后.xlsx"

Capture = pytest.CaptureFixture[str]
Cells = dict[tuple[str, str], Any]


def cells(path: Path, password: str) -> Cells:
    """Every cell that is not blank, by sheet and address, with its kind."""
    book = open_book(path, password)
    found = ((sheet.name, cell) for sheet in book.sheets for row in sheet.rows() for cell in row.cells)
    return {(name, cell.ref): (cell.value, cell.kind) for name, cell in found if cell.kind != "blank"}


def parts(path: Path, password: str) -> dict[str, bytes]:
    """The unpacked members of an encrypted workbook."""
    with zipfile.ZipFile(io.BytesIO(unseal(path.read_bytes(), password).package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def run(capsys: Capture, home: Path, *options: object) -> Any:
    told = xlflow(capsys, "run", "--desk", home, "--date", TODAY, "--json", *options)
    return told.code, told.document


@pytest.fixture
def home(tmp_path: Path, capsys: Capture) -> Path:
    desk = tmp_path / "desk"
    assert main(["init", str(desk), "--sample"]) == 0
    assert run(capsys, desk)[0] == 0
    return desk


@pytest.mark.slow
def test_the_day_played_through(home: Path, capsys: Capture) -> None:
    register = home / "退运费表.xlsx"
    before, old_parts, old_seal = cells(register, FREIGHT), parts(register, FREIGHT), _seal(register)
    _, first = run(capsys, home)
    filled = FilledList(home / "out" / TODAY / LIST, OUTPUTS)
    place = f"退运费表.xlsx {SHEET}!{{0}}".format
    filled.fill(place(57), 支付宝帐号="13800001234")
    filled.fill(place(58), **{"运费金额（元）*": 9.5})
    filled.fill(place(64), 退运费原因="质量问题")
    filled.fill(place(65), **{"运费金额（元）*": "12元"})
    filled.fill(place(67), 退运费原因="客户坚持要退=非质量问题")
    filled.fill(place(80), **{"运费金额（元）*": 18})
    filled.fill(place(87), **{"运费金额（元）*": 12})
    filled.save(home / "inbox" / "收到的.xlsx")

    code, second = run(capsys, home)

    assert (code, second["errors"]) == (0, [])
    after = cells(register, FREIGHT)
    changed = {key[1]: after.get(key) for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    columns = next(r["fields"] for r in second["registers"] if (r["register"], r["sheet"]) == ("freight", SHEET))
    account, amount, reason = columns["payee_account"], columns["amount"], columns["reason"]
    assert changed == {
        f"{account}57": ("13800001234", "text"),
        f"{amount}58": (Decimal("9.5"), "number"),
        f"{reason}64": ("质量问题", "text"),
        f"{amount}65": (12, "number"),
        f"{amount}80": (18, "number"),
    }
    new_parts = parts(register, FREIGHT)
    differing = {name for name in old_parts.keys() | new_parts.keys() if old_parts.get(name) != new_parts.get(name)}
    assert all(
        name.startswith(("xl/worksheets/", "xl/sharedStrings", "xl/styles", "xl/workbook.xml")) for name in differing
    )
    assert _seal(register) == old_seal
    mended = {(f["code"], f["row"]) for f in first["findings"] if f["register"] == "freight"} - {
        (f["code"], f["row"]) for f in second["findings"] if f["register"] == "freight"
    }
    assert mended == {
        ("missing", 57), ("missing", 58), ("missing", 64), ("unreadable", 65), ("unknown-value", 67),
        ("error-cell", 80),
    }  # fmt: skip
    assert [
        f["code"] for f in second["findings"] if (f["register"], f["row"], f["sheet"]) == ("freight", 67, SHEET)
    ] == ["not-quality"]
    assert Decimal(second["payouts"]["total"]) > Decimal(first["payouts"]["total"])
    assert not (home / "inbox" / "收到的.xlsx").exists()
    assert (home / "inbox" / "done" / TODAY / "收到的.xlsx").exists()
    assert next((o["kind"], o["path"]) for o in second["outputs"]) == ("fix-list", f"out/{TODAY}/冲突-售后.xlsx")
    (backup,) = (home / ".xlflow" / "backups").glob(f"{register.stem}-*")
    assert cells(backup, FREIGHT) == before

    told = {"outputs": [], "payouts": second["payouts"] | {"new": 0}}
    assert run(capsys, home)[1] | {"outputs": []} == second | told
    assert cells(register, FREIGHT) == after


def _seal(register: Path) -> object:
    return unseal(register.read_bytes(), FREIGHT).seal
