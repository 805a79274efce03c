"""Files read by two processes: the same to the byte, and only where it pays (design, "files side by side")."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.build import FREIGHT, O2, RECEIVING, T2
from tests.desks import make_desk
from xlflow.judge import judge
from xlflow.passwords import Passwords
from xlflow.settings import load
from xlflow.steps import side_by_side
from xlflow.steps.documents import check_document
from xlflow.steps.known import known
from xlflow.steps.reading import Request, read_desk
from xlflow.steps.side_by_side import cores, read_all
from xlflow.steps.source import Reading, Source, read_source

PASSWORD = "invented-word-7"
HERE = os.getpid()

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")


@pytest.fixture
def asked(tmp_path: Path) -> Request:
    return request_of(tmp_path / "desk")


@pytest.fixture
def encrypted(tmp_path: Path) -> Request:
    """The same with one of its registers encrypted."""
    return request_of(tmp_path / "desk", passwords={"freight": PASSWORD, "outputs": PASSWORD})


def request_of(home: Path, **options: Any) -> Request:
    """A desk with something wrong in its registers, one of which is not there."""
    home = make_desk(
        home,
        **options,
        settings='[registers.lost]\npath = "丢件.xlsx"',
        freight=[FREIGHT, FREIGHT | {"运费金额": None}, FREIGHT | {"订单号": "看不清", "原因": "看心情"}],
        receiving=[
            RECEIVING,
            RECEIVING | {"退回单号": T2, "订单号": O2, "收货日期": "昨天"},
            {"收货日期": "合计", "数量": 5},
        ],
    )
    settings = load(home, known())
    return Request(home, settings, date(2026, 3, 31), Passwords(home, settings, {}))


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every byte and every file is worth a process."""
    monkeypatch.setattr(side_by_side, "WORTH", 1)
    monkeypatch.setattr(side_by_side, "FEWEST", 1)


def document(asked: Request) -> str:
    desk = read_desk(asked)
    return json.dumps(check_document(desk, judge(desk.day), str), ensure_ascii=False)


@pytest.mark.usefixtures("cheap")
def test_the_same_comes_out_to_the_byte(encrypted: Request, capfd: pytest.CaptureFixture[str]) -> None:
    alone = document(encrypted)
    assert document(replace(encrypted, helpers=1)) == alone
    assert '"code": "duplicate-row"' in alone
    assert '"code": "file-missing"' in alone
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("helpers", [2, 7])
def test_so_it_does_with_more_of_them(asked: Request, helpers: int) -> None:
    assert document(replace(asked, helpers=helpers)) == document(asked)


@pytest.mark.usefixtures("cheap")
def test_an_executor_of_the_caller_s_reads_them_all(asked: Request) -> None:
    alone = document(asked)
    with ThreadPoolExecutor(2) as pool:
        assert document(replace(asked, pool=pool, helpers=3)) == alone


def dies_elsewhere(source: Source) -> Reading:
    """Read in this process; in any other die at once."""
    if os.getpid() != HERE:
        os._exit(9)
    return read_source(source)


@pytest.mark.usefixtures("cheap")
def test_what_a_helper_that_died_had_to_read_is_read_here(asked: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = document(asked)
    monkeypatch.setattr(side_by_side, "read_source", dies_elsewhere)
    assert document(replace(asked, helpers=2)) == alone


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("problem", [OSError("no semaphores"), ImportError("none here"), NotImplementedError()])
def test_where_no_process_may_be_started_all_is_read_here(
    asked: Request, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise problem

    alone = document(asked)
    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refuse)
    assert document(replace(asked, helpers=1)) == alone


def test_a_small_desk_starts_no_process(asked: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    def started(*_: object, **__: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", started)
    assert document(replace(asked, helpers=7)) == document(asked)


@pytest.mark.usefixtures("cheap")
def test_each_file_is_told_once_it_is_read(asked: Request) -> None:
    sources = [
        Source(asked.home / name, name, (), (), asked.today, asked.settings.start)
        for name in ("收货表.xlsx", "换货表.xlsx", "没有.xlsx")
    ]
    found = list(read_all(sources, None, 1))
    assert sorted(index for index, _ in found) == [0, 1, 2]
    assert all(sources[index].label == reading.label for index, reading in found)


def test_no_reading_holds_a_password(encrypted: Request) -> None:
    desk = read_desk(encrypted)
    assert any(reading.encrypted for reading in desk.readings)
    assert PASSWORD.encode() not in pickle.dumps(desk.readings)


class FakePath:
    """A file of a size."""

    def __init__(self, size: int) -> None:
        self.st_size = size

    def stat(self) -> FakePath:
        return self


def shares(sizes: list[int], helpers: int) -> list[list[int]]:
    sources: list[Any] = [Source(FakePath(size), "", (), (), date.min, date.min) for size in sizes]  # type: ignore[arg-type]
    return side_by_side._shares(sources, helpers)


MB = 1_000_000


@pytest.mark.parametrize(
    ("sizes", "helpers", "expected"),
    [
        ([], 1, [[]]),
        ([9 * MB], 3, [[0]]),
        ([9 * MB, 9 * MB, 9 * MB], 1, [[0, 1, 2]]),  # packing costs more than is won
        ([MB, MB, MB, MB], 0, [[0, 1, 2, 3]]),
        ([MB // 2, MB // 2, MB // 2, MB // 2], 1, [[0, 1, 2, 3]]),  # not worth it
        ([2 * MB, 2 * MB, 2 * MB, 2 * MB], 1, [[0, 2], [1, 3]]),
        ([2 * MB, 2 * MB, 2 * MB, 2 * MB], 7, [[0], [1], [2], [3]]),
        ([MB, 9 * MB, MB, MB], 1, [[1], [0, 2, 3]]),
        ([3 * MB, 3 * MB, 2 * MB, 2 * MB, 2 * MB], 1, [[0, 2, 4], [1, 3]]),
    ],
)
def test_who_reads_what(sizes: list[int], helpers: int, expected: list[list[int]]) -> None:
    assert [sorted(share) for share in shares(sizes, helpers)] == expected


@given(st.lists(st.integers(0, 20 * MB), max_size=30), st.integers(0, 8))
def test_every_file_is_read_once(sizes: list[int], helpers: int) -> None:
    found = shares(sizes, helpers)
    assert sorted(index for share in found for index in share) == list(range(len(sizes)))
    assert len(found) <= helpers + 1
    if len(found) > 1:
        loads = [sum(sizes[index] for index in share) for share in found]
        assert max(loads) - min(loads) <= max(sizes)


def test_there_is_a_processor() -> None:
    assert cores() >= 1


def sleeps(source: Source) -> Reading:
    """Take all night over a file."""
    print("reading", flush=True)
    time.sleep(60)
    return read_source(source)


INTERRUPTED = """
import sys
from tests.steps.test_side_by_side import *
side_by_side.WORTH = side_by_side.FEWEST = 1
side_by_side.read_source = sleeps
sources = [Source(Path(os.__file__), name, (), (), date.min, date.min) for name in "ab"]
try:
    list(read_all(sources, None, 1))
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there Ctrl-C goes to consoles, not to groups of processes")
def test_ctrl_c_ends_a_helper_too_and_it_says_nothing() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert [process.stdout.readline() for _ in range(2)] == [b"reading\n"] * 2
        os.killpg(process.pid, signal.SIGINT)
        assert (process.wait(30), process.stderr.read()) == (130, b"")
