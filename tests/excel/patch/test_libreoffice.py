"""LibreOffice opens changed workbooks and shows the changed cells, formulas calculated."""

from __future__ import annotations

import csv
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.excel.patch.cases import done
from tests.excel.patch.sources import NAME, SOURCES
from xlflow.excel.patch import Append, Edit

OFFICE = shutil.which("soffice")
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
CHANGES = [
    Edit(NAME, "N2", None, "_x0041_ <&> 文"),
    Edit(NAME, "P3", None, date(2026, 3, 1)),
    Edit(NAME, "N4", None, Decimal("12.5")),
    Edit(NAME, "N1", None, "=1+1"),
    Append(NAME, {"A": "新的一行", "C": 3, "D": Decimal("2.5")}),
    Append(NAME, {"A": True, "C": 4, "D": 10}),
]
FEATURES = {
    "plain": set[str](),
    "rules": {"formulas", "filter", "rule", "colours", "merge", "freeze", "print", "names", "columns"},
    "table": {"table", "rich", "picture", "comment", "chart", "sparkline", "textbox", "hidden", "images", "styles"},
    "forms": {"protection", "array", "second", "new_rules", "utf16", "rows", "link", "1904", "dimension", "shared"},
    "strict": {"strict", "prefix"},
}


def shown(folder: Path) -> dict[str, list[list[str]]]:
    """The first sheet of each workbook in the folder, as LibreOffice shows it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE or "", profile, "--headless", "--convert-to", CSV, "--outdir", str(folder / "out")]
    subprocess.run([*command, *map(str, folder.glob("*.xlsx"))], check=True, capture_output=True, timeout=180)
    found = {}
    for path in (folder / "out").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem.removesuffix(f"-{NAME}")] = [[*row, *[""] * 20] for row in csv.reader(file)]
    return found


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_what_changed(tmp_path: Path) -> None:
    made = {
        f"{source} {which}": make(features.intersection(known), 7, 4)
        for source, (make, known) in SOURCES.items()
        for which, features in FEATURES.items()
    }
    for name, package in made.items():
        (tmp_path / f"{name}.xlsx").write_bytes(done(package, *CHANGES)[0].package)
    found = shown(tmp_path)
    assert found.keys() == made.keys()
    for name, rows in found.items():
        assert (rows[0][13], rows[1][13], rows[3][13]) == ("=1+1", "_x0041_ <&> 文", "12.5"), name
        assert "26" in rows[2][15], name
        last = next(at for at, row in enumerate(rows) if row[0] == "新的一行")
        assert rows[last][2] == "3", name
        if name in ("XlsxWriter rules", "openpyxl rules"):  # column E is C × D
            assert (float(rows[last][4]), float(rows[last + 1][4])) == (7.5, 40.0), name
