"""A run that takes answers is killed at any instant: the next run ends as if nothing had happened (design "Order on disk")."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.desks import TODAY, sheets_of
from tests.fixes.people import FilledList
from tests.steps.test_answers import LIST, PLACE, REGISTER, small
from xlflow.cli import main
from xlflow.fixes.memory import fold
from xlflow.ledger import read_ledger

KILLS = 40


def run(home: Path) -> int:
    return main(["run", "--desk", str(home), "--date", TODAY, "--quiet"])


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk whose list has come back, with an answer, a conflict, a rejection, a lesson and an acceptance."""
    home = small(tmp_path_factory.mktemp("killed"))
    (home / "inbox").mkdir()
    assert run(home) == 0
    made = FilledList(home / "out" / TODAY / LIST)
    made.fill(PLACE(2), 支付宝账号="13800001234", 收款人姓名="别人")
    made.fill(PLACE(3), 处理结果="情况属实", 说明="没有")
    made.fill(PLACE(4), 原因="看心情=产品质量问题")
    made.save(home / "inbox" / "发回.xlsx")
    return home


def state(home: Path) -> dict[str, object]:
    """What the desk comes to: cells of the register and of the outputs, where files lie, and what is remembered."""
    ledger = read_ledger(home / ".xlflow")
    assert ledger is not None
    with ledger:
        assert ledger.verify() == []
        memory = fold(ledger.events())
    return {
        "register": sheets_of(home / REGISTER),
        "out": {path.name: cells_of(path) for path in sorted((home / "out" / TODAY).iterdir())},
        "inbox": sorted(path.relative_to(home).as_posix() for path in (home / "inbox").rglob("*.xlsx")),
        "imported": memory.imported,
        "accepted": set(memory.accepted),
        "taught": memory.taught,
        "decided": memory.decided,
        "beside": sorted(path.name for path in home.iterdir()),
    }


def cells_of(path: Path) -> object:
    """What an output says; entries of money have ids by chance."""
    return sheets_of(path) if path.name.startswith(("待补录", "冲突")) else None


@pytest.mark.slow
def test_killed_anywhere(waiting: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole" / "desk"
    shutil.copytree(waiting, whole)
    start = time.monotonic()
    assert run(whole) == 0
    life = time.monotonic() - start
    expected, old = state(whole), (waiting / REGISTER).read_bytes()
    chance, seen = random.Random(7), set()
    for number in range(KILLS):
        home = tmp_path / str(number) / "desk"
        shutil.copytree(waiting, home)
        child = os.fork()
        if not child:
            run(home)
            os._exit(0)
        time.sleep(chance.uniform(0, life))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lies = sheets_of(home / REGISTER)
        assert (home / REGISTER).read_bytes() == old or lies == expected["register"]
        seen.add((lies == expected["register"], (home / "inbox" / "发回.xlsx").exists()))
        assert run(home) == 0
        assert state(home) == expected, number
    assert {(False, True), (True, True)} <= seen
