"""Passwords reach nothing; personal data reach only sealed outputs and the JSON of findings about their own cells."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from tests.build import FREIGHT, RECEIVING
from tests.desks import TODAY, make_desk, xlflow

PASSWORDS = {
    "receiving": "canary-pass-receiving",
    "freight": "canary-pass-freight",
    "outputs": "canary-pass-outputs",
}
PERSONAL = ["金丝雀姓名", "13911112222", "canary@example.com", "金丝雀旺旺", "金丝雀地址"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An encrypted desk full of canaries, with rows that make findings of many kinds."""
    spool = tmp_path / "temp"
    spool.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spool))
    freight = {**FREIGHT, "收款人姓名": PERSONAL[0], "支付宝账号": PERSONAL[2], "买家旺旺": PERSONAL[3]}
    rows = [freight, {**freight, "运费金额": None}, {**freight, "订单号": 1.23456789012345e18}]
    received = {**RECEIVING, "买家旺旺": PERSONAL[3], "联系电话": PERSONAL[1], "备注": PERSONAL[4], "数量": None}
    return make_desk(tmp_path / "desk", passwords=PASSWORDS, freight=rows, receiving=[received])


def holding(folder: Path, words: list[str]) -> list[tuple[str, str]]:
    """Which files below a folder hold one of the words in plain bytes, in either encoding people use."""
    found = []
    for path in folder.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        for word in words:
            if word.encode() in data or word.encode("gb18030") in data or word.encode("utf-16-le") in data:
                found.append((path.name, word))
    return found


@pytest.mark.parametrize("command", ["run", "check", "doctor", "run --verbose", "check --verbose"])
def test_no_canary_leaves_the_desk(home: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    told = xlflow(capsys, *command.split(), "--desk", home, "--date", TODAY)
    said = told.out + told.err
    assert [word for word in [*PASSWORDS.values(), *PERSONAL] if word in said] == []
    assert holding(home.parent / "temp", [*PASSWORDS.values(), *PERSONAL]) == []
    assert holding(home, PERSONAL) == []
    assert {name for name, _ in holding(home, list(PASSWORDS.values()))} == {"passwords.toml"}


def test_json_has_no_password(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = xlflow(capsys, "run", "--desk", home, "--date", TODAY, "--json")
    assert told.code == 0
    assert [word for word in PASSWORDS.values() if word in told.out + told.err] == []


def test_a_bug_tells_nothing_of_the_desk(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(PERSONAL[0], *PASSWORDS.values())

    monkeypatch.setattr("xlflow.steps.till.gather", broken)
    told = xlflow(capsys, "run", "--desk", home, "--date", TODAY)
    assert told.code == 70
    assert [word for word in [*PASSWORDS.values(), *PERSONAL] if word in told.out + told.err] == []
    assert holding(home, PERSONAL) == []
    assert {name for name, _ in holding(home, list(PASSWORDS.values()))} == {"passwords.toml"}
