"""A run that is killed anywhere: the next one finishes or withdraws what it left, says so, and ends as if nothing were."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build import FREIGHT
from tests.desks import FILES, TODAY, Told, make_desk, xlflow
from tests.ledger.ledgers import STATE, filled
from tests.money.ledgers import drawing
from xlflow import staged
from xlflow.excel.atomic import beside as beside_register
from xlflow.steps import till

Capture = pytest.CaptureFixture[str]
FIX_LIST, PAYOUTS = f"out/{TODAY}/待补录-售后.xlsx", f"out/{TODAY}/打款计划-{TODAY}.xlsx"
PAGE = f"out/{TODAY}/交接-{TODAY}.html"
HANDED = "售后/待补录-售后.xlsx"


class Killed(BaseException):
    """The process is gone."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A desk whose run makes a fix list, which after-sales get in a folder of theirs too, a payout list and a plan."""
    (tmp_path / "desk" / "售后").mkdir(parents=True)
    settings = '[people.after_sales]\nfolder = "售后"'
    return make_desk(tmp_path / "desk", settings=settings, freight=[FREIGHT, {**FREIGHT, "运费金额": None}])


def run(capsys: Capture, home: Path) -> Told:
    """A day's run, which draws the ids that any other would."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(till, "draw", drawing())
        return xlflow(capsys, "run", "--desk", home, "--date", TODAY)


def outputs(home: Path) -> dict[str, bytes]:
    """All files that a run may have made, left-overs too."""
    paths = [*(home / "out").rglob("*"), *(home / "售后").rglob("*")]
    found = {path.relative_to(home).as_posix(): path.read_bytes() for path in paths if path.is_file()}
    return found | ({PAYOUTS: found[PAYOUTS][:4]} if PAYOUTS in found else {})  # its fingerprint is the ledger's own


def kill_at(monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    """The process dies right before it writes or moves an output for that many times."""
    left = [call]

    def dying(step: Callable[..., object]) -> Callable[..., object]:
        def counted(*args: object) -> object:
            left[0] -= not str(args[1]).endswith(".xlflow-owner")  # the ledger's own, killed in tests/ledger
            if left[0] == 0:
                raise Killed
            return step(*args)

        return counted

    monkeypatch.setattr(staged, "_write", dying(staged._write))
    monkeypatch.setattr(Path, "replace", dying(Path.replace))


WITHDRAWN = "{} of an interrupted run was not finished and is withdrawn\n"
FINISHED = "{} of an interrupted run is put in its place\n"


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (1, []),  # the payout list was not put in its place
        (2, []),  # nothing was written
        (3, [WITHDRAWN.format(FIX_LIST)]),
        (4, [WITHDRAWN.format(FIX_LIST), WITHDRAWN.format(PAYOUTS)]),
        (5, [WITHDRAWN.format(PAGE), WITHDRAWN.format(FIX_LIST), WITHDRAWN.format(PAYOUTS)]),  # no memory was written
        (6, [WITHDRAWN.format(PAGE), WITHDRAWN.format(FIX_LIST), WITHDRAWN.format(PAYOUTS)]),  # nor moved
        (7, [FINISHED.format(PAGE), FINISHED.format(FIX_LIST), FINISHED.format(PAYOUTS)]),
        (8, [FINISHED.format(PAGE), FINISHED.format(PAYOUTS)]),
        (9, [FINISHED.format(PAGE)]),
        (10, []),  # the copy for after-sales was not begun
        (11, [WITHDRAWN.format(HANDED)]),
        (12, [WITHDRAWN.format(HANDED)]),
        (13, [FINISHED.format(HANDED)]),
        (14, []),
    ],
)
def test_a_run_killed_anywhere(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, call: int, said: list[str]
) -> None:
    shutil.copytree(home, home.with_name("before"))
    run(capsys, home)
    undisturbed = outputs(home)
    shutil.rmtree(home)
    home.with_name("before").rename(home)
    with monkeypatch.context() as patched:
        kill_at(patched, call)
        if call < 14:
            with pytest.raises(Killed):
                run(capsys, home)
        else:
            run(capsys, home)
    told = run(capsys, home)
    assert told.code == 0
    assert [line for line in told.err.splitlines(keepends=True) if "interrupted" in line] == said
    assert outputs(home) == undisturbed
    assert sorted(outputs(home)) == [PAGE, FIX_LIST, PAYOUTS, HANDED]
    assert "interrupted" not in run(capsys, home).err


def test_a_file_that_a_person_changed_meanwhile_stays(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(capsys, home)
    make_desk(home, freight=[{**FREIGHT, "运费金额": None}])
    with monkeypatch.context() as patched:
        kill_at(patched, 4)
        with pytest.raises(Killed):
            run(capsys, home)
    (home / FIX_LIST).write_bytes(b"filled in by hand")
    told = run(capsys, home)
    assert WITHDRAWN.format(FIX_LIST) in told.err
    assert (home / FIX_LIST).read_bytes() == b"filled in by hand"
    assert (home / FIX_LIST.replace(".xlsx", "-2.xlsx")).exists()


def test_what_reads_only_leaves_all_as_it_is(home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        kill_at(patched, 6)
        with pytest.raises(Killed):
            run(capsys, home)
    left = outputs(home)
    assert xlflow(capsys, "check", "--desk", home, "--date", TODAY).code == 1
    assert xlflow(capsys, "run", "--dry-run", "--desk", home, "--date", TODAY).code == 0
    assert outputs(home) == left


def test_an_interrupted_save_and_step(home: Path, capsys: Capture) -> None:
    register = home / FILES["freight"]
    beside_register(register).write_bytes(b"half")
    filled(home, 3)
    journal = home / STATE / "ledger.db-journal"
    journal.write_bytes(b"")
    told = run(capsys, home)
    assert told.err.startswith(
        "an interrupted step was not finished: it is taken back from the ledger\n"
        "what an interrupted save left beside 退运费表.xlsx is removed\n"
    )
    assert not list(home.glob(".~xlflow*"))


def test_other_people_s_files_are_not_ours(home: Path, capsys: Capture) -> None:
    theirs = [
        home / "售后" / ".笔记.xlsx.tmp",
        home / "售后" / ".~WRL0001.tmp",
        home / "out" / TODAY / ".~lock.a.xlsx.tmp",
    ]
    run(capsys, home)
    for path in theirs:
        path.write_bytes(b"theirs")
    assert "interrupted" not in run(capsys, home).err
    assert all(path.exists() for path in theirs)


def test_it_is_told_in_json_too(home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        kill_at(patched, 7)
        with pytest.raises(Killed):
            run(capsys, home)
    told = xlflow(capsys, "run", "--json", "--desk", home, "--date", TODAY)
    assert told.err == FINISHED.format(PAGE) + FINISHED.format(FIX_LIST) + FINISHED.format(PAYOUTS)
    assert told.document["errors"] == []
