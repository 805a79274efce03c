"""The command of the settings: no shell, ten seconds, the first line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.passwords.conftest import python
from xlflow.locale import render
from xlflow.model import Text
from xlflow.passwords import Secret
from xlflow.passwords import command as module
from xlflow.passwords.command import first_line


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("print('sample-pass-1')", "sample-pass-1"),
        ("print('sample-pass-1\\nlogin: bob')", "sample-pass-1"),
        ("print(' a b ')", " a b "),
        ("import sys; sys.stdout.buffer.write(b'sample-pass-1\\r\\nmore')", "sample-pass-1"),
        ("import sys; sys.stdout.buffer.write(b'\\xef\\xbb\\xbfsample-pass-1')", "sample-pass-1"),
        ("import sys; sys.stdout.buffer.write('密码'.encode())", "密码"),
        ("import sys; print('sample-pass-1'); print('noise', file=sys.stderr)", "sample-pass-1"),
        ("import sys; print(sys.argv[1:])", "['freight', 'open', '$HOME; echo']"),
        ("import os; print(os.path.basename(os.getcwd()))", "desk"),
        ("import sys; print(len(sys.stdin.read()))", "0"),
        ("print()", None),
        ("pass", None),
        ("print('\\nsample-pass-1')", None),
    ],
)
def test_first_line(tmp_path: Path, code: str, found: str | None) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()
    line = first_line([*python(code), "freight", "open", "$HOME; echo"], desk, os.environ)
    assert line == Secret.of(found)


def test_other_encodings_are_the_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "getpreferredencoding", lambda _: "gbk")
    code = "import sys; sys.stdout.buffer.write('密码1'.encode('gbk'))"
    assert first_line(python(code), tmp_path, os.environ) == Secret("密码1")


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (python("print('sample-pass-1'); raise SystemExit(7)"), "the password command PY ended with exit code 7"),
        (
            python("import os, signal; os.kill(os.getpid(), signal.SIGKILL)"),
            "the password command PY ended with exit code -9",
        ),
        (
            python("import time; print('sample-pass-1', flush=True); time.sleep(60)"),
            "the password command PY did not end in 0.3 s",
        ),
        (("no-such-program", "sample-pass-1"), "the password command no-such-program could not be started"),
        (("/", "x"), "the password command / could not be started"),
        (("a\0b",), "the password command a\0b could not be started"),
    ],
)
def test_failures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...], said: str) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.3)
    failure = first_line(argv, tmp_path, os.environ)
    assert isinstance(failure, Text)
    assert render(failure, "en") == said.replace("PY", argv[0])
