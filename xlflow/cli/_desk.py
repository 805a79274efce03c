"""The desk a command works on: its settings, its passwords, and the day."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from xlflow.cli.output import Shell

if TYPE_CHECKING:
    from xlflow.steps.reading import Request


def open_desk(shell: Shell, *, asking: bool = True) -> Request:
    """What the caller asks about; ``asking`` for passwords that are not stored. Raises SettingsError."""
    from xlflow.passwords import Passwords
    from xlflow.settings import load
    from xlflow.steps.known import known
    from xlflow.steps.reading import Request
    from xlflow.steps.side_by_side import cores

    settings = load(shell.desk, known())
    ask = shell.ask_password if asking and not shell.json else None
    passwords = Passwords(shell.desk, settings, os.environ, ask)
    return Request(
        shell.desk, settings, shell.date, passwords, shell.progress,
        helpers=cores() - 1, tell=shell.say, user=_user(),
    )  # fmt: skip


def _user() -> str:
    """Who is logged on; empty where the system does not say."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
