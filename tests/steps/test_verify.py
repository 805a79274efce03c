"""``xlflow verify``: the ledger, its owner and the backups, as a person and as a script see them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desks import FILES, TODAY, Told, make_desk, xlflow
from tests.ledger.ledgers import STATE, entry, filled, opened
from xlflow.excel import Edit, open_book

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A desk with a ledger and two backups of a register."""
    desk = make_desk(tmp_path / "desk")
    filled(desk, 5)
    for old, new in ((None, "一"), ("一", "二")):
        open_book(desk / FILES["freight"]).save([Edit("3月", "K2", old, new)])
    assert len(list((desk / STATE / "backups").iterdir())) == 2
    return desk


def verify(capsys: Capture, home: Path, *options: object) -> Told:
    """Run it, and see that it changes nothing."""
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    told = xlflow(capsys, "verify", "--desk", home, "--date", TODAY, *options)
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before
    return told


def test_all_is_well(home: Path, capsys: Capture) -> None:
    told = verify(capsys, home)
    assert (told.code, told.out, told.err) == (0, "", "all is well\n")
    told = verify(capsys, home, "--json")
    assert (told.code, told.document) == (
        0,
        {"schema": 1, "command": "verify", "date": TODAY, "outputs": [], "problems": [], "errors": []},
    )


def test_a_new_desk_has_nothing_to_verify(tmp_path: Path, capsys: Capture) -> None:
    assert verify(capsys, make_desk(tmp_path / "desk")).code == 0


def test_a_broken_ledger(home: Path, capsys: Capture) -> None:
    ledger = home / STATE / "ledger.db"
    ledger.write_bytes(ledger.read_bytes()[:-4096])
    told = verify(capsys, home, "--json")
    (problem,) = told.document["problems"]
    assert (told.code, problem["code"], problem["severity"], problem["where"]) == (
        1,
        "ledger-broken",
        "error",
        ".xlflow/ledger.db",
    )
    assert verify(capsys, home).out.startswith(f".xlflow/ledger.db: ledger-broken: the ledger {ledger} is broken: ")


def test_an_older_ledger_and_another_computer(home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = home / STATE / "ledger.db"
    older = ledger.read_bytes()
    with opened(home) as newer:
        newer.commit([entry(6)])
    ledger.write_bytes(older)
    told = verify(capsys, home, "--json")
    assert (told.code, [problem["code"] for problem in told.document["problems"]]) == (1, ["ledger-behind"])
    monkeypatch.setattr("xlflow.ledger.owner.socket.gethostname", lambda: "other")
    told = verify(capsys, home, "--json")
    assert (told.code, [problem["code"] for problem in told.document["problems"]]) == (1, ["other-machine"])


def test_a_lost_ledger(home: Path, capsys: Capture) -> None:
    (home / STATE / "ledger.db").unlink()
    told = verify(capsys, home, "--json")
    assert (told.code, [problem["code"] for problem in told.document["problems"]]) == (1, ["ledger-behind"])


@pytest.mark.parametrize("damage", ["cut", "flipped", "other", "empty"])
def test_a_damaged_backup(home: Path, capsys: Capture, damage: str) -> None:
    copy = sorted((home / STATE / "backups").iterdir())[0]
    data = copy.read_bytes()
    damaged = {"cut": data[:-1], "flipped": data[:99] + b"?" + data[100:], "other": b"notes", "empty": b""}
    copy.write_bytes(damaged[damage])
    told = verify(capsys, home)
    assert (told.code, told.out) == (
        1,
        f".xlflow/backups/{copy.name}: damaged-file: the backup is not as it was written, so it cannot be put back; "
        "delete it, and see that the disk is sound; the other backups of this register stay\n",
    )
