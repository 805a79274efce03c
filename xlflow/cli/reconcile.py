"""Match statements of Alipay and refunds of Taobao with what was paid."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlflow.cli._commands import command
from xlflow.cli.output import Shell
from xlflow.model import Text

if TYPE_CHECKING:
    from xlflow.reconcile import Result
    from xlflow.statement import Statement
    from xlflow.steps.reconcile import Settled


@command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
def reconcile(shell: Shell, files: tuple[Path, ...]) -> int:
    """Match statements of Alipay and refunds of Taobao with what was paid.

    Give 账务明细 or personal bills as they were downloaded, zipped or not. What they say goes into the ledger, the
    payout list and the registers, and a workbook for finance into out/DATE. The same statement again changes nothing.
    """
    from xlflow.cli._desk import open_desk
    from xlflow.steps.reconcile import reconcile as reconcile_files
    from xlflow.steps.reconcile_documents import reconcile_document

    settled = reconcile_files(open_desk(shell), files, shell.said)
    shell.result(reconcile_document(settled, shell.said))
    _tell(shell, settled)
    return 4 if settled.troubles else 0


def _tell(shell: Shell, settled: Settled) -> None:
    from xlflow.cli._tell import tell_trouble
    from xlflow.reconcile import Outcome
    from xlflow.reconcile.workbook import NAMES

    for statement in settled.found.statements:
        shell.show(_about(statement))
    for result in settled.found.results:
        if result.outcome is not Outcome.MATCHED:
            shell.show(f"{shell.said(NAMES[result.outcome])}  {_line(result)}")
    for outcome, count in settled.found.counts.items():
        shell.show(Text("{what}: {count}", {"what": NAMES[Outcome(outcome)], "count": count}))
    for place in settled.published:
        shell.show(place.path)
    for trouble in settled.troubles:
        tell_trouble(shell, trouble)


def _about(statement: Statement) -> Text:
    facts = {"file": statement.file, "rows": statement.rows, "first": statement.first, "last": statement.last}
    if statement.balanced:
        return Text("{file}: {rows} rows, {first} to {last}", facts)
    return Text("{file}: {rows} rows, {first} to {last}; its sums do not agree, so it proves nothing unpaid", facts)


def _line(result: Result) -> str:
    from xlflow.money.plan import yuan

    entry = result.entry
    known = [entry.id, entry.order_no, f"{yuan(entry.amount):,.2f}"] if entry is not None else []
    paid = [f"-> {yuan(result.statement_amount):,.2f}"] if result.statement_amount is not None else []
    place = [f"{result.file}:{result.row}"] if result.row is not None else []
    return "  ".join([*known, *paid, *place, *([result.why] if result.why else [])])
