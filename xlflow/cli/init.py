"""Make a new desk: settings with remarks, and starters for a double click."""

from __future__ import annotations

from pathlib import Path

import click

from xlflow.cli._commands import command
from xlflow.cli.output import Shell
from xlflow.model import Text


@command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--sample", is_flag=True, help="A complete invented desk, ready to run.")
def init(shell: Shell, folder: Path, sample: bool) -> None:
    """Make a new desk: settings with remarks, and starters for a double click."""
    from xlflow.steps.init import init as make_desk

    made = make_desk(folder, shell.date, shell.language, sample=sample)
    shell.result({"outputs": [{"kind": "desk", "path": path.relative_to(folder).as_posix()} for path in made]})
    for path in made:
        shell.show(str(path))
    if sample:
        shell.say(Text("next: xlflow run --desk {folder} --date 2026-03-31", {"folder": str(folder)}))
    else:
        shell.say(Text("next: edit xlflow.toml, then xlflow doctor --desk {folder}", {"folder": str(folder)}))
