"""The command line (contract §2). One file a command or command group, named like it.

A command is a function under ``@command()`` of ``_commands``; it takes a Shell of ``output`` and its own options.
"""

from __future__ import annotations

from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line, by default the process's own; returns the exit code."""
    from xlflow.cli._start import start

    return start("xlflow.cli", argv)
