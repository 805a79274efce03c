"""Look at what xlflow keeps, the ledger and the backups, and say what is wrong."""

from __future__ import annotations

from xlflow.cli._commands import command
from xlflow.cli.output import Shell
from xlflow.model import Text


@command()
def verify(shell: Shell) -> int:
    """Look at what xlflow keeps, the ledger and the backups, and say what is wrong.

    Nothing is changed. Exit code 1 when an error or a warning was found.
    """
    from xlflow.cli._desk import open_desk
    from xlflow.cli._tell import tell_problems
    from xlflow.steps.verify import verify as look

    return tell_problems(shell, look(open_desk(shell, asking=False)), Text("all is well"))
