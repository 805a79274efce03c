"""Store a register's password in this computer's own password store."""

from __future__ import annotations

from typing import Literal

import click

from xlflow.cli._commands import command
from xlflow.cli.output import Shell
from xlflow.model import Text


@command()
@click.argument("name", metavar="REGISTER")
@click.option("--modify", is_flag=True, help="The password to change the file, not to open it.")
def password(shell: Shell, name: str, modify: bool) -> None:
    """Store a register's password in this computer's own password store.

    REGISTER is a register, or payouts or outputs. The password is asked for; it is never a part of the command line.
    """
    from xlflow.cli._desk import open_desk
    from xlflow.passwords import Secret

    passwords = open_desk(shell).passwords
    kind: Literal["open", "modify"] = "modify" if modify else "open"
    secret = Secret.of(shell.ask_password(name, kind))
    if secret is None:
        raise click.UsageError(shell.said(Text("a password is asked for at a terminal, and here is none")))
    passwords.store(name, kind, secret)
    shell.say(Text("stored; `xlflow doctor` tells whether it opens the file"))
