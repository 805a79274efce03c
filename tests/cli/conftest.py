"""The command line of the test commands, in this process and in one of its own."""

from __future__ import annotations

import gettext
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from xlflow.cli._start import start

PACKAGE = "tests.cli.commands"
ROOT = Path(__file__).parents[2]


class Ran(NamedTuple):
    """What a command line did."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The one JSON document on stdout; anything else there fails."""
        found: dict[str, Any] = json.loads(self.out)
        return found


Run = Callable[..., Ran]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder to stand in, with an English locale and no desk."""
    monkeypatch.chdir(tmp_path)
    for name in ("XLFLOW_DESK", "LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("LANGUAGE", "")
    domain = gettext.textdomain()
    yield tmp_path
    gettext.textdomain(domain)


@pytest.fixture
def run(desk: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in this process."""

    def run(*argv: str) -> Ran:
        code = start(PACKAGE, argv)
        return Ran(code, *capsys.readouterr())

    return run


def process(*argv: str, encoding: str = "utf-8", **environ: str) -> subprocess.Popen[bytes]:
    """Start a command line in a process of its own, whose console has the encoding."""
    code = f"import sys; from xlflow.cli._start import start; sys.exit(start({PACKAGE!r}))"
    return subprocess.Popen(
        [sys.executable, "-c", code, *argv],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding, **environ},
    )
