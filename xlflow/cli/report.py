"""Make one report by itself."""

from __future__ import annotations

import click

from xlflow.cli._commands import command
from xlflow.cli.output import Shell
from xlflow.model import Text


@command()
@click.argument("name")
@click.option("--period", metavar="PERIOD", help="A week such as 2026-W09 or a month such as 2026-02.")
def report(shell: Shell, name: str, period: str | None) -> int:
    """Make one report by itself.

    Without a period it is about the latest week or month that is over. `xlflow reports` lists their names; the
    workbook is put into out/DATE.
    """
    from xlflow.cli._choose import only_known
    from xlflow.cli._desk import open_desk
    from xlflow.cli._tell import tell_files
    from xlflow.report import reports
    from xlflow.steps.documents import report_document
    from xlflow.steps.reports import one_report

    only_known((name,), reports(), "NAME")
    desk, made, published = one_report(open_desk(shell), name, period)
    shell.result(report_document(desk, made, published, shell.said))
    for place in published:
        shell.show(place.path)
    left_out = sum(len(table.rows) for table in made.tables if table.name == "left_out")
    if left_out:
        shell.say(Text("{count} rows do not count in full; they are listed in the report", {"count": left_out}))
    tell_files(shell, desk.troubles)
    return 4 if desk.troubles else 0
