"""The desk a command works on: its settings and its passwords."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from xlflow.cli.output import Shell

if TYPE_CHECKING:
    from xlflow.passwords import Passwords
    from xlflow.settings import Settings


def open_desk(shell: Shell, *, asking: bool = True) -> tuple[Settings, Passwords]:
    """The settings and passwords of the caller's desk; ``asking`` for what is not stored. Raises SettingsError."""
    from xlflow.passwords import Passwords
    from xlflow.settings import load
    from xlflow.steps.known import known

    settings = load(shell.desk, known())
    ask = shell.ask_password if asking and not shell.json else None
    return settings, Passwords(shell.desk, settings, os.environ, ask)
