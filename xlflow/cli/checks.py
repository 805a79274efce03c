"""List the checks, and whether they are on here."""

from __future__ import annotations

from xlflow.cli._commands import command
from xlflow.cli.output import Shell


@command()
def checks(shell: Shell) -> None:
    """List the checks, and whether they are on here."""
    from xlflow.cli._desk import open_desk
    from xlflow.steps.lists import list_checks

    settings = open_desk(shell).settings
    listed = list_checks(settings, shell.said)
    shell.result({"checks": listed})
    for check in listed:
        mark = "on " if check["on"] else "off"
        shell.show(f"{mark} {check['level']} {check['code']:<22} {check['about']}")
