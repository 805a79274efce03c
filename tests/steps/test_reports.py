"""Reports by themselves and in a run: what is due is made once, sealed like its registers, in the desk's own look."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.build import O1, O2
from tests.desks import FILES, make_desk, sheets_of, workbook, xlflow
from tests.reports.test_tables import QUALITY
from xlflow.resources import templates

Capture = pytest.CaptureFixture[str]
MONDAY, TUESDAY, NEXT_MONDAY, MONTH_END = "2026-03-16", "2026-03-17", "2026-03-23", "2026-03-31"
#: What a run makes on any day.
DAILY = ["payout-plan", "hand-over", "payout-list"]
SETTINGS = '[registers.quality]\npath = "质量.xlsx"\n'


def desk(home: Path, **more: Any) -> Path:
    return make_desk(home, settings=SETTINGS + more.pop("settings", ""), files={"质量.xlsx": [QUALITY]}, **more)


def made(capsys: Capture, home: Path, day: str, *options: str) -> list[str]:
    """The reports of a run: their paths."""
    told = xlflow(capsys, "run", "--desk", home, "--date", day, "--json", *options)
    assert told.code == 0, told.err
    kinds = ("weekly-quality", "weekly-badreview", "monthly")
    return [output["path"] for output in told.document["outputs"] if output["kind"] in kinds]


def test_what_is_due_is_made_once_by_the_first_run_on_or_after_its_day(tmp_path: Path, capsys: Capture) -> None:
    home = desk(tmp_path / "desk")
    assert made(capsys, home, MONDAY) == [f"out/{MONDAY}/质量问题周报-2026-W11.xlsx"]
    assert made(capsys, home, "2026-03-22") == []
    assert made(capsys, home, "2026-03-24") == ["out/2026-03-24/质量问题周报-2026-W12.xlsx"]
    assert made(capsys, home, MONTH_END) == [
        f"out/{MONTH_END}/月报-2026-03.xlsx", f"out/{MONTH_END}/质量问题周报-2026-W13.xlsx"
    ]  # fmt: skip
    assert made(capsys, home, "2026-04-20") == [
        f"out/2026-04-20/质量问题周报-2026-W{week}.xlsx" for week in (14, 15, 16)
    ]


def test_a_new_desk_makes_nothing_that_was_due_before_its_start(tmp_path: Path, capsys: Capture) -> None:
    assert made(capsys, desk(tmp_path / "desk"), "2026-03-01") == []
    assert made(capsys, desk(tmp_path / "other"), "2026-03-02") == ["out/2026-03-02/质量问题周报-2026-W09.xlsx"]


def test_a_dry_run_lists_it_and_forgets_it(tmp_path: Path, capsys: Capture) -> None:
    home = desk(tmp_path / "desk")
    path = f"out/{MONDAY}/质量问题周报-2026-W11.xlsx"
    assert made(capsys, home, MONDAY, "--dry-run") == [path]
    assert not (home / "out").exists()
    assert not (home / ".xlflow" / "ledger.db").exists()
    assert made(capsys, home, MONDAY) == [path]


def test_it_can_be_made_again(tmp_path: Path, capsys: Capture) -> None:
    home = desk(tmp_path / "desk")
    made(capsys, home, MONDAY)
    assert made(capsys, home, TUESDAY, "--weekly") == [f"out/{TUESDAY}/质量问题周报-2026-W11.xlsx"]
    assert made(capsys, home, TUESDAY, "--monthly") == [f"out/{TUESDAY}/月报-2026-02.xlsx"]
    assert made(capsys, home, NEXT_MONDAY, "--daily") == []
    assert made(capsys, home, NEXT_MONDAY, "--weekly") == [f"out/{NEXT_MONDAY}/质量问题周报-2026-W12.xlsx"]
    assert made(capsys, home, NEXT_MONDAY) == []


def test_a_report_waits_for_a_register_that_cannot_be_read(tmp_path: Path, capsys: Capture) -> None:
    home = desk(tmp_path / "desk")
    (home / "质量.xlsx").write_bytes(b"PK not a workbook")
    told = xlflow(capsys, "run", "--desk", home, "--date", MONDAY, "--json")
    assert (told.code, [output["kind"] for output in told.document["outputs"]]) == (4, DAILY)
    (home / "质量.xlsx").write_bytes(workbook([QUALITY]))
    assert made(capsys, home, TUESDAY) == [f"out/{TUESDAY}/质量问题周报-2026-W11.xlsx"]


def test_one_report_as_json(tmp_path: Path, capsys: Capture) -> None:
    home = desk(tmp_path / "desk")
    told = xlflow(
        capsys, "report", "weekly-quality", "--period", "2026-W11", "--desk", home, "--date", TUESDAY, "--json"
    )
    document = told.document
    tables = {table["name"]: table for table in document["tables"]}
    assert told.code == 0
    assert [document[key] for key in ("schema", "command", "date", "report", "errors")] == [
        1, "report", TUESDAY, "weekly-quality", []
    ]  # fmt: skip
    assert document["period"] == {"from": "2026-03-09", "to": "2026-03-15"}
    assert list(tables) == ["rows", "by_product_reason", "trend", "spikes", "left_out"]
    assert tables["by_product_reason"] == {
        "name": "by_product_reason", "columns": ["product", "reason", "count", "quantity"],
        "rows": [["路由器 AX3000", "不亮", 1, 2]],
    }  # fmt: skip
    assert tables["rows"]["rows"][0][:6] == ["质量.xlsx 3月!2", "2026-03-10", O1, "路由器", "AX3000", 2]
    assert tables["trend"]["rows"][-1] == ["2026-W11", 1]
    assert document["outputs"] == [{"kind": "weekly-quality", "path": f"out/{TUESDAY}/质量问题周报-2026-W11.xlsx"}]
    assert "路由器 AX3000" in str(sheets_of(home / document["outputs"][0]["path"]))


def test_the_month_has_money_with_two_decimals(tmp_path: Path, capsys: Capture) -> None:
    home = desk(tmp_path / "desk")
    told = xlflow(capsys, "report", "monthly", "--desk", home, "--date", MONTH_END, "--json")
    assert told.document["period"] == {"from": "2026-03-01", "to": "2026-03-31"}
    assert told.document["tables"][0]["rows"][2] == ["freight", 1, 1, "12.00", 0, "0.00"]


def test_a_report_by_itself_is_not_what_was_due(tmp_path: Path, capsys: Capture) -> None:
    home = desk(tmp_path / "desk")
    xlflow(capsys, "report", "weekly-quality", "--desk", home, "--date", MONDAY)
    assert made(capsys, home, TUESDAY) == [f"out/{TUESDAY}/质量问题周报-2026-W11.xlsx"]


def test_rows_that_do_not_count_are_told(tmp_path: Path, capsys: Capture) -> None:
    home = desk(tmp_path / "desk")
    rows = [QUALITY, QUALITY | {"登记日期": "初一", "订单号": O2}]
    (home / "质量.xlsx").write_bytes(workbook(rows))
    told = xlflow(capsys, "report", "weekly-quality", "--desk", home, "--date", MONDAY)
    assert (told.code, told.out) == (0, f"out/{MONDAY}/质量问题周报-2026-W11.xlsx\n")
    assert told.err == "1 rows do not count in full; they are listed in the report\n"


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        (
            "weekly-badreview", [],
            "settings: weekly-badreview is about registers that this desk does not keep: badreview\n"
            "  name the register and its file in xlflow.toml\n",
        ),
        ("weekly-quality", ["--period", "2026-02"], "usage: 2026-02 is no week\n  write a week such as 2026-W09\n"),
        ("monthly", ["--period", "2026-W09"], "usage: 2026-W09 is no month\n  write a month such as 2026-02\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_made(tmp_path: Path, capsys: Capture, name: str, options: list[str], message: str) -> None:
    home = desk(tmp_path / "desk")
    told = xlflow(capsys, "report", name, *options, "--desk", home, "--date", MONDAY)
    assert (told.code, told.out, told.err) == (2, "", message)
    assert not (home / "out").exists()


def test_a_report_that_nobody_knows(tmp_path: Path, capsys: Capture) -> None:
    told = xlflow(capsys, "report", "weekly-qualty", "--desk", desk(tmp_path / "desk"), "--date", MONDAY)
    assert told.code == 2
    assert "there is no weekly-qualty. Did you mean weekly-quality?" in told.err


def test_a_desks_own_template_wins(tmp_path: Path, capsys: Capture) -> None:
    home = desk(tmp_path / "desk", settings='[templates]\npath = "样式"\n')
    own = home / "样式" / "weekly-quality.xlsx"
    own.parent.mkdir()
    book = openpyxl.load_workbook(templates() / "weekly-quality.xlsx")
    book["周报"]["A1"] = "我们自己的周报"
    book.save(own)
    (path,) = made(capsys, home, MONDAY)
    assert sheets_of(home / path)["周报"][0][0] == "我们自己的周报"
    listed = xlflow(capsys, "reports", "--desk", home, "--json").document["reports"]
    assert {report["report"]: report["template"] for report in listed} == {
        "monthly": "monthly.xlsx", "weekly-badreview": "weekly-badreview.xlsx", "weekly-quality": own.as_posix()
    }  # fmt: skip


def test_a_template_that_cannot_be_filled_stops_nothing_else(tmp_path: Path, capsys: Capture) -> None:
    home = desk(tmp_path / "desk")
    own = home / "templates" / "weekly-quality.xlsx"
    own.parent.mkdir()
    book = openpyxl.load_workbook(templates() / "weekly-quality.xlsx")
    del book.defined_names["spikes"]
    book.save(own)
    told = xlflow(capsys, "run", "--desk", home, "--date", MONDAY, "--json")
    assert (told.code, [output["kind"] for output in told.document["outputs"]]) == (4, DAILY)
    assert told.document["errors"] == [
        {
            "code": "no-name", "file": own.as_posix(), "register": None,
            "message": f"the template {own.as_posix()} has no cells named spikes",
            "fix": "select the first row below the headings of that table, and type spikes into the name box",
        }
    ]  # fmt: skip
    own.unlink()
    assert made(capsys, home, TUESDAY) == [f"out/{TUESDAY}/质量问题周报-2026-W11.xlsx"]


def test_reports_of_encrypted_registers_are_encrypted(tmp_path: Path, capsys: Capture) -> None:
    words = {"freight": "sample-pass-1", "outputs": "sample-pass-2"}
    home = desk(tmp_path / "desk", passwords=words)
    (path,) = made(capsys, home, MONDAY)
    assert "路由器 AX3000" in str(sheets_of(home / path, words["outputs"]))


def test_without_a_password_nothing_is_written(tmp_path: Path, capsys: Capture) -> None:
    home = desk(
        tmp_path / "desk",
        passwords={"freight": "sample-pass-1"},
        settings='[outputs]\nplain = ["payout-list", "payout-plan", "tasks"]\n',
    )
    told = xlflow(capsys, "run", "--desk", home, "--date", MONDAY)
    assert told.code == 2
    assert "weekly-quality holds cells of an encrypted register" in told.err
    assert not (home / "out").exists()
    assert xlflow(capsys, "run", "--desk", home, "--date", MONDAY, "--daily").code == 0


def test_the_dates_of_a_workbook_are_dates(tmp_path: Path, capsys: Capture) -> None:
    home = desk(tmp_path / "desk")
    (path,) = made(capsys, home, MONDAY)
    row = next(row for row in sheets_of(home / path)["明细"] if row[2] == O1)
    assert (row[1].date(), row[5]) == (date(2026, 3, 10), 2)
    assert FILES["freight"] not in row[0]
