"""Put the fix lists out, and take the answers in that came back."""

from __future__ import annotations

from pathlib import Path

import click

from xlflow.cli._commands import command, group
from xlflow.cli.output import Shell
from xlflow.model import Text


@group
def fixes() -> None:
    """Put the fix lists out, and take the answers in that came back.

    `xlflow run` does both; here each is done by itself.
    """


@command(fixes, "export")
def export(shell: Shell) -> int:
    """Write the fix lists into out/DATE, and nothing else."""
    from xlflow.cli._desk import open_desk
    from xlflow.cli._tell import tell_owners, tell_troubles
    from xlflow.steps.documents import errors, output
    from xlflow.steps.fixes import export_lists

    made = export_lists(open_desk(shell), shell.said)
    shell.result(
        {
            "errors": errors(made.troubles, shell.said),
            "outputs": [output(place) for place in made.published],
        }
    )
    if not shell.json:
        tell_owners(shell, made.verdict.findings)
        for place in made.published:
            shell.show(place.path)
        if not made.published:
            shell.say(Text("nobody has anything to mend"))
        tell_troubles(shell, made.troubles, made.verdict)
    return 4 if made.troubles else 0


@command(fixes, "import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def import_(shell: Shell, files: tuple[Path, ...]) -> int:
    """Take the answers out of fix lists that came back, into the registers.

    What conflicts with the register, or cannot be taken, is written into a workbook in out/DATE. The same list again
    changes nothing.
    """
    from xlflow.cli._desk import open_desk
    from xlflow.cli._tell import tell_answers, tell_files
    from xlflow.steps.answer_documents import answers_document
    from xlflow.steps.documents import errors, output
    from xlflow.steps.fixes import import_lists

    taken = import_lists(open_desk(shell), files, shell.said)
    document = answers_document(taken.merge, shell.said)
    outputs = [output(place) for place in taken.published]
    shell.result({**document, "errors": errors(taken.troubles, shell.said), "outputs": outputs})
    if not shell.json:
        tell_answers(shell, taken.merge)
        for place in taken.published:
            shell.show(place.path)
        tell_files(shell, taken.troubles)
    return 4 if taken.troubles else 0
