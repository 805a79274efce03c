"""Several writers, killed writers, full disks: what was acknowledged is there, and nothing else is."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.ledgers import STATE, code_of, entry, filled, in_child, opened
from xlflow.event import Event
from xlflow.ledger import Ledger, Refused, Taken, clean_up, read_ledger
from xlflow.model import XlflowError

NOBODY = 65534
#: The longest time a writer lives, in seconds; a step takes some hundredths.
LIFE = 0.15

names = st.lists(st.sampled_from([f"n/{number}" for number in range(12)]), max_size=2, unique=True).map(tuple)
json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
events = st.builds(
    Event, st.sampled_from(["entry", "batch", "note"]), st.dictionaries(st.text(max_size=3), json), names
)


steps = st.lists(st.tuples(st.booleans(), st.lists(events, max_size=4)), max_size=5)


@settings(max_examples=12)
@given(steps)
def test_it_is_a_list_that_takes_each_name_once(steps: list[tuple[bool, list[Event]]]) -> None:
    run(steps)


@pytest.mark.slow
@settings(max_examples=150)
@given(steps)
def test_it_is_such_a_list_indeed(steps: list[tuple[bool, list[Event]]]) -> None:
    run(steps)


def run(steps: list[tuple[bool, list[Event]]]) -> None:
    """Add these events, each time as they are or after opening the ledger again, and compare."""
    with tempfile.TemporaryDirectory() as folder:
        home, model, taken = Path(folder), list[Event](), set[str]()
        ledger = opened(home)
        for again, added in steps:
            if again:
                ledger.close()
                ledger = opened(home)
            wanted = [name for event in added for name in event.unique]
            before = ledger.head
            if len(set(wanted) | taken) == len(wanted) + len(taken):
                assert ledger.commit(added).seq == len(model) + len(added)
                model, taken = model + added, taken | set(wanted)
            else:
                with pytest.raises(Taken):
                    ledger.commit(added)
                assert ledger.head == before
            assert [recorded.event for recorded in ledger.events()] == model
        assert ledger.verify() == []
        ledger.close()


def insist(home: Path, who: int, times: int) -> int:
    """Commit so many events, opening the ledger again where another was first; how often that was."""
    again = 0
    for number in range(times):
        while True:
            with opened(home) as ledger:
                ledger.events()
                try:
                    ledger.commit([Event("mine", {"who": who, "number": number}, (f"{who}/{number}",))])
                except Refused as refused:
                    assert refused.code == "ledger-moved"
                    again += 1
                else:
                    break
    return min(again, 90)


@pytest.mark.parametrize(("writers", "times"), [(2, 8), pytest.param(8, 40, marks=pytest.mark.slow)])
def test_writers_at_once_lose_nothing(tmp_path: Path, writers: int, times: int) -> None:
    waits = [in_child(lambda who=who: insist(tmp_path, who, times)) for who in range(writers)]
    assert all(wait() <= 90 for wait in waits)
    with opened(tmp_path) as ledger:
        found = sorted((r.event.body["who"], r.event.body["number"]) for r in ledger.events())
        assert found == [(who, number) for who in range(writers) for number in range(times)]
        assert ledger.verify() == []
    assert sorted(path.name for path in (tmp_path / STATE).iterdir()) == ["ledger.db", "ledger.key"]


def test_a_busy_ledger_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlflow.ledger.files.PATIENCE", 0.05)
    filled(tmp_path, 3)
    with opened(tmp_path) as ledger:
        other = sqlite3.connect(tmp_path / STATE / "ledger.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(XlflowError) as busy:
            ledger.commit([entry(4)])
        assert (busy.value.code, busy.value.exit_code, str(busy.value.message)) == (
            "busy",
            4,
            "another xlflow is at work on this desk",
        )
        assert code_of(lambda: opened(tmp_path)) == code_of(lambda: read_ledger(tmp_path / STATE)) == "busy"
        other.close()
        assert ledger.commit([entry(4)]).seq == 4


def unfinished(home: Path) -> Path:
    """A desk as a writer leaves it that is killed in the middle of a step: half of it is in the file."""
    filled(home, 3)
    writer = sqlite3.connect(home / STATE / "ledger.db", isolation_level=None)
    writer.execute("PRAGMA cache_size = 1")
    writer.execute("BEGIN IMMEDIATE")
    for seq in range(4, 200):
        writer.execute("INSERT INTO event VALUES (?, 'now', 'half', ?, '[]', '')", (seq, "x" * 500))
    copy = home.with_name("killed")
    shutil.copytree(home, copy)
    writer.close()
    assert (copy / STATE / "ledger.db").stat().st_size > 10 * 4096
    return copy


def test_who_reads_after_a_kill_changes_nothing(tmp_path: Path) -> None:
    home = unfinished(tmp_path / "desk")
    before = {path.name: path.read_bytes() for path in (home / STATE).iterdir()}
    assert "ledger.db-journal" in before
    found = read_ledger(home / STATE)
    assert found is not None
    with found as ledger:
        assert [recorded.event for recorded in ledger.events()] == [entry(1), entry(2), entry(3)]
        assert ledger.verify() == []
    assert {path.name: path.read_bytes() for path in (home / STATE).iterdir()} == before
    with opened(home) as ledger:
        assert ledger.commit([entry(4)]).seq == 4
        assert ledger.verify() == []
    assert sorted(path.name for path in (home / STATE).iterdir()) == ["ledger.db", "ledger.key"]


@contextmanager
def full_at(size: int) -> Iterator[None]:
    """No file grows beyond this size."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


@pytest.mark.skipif(sys.platform == "win32", reason="its disks are filled otherwise")
def test_a_full_disk(tmp_path: Path) -> None:
    home = tmp_path / "desk"
    made = filled(home, 40)
    size = (home / STATE / "ledger.db").stat().st_size
    many = [Event("note", {"text": "x" * 900}) for _ in range(100)]
    for limit in [0, 1, 512, 600, 4096, 5000, size - 4096, size, size + 512, size + 4096, size + 40_000]:
        with opened(home) as ledger:
            with full_at(limit), pytest.raises(XlflowError) as full:
                ledger.commit(many)
            assert (full.value.code, full.value.exit_code) == ("cannot-write", 4)
            assert [recorded.event for recorded in ledger.events()] == made
            assert ledger.verify() == []
    with opened(home) as ledger:
        assert ledger.commit(many).seq == 140


@pytest.mark.skipif(sys.platform == "win32", reason="its disks are filled otherwise")
def test_a_full_disk_on_the_first_day(tmp_path: Path) -> None:
    for limit in [0, 1, 64, 65, 100, 4096, 10_000]:
        with full_at(limit):
            assert code_of(lambda: opened(tmp_path)) == "cannot-write"
        assert not (tmp_path / STATE / "ledger.db").exists()
        assert not (tmp_path / ".xlflow-owner").exists()
    filled(tmp_path, 3)
    assert sorted(path.name for path in (tmp_path / STATE).iterdir()) == ["ledger.db", "ledger.key"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root becomes somebody else for it")
@pytest.mark.parametrize("there", [False, True])
def test_a_folder_that_may_not_be_written(there: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "desk"
        home.mkdir()
        if there:
            filled(home, 3)
            for path in (home, home / STATE, *(home / STATE).iterdir(), home / ".xlflow-owner"):
                os.chown(path, NOBODY, NOBODY)
        for path in (Path(folder), home, *([home / STATE] if there else [])):
            path.chmod(0o555)

        def attempt() -> int:
            os.setuid(NOBODY)
            if there:
                found = read_ledger(home / STATE)
                assert found is not None
                assert len(found.events()) == 3
            with pytest.raises(XlflowError) as refused:
                opened(home).commit([entry(4)])
            return [refused.value.code, refused.value.exit_code] == ["cannot-write", 4]

        assert in_child(attempt)() == 1


def write_until_killed(home: Path, tell: int) -> None:
    """Commit step after step; of each one the pipe is told once it is acknowledged."""
    with opened(home) as ledger:
        while True:
            seq = ledger.head.seq
            ledger.commit([entry(seq + 1), entry(seq + 2)])
            os.write(tell, b".")


def killed(home: Path, life: float) -> int:
    """How many steps a process acknowledged that lived so long."""
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        write_until_killed(home, tell)
    os.close(tell)
    time.sleep(life)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with open(told, "rb") as pipe:
        return len(pipe.read())


def kill_many(home: Path, times: int) -> tuple[int, int]:
    """Kill that many writers; steps there are, and those of them that nobody was told of."""
    chance, steps, untold = random.Random(7), 0, 0
    filled(home, 0)
    for _ in range(times):
        acknowledged = killed(home, chance.uniform(0, LIFE))
        found = read_ledger(home / STATE)
        assert found is not None
        with found as ledger:
            reached, odd = divmod(ledger.head.seq, 2)
            assert not odd
            assert steps + acknowledged <= reached <= steps + acknowledged + 1
        untold += reached - steps - acknowledged
        steps = reached
    with opened(home) as ledger:
        assert [recorded.event for recorded in ledger.events()] == [entry(number) for number in range(1, 2 * steps + 1)]
        assert ledger.verify() == []
    return steps, untold


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
@pytest.mark.parametrize("times", [10, pytest.param(600, marks=pytest.mark.slow)])
def test_killed_writers(tmp_path: Path, times: int) -> None:
    steps, untold = kill_many(tmp_path / "desk", times)
    print(f"{times} kills, {steps} steps, {untold} of them not yet told")
    assert steps > times // 10
    assert sorted(path.name for path in (tmp_path / "desk").iterdir()) == [STATE, ".xlflow-owner"]


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
def test_killed_makers(tmp_path: Path) -> None:
    """A ledger is there whole, or not at all."""
    chance = random.Random(7)
    for number in range(15):
        home = tmp_path / str(number)
        home.mkdir()
        killed(home, chance.uniform(0, 0.01))
        found = read_ledger(home / STATE)
        if found is not None:
            with found as ledger:
                assert ledger.verify() == []
        assert not clean_up(home / STATE)
        with opened(home) as ledger:
            assert ledger.verify() == []
        assert sorted(path.name for path in (home / STATE).iterdir()) == ["ledger.db", "ledger.key"]


def test_what_is_open_is_closed(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        assert isinstance(ledger, Ledger)
    with pytest.raises(sqlite3.ProgrammingError):
        ledger.events()
