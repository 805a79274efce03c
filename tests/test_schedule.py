"""The lines for cron and the Windows task scheduler, as those two and their shells read them (contract §2)."""

from __future__ import annotations

import shlex
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desks import make_desk, xlflow
from xlflow.locale import render
from xlflow.schedule import LONGEST_COMMAND, Schedule

AT = time(8, 30)
UNIX = ("/opt/xl flow/bin/python", "-m", "xlflow")
WINDOWS = (r"C:\Program Files\Python\python.exe", "-m", "xlflow")


def of(desk: str, program: tuple[str, ...] = UNIX, name: str = "样板店") -> Schedule:
    return Schedule(program, desk, name, AT)


def as_cron_runs(line: str) -> list[str]:
    """What cron gives to the shell: five fields off, ``\\%`` is a percent sign, a bare one would end the command."""
    command = line.split(" ", 5)[5]
    assert "%" not in command.replace(r"\%", "")
    return shlex.split(command.replace(r"\%", "%"))


def as_windows_reads(line: str) -> list[str]:
    """The arguments of a command line by the rules of Microsoft's C runtime."""
    found: list[str] = []
    word, quoted, there, at = "", False, False, 0
    while at < len(line):
        slashes = len(line) - at - len(line[at:].lstrip("\\"))
        after = line[at + slashes : at + slashes + 1]
        if slashes:
            word, there = word + "\\" * (slashes // 2 if after == '"' else slashes), True
            at += slashes
            if after == '"' and slashes % 2:
                word, at = word + '"', at + 1
            continue
        if line[at] == '"':
            quoted, there = not quoted, True
        elif line[at] in " \t" and not quoted:
            found, word, there = [*found, word] if there else found, "", False
        else:
            word, there = word + line[at], True
        at += 1
    return [*found, word] if there else found


def test_for_cron() -> None:
    assert of("/srv/我的 店/100%").cron == (
        r"30 8 * * * '/opt/xl flow/bin/python' -m xlflow run --desk '/srv/我的 店/100\%' --quiet"
    )


def test_for_windows() -> None:
    assert of(r"D:\我的 店", WINDOWS).schtasks == (
        'schtasks /Create /SC DAILY /ST 08:30 /TN "xlflow 样板店" /TR '
        r'"\"C:\Program Files\Python\python.exe\" -m xlflow run --desk \"D:\我的 店\" --quiet"'
    )


_UNIX_PATHS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\x85"), min_size=1).map(
    lambda t: f"/{t}"
)
_WINDOWS_PATHS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters='"<>|?*/:'), min_size=1).map(
    lambda t: f"D:\\{t}"
)


@given(_UNIX_PATHS)
def test_any_desk_survives_cron_and_the_shell(desk: str) -> None:
    assert as_cron_runs(of(desk).cron) == [*UNIX, "run", "--desk", desk, "--quiet"]


@given(_WINDOWS_PATHS | st.sampled_from(["D:\\", "D:\\我的 店\\", r"\\server\share\店 1"]))
def test_any_desk_survives_the_task_scheduler(desk: str) -> None:
    line = of(desk, WINDOWS).schtasks
    command = as_windows_reads(line)
    assert command[:-1] == ["schtasks", "/Create", "/SC", "DAILY", "/ST", "08:30", "/TN", "xlflow 样板店", "/TR"]
    assert as_windows_reads(command[-1]) == [*WINDOWS, "run", "--desk", desk, "--quiet"]


@pytest.mark.parametrize(("name", "shown"), [("A/B:C?", "xlflow A_B_C_"), ("a\\b\n", "xlflow a_b_"), (" ", "xlflow")])
def test_the_task_has_a_name_that_windows_takes(name: str, shown: str) -> None:
    assert as_windows_reads(of("D:\\a", WINDOWS, name).schtasks)[7] == shown


ALWAYS = [
    "it runs every day of the week: xlflow knows China's workdays itself, make-up days included",
    "stored passwords are needed, as nobody is there to be asked: run `xlflow doctor` as the same user",
]
BREAK = "the desk's path holds a line break: neither cron nor schtasks can take it"
OF_CMD = (
    "the desk's path holds a character that the Windows command prompt takes for its own (& | < > ^ % !): "
    "make the task in the window of the task scheduler instead"
)
LONG = "the command is longer than the 261 characters that schtasks takes: move the desk to a shorter path"


@pytest.mark.parametrize(
    ("desk", "notes"),
    [
        (r"D:\店", []),
        ("D:\\店\n二", [BREAK]),
        (r"D:\R&D", [OF_CMD]),
        ("D:\\" + "a" * 180, []),
        ("D:\\" + "a" * 200, [LONG]),
    ],
)
def test_what_cannot_be_scheduled_is_said(desk: str, notes: list[str]) -> None:
    assert [render(note, "en") for note in of(desk, WINDOWS).notes()] == [*notes, *ALWAYS]
    assert LONGEST_COMMAND == 261


def test_the_command_shows_both_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = make_desk(tmp_path / "我的 店")
    before = sorted(home.rglob("*"))
    told = xlflow(capsys, "schedule", "--desk", home, "--at", "7:05")
    lines = told.out.splitlines()
    assert (told.code, len(lines)) == (0, 2)
    assert lines[0].startswith("5 7 * * * ")
    assert lines[0].endswith(f" -m xlflow run --desk '{home}' --quiet")
    assert lines[1].startswith('schtasks /Create /SC DAILY /ST 07:05 /TN "xlflow 测试店" /TR ')
    document = xlflow(capsys, "schedule", "--desk", home, "--at", "07:05", "--json").document
    assert [document["cron"], document["schtasks"]] == lines
    assert document["notes"] == ALWAYS
    assert sorted(home.rglob("*")) == before
    assert xlflow(capsys, "schedule", "--desk", home, "--at", "25:00").code == 2
