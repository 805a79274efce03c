"""From the command line to a command, and what is said when it does not get that far."""

from __future__ import annotations

import gc
import gettext
import os
import sys
from collections.abc import Sequence
from itertools import pairwise

from xlflow.cli._commands import root
from xlflow.cli._run import run
from xlflow.cli.output import Options, Shell, steady
from xlflow.locale import DOMAIN, FOLDER


def start(package: str, argv: Sequence[str] | None = None) -> int:
    """Run a command out of a package's modules; returns the exit code."""
    gc.disable()  # a command ends before its garbage matters, and looking for it costs a third of the time
    try:
        return _start(package, argv)
    finally:
        gc.enable()


def _start(package: str, argv: Sequence[str] | None) -> int:
    steady(sys.stdout)
    steady(sys.stderr)
    args = list(sys.argv[1:] if argv is None else argv)
    shell = Shell("", _rough(args))
    _speak(shell.language)
    # click expands * and ? on Windows only when it takes the arguments itself.
    return run(shell, lambda: root(package).main(argv, prog_name="xlflow", standalone_mode=False))


def _speak(language: str) -> None:
    """Let click speak the language too: it asks gettext, which asks the environment."""
    gettext.bindtextdomain(DOMAIN, FOLDER)
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language


def _rough(args: Sequence[str]) -> Options:
    """The options that matter when the line cannot be parsed: its language, and whether to answer in JSON."""
    return Options(desk=_value(args, "--desk"), json="--json" in args, lang=_value(args, "--lang"))


def _value(args: Sequence[str], option: str) -> str | None:
    for arg, following in pairwise([*args, ""]):
        if arg == option:
            return following
        if arg.startswith(f"{option}="):
            return arg.partition("=")[2]
    return None
