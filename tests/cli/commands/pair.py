"""Two commands under one name."""

from __future__ import annotations

from xlflow.cli._commands import command, group
from xlflow.cli.output import Shell


@group
def pair() -> None:
    """Two commands under one name."""


@command(pair)
def left(shell: Shell) -> None:
    """The left one."""
    shell.result({})


@command(pair, "import")
def import_(shell: Shell) -> None:
    """The other one."""
    shell.result({})
