"""Lists that another program has saved again say what they said: nothing is lost, nothing is answered that was not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.desks import TODAY, xlflow
from tests.fixes.people import FilledList
from xlflow.cli import main

OUTPUTS, SHEET = "sample-outputs-1", "2026年3月"
LISTS = ("待补录-售后.xlsx", "待补录-仓库.xlsx")
FORMS = {
    "openpyxl": "",
    "LibreOffice": "xlsx:Calc MS Excel 2007 XML",
    "an old Excel": "xls:MS Excel 97",
    "text": "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
}

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample desk with its lists put out."""
    desk = tmp_path_factory.mktemp("resaved") / "desk"
    assert main(["init", str(desk), "--sample"]) == 0
    assert main(["run", "--desk", str(desk), "--date", TODAY, "--quiet"]) == 0
    return desk


@pytest.fixture
def home(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample, tmp_path / "desk"))


def resaved(plain: Path, form: str) -> list[Path]:
    """The workbook as another program saves it: one file, or one a tab."""
    if not form:
        return [plain]
    folder = plain.parent / "saved"
    profile = f"-env:UserInstallation=file://{plain.parent}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(plain)]
    subprocess.run(convert, check=True, timeout=300, capture_output=True)
    return sorted(folder.iterdir())


def take(capsys: Capture, home: Path, files: list[Path]) -> Any:
    told = xlflow(capsys, "fixes", "import", *files, "--desk", home, "--date", TODAY, "--json", "--lang", "en")
    document = told.document
    assert [e for e in document["errors"] if e["code"] != "no-sheet"] == []
    return document


def in_plain(home: Path, name: str, to: Path) -> FilledList:
    """A list without its encryption, as a program has it in its hands."""
    made = FilledList(home / "out" / TODAY / name, OUTPUTS)
    made.lay_open()
    made.save(to)
    return made


@pytest.mark.slow
@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_saved_and_nothing_else(home: Path, tmp_path: Path, capsys: Capture, name: str, form: str) -> None:
    made = in_plain(home, name, tmp_path / "list.xlsx")
    document = take(capsys, home, resaved(tmp_path / "list.xlsx", form))
    found = {key: document[key] for key in ("applied", "accepted", "taught", "conflicts", "rejected")}
    assert found == {"applied": [], "accepted": [], "taught": [], "conflicts": [], "rejected": []}
    assert document["unchanged"] == len(made.rows()) + len(made.rows("待处理"))


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_filled_in_and_saved(home: Path, tmp_path: Path, capsys: Capture, form: str) -> None:
    made = in_plain(home, LISTS[0], tmp_path / "list.xlsx")
    made.fill(f"退运费表.xlsx {SHEET}!57", 支付宝帐号="13800001234")
    made.fill(f"退运费表.xlsx {SHEET}!58", **{"运费金额（元）*": 9.5})
    made.fill(f"退运费表.xlsx {SHEET}!64", 退运费原因="质量问题", 处理结果="已改")
    made.fill(f"退运费表.xlsx {SHEET}!67", 退运费原因="客户坚持要退=非质量问题")
    made.fill(f"退运费表.xlsx {SHEET}!80", 处理结果="情况属实", 说明="就这样")
    made.save(tmp_path / "list.xlsx")
    document = take(capsys, home, resaved(tmp_path / "list.xlsx", form))
    assert [(a["cell"], a["new"]) for a in document["applied"]] == [
        ("D57", "13800001234"),
        ("F58", "9.50"),
        ("G64", "质量问题"),
    ]
    assert [(t["spelling"], t["value"]) for t in document["taught"]] == [("客户坚持要退", "non_quality")]
    assert [(a["code"], a["cell"]) for a in document["accepted"]] == [("error-cell", "F80")]
    assert (document["conflicts"], document["rejected"]) == ([], [])
