"""Do one small thing, as told."""

from __future__ import annotations

import errno
import inspect
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import click

from xlflow.cli._commands import command
from xlflow.cli.output import Shell
from xlflow.model import Text, XlflowError
from xlflow.settings.mistakes import Mistake, SettingsError, placed

SECRET = "sample-pass-7 of 13912345678"


class Refused(XlflowError):
    """A money step that was refused."""

    exit_code = 3


@command()
@click.argument("what")
def tiny(shell: Shell, what: str) -> int | None:
    """Do one small thing, as told.

    The second paragraph.
    """
    shell.show("shown")
    shell.say("said")
    shell.detail("more")
    return ACTIONS[what](shell)


def fine(shell: Shell) -> None:
    shell.result(
        {
            "desk": "示例店",
            "total": Decimal("12.5"),
            "rate": Decimal("0.125"),
            "on": date(2026, 3, 2),
            "file": Path("收货表.xlsx"),
            "why": Text("is negative"),
        }
    )


def found(shell: Shell) -> int:
    shell.result({"findings": []})
    return 1


def refused(shell: Shell) -> None:
    shell.result({"entries": [], "errors": [{"code": "first", "message": "m", "fix": "f"}]})
    raise Refused("total-differs", Text("is negative"), Text("fill it in"))


def unusable(shell: Shell) -> None:
    raise XlflowError("damaged-file", Text("{file} cannot be read: {reason}", {"file": "a.xlsx", "reason": "x"}))


def full(shell: Shell) -> None:
    raise OSError(errno.ENOSPC, "No space left on device", "out/待补录.xlsx")


def bug(shell: Shell) -> None:
    raise KeyError(SECRET)


def chain(shell: Shell) -> None:
    try:
        bug(shell)
    except KeyError as error:
        raise ExceptionGroup(SECRET, [ValueError(SECRET)]) from error


def stopped(shell: Shell) -> None:
    raise KeyboardInterrupt


def left(shell: Shell) -> None:
    click.get_current_context().exit(1)


def asks(shell: Shell) -> None:
    shell.result({"answer": shell.ask(Text("fill it in"))})


def usage(shell: Shell) -> None:
    raise click.UsageError("told too little")


def works(shell: Shell) -> None:
    with shell.progress(Text("fill it in"), 3) as advance:
        for _ in range(3):
            advance(1)


def odd(shell: Shell) -> None:
    shell.show("打款 ¥ 𠮷 \udcff")
    shell.say("打款 ¥ 𠮷 \udcff")
    shell.result({"name": "打款 ¥ 𠮷"})


def settings(shell: Shell) -> None:
    places = (("a", 2), ("b", 3))
    raise SettingsError(
        Mistake(line, key, placed("xlflow.toml", line, key, Text("is negative")), Text("fill it in"))
        for key, line in places
    )


def waits(shell: Shell) -> int:
    sys.stdin.readline()
    shell.show("nobody listens")
    shell.show("nobody listens")
    return 1


ACTIONS = {name: action for name, action in globals().items() if inspect.isfunction(action) and name != "placed"}
