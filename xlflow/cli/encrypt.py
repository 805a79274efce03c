"""Write a workbook encrypted, by hand."""

from __future__ import annotations

from pathlib import Path

import click

from xlflow.cli._commands import command
from xlflow.cli.output import Shell
from xlflow.model import Text


@command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "out", type=click.Path(path_type=Path), metavar="OUT", help="The file to write.")
@click.option("--as", "name", metavar="NAME", help="Whose password to take: a register, payouts or outputs.")
@click.option("--force", is_flag=True, help="Overwrite OUT.")
def encrypt(shell: Shell, file: Path, out: Path | None, name: str | None, force: bool) -> None:
    """Write a workbook encrypted, by hand.

    Without -o the new file is called NAME.encrypted.xlsx.
    """
    from xlflow.cli._desk import open_desk
    from xlflow.steps.workbook import encrypt as write
    from xlflow.steps.workbook import password_for

    asked = open_desk(shell)
    target = out or file.with_name(f"{file.stem}.encrypted{file.suffix}")
    secret = password_for(asked, file, name)
    if secret is None:
        raise click.UsageError(shell.said(Text("there is no password to encrypt it with; store one first")))
    write(asked, file, target, secret, force=force)
    shell.result({"outputs": [{"kind": "encrypted", "path": target}]})
    shell.show(str(target))
