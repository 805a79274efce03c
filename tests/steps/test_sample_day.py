"""The sample desk's day, from ``init --sample`` to the files a person opens."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.desks import TODAY, sheets_of, xlflow
from xlflow.excel.seal import unseal

OUTPUTS = "sample-outputs-1"

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample desk, its day done once."""
    desk = tmp_path_factory.mktemp("sample") / "desk"
    from xlflow.cli import main

    assert main(["init", str(desk), "--sample"]) == 0
    assert main(["run", "--desk", str(desk), "--date", TODAY, "--quiet"]) == 0
    return desk


def test_the_day_ends_with_fix_lists_and_the_payout_list(home: Path) -> None:
    made = {path.name for path in (home / "out" / TODAY).iterdir()}
    reports = ["差评周报-2026-W13", "质量问题周报-2026-W13"]
    lists = ["待补录-仓库", "待补录-售后", "待补录-财务", f"专票-{TODAY}", *reports]
    books = [*(f"{name}.xlsx" for name in lists), f"待办-{TODAY}.xlsx", f"打款计划-{TODAY}.xlsx"]
    assert made == {f"交接-{TODAY}.html", *books, *(f"邮件-{name}.eml" for name in lists)}
    for name in books:
        assert (home / "out" / TODAY / name).read_bytes()[:4] == b"\xd0\xcf\x11\xe0"


def test_the_summary_is_short_and_says_where_to_look(home: Path, capsys: Capture) -> None:
    told = xlflow(capsys, "run", "--desk", home, "--date", TODAY)
    assert told.code == 0
    assert "待付款 42 笔，共 681.50 元；暂缓 28 笔" in told.err
    assert {f"out/{TODAY}/打款计划-{TODAY}.xlsx", f"out/{TODAY}/交接-{TODAY}.html"} < set(told.out.splitlines())
    assert told.out.splitlines()[-1] == "打款清单.xlsx"
    assert len((told.out + told.err).splitlines()) < 50


def test_the_payout_list_adds_up_and_names_what_is_held(home: Path) -> None:
    listed = sheets_of(home / "打款清单.xlsx", OUTPUTS)["打款清单"]
    held = sheets_of(home / "out" / TODAY / f"打款计划-{TODAY}.xlsx", OUTPUTS)["暂缓"]
    assert listed[0][:6] == ("编号", "登记日期", "订单编号", "收款人支付宝账号", "收款人姓名", "金额")
    assert len(listed) - 1 == 42
    assert f"{sum(row[5] for row in listed[1:]):.2f}" == "681.50"
    assert all(row[12] for row in held[2:])
    assert len({row[0] for row in listed[1:] + held[2:]}) == 70


def test_every_fix_list_has_its_tabs_and_ids(home: Path) -> None:
    tabs = sheets_of(home / "out" / TODAY / "待补录-售后.xlsx", OUTPUTS)
    assert list(tabs) == ["待补录", "待处理", "汇总"]
    ids = [row[0] for tab in ("待补录", "待处理") for row in tabs[tab] if str(row[0]).count("-") == 2]
    assert len(ids) == len(set(ids)) > 10


def test_trace_finds_a_label_by_its_last_four_characters(home: Path, capsys: Capture) -> None:
    listed = sheets_of(home / "打款清单.xlsx", OUTPUTS)["打款清单"]
    order = listed[1][2]
    told = xlflow(capsys, "trace", order[-6:], "--desk", home, "--date", TODAY, "--json")
    registers = {event["register"] for event in told.document["events"]}
    assert (told.code, {"freight", "receiving"} <= registers) == (0, True)


def test_what_was_decrypted_by_hand_can_be_encrypted_again(home: Path, tmp_path: Path, capsys: Capture) -> None:
    plain, sealed = tmp_path / "plain.xlsx", tmp_path / "sealed.xlsx"
    register = home / "收货表.xlsx"
    assert xlflow(capsys, "decrypt", register, "-o", plain, "--desk", home).code == 0
    assert xlflow(capsys, "decrypt", register, "-o", plain, "--desk", home).code == 2
    assert xlflow(capsys, "encrypt", plain, "-o", sealed, "--as", "receiving", "--desk", home).code == 0
    assert unseal(sealed.read_bytes(), "sample-receiving-1").package == plain.read_bytes()
    assert xlflow(capsys, "encrypt", plain, "-o", sealed, "--desk", home).code == 2


def test_doctor_finds_nothing_worth_stopping_for(home: Path, capsys: Capture) -> None:
    told = xlflow(capsys, "doctor", "--desk", home, "--date", "2026-11-24", "--json")
    assert [p for p in told.document["problems"] if p["severity"] == "error"] == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_and_prints_every_output(home: Path, tmp_path: Path) -> None:
    for path in (home / "out" / TODAY).glob("*.xlsx"):
        (tmp_path / path.name).write_bytes(unseal(path.read_bytes(), OUTPUTS).package)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    books = [str(path) for path in sorted(tmp_path.glob("*.xlsx"))]
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *books]
    subprocess.run(convert, check=True, timeout=300, capture_output=True)
    printed = {path.stem for path in tmp_path.glob("*.pdf") if path.stat().st_size > 10_000}
    assert printed == {Path(book).stem for book in books}
