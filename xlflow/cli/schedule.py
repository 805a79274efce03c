"""Show the lines that run a desk every day: for cron, and for the Windows task scheduler."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from xlflow.cli._commands import command
from xlflow.cli.output import Shell
from xlflow.model import Text


@command()
@click.option(
    "--at", type=click.DateTime(["%H:%M"]), metavar="HH:MM", default="08:30", help="The time of day, by default 08:30."
)
def schedule(shell: Shell, at: datetime) -> None:
    """Show the lines that run a desk every day: for cron, and for the Windows task scheduler.

    Nothing is set up: put the line that fits into `crontab -e`, or type it into a Windows command prompt.
    """
    from xlflow.cli._desk import open_desk
    from xlflow.schedule import Schedule

    name = open_desk(shell, asking=False).settings.name
    made = Schedule((sys.executable, "-m", "xlflow"), str(shell.desk.absolute()), name, at.time())
    shell.result({"cron": made.cron, "schtasks": made.schtasks, "notes": list(made.notes())})
    shell.say(Text("for cron (Linux, macOS):"))
    shell.show(made.cron)
    shell.say(Text("for the Windows task scheduler:"))
    shell.show(made.schtasks)
    for note in made.notes():
        shell.say(note)
