"""Write a workbook without its encryption, by hand."""

from __future__ import annotations

from pathlib import Path

import click

from xlflow.cli._commands import command
from xlflow.cli.output import Shell


@command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "out", type=click.Path(path_type=Path), metavar="OUT", help="The file to write.")
@click.option("--as", "name", metavar="NAME", help="Whose password to take: a register, payouts or outputs.")
@click.option("--force", is_flag=True, help="Overwrite OUT.")
def decrypt(shell: Shell, file: Path, out: Path | None, name: str | None, force: bool) -> None:
    """Write a workbook without its encryption, by hand.

    Without -o the new file is called NAME.decrypted.xlsx. It holds what the register holds: delete it when done.
    """
    from xlflow.cli._desk import open_desk
    from xlflow.steps.workbook import decrypt as write
    from xlflow.steps.workbook import password_for

    asked = open_desk(shell)
    target = out or file.with_name(f"{file.stem}.decrypted{file.suffix}")
    write(file, target, password_for(asked, file, name), force=force)
    shell.result({"outputs": [{"kind": "decrypted", "path": target}]})
    shell.show(str(target))
