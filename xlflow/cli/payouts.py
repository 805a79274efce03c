"""Pay what is owed: plan, approve, export; and decide about single entries.

Nothing is paid by xlflow itself: ``export`` writes files for Alipay's batch payment, which a person uploads.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from xlflow.cli._commands import command, group
from xlflow.cli._money import YUAN, asked_for, told
from xlflow.cli.output import Shell
from xlflow.model import Text

if TYPE_CHECKING:
    from xlflow.steps.pay import Done
    from xlflow.steps.reading import Request

_BY = click.option("--by", metavar="NAME", help="Who decides; by default who is logged on.")
_REASON = click.option("--reason", metavar="TEXT", required=True, help="Why; it stays in the ledger.")
_ENTRY = click.argument("entry", metavar="ID")


@group
def payouts() -> None:
    """Pay what is owed: plan, approve, export; and decide about single entries.

    First `plan`, then look at it, then `approve` it, then `export`. The file in out/DATE is for Alipay's batch payment.
    """


@command(payouts)
@click.option("--by", metavar="NAME", help="Who plans; with four eyes somebody else must approve.")
def plan(shell: Shell, by: str | None) -> int:
    """Show what would be paid, with number, total and fingerprint.

    The plan is a workbook in out/DATE too, with what is held back and why.
    """
    from xlflow.steps.pay import make_plan
    from xlflow.steps.pay_documents import plan_document

    return told(shell, lambda asked: make_plan(asked, by, shell.said), plan_document)


@command(payouts)
@click.option("--plan", "fingerprint", metavar="FINGERPRINT", help="The plan as it was looked at.")
@click.option("--total", type=YUAN, help="What it adds up to, typed in once more.")
@click.option("--by", metavar="NAME", help="Who approves.")
def approve(shell: Shell, fingerprint: str | None, total: Decimal | None, by: str | None) -> int:
    """Approve a plan exactly as it was seen.

    It is refused when any of its entries changed, was held, or was paid since. What is not given is asked for.
    """
    from xlflow.steps.pay import approve_plan

    plan_ = asked_for(shell, fingerprint, Text("Fingerprint of the plan"), "--plan")
    sum_ = total if total is not None else YUAN.of(asked_for(shell, None, Text("Its total in yuan"), "--total"))
    name = asked_for(shell, by, Text("Your name"), "--by")
    return told(shell, lambda asked: approve_plan(asked, plan_, sum_, name))


@command(payouts)
def export(shell: Shell) -> int:
    """Write what is approved into files for Alipay's batch payment.

    Each entry goes into one file, once and for ever. A file that is lost is never made again.
    """
    from xlflow.steps.pay import export as export_batches

    return told(shell, export_batches)


@command(payouts)
def status(shell: Shell) -> int:
    """Show every entry and its state; nothing is written."""
    from xlflow.cli._desk import open_desk
    from xlflow.cli._money import show_entry
    from xlflow.steps.documents import errors
    from xlflow.steps.pay import standing_entries
    from xlflow.steps.pay_documents import status_document

    desk, entries = standing_entries(open_desk(shell))
    shell.result({**status_document(desk.day, entries), "errors": errors(desk.troubles, shell.said)})
    for entry in entries:
        show_entry(shell, entry)
    if not entries:
        shell.say(Text("there are no entries yet; `xlflow run` makes them"))
    return 4 if desk.troubles else 0


@command(payouts)
@click.argument("entry", metavar="[ID]", required=False)
@click.option("--batch", metavar="BATCH", help="A whole batch that the bank refused, or that was never uploaded.")
@click.option("--total", type=YUAN, help="What the batch adds up to, where its file was never uploaded.")
@_REASON
@_BY
def void(shell: Shell, entry: str | None, batch: str | None, total: Decimal | None, reason: str, by: str | None) -> int:
    """Take an entry out of what is to be paid, or give up a whole batch.

    An entry in a batch file cannot be taken out any more: reconcile the statement, then `fail` it.
    """
    from xlflow.steps.pay import void as void_entry
    from xlflow.steps.pay import void_batch

    if (entry is None) == (batch is None):
        raise click.UsageError(shell.said(Text("name one entry, or one batch with --batch")))
    if batch is not None:
        return told(shell, lambda asked: void_batch(asked, batch, total, reason, _who(by, asked)))
    return told(shell, lambda asked: void_entry(asked, str(entry), reason, _who(by, asked)))


@command(payouts)
@_ENTRY
@_REASON
@_BY
def release(shell: Shell, entry: str, reason: str, by: str | None) -> int:
    """Let a held entry go on, where somebody may answer for it.

    Findings that are errors cannot be released: mend the row, and the entry opens by itself.
    """
    from xlflow.steps.pay import release as release_entry

    return _decide(shell, release_entry, entry, reason, by)


@command(payouts)
@_ENTRY
@_REASON
@_BY
def retry(shell: Shell, entry: str, reason: str, by: str | None) -> int:
    """Put a new entry in the place of one that failed."""
    from xlflow.steps.pay import retry as retry_entry

    return _decide(shell, retry_entry, entry, reason, by)


@command(payouts)
@_ENTRY
@_REASON
@_BY
def fail(shell: Shell, entry: str, reason: str, by: str | None) -> int:
    """Say that the bank did not pay an exported entry, which a complete statement must show."""
    from xlflow.steps.pay import fail as fail_entry

    return _decide(shell, fail_entry, entry, reason, by)


def _decide(
    shell: Shell, step: Callable[[Request, str, str, str], Done], entry: str, reason: str, by: str | None
) -> int:
    return told(shell, lambda asked: step(asked, entry, reason, _who(by, asked)))


def _who(by: str | None, asked: Request) -> str:
    return asked.user if by is None else by.strip()
