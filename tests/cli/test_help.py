"""Commands are found by their files, and help is read from the catalogue."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.cli.conftest import PACKAGE, ROOT, Run
from xlflow.cli._commands import Modules

HELP = """\
Usage: xlflow [OPTIONS] COMMAND [ARGS]...

  The after-sales day of a shop whose registers are password-protected Excel
  workbooks.

Options:
  --lang [zh|en]  Language of messages.
  --version       Show the version and exit.
  -h, --help      Show this message and exit.

Commands:
  broken  Never imported unless it is called
  pair    Two commands under one name
  tiny    Do one small thing, as told
"""

TINY = """\
用法: xlflow tiny [OPTIONS] WHAT

  Do one small thing, as told.

  The second paragraph.

选项:
  --desk DIR         工作文件夹（默认 XLFLOW_DESK 或当前文件夹）。
  --date YYYY-MM-DD  按哪一天处理，默认今天。
  --json             输出一份 JSON。
  --quiet            只提示错误。
  --verbose          多给些提示。
  --lang [zh|en]     提示用什么语言。
  -h, --help         显示这份说明。
"""

PAIR = """\
Usage: xlflow pair [OPTIONS] COMMAND [ARGS]...

  Two commands under one name.

Options:
  -h, --help  Show this message and exit.

Commands:
  import  The other one
  left    The left one
"""


def test_help_imports_no_command(run: Run) -> None:
    for name in ("tiny", "pair"):
        sys.modules.pop(f"{PACKAGE}.{name}", None)
    assert run("--help") == run("-h") == (0, HELP, "")
    assert f"{PACKAGE}.tiny" not in sys.modules
    assert run() == (2, "", HELP)


def test_help_of_a_command(run: Run) -> None:
    assert run("tiny", "--help", "--lang", "zh") == (0, TINY, "")
    assert run("pair", "--help") == (0, PAIR, "")


def test_version(run: Run) -> None:
    assert run("--version") == (0, "xlflow 0.1.0\n", "")


def test_only_command_files_are_commands() -> None:
    modules = Modules(PACKAGE)
    assert list(modules) == ["broken", "pair", "tiny"]
    assert len(modules) == 3
    assert "output" not in modules


def test_every_real_command_is_a_documented_command_of_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    modules = Modules("xlflow.cli")
    for (name, line), command in zip(modules.lines(), modules.values(), strict=True):
        assert command.name == name
        assert command.help
        assert command.help.partition("\n")[0] == f"{line}."


def test_what_help_imports() -> None:
    code = f"from xlflow.cli._start import start; start({PACKAGE!r}, ['--help'])\nimport sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    imported = set(done.stdout.rpartition("\n")[0].splitlines()[-1].split())
    assert imported.isdisjoint(
        {"pathlib", "tomllib", "json", "decimal", "zoneinfo", "keyring", "sqlite3", "subprocess"}
    )
    assert {name for name in imported if name.startswith("xlflow")} == {
        "xlflow",
        "xlflow.cli",
        "xlflow.cli._commands",
        "xlflow.cli._glance",
        "xlflow.cli._options",
        "xlflow.cli._run",
        "xlflow.cli._start",
        "xlflow.cli.output",
        "xlflow.locale",
    }
