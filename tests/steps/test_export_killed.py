"""An export that is killed anywhere: the next command finishes or withdraws it, and nobody is in two batch files."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.build import EXCHANGE, FREIGHT, O1, O2, RECEIVING, T2
from tests.desks import TODAY, make_desk, sheets_of, xlflow
from tests.steps.kill_export import KILLED
from xlflow.ledger import Ledger, read_ledger
from xlflow.money.fold import fold

ROOT = Path(__file__).parents[2]
BACK = [RECEIVING, RECEIVING | {"订单号": O2, "退回单号": T2}]
ROWS = [FREIGHT, FREIGHT | {"订单号": O2, "退回单号": T2, "支付宝账号": "13800001111", "运费金额": "8.50"}]
AS_OF = ("--date", TODAY)
Capture = pytest.CaptureFixture[str]
NUMBER = "B" + TODAY.replace("-", "")


def path_of(number: int) -> str:
    """Where a batch file of the day lies."""
    return f"out/{TODAY}/支付宝批量付款_{NUMBER}{number:03d}.csv"


def approved(home: Path, capsys: Capture) -> Path:
    """A desk with two approved entries, each for a batch file of its own."""
    make_desk(home, settings="[payouts]\nmax_rows = 1", receiving=BACK, freight=ROWS,
              exchange=[EXCHANGE | {"退回单号": None}])  # fmt: skip
    plan = xlflow(capsys, "payouts", "plan", "--desk", home, *AS_OF, "--json").document
    told = xlflow(capsys, "payouts", "approve", "--desk", home, *AS_OF, "--plan", plan["fingerprint"], "--total",
                  plan["total"], "--by", "张三")  # fmt: skip
    assert told.code == 0
    return home


def ensure_whole(home: Path, capsys: Capture) -> None:
    """After one more export both entries are in one batch file each, and everything says so."""
    told = xlflow(capsys, "payouts", "export", "--desk", home, *AS_OF, "--json")
    assert (told.code, told.document["errors"]) == (0, [])
    ledger = read_ledger(home / ".xlflow")
    assert ledger is not None
    with ledger:
        money = fold(ledger.events())
    assert [entry.state.value for entry in money.entries.values()] == ["exported", "exported"]
    assert sorted(each for batch in money.batches.values() for each in batch.ids) == sorted(money.entries)
    files = {path.name: path for path in home.rglob("*.csv")}
    assert sorted(files) == sorted(batch.path.rpartition("/")[2] for batch in money.batches.values())
    for batch in money.batches.values():
        assert hashlib.sha256((home / batch.path).read_bytes()).hexdigest() == batch.sha256
        assert ((home / batch.path).stat().st_mode & 0o777, batch.there) == (0o600, True)
    assert list((home / ".xlflow" / "staging").iterdir()) == []
    rows = sheets_of(home / "打款清单.xlsx")["打款清单"]
    assert [row[8] for row in rows[1:]] == ["已导出", "已导出"]
    assert xlflow(capsys, "payouts", "export", "--desk", home, *AS_OF, "--json").document["batches"] == []


def test_killed_right_after_it_was_recorded(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    home = approved(tmp_path / "desk", capsys)
    commit = Ledger.commit

    def committed(self: Ledger, events: Any) -> Any:
        head = commit(self, events)
        if any(event.kind == "batch-exported" for event in events):
            raise KeyboardInterrupt
        return head

    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "commit", committed)
        assert xlflow(capsys, "payouts", "export", "--desk", home, *AS_OF).code == 130
    assert list(home.rglob("out/*/*.csv")) == []
    told = xlflow(capsys, "run", "--desk", home, *AS_OF)
    assert told.code == 0
    assert [line for line in told.err.splitlines() if "interrupted" in line] == [
        f"batch {NUMBER}{n:03d} of an interrupted export is put in its place: {path_of(n)}" for n in (1, 2)
    ]
    ensure_whole(home, capsys)


def test_killed_before_it_was_recorded(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    home = approved(tmp_path / "desk", capsys)

    def committed(*_: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "commit", committed)
        assert xlflow(capsys, "payouts", "export", "--desk", home, *AS_OF).code == 130
    assert len(list((home / ".xlflow" / "staging").iterdir())) == 2
    ensure_whole(home, capsys)


def test_a_file_that_somebody_took_is_never_made_again(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = approved(tmp_path / "desk", capsys)
    commit = Ledger.commit

    def committed(self: Ledger, events: Any) -> Any:
        if any(event.kind == "batch-confirmed" for event in events):
            raise KeyboardInterrupt
        return commit(self, events)

    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "commit", committed)
        assert xlflow(capsys, "payouts", "export", "--desk", home, *AS_OF).code == 130
    (first,) = home.rglob("out/*/*.csv")
    first.unlink()
    told = xlflow(capsys, "payouts", "export", "--desk", home, *AS_OF)
    assert told.code == 0
    assert told.err.splitlines() == [
        f"the file of batch {NUMBER}001, {path_of(1)}, is gone; it counts as sent and is never made again",
        f"batch {NUMBER}002 of an interrupted export is put in its place: {path_of(2)}",
    ]
    assert [path.name for path in home.rglob("out/*/*.csv")] == [path_of(2).rpartition("/")[2]]
    states = xlflow(capsys, "payouts", "status", "--desk", home, *AS_OF, "--json").document["entries"]
    assert [entry["state"] for entry in states] == ["exported", "exported"]


@pytest.mark.slow
def test_killed_at_every_step(tmp_path: Path, capsys: Capture) -> None:
    whole = approved(tmp_path / "whole", capsys)
    for last in range(1, 1000):
        home = tmp_path / "desk"
        shutil.copytree(whole, home)
        done = subprocess.run(
            [sys.executable, "-m", "tests.steps.kill_export", str(last), "payouts", "export", "--desk", str(home), *AS_OF],
            cwd=ROOT, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode in (0, KILLED), done.stderr.decode()
        ensure_whole(home, capsys)
        shutil.rmtree(home)
        if done.returncode == 0:
            assert last > 40
            return
    raise AssertionError("it never came to its end")


def test_json_of_an_export(tmp_path: Path, capsys: Capture) -> None:
    home = approved(tmp_path / "desk", capsys)
    told = json.loads(xlflow(capsys, "payouts", "export", "--desk", home, *AS_OF, "--json").out)
    assert [(b["batch"], b["path"], b["count"], b["total"], len(b["sha256"])) for b in told["batches"]] == [
        (f"{NUMBER}001", path_of(1), 1, "12.00", 64),
        (f"{NUMBER}002", path_of(2), 1, "8.50", 64),
    ]
    assert (told["count"], told["total"], told["left"], told["refused"]) == (2, "20.50", [], None)
    assert {entry["order_no"] for entry in told["entries"]} == {O1, O2}
