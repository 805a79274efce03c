"""Why a command failed: its exit code, what is said to a person, and the entries of ``errors`` (contract §2)."""

from __future__ import annotations

import errno
from typing import NamedTuple

import click

from xlflow.cli._bug import report
from xlflow.cli.output import Shell
from xlflow.model import Text, XlflowError

USAGE, INPUT, BUG, INTERRUPTED = 2, 4, 70, 130

#: A full disk or a folder that may not be written to.
_CANNOT_WRITE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM})


class Failure(NamedTuple):
    """One reason; an XlflowError has the same three."""

    code: str
    message: Text | str
    fix: Text | None


def explain(error: BaseException, shell: Shell) -> tuple[int, list[dict[str, str]]]:
    """The exit code and the entries of ``errors``; without ``--json`` they are said at once."""
    code, failures = _failures(error, shell)
    if not shell.json:
        _complain(error, failures, shell)
    return code, [_entry(failure, shell) for failure in failures]


def _failures(error: BaseException, shell: Shell) -> tuple[int, list[Failure]]:
    """An exception that nobody foresaw is a bug; one of ours may name its exit code and have several problems."""
    match error:
        case XlflowError():
            problems = getattr(error, "problems", (error,))
            failures = [Failure(each.code, each.message, each.fix) for each in problems]
            return getattr(error, "exit_code", INPUT), failures
        case click.ClickException():
            return USAGE, [_usage(error, shell)]
        case click.Abort() | KeyboardInterrupt():
            return INTERRUPTED, [Failure("interrupted", Text("stopped; nothing is half done"), None)]
        case OSError() if error.errno in _CANNOT_WRITE:
            return INPUT, [_cannot_write(error)]
    return BUG, [_bug(error, shell)]


def _complain(error: BaseException, failures: list[Failure], shell: Shell) -> None:
    if isinstance(error, click.ClickException):
        error.show()
        return
    for failure in failures:
        shell.complain(f"{failure.code}: {shell.said(failure.message)}")
        if failure.fix:
            shell.complain(f"  {shell.said(failure.fix)}")


def _entry(failure: Failure, shell: Shell) -> dict[str, str]:
    fix = shell.said(failure.fix) if failure.fix else ""
    return {"code": failure.code, "message": shell.said(failure.message), "fix": fix}


def _usage(error: click.ClickException, shell: Shell) -> Failure:
    context = getattr(error, "ctx", None) or click.get_current_context(silent=True)
    path = context.command_path if context else "xlflow"
    shell.command = path.partition(" ")[2]
    return Failure("usage", error.format_message(), Text("see {command} --help", {"command": path}))


def _cannot_write(error: OSError) -> Failure:
    where = {"file": error.filename or "", "reason": error.strerror or ""}
    fix = Text("make room on the disk or allow writing there, and run it again")
    return Failure("cannot-write", Text("{file} cannot be written: {reason}", where), fix)


def _bug(error: BaseException, shell: Shell) -> Failure:
    path = report(error, shell.command, shell.state)
    message = Text("this is a bug in xlflow ({type})", {"type": type(error).__name__})
    if path is None:
        return Failure("bug", message, Text("its report could not be written: no disk has room"))
    where = {"path": str(path)}
    return Failure("bug", message, Text("send its report, which has no data of yours, to the maker: {path}", where))
