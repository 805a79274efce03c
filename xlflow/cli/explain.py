"""Say what a finding means, which rule it comes from, and how to mend it."""

from __future__ import annotations

import click

from xlflow.cli._commands import command
from xlflow.cli.output import Shell
from xlflow.model import Text


@command()
@click.argument("code")
def explain(shell: Shell, code: str) -> None:
    """Say what a finding means, which rule it comes from, and how to mend it."""
    from xlflow.cli._choose import only_known
    from xlflow.cli._tell import OWNERS
    from xlflow.judge import checks
    from xlflow.steps.lists import explain as explained

    only_known((code,), checks(), "CODE")
    made = explained(code, shell.said)
    shell.result(made)
    shell.show(f"{code} ({made['level']})\n")
    shell.show(f"{made['text']}\n")
    owner = OWNERS.get(made["owner"])
    if owner is not None:
        shell.show(Text("Goes to: {owner}", {"owner": owner}))
    for example in made["examples"]:
        shell.show(Text("Example: {place}: {message}", {"place": example["place"], "message": example["message"]}))
        shell.show(Text("To mend it: {fix}", {"fix": example["fix"]}))
