"""Make the workbook of special invoices for finance."""

from __future__ import annotations

from xlflow.cli._commands import command
from xlflow.cli.output import Shell
from xlflow.model import Text


@command()
def invoices(shell: Shell) -> int:
    """Make the workbook of special invoices for finance.

    What finance never had before is new; the rest it has had and not issued yet. A run makes it on workdays.
    """
    from xlflow.cli._desk import open_desk
    from xlflow.cli._tell import tell_files
    from xlflow.steps.by_itself import make_invoices
    from xlflow.steps.documents import invoices_document

    made = make_invoices(open_desk(shell), shell.said)
    shell.result(invoices_document(made, shell.said))
    for place in made.published:
        shell.show(place.path)
    found = made.found
    facts = {"new": len(found.new), "waiting": len(found.waiting), "total": f"{found.total:,.2f}"}
    shell.say(Text("new: {new}, sent before: {waiting}, {total} yuan in all", facts))
    tell_files(shell, made.desk.troubles)
    return 4 if made.desk.troubles else 0
