"""Do the day: read the registers, check them, write what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from xlflow.cli._commands import command
from xlflow.cli.output import Shell
from xlflow.model import Text

if TYPE_CHECKING:
    from xlflow.steps.run import Summary


@command()
@click.option("--dry-run", is_flag=True, help="Write nothing; list what would be written.")
@click.option("--daily", "wanted", flag_value="nothing", help="The day's batch without the reports that are due.")
@click.option("--weekly", "wanted", flag_value="week", help="With the reports of the last week, made again.")
@click.option("--monthly", "wanted", flag_value="month", help="With the report of the last month, made again.")
def run(shell: Shell, dry_run: bool, wanted: str | None) -> int:
    """Do the day: read the registers, check them, write what is due.

    That is fix lists, the payout list, and each report once, on its day or after it. The files are put into
    out/DATE. Nothing is sent and nothing is paid: look at the files first.
    """
    from xlflow.cli._desk import open_desk
    from xlflow.steps.documents import run_document
    from xlflow.steps.reports import Wanted
    from xlflow.steps.run import run as run_day

    summary = run_day(open_desk(shell), shell.said, dry=dry_run, wanted=Wanted(wanted or "due"))
    shell.result(run_document(summary, shell.said))
    if not shell.json:
        _tell(shell, summary, dry_run)
    if summary.refused is not None:
        return 3
    return 4 if summary.troubles else 0


def _tell(shell: Shell, summary: Summary, dry: bool) -> None:
    from xlflow.cli._tell import tell_answers, tell_owners, tell_refused, tell_sum, tell_troubles

    if any(summary.answers.every()):
        tell_answers(shell, summary.answers)
    for name in summary.waiting:
        shell.show(Text("would take the answers of {path}", {"path": name}))
    tell_owners(shell, summary.verdict.findings)
    tell_sum(shell, summary.verdict.findings)
    payouts = summary.payouts
    for remark in summary.now.remarks:
        shell.say(Text("{entry}: {message}", {"entry": remark.entry, "message": remark.message}))
    facts = {"open": payouts["open"], "total": f"{payouts['total']:,.2f}", "held": payouts["held"]}
    shell.say(Text("to be paid: {open} entries, {total} yuan; held back: {held}", facts))
    for place in summary.published:
        shell.show(Text("would write {path}", {"path": place.path}) if dry else place.path)
    if not summary.published:
        shell.say(Text("nothing to write"))
    tell_troubles(shell, summary.troubles, summary.verdict)
    if summary.refused is not None:
        tell_refused(shell, summary.refused)
