"""Run a command: its exit code, its JSON, and what is said when it fails (contract §2)."""

from __future__ import annotations

from collections.abc import Callable

from click.exceptions import Exit

from xlflow.cli.output import Shell


def run(shell: Shell, call: Callable[[], int | None]) -> int:
    """Call a command; returns its exit code, with everything said and printed."""
    errors: list[dict[str, str]] = []
    try:
        code = call() or 0
    except Exit as done:
        code = done.exit_code
    except (Exception, KeyboardInterrupt) as error:
        from xlflow.cli._failures import explain

        code, errors = explain(error, shell)
    if shell.json and (shell.command or errors):
        shell.print_document(errors)
    return code
