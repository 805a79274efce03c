"""Any console: other encodings, no listener, Ctrl-C, and the time until help is there."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys

import pytest

from tests.cli.conftest import PACKAGE, ROOT, process


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "打款 ¥ 𠮷 ?"),
        ("gbk", "打款 ? ? ?"),
        ("gb18030", "打款 ¥ 𠮷 ?"),
        ("ascii", "?? ? ? ?"),
        ("cp1252:strict", "?? ¥ ? ?"),
    ],
)
def test_encodings(encoding: str, shown: str) -> None:
    name = encoding.partition(":")[0]
    with process("tiny", "odd", encoding=encoding) as plain:
        out, err = plain.communicate()
    assert (plain.returncode, out.decode(name)) == (0, f"shown\n{shown}\n")
    assert err.decode(name) == f"said\n{shown}\n"
    with process("tiny", "odd", "--json", encoding=encoding) as machine:
        out, _ = machine.communicate()
    assert json.loads(out.decode(name))["name"] == "打款 ¥ 𠮷"
    assert out.isascii() is (encoding != "utf-8")


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_help_in_chinese(encoding: str) -> None:
    with process("tiny", "--help", "--lang", "zh", encoding=encoding) as help_:
        out, err = help_.communicate()
    assert (help_.returncode, err) == (0, b"")
    # click takes an ASCII console for one that forgot to say UTF-8.
    assert "  --quiet            只提示错误。" in out.decode(encoding if encoding == "gbk" else "utf-8")


def test_a_listener_that_has_gone_changes_nothing() -> None:
    with process("tiny", "waits") as command:
        assert command.stdin
        assert command.stdout
        assert command.stderr
        command.stdout.close()
        command.stdin.write(b"\n")
        command.stdin.close()
        err = command.stderr.read()
    assert (command.returncode, err) == (1, b"said\n")


def test_ctrl_c() -> None:
    with process("tiny", "waits", "--json") as command:
        assert command.stderr
        assert command.stderr.readline() == b"said\n"
        os.kill(command.pid, signal.SIGINT)
        out, err = command.communicate()
    assert (command.returncode, err.strip()) == (130, b"")
    assert [error["code"] for error in json.loads(out)["errors"]] == ["interrupted"]


@pytest.mark.slow
def test_help_is_there_within_six_times_an_empty_python() -> None:
    empty = _cpu("pass")
    help_ = _cpu(f"from xlflow.cli._start import start; start({PACKAGE!r}, ['--help'])")
    assert help_ / empty < 6


def _cpu(code: str) -> float:
    """The least CPU time of ten runs."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    times = []
    for _ in range(10):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], env=env, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)
