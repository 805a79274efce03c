"""A file takes another's place: written beside it, on the disk before it is moved, then moved in one step.

Whatever happens in between, the old file or the new one lies there, whole. Raises OSError as the system does.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

#: Windows: access denied, sharing violation, lock violation. Another program is looking at the file.
_IN_USE = (5, 32, 33)
#: How long to wait for such a program between one attempt and the next, in seconds.
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def beside(target: Path) -> Path:
    """A new name in the target's folder that no pattern for workbooks takes, and that ``sweep`` knows."""
    return target.with_name(f"{_stem(target)}{secrets.token_hex(4)}.tmp")


def strays(target: Path) -> list[Path]:
    """What is there under such names; a killed process left it, unless somebody holds the target."""
    return list(target.parent.glob(f"{_stem(target)}*.tmp"))


def sweep(target: Path) -> None:
    """Remove the strays; to be called by who holds the target."""
    for stray in strays(target):
        remove(stray)


def write_new(path: Path, data: bytes, like: Path | None = None, mode: int = 0o600) -> None:
    """Make the file with ``data`` in it, on the disk; with the mode, attributes and owner of ``like``."""
    file = os.open(path, _NEW, mode)
    try:
        with _closing(file):
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(file, rest) :]
            if like is not None:
                _dress(path, like)
            os.fsync(file)
    except BaseException:
        remove(path)
        raise


def swap(new: Path, target: Path, ready: Callable[[], None]) -> None:
    """Move ``new`` over the target; ``ready`` is asked right before, and raises where that must not be.

    PermissionError where another program keeps the target in use for longer than is waited for.
    """
    for pause in (*PAUSES, None):
        ready()
        try:
            new.replace(target)
            break
        except PermissionError as problem:
            if pause is None or not in_use(problem):
                raise
        time.sleep(pause)
    settle(target.parent)


def in_use(problem: OSError) -> bool:
    """Whether it is Windows' way of saying that another program has the file open."""
    return getattr(problem, "winerror", None) in _IN_USE


def settle(folder: Path) -> None:
    """Have the folder's names on the disk, where the system can; a name that is moved stays moved if it cannot."""
    with suppress(OSError), _closing(os.open(folder, os.O_RDONLY)) as handle:
        os.fsync(handle)


def remove(path: Path) -> None:
    """Remove the file if it is there and the system lets us; the next run tries again."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


@contextmanager
def _closing(file: int) -> Iterator[int]:
    try:
        yield file
    finally:
        os.close(file)


def _stem(target: Path) -> str:
    return f".~xlflow-{hashlib.sha256(os.fsencode(target.name)).hexdigest()[:8]}-"


def _dress(path: Path, like: Path) -> None:
    """Owner first: changing it takes some of the mode away. The time of change is now."""
    old, new = like.stat(), path.stat()
    if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
        os.chown(path, old.st_uid, old.st_gid)
    shutil.copystat(like, path)
    now = time.time_ns()
    os.utime(path, ns=(now, now))
