"""Make the claim sheets of a month: one a courier, one a supplier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from xlflow.cli._commands import command
from xlflow.cli.output import Shell
from xlflow.model import Text

if TYPE_CHECKING:
    from xlflow.claims import Claims


@command()
@click.option("--period", metavar="MONTH", help="A month such as 2026-02, by default the latest that is due.")
def claims(shell: Shell, period: str | None) -> int:
    """Make the claim sheets of a month: one a courier, one a supplier.

    They are put into out/DATE. What is on one is remembered: no sheet of another month has it again.
    """
    from xlflow.cli._desk import open_desk
    from xlflow.cli._tell import tell_files
    from xlflow.steps.by_itself import make_claims
    from xlflow.steps.documents import claims_document

    made = make_claims(open_desk(shell), period, shell.said)
    shell.result(claims_document(made, shell.said))
    for place in made.published:
        shell.show(place.path)
    _tell(shell, made.found)
    tell_files(shell, made.desk.troubles)
    return 4 if made.desk.troubles else 0


def _tell(shell: Shell, found: Claims) -> None:
    for sheet in found.sheets:
        facts = {"party": sheet.party, "count": len(sheet.claims), "total": f"{sheet.total:,.2f}"}
        shell.say(Text("{party}: {count} claims, {total} yuan", facts))
    if not found.sheets:
        shell.say(Text("nothing is to be claimed for {period}", {"period": str(found.period)}))
    lacking = sum(not claim.is_complete for sheet in found.sheets for claim in sheet.claims)
    if lacking:
        shell.say(Text("{count} of them have no amount yet and are carried over", {"count": lacking}))
    if found.held:
        shell.say(Text("{count} rows are held back by errors: see the fix lists", {"count": len(found.held)}))
    if not found.whole:
        shell.say(Text("without the register of received parcels nobody knows what is lost; only the rest is claimed"))
