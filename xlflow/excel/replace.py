"""A workbook's file is replaced: kept in the backups first, and never under somebody's hands (contract §7).

The old file or the new one lies there at any moment, whole; what a killed process left is swept by the next one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from xlflow.excel.atomic import beside, in_use, remove, strays, swap, sweep, write_new
from xlflow.excel.backups import Backups
from xlflow.excel.errors import BookError
from xlflow.excel.hold import hold
from xlflow.excel.lockers import ensure_closed, has_own_lock
from xlflow.model import Text


def replace(path: Path, old: bytes, new: bytes, backups: Backups, verify: Callable[[bytes], None]) -> Path:
    """Put ``new`` in the place of ``old`` at ``path``, or where it links to; the copy of ``old`` that was kept.

    ``verify`` is given what was read back from the disk and raises where that is wrong. Mode and owner stay.
    BookError ``file-open``, ``changed-since-read``, ``file-missing`` or ``cannot-write``: then ``old`` lies there.
    """
    target = path.resolve()
    with told_plainly(path), hold(target) as ensure_held:

        def ready() -> None:
            ensure_held()
            ensure_closed(path, target)
            _ensure_unchanged(path, old)

        ready()
        sweep(target)
        temporary = beside(target)
        try:
            write_new(temporary, new, like=target)
            verify(temporary.read_bytes())
            copy = backups.keep(old)
            try:
                swap(temporary, target, ready)
            except (BookError, OSError):
                remove(copy)
                raise
        finally:
            remove(temporary)
        backups.thin_out(copy)
        return copy


def clean_up(path: Path) -> bool:
    """Remove what a killed process left beside the workbook at ``path``; whether there was anything.

    Where somebody has the workbook now, it is left to the next one who saves it.
    """
    target = path.resolve()
    if not strays(target) and not has_own_lock(target):
        return False
    try:
        with told_plainly(path), hold(target, patience=0):
            sweep(target)
    except BookError:
        return False
    return True


@contextmanager
def told_plainly(path: Path) -> Iterator[None]:
    """What the system refuses, as a BookError."""
    try:
        yield
    except OSError as problem:
        if isinstance(problem, FileNotFoundError) and not path.exists():
            raise BookError(
                "file-missing",
                Text("there is no file {path}", {"path": str(path)}),
                Text("put it there, or correct its path in xlflow.toml"),
            ) from None
        if in_use(problem):
            raise BookError(
                "file-open",
                Text("{file} is open in another program", {"file": path.name}),
                Text("close it everywhere, the preview of the file manager too, and try again"),
            ) from None
        raise BookError(
            "cannot-write",
            Text("{file} cannot be saved: {reason}", {"file": path.name, "reason": problem.strerror or str(problem)}),
            Text("see that the disk is not full, and that you may write to its folder and to that of the backups"),
        ) from None


def _ensure_unchanged(target: Path, old: bytes) -> None:
    """What is written while we look at the file changes its time or size, if not what we have seen."""
    before = target.stat()
    same = target.read_bytes() == old
    after = target.stat()
    if not same or (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
        raise changed_since_read(target)
    if not os.access(target, os.W_OK):
        raise BookError(
            "cannot-write",
            Text("{file} is write-protected", {"file": target.name}),
            Text("take the write protection off in its properties, and try again"),
        )


def changed_since_read(path: Path) -> BookError:
    """Somebody saved the workbook after it was read, or it was saved here already."""
    return BookError(
        "changed-since-read",
        Text("{file} was changed after it was read, so nothing was written", {"file": path.name}),
        Text("try again: it is then read as it is now"),
    )
