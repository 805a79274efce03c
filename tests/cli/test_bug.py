"""A bug is reported without anything the registers hold (contract §2)."""

from __future__ import annotations

import re
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from tests.cli.commands.tiny import SECRET
from tests.cli.conftest import Run
from xlflow.cli._bug import report


@pytest.mark.parametrize("what", ["bug", "chain"])
def test_where_the_report_is(run: Run, desk: Path, what: str) -> None:
    state = desk / ".xlflow"
    state.mkdir()
    ran = run("tiny", what, "--quiet")
    [path] = state.glob("xlflow-bug-*.txt")
    kind = {"bug": "KeyError", "chain": "ExceptionGroup"}[what]
    assert ran == (
        70,
        "shown\n",
        f"bug: this is a bug in xlflow ({kind})\n"
        f"  send its report, which has no data of yours, to the maker: {path.relative_to(desk)}\n",
    )
    assert path.stat().st_mode & 0o777 == 0o600
    document = run("tiny", what, "--json").document
    assert [error["code"] for error in document["errors"]] == ["bug"]


def test_what_is_in_the_report(run: Run, desk: Path) -> None:
    assert run("tiny", "chain").code == 70
    [path] = desk.glob("xlflow-bug-*.txt")
    text = path.read_text(encoding="utf-8")
    assert SECRET not in text
    assert str(desk) not in text
    lines = text.splitlines()
    assert lines[0] == "xlflow 0.1.0, command: tiny"
    assert [line for line in lines if not line.startswith(" ")][3:] == [
        "builtins.KeyError",
        "led to",
        "builtins.ExceptionGroup",
        "builtins.ValueError",
    ]
    places = re.findall(r"^  (\S+):\d+ (\w+)\n    (.+)$", text, re.MULTILINE)
    assert ("tiny.py", "bug", "raise KeyError(SECRET)") in places
    assert ("xlflow/cli/_run.py", "run", "code = call() or 0") in places


def test_a_command_file_that_cannot_be_imported_is_a_bug(run: Run, desk: Path) -> None:
    ran = run("broken", "--json")
    assert (ran.code, ran.document["errors"][0]["message"]) == (70, "this is a bug in xlflow (ImportError)")
    [path] = desk.glob("xlflow-bug-*.txt")
    assert "sample-pass-7" not in path.read_text(encoding="utf-8").replace('raise ImportError("sample-pass-7")', "")


def test_the_state_folder_of_the_settings(run: Run, desk: Path) -> None:
    (desk / "xlflow.toml").write_text('[desk]\nstate = "zustand"', encoding="utf-8")
    (desk / "zustand").mkdir()
    run("tiny", "bug")
    assert len(list((desk / "zustand").iterdir())) == 1


def test_no_place_for_a_report(run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(desk / "gone"))
    assert run("tiny", "bug", "--quiet").err == (
        "bug: this is a bug in xlflow (KeyError)\n  its report could not be written: no disk has room\n"
    )


def test_the_places_of_a_process_of_the_pool(desk: Path) -> None:
    with ProcessPoolExecutor(1) as pool:
        error = pool.submit(int, SECRET).exception()
        remote = pool.submit(_fails).exception()
    for each in (error, remote):
        assert each is not None
        path = report(each, "", desk)
        assert path is not None
        text = path.read_text(encoding="utf-8")
        assert SECRET not in text
        path.unlink()
    assert re.search(r"^  test_bug\.py:\d+ _fails$", text, re.MULTILINE)


def _fails() -> None:
    raise ValueError(f'{SECRET}\n  File "{SECRET}"')
