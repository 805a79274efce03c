"""Our own lock on a workbook: two runs do not interleave, and LibreOffice tells people who has it.

It is a lock file of LibreOffice's form that we keep locked. The system unlocks it when the process dies, so that
one left by a killed run is taken over; one that another computer left counts as somebody's.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from xlflow.excel.atomic import beside, remove, write_new
from xlflow.excel.errors import BookError
from xlflow.excel.lockers import Locker, ensure_closed, file_open, is_own, lock_file, own_lock

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _locked(file: int) -> bool:
        os.lseek(file, 1 << 30, os.SEEK_SET)  # behind the end, so that others may read the file
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True
else:
    import fcntl

    def _locked(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


#: How long another run is waited for, and how often it is asked after, in seconds.
PATIENCE, PAUSE = 10.0, 0.02
_READ = os.O_RDWR | getattr(os, "O_BINARY", 0)


@contextmanager
def hold(target: Path, patience: float = PATIENCE) -> Iterator[Callable[[], None]]:
    """Hold the workbook; what is yielded raises ``file-open`` when the lock is ours no more.

    BookError ``file-open`` when somebody else has it, OSError when its folder takes no lock file.
    """
    lock = lock_file(target)
    until = time.monotonic() + patience
    while (file := _take(target)) is None:
        ensure_closed(target)
        if time.monotonic() >= until:
            raise _busy(target)
        time.sleep(PAUSE)

    def ensure_held() -> None:
        if not _is_held(file, lock):
            ensure_closed(target)
            raise _busy(target)

    try:
        yield ensure_held
    finally:
        _free(file, lock)


def _take(target: Path) -> int | None:
    """The lock file, open and locked; None while it is somebody's."""
    lock = lock_file(target)
    if not lock.exists():
        _lay(target)
    try:
        file = os.open(lock, _READ)
    except (FileNotFoundError, PermissionError):
        return None
    try:
        if _locked(file) and _is_held(file, lock):
            return file
    except BaseException:
        os.close(file)
        raise
    os.close(file)
    return None


def _lay(target: Path) -> None:
    """Make the lock file unless there is one: whole in one step, so that a kill leaves none without its content."""
    new, lock = beside(target), lock_file(target)
    try:
        write_new(new, own_lock(), mode=0o666)
        if sys.platform == "win32":  # pragma: no cover
            new.rename(lock)
        else:
            os.link(new, lock)
    except FileExistsError:
        return
    except OSError:  # a disk that knows no second names; what else is wrong will be so again
        with suppress(FileExistsError):
            write_new(lock, own_lock(), mode=0o666)
    finally:
        remove(new)


def _is_held(file: int, lock: Path) -> bool:
    """Whether the locked file still lies there, and is ours: a program that does not ask may have put its own."""
    try:
        here, there = os.fstat(file), lock.stat()
    except FileNotFoundError:
        return False
    os.lseek(file, 0, os.SEEK_SET)
    return os.path.samestat(here, there) and is_own(os.read(file, 1024))


def _free(file: int, lock: Path) -> None:
    """Remove the lock file if it is ours; one that stays for any reason is taken over by the next run."""
    ours = False
    try:
        with suppress(OSError):
            ours = _is_held(file, lock)
        if ours and sys.platform != "win32":
            remove(lock)
    finally:
        with suppress(OSError):
            os.close(file)
    if ours and sys.platform == "win32":  # pragma: no cover  # what is open cannot be removed there
        remove(lock)


def _busy(target: Path) -> BookError:
    return file_open(target, Locker("xlflow", "", lock_file(target).name))
