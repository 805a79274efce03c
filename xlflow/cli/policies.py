"""List the numbers of the rules in force here, and where each comes from."""

from __future__ import annotations

from xlflow.cli._commands import command
from xlflow.cli.output import Shell


@command()
def policies(shell: Shell) -> None:
    """List the numbers of the rules in force here, and where each comes from."""
    from xlflow.cli._desk import open_desk
    from xlflow.steps.lists import list_policies

    settings = open_desk(shell).settings
    listed = list_policies(settings, shell.date, shell.said)
    shell.result({"policies": listed})
    for policy in listed:
        value = " / ".join(policy["values"])
        shell.show(f"{policy['key']:<34} {value} {policy['unit']}  ({policy['source']})  {policy['note']}")
