"""What every command does alike: options, streams, JSON, exit codes (contract §2)."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.cli.conftest import Run
from xlflow.cli.output import Options, Shell

DESK = '[desk]\nname = "示例店"\nstart = 2026-03-01\n'


def test_messages_go_to_stderr_and_what_was_asked_for_to_stdout(run: Run) -> None:
    assert run("tiny", "fine") == (0, "shown\n", "said\n")
    assert run("tiny", "fine", "--quiet") == (0, "shown\n", "")
    assert run("tiny", "fine", "--verbose") == (0, "shown\n", "said\nmore\n")


def test_json_is_one_document(run: Run) -> None:
    ran = run("tiny", "fine", "--json", "--date", "2026-03-02", "--quiet")
    assert (ran.code, ran.err) == (0, "")
    assert ran.document == {
        "schema": 1,
        "command": "tiny",
        "date": "2026-03-02",
        "desk": "示例店",
        "total": "12.50",
        "rate": "0.125",
        "on": "2026-03-02",
        "file": "收货表.xlsx",
        "why": "is negative",
        "errors": [],
        "outputs": [],
    }
    assert "示例店" in ran.out


def test_a_command_without_a_result_answers_in_json_too(run: Run) -> None:
    ran = run("tiny", "left", "--json", "--date", "2026-03-02")
    assert (ran.code, ran.document) == (
        1,
        {"schema": 1, "command": "tiny", "date": "2026-03-02", "errors": [], "outputs": []},
    )


@pytest.mark.parametrize(("argv", "name"), [(("pair", "left"), "pair left"), (("pair", "import"), "pair import")])
def test_commands_of_a_group(run: Run, argv: tuple[str, ...], name: str) -> None:
    assert run(*argv, "--json").document["command"] == name


@pytest.mark.parametrize(
    ("what", "code", "err", "errors"),
    [
        ("found", 1, "", []),
        (
            "refused",
            3,
            "total-differs: is negative\n  fill it in\n",
            [
                {"code": "first", "message": "m", "fix": "f"},
                {"code": "total-differs", "message": "is negative", "fix": "fill it in"},
            ],
        ),
        (
            "unusable",
            4,
            "damaged-file: a.xlsx cannot be read: x\n",
            [{"code": "damaged-file", "message": "a.xlsx cannot be read: x", "fix": ""}],
        ),
        (
            "settings",
            2,
            "settings: xlflow.toml line 2: a: is negative\n  fill it in\n"
            "settings: xlflow.toml line 3: b: is negative\n  fill it in\n",
            [
                {"code": "settings", "message": "xlflow.toml line 2: a: is negative", "fix": "fill it in"},
                {"code": "settings", "message": "xlflow.toml line 3: b: is negative", "fix": "fill it in"},
            ],
        ),
        (
            "full",
            4,
            "cannot-write: out/待补录.xlsx cannot be written: No space left on device\n  make room on the "
            "disk or allow writing there, and run it again\n",
            [
                {
                    "code": "cannot-write",
                    "message": "out/待补录.xlsx cannot be written: No space left on device",
                    "fix": "make room on the disk or allow writing there, and run it again",
                }
            ],
        ),
        (
            "stopped",
            130,
            "interrupted: stopped; nothing is half done\n",
            [{"code": "interrupted", "message": "stopped; nothing is half done", "fix": ""}],
        ),
        (
            "usage",
            2,
            "Error: told too little\n",
            [{"code": "usage", "message": "told too little", "fix": "see xlflow tiny --help"}],
        ),
    ],
)
def test_exit_codes(run: Run, what: str, code: int, err: str, errors: list[dict[str, str]]) -> None:
    assert run("tiny", what, "--quiet") == (code, "shown\n", err)
    ran = run("tiny", what, "--quiet", "--json")
    assert (ran.code, ran.err) == (code, "")
    assert (ran.document["command"], ran.document["errors"]) == ("tiny", errors)


@pytest.mark.parametrize(
    ("argv", "command", "message", "fix"),
    [
        (("tinny",), "", "No such command 'tinny'. Did you mean 'tiny'?", "see xlflow --help"),
        (("output",), "", "No such command 'output'.", "see xlflow --help"),
        (("pair", "rigth"), "pair", "No such command 'rigth'.", "see xlflow pair --help"),
        (("tiny",), "tiny", "Missing argument 'WHAT'.", "see xlflow tiny --help"),
        (("tiny", "fine", "--jsn"), "tiny", "No such option '--jsn'. Did you mean '--json'?", "see xlflow tiny --help"),
        (
            ("tiny", "fine", "--date", "2026-3-2"),
            "tiny",
            "Invalid value for '--date': '2026-3-2' is not a date such as 2026-03-02.",
            "see xlflow tiny --help",
        ),
        (
            ("tiny", "fine", "--date=20260302"),
            "tiny",
            "Invalid value for '--date': '20260302' is not a date such as 2026-03-02.",
            "see xlflow tiny --help",
        ),
        (
            ("tiny", "fine", "--date", "2026-02-30"),
            "tiny",
            "Invalid value for '--date': '2026-02-30' is not a date such as 2026-03-02.",
            "see xlflow tiny --help",
        ),
        (
            ("tiny", "fine", "--lang", "fr"),
            "tiny",
            "Invalid value for '--lang': 'fr' is not one of 'zh', 'en'.",
            "see xlflow tiny --help",
        ),
    ],
)
def test_usage(run: Run, argv: tuple[str, ...], command: str, message: str, fix: str) -> None:
    ran = run(*argv, "--json")
    assert (ran.code, ran.err) == (2, "")
    assert ran.document["command"] == command
    assert ran.document["errors"] == [{"code": "usage", "message": message, "fix": fix}]
    said = run(*argv)
    assert (said.code, said.out) == (2, "")
    assert said.err.endswith(f"\nError: {message}\n")


def test_there_is_no_question_without_a_terminal(run: Run) -> None:
    assert run("tiny", "asks", "--json").document["answer"] is None


def test_progress_is_shown_on_a_terminal_only(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("tiny", "works", "--quiet").err == ""
    assert run("tiny", "works").err == "said\n"
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert "fill it in" in run("tiny", "works").err
    assert run("tiny", "works", "--quiet").err == ""


def test_the_language_may_stand_before_the_command(run: Run) -> None:
    assert run("--lang", "zh", "tiny", "fine", "--json").document["why"] == "是负数"
    assert run("--lang", "zh", "tiny", "fine", "--json", "--lang", "en").document["why"] == "is negative"


# The desk, the day and the language.


def test_the_desk(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Shell("", Options()).desk == Path()
    monkeypatch.setenv("XLFLOW_DESK", "店")
    assert Shell("", Options()).desk == Path("店")
    assert Shell("", Options(desk="other")).desk == Path("other")
    monkeypatch.setenv("XLFLOW_DESK", "")
    assert Shell("", Options()).desk == Path()


@pytest.mark.parametrize(
    ("settings", "zone"),
    [
        (None, "Asia/Shanghai"),
        (DESK, "Asia/Shanghai"),
        (DESK + 'timezone = "Pacific/Kiritimati"', "Pacific/Kiritimati"),
        (DESK + 'timezone = "Pacific/Pago_Pago"', "Pacific/Pago_Pago"),
        (DESK + 'timezone = "Asia/Shanghia"', "Asia/Shanghai"),
        (DESK + "timezone = 8", "Asia/Shanghai"),
        ("not TOML", "Asia/Shanghai"),
        ("desk = 3", "Asia/Shanghai"),
    ],
)
def test_the_day_is_the_desks(desk: Path, settings: str | None, zone: str) -> None:
    if settings is not None:
        (desk / "xlflow.toml").write_text(settings, encoding="utf-8")
    before = datetime.now(ZoneInfo(zone)).date()
    day = Shell("", Options(desk=str(desk))).date
    assert before <= day <= datetime.now(ZoneInfo(zone)).date()
    assert Shell("", Options(date=date(2026, 3, 2))).date == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("settings", "lang", "locale", "spoken"),
    [
        (None, None, "en_US.UTF-8", "en"),
        (None, None, "zh_CN.UTF-8", "zh"),
        (None, "en", "zh_CN.UTF-8", "en"),
        (DESK, None, "en_US.UTF-8", "zh"),
        (DESK + 'language = "en"', None, "zh_CN.UTF-8", "en"),
        (DESK + 'language = "en"', "zh", "en_US.UTF-8", "zh"),
        (DESK.encode("gbk"), None, "zh_CN.GBK", "zh"),
        ("not TOML", None, "en_US.UTF-8", "en"),
    ],
)
def test_the_language(
    run: Run,
    desk: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: str | bytes | None,
    lang: str | None,
    locale: str,
    spoken: str,
) -> None:
    if settings is not None:
        (desk / "xlflow.toml").write_bytes(settings if isinstance(settings, bytes) else settings.encode())
    monkeypatch.setenv("LANG", locale)
    monkeypatch.chdir("/")
    options = ["--desk", str(desk), *(["--lang", lang] if lang else [])]
    assert run("tiny", "fine", "--json", *options).document["why"] == {"en": "is negative", "zh": "是负数"}[spoken]
    usage = run("tinny", "--json", *options).document["errors"][0]["message"]
    assert usage.partition("'")[0] == {"en": "No such command ", "zh": "没有 "}[spoken]
