"""Put a workbook back as a backup has it."""

from __future__ import annotations

from pathlib import Path

import click

from xlflow.cli._commands import command
from xlflow.cli.output import Shell


@command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite the workbook that lies there; a copy of it is kept.")
def restore(shell: Shell, file: Path, force: bool) -> None:
    """Put a workbook back as a backup has it.

    FILE is one of the copies in the desk's state folder, under backups; its name says of which workbook it is.
    """
    from xlflow.cli._desk import open_desk
    from xlflow.steps.workbook import restore as put_back

    target = put_back(open_desk(shell), file, force=force)
    shell.result({"outputs": [{"kind": "restored", "path": target}]})
    shell.show(str(target))
