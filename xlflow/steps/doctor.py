"""Open everything a run would need and say what is found, with the remedy; nothing is changed (contract §2)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from xlflow.discover import registers
from xlflow.excel.lockers import lockers
from xlflow.model import Level, Text
from xlflow.network import elsewhere
from xlflow.passwords import Passwords
from xlflow.settings import Settings, files
from xlflow.steps.reading import Desk, Request, label, read_desk
from xlflow.workdays import is_known

#: So far ahead the calendar of workdays should be known, in days.
AHEAD = 60
#: Shorter passwords, and those of digits only, are guessed in seconds to hours.
SHORT = 8


@dataclass(frozen=True, slots=True)
class Problem:
    """Something found by ``doctor`` or ``verify``: where it is, what it is, what to do."""

    code: str
    level: Level
    where: str
    message: Text
    fix: Text


def doctor(asked: Request) -> tuple[Desk, list[Problem]]:
    """Everything a run would stumble over, the worst first."""
    desk = read_desk(asked)
    problems = [
        *_files(desk), *_headings(desk), *_open(desk), *_passwords(desk, asked.passwords), *_folders(asked.settings),
        *_clock(desk), *_calendar(asked.today),
    ]  # fmt: skip
    order = list(Level)
    return desk, sorted(problems, key=lambda problem: order.index(problem.level))


def _files(desk: Desk) -> Iterator[Problem]:
    for trouble in desk.troubles:
        fix = trouble.fix or Text("look at the file by hand")
        yield Problem(trouble.code, Level.ERROR, trouble.file, trouble.message, fix)


def _headings(desk: Desk) -> Iterator[Problem]:
    for sheets in desk.day.books.sheets.values():
        for sheet in sheets:
            place = f"{sheet.file} {sheet.name}!{sheet.heading_row}"
            for name in sheet.absent:
                heading = registers()[sheet.register].columns[name].headings[0]
                yield Problem(
                    "missing-column", Level.WARNING, place,
                    Text("there is no column {heading}", {"heading": heading}),
                    Text(
                        "if it has another heading here, name that in xlflow.toml under "
                        "[registers.{register}.headings]",
                        {"register": sheet.register},
                    ),
                )  # fmt: skip


def _open(desk: Desk) -> Iterator[Problem]:
    for own in desk.settings.registers.values():
        for path in files(desk.home, own, desk.settings.state):
            for locker in lockers(path):
                who = {"user": locker.user, "program": locker.program}
                yield Problem(
                    "file-open",
                    Level.WARNING,
                    label(desk.home, path),
                    Text("{user} has it open in {program}", who)
                    if locker.user
                    else Text("somebody has it open in {program}", who),
                    Text(
                        "it can be read; to be written it must be closed. If nobody has it open, delete the left-over "
                        "lock file {file}",
                        {"file": locker.file},
                    ),
                )


def _passwords(desk: Desk, passwords: Passwords) -> Iterator[Problem]:
    settings = desk.settings
    if desk.encrypted and passwords.open("outputs") is None and not settings.stays_plain("fix-list"):
        yield Problem(
            "no-password", Level.ERROR, "outputs",
            Text("the registers are encrypted, and there is no password for what is made of them"),
            Text("store one with `xlflow password outputs`"),
        )  # fmt: skip
    for name in (*settings.registers, "outputs"):
        secret = passwords.open(name)
        if secret is not None and (len(secret.reveal()) < SHORT or secret.reveal().isdigit()):
            yield Problem(
                "weak-password", Level.INFO, name,
                Text("the password is short or has digits only: it keeps out the curious, not a program that guesses"),
                Text("when you change it next, take at least eight characters with letters"),
            )  # fmt: skip


def _folders(settings: Settings) -> Iterator[Problem]:
    remote = elsewhere(settings.state)
    if remote is not None:
        yield Problem(
            "network-folder", Level.WARNING, str(settings.state),
            Text("the state folder is on a network or in a synced folder ({what}); money commands are refused there",
                 {"what": remote}),
            Text("set `state` under [desk] in xlflow.toml to a folder on this computer's own disk"),
        )  # fmt: skip
    nearest = next(folder for folder in (settings.state, *settings.state.absolute().parents) if folder.exists())
    if not os.access(nearest, os.W_OK):
        yield Problem(
            "cannot-write", Level.ERROR, str(nearest),
            Text("the folder may not be written"), Text("give yourself the right to write there"),
        )  # fmt: skip


def _clock(desk: Desk) -> Iterator[Problem]:
    """A register saved after the end of the day that a run believes in: the clock or the given date is wrong."""
    for own in desk.settings.registers.values():
        for path in files(desk.home, own, desk.settings.state):
            if path.exists():
                saved = date.fromtimestamp(path.stat().st_mtime)  # noqa: DTZ012  # the computer's own idea of the day
                if saved > desk.day.date + timedelta(days=1):
                    yield Problem(
                        "clock", Level.WARNING, label(desk.home, path),
                        Text("it was saved on {saved}, after the day of this run", {"saved": saved.isoformat()}),
                        Text("see that this computer's date is right, or leave out --date"),
                    )  # fmt: skip


def _calendar(today: date) -> Iterator[Problem]:
    ahead = today + timedelta(days=AHEAD)
    if not is_known(ahead):
        yield Problem(
            "calendar", Level.INFO, str(ahead.year),
            Text(
                "the public holidays of {year} are not known yet; Monday to Friday count as workdays",
                {"year": ahead.year},
            ),
            Text("update xlflow when the State Council has published them"),
        )  # fmt: skip
