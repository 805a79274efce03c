"""Look at everything a run would need, and say what is wrong and how to mend it."""

from __future__ import annotations

from xlflow.cli._commands import command
from xlflow.cli.output import Shell
from xlflow.model import Level, Text


@command()
def doctor(shell: Shell) -> int:
    """Look at everything a run would need, and say what is wrong and how to mend it.

    Nothing is changed. Exit code 1 when an error or a warning was found.
    """
    from xlflow.cli._desk import open_desk
    from xlflow.steps.doctor import doctor as look
    from xlflow.steps.documents import errors, problem_document

    desk, problems = look(open_desk(shell, asking=False))
    found = [problem_document(problem, shell.said) for problem in problems]
    shell.result({"problems": found, "errors": errors(desk.troubles, shell.said)})
    for problem in problems:
        shell.show(f"{problem.where}: {problem.code}: {shell.said(problem.message)}; {shell.said(problem.fix)}")
    if not problems:
        shell.say(Text("all is well: {count} files were opened", {"count": len(desk.readings)}))
    return 1 if any(problem.level is not Level.INFO for problem in problems) else 0
