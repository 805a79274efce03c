"""Look at everything a run would need, and say what is wrong and how to mend it."""

from __future__ import annotations

from xlflow.cli._commands import command
from xlflow.cli.output import Shell
from xlflow.model import Text


@command()
def doctor(shell: Shell) -> int:
    """Look at everything a run would need, and say what is wrong and how to mend it.

    Nothing is changed. Exit code 1 when an error or a warning was found.
    """
    from xlflow.cli._desk import open_desk
    from xlflow.cli._tell import tell_problems
    from xlflow.steps.doctor import doctor as look
    from xlflow.steps.documents import errors

    desk, problems = look(open_desk(shell, asking=False))
    well = Text("all is well: {count} files were opened", {"count": len(desk.readings)})
    return tell_problems(shell, problems, well, errors(desk.troubles, shell.said))
