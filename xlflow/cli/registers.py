"""List the registers, their fields, and the headings they are found by here."""

from __future__ import annotations

from xlflow.cli._commands import command
from xlflow.cli.output import Shell


@command()
def registers(shell: Shell) -> None:
    """List the registers, their fields, and the headings they are found by here.

    A star marks a field that must not be blank, + one that should not be.
    """
    from xlflow.cli._desk import open_desk
    from xlflow.steps.lists import list_registers

    settings = open_desk(shell).settings
    listed = list_registers(settings)
    shell.result({"registers": listed})
    for register in listed:
        shell.show(f"{register['register']}  {register['title']}  {'、'.join(register['path'])}")
        for field in register["fields"]:
            mark = "*" if field["required"] else "+" if field["wanted"] else " "
            shell.show(f"  {mark} {field['field']:<22} {field['type']:<9} {'、'.join(field['headings'])}")
