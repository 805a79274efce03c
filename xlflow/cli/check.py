"""Read and check the registers; nothing is written."""

from __future__ import annotations

from dataclasses import replace

import click

from xlflow.cli._commands import command
from xlflow.cli.output import Shell


@command()
@click.option("--code", "codes", multiple=True, metavar="CODE", help="Only findings of this code; may be repeated.")
@click.option("--register", "registers", multiple=True, metavar="NAME", help="Only of this register; may be repeated.")
def check(shell: Shell, codes: tuple[str, ...], registers: tuple[str, ...]) -> int:
    """Read and check the registers; nothing is written.

    Exit code 1 when an error or a warning was found, 4 when a file could not be used.
    """
    from xlflow.cli._choose import only_known
    from xlflow.cli._desk import open_desk
    from xlflow.cli._tell import is_bad, tell_findings, tell_sum, tell_troubles
    from xlflow.discover import registers as all_registers
    from xlflow.judge import checks
    from xlflow.steps.documents import check_document
    from xlflow.steps.run import check as check_desk

    only_known(codes, checks(), "--code")
    only_known(registers, all_registers(), "--register")
    desk, verdict = check_desk(open_desk(shell))
    wanted = tuple(
        finding
        for finding in verdict.findings
        if (not codes or finding.code in codes) and (not registers or finding.register in registers)
    )
    verdict = replace(verdict, findings=wanted)
    shell.result(check_document(desk, verdict, shell.said))
    if not shell.json:
        tell_findings(shell, wanted)
        tell_sum(shell, wanted)
        tell_troubles(shell, desk.troubles, verdict)
    return 4 if desk.troubles else 1 if is_bad(wanted) else 0
