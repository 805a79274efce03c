"""List the reports, their registers and their templates here."""

from __future__ import annotations

from xlflow.cli._commands import command
from xlflow.cli.output import Shell


@command()
def reports(shell: Shell) -> None:
    """List the reports, their registers and their templates here."""
    from xlflow.cli._desk import open_desk
    from xlflow.steps.lists import list_reports

    listed = list_reports(open_desk(shell).settings, shell.said)
    shell.result({"reports": listed})
    for report in listed:
        shell.show(f"{report['report']:<18} {report['title']}  {report['template']}  {report['about']}")
