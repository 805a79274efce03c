"""The built-in templates: one for every report, drawn by the script beside them, filled without a fault."""

from __future__ import annotations

import importlib.util
import io
import re
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
import pytest

from tests.build import COMPENSATION, EXCHANGE, FREIGHT, O1, O2, RECEIVING, day, gathered
from tests.reports.test_tables import LOST, QUALITY, REVIEW
from xlflow.day import Day
from xlflow.excel.template import fill
from xlflow.period import Span, parse
from xlflow.report import in_words, reports
from xlflow.resources import templates

OFFICE = shutil.which("soffice")
NAMES = sorted(reports())
LONG = "用一会儿就断网，重启之后又能用几分钟，客户很着急，要求尽快处理"


def script() -> ModuleType:
    found = importlib.util.spec_from_file_location("make_templates", templates() / "make_templates.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def desk() -> Day:
    """A month with something in every table."""
    days = [date(2026, 3, 2 + n) for n in range(28)]
    return gathered(day(
        quality=[QUALITY | {"登记日期": one, "质量问题": LONG, "型号": f"AX{n % 12}"} for n, one in enumerate(days)]
        + [QUALITY | {"登记日期": "初一"}],
        badreview=[
            REVIEW | {"评价日期": one, "评价内容": LONG, "差评原因": f"原因{n % 12}"} for n, one in enumerate(days)
        ],
        receiving=[RECEIVING | {"收货日期": one, "快递公司": "圆通", "原因": "质量问题"} for one in days],
        exchange=[EXCHANGE | {"登记日期": one, "责任人": "张三"} for one in days],
        freight=[FREIGHT | {"登记日期": one, "运费金额": 1234567, "订单号": O2} for one in days],
        compensation=[COMPENSATION | {"登记日期": one} for one in days],
        lost=[LOST | {"登记日期": one} for one in days],
        reissue=[{"登记日期": one, "订单号": O1, "补发项目": "网线", "原因": "缺"} for one in days],
    ))  # fmt: skip


def filled(name: str, made: Day | None = None) -> bytes:
    report = reports()[name]
    tables = report.build(made or desk(), parse("2026-03" if report.span is Span.MONTH else "2026-W13"))
    shown: dict[str, Any] = {table.name: in_words(table) for table in tables}
    return fill((templates() / f"{name}.xlsx").read_bytes(), f"{name}.xlsx", shown, {"about": "测试店　2026-W13"})


@pytest.mark.parametrize("name", NAMES)
def test_every_report_has_a_template_with_its_names(name: str) -> None:
    book = openpyxl.load_workbook(templates() / f"{name}.xlsx")
    tables = reports()[name].build(day(quality=[QUALITY]), parse("2026-03" if name == "monthly" else "2026-W13"))
    for table in tables:
        (sheet, area), = book.defined_names[table.name].destinations  # fmt: skip
        cells = book[sheet][area.replace("$", "")][0]
        assert len(cells) == len(table.columns), table.name
        headings = [book[sheet].cell(cells[0].row - 1, cell.column).value for cell in cells]
        assert all(headings), table.name
    assert "about" in book.defined_names


def test_no_template_is_without_a_report() -> None:
    assert sorted(path.stem for path in templates().glob("*.xlsx")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_script_makes_the_templates(name: str) -> None:
    made = script().made(name)
    assert made == script().made(name)
    assert members(made) == members((templates() / f"{name}.xlsx").read_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_set_up_for_paper(name: str) -> None:
    for sheet in openpyxl.load_workbook(templates() / f"{name}.xlsx").worksheets:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert "&P" in sheet.oddFooter.right.text
        if sheet.freeze_panes:
            assert sheet.print_title_rows == "$4:$4"


@pytest.mark.parametrize("name", NAMES)
def test_every_table_stands_in_the_workbook(name: str) -> None:
    report = reports()[name]
    book = openpyxl.load_workbook(io.BytesIO(filled(name)))
    for table in report.build(desk(), parse("2026-03" if report.span is Span.MONTH else "2026-W13")):
        (sheet, area), = book.defined_names[table.name].destinations  # fmt: skip
        first = book[sheet][area.replace("$", "")][0][0]
        rows = in_words(table)
        assert rows or table.name in ("spikes", "left_out"), table.name
        block = [
            tuple(book[sheet].cell(first.row + at, first.column + column).value for column in range(len(table.columns)))
            for at in range(len(rows))
        ]
        assert [tuple(map(plain, row)) for row in block] == [tuple(map(plain, row)) for row in rows]


def plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()[:10]
    return value if isinstance(value, str | None) else float(value)


@pytest.mark.parametrize("name", NAMES)
def test_charts_are_saved_with_what_they_show(name: str) -> None:
    charts = [data.decode() for part, data in members(filled(name)).items() if part.startswith("xl/charts/chart")]
    assert charts
    for chart in charts:
        assert "<c:v>-</c:v>" not in chart
        for series in re.findall(r"<c:ser>.*?</c:ser>", chart):
            names, values = (re.search(rf"<c:{part}>.*?</c:{part}>", series) for part in ("cat", "val"))
            assert names is not None
            assert values is not None
            assert names[0].count("<c:pt ") == values[0].count("<c:pt ") > 0
            assert "<c:strRef>" in names[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_period_in_which_nothing_happened(name: str) -> None:
    openpyxl.load_workbook(io.BytesIO(filled(name, day(quality=[QUALITY | {"登记日期": date(2020, 1, 1)}]))))


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_every_cell(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / f"{name}.xlsx").write_bytes(filled(name))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [OFFICE or "", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, tmp_path.glob("*.xlsx"))], check=True, capture_output=True, timeout=180)
    for name in NAMES:
        pages = subprocess.run(
            ["pdftotext", "-layout", str(tmp_path / f"{name}.pdf"), "-"], check=True, capture_output=True
        ).stdout.decode()
        assert "###" not in pages
        assert "未计入" in pages
        assert re.search(r"第 \d+ 页，共 \d+ 页", pages)
        assert name != "monthly" or "34,567,876.00" in pages
