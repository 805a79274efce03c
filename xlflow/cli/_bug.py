"""The report of a bug: where it happened, and nothing of what the registers hold.

The arguments of an unknown exception may be somebody's address, so only types, places and the program's own
lines are written.
"""

from __future__ import annotations

import os
import platform
import re
import sys
import tempfile
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import xlflow

_REMOTE = re.compile(r'^  File "(.+)", line (\d+), in (\S+)$', re.MULTILINE)


def report(error: BaseException, command: str, state: Path) -> Path | None:
    """Write the report into the state folder, else the temporary one; None where neither can be written."""
    text = "\n".join(_lines(error, command)) + "\n"
    name = f"bug-{datetime.now(UTC):%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    for folder in (state, Path(tempfile.gettempdir())):
        path = folder / f"xlflow-{name}"
        try:
            path.touch(0o600, exist_ok=False)
            path.write_text(text, encoding="utf-8")
        except OSError:
            continue
        return path
    return None


def _lines(error: BaseException, command: str) -> Iterator[str]:
    yield f"xlflow {xlflow.__version__}, command: {command}"
    yield f"Python {sys.version}"
    yield f"{platform.platform()}, stdout {sys.stdout.encoding}"
    yield from _trace(error)


def _trace(error: BaseException) -> Iterator[str]:
    """The frames, innermost last, of the error and before it of those that led to it."""
    before = error.__cause__ or error.__context__
    if before is not None:
        yield from _trace(before)
        yield "led to"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {_place(frame.filename)}:{frame.lineno} {frame.name}"
        yield f"    {frame.line}"
    # A process of the pool sends its traceback as text, message and all: take the places.
    for file, line, name in _REMOTE.findall(getattr(error, "tb", "")):
        yield f"  {_place(file)}:{line} {name}"
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    for inner in getattr(error, "exceptions", ()):
        yield from _trace(inner)


def _place(file: str) -> str:
    """A source file from its package on: what lies before may be somebody's name."""
    parts = Path(file).parts
    starts = [index for index, part in enumerate(parts) if part in ("xlflow", "site-packages")]
    return "/".join(parts[starts[-1] :] if starts else parts[-1:])
