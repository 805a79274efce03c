"""One run at a time on a desk: a lock that the system frees when its holder dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xlflow.model import Text, XlflowError

#: How long a busy desk is waited for, in seconds (contract §5).
PATIENCE = 30


@contextmanager
def desk_lock(state: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the desk's lock. Raises XlflowError: ``busy`` after ``patience`` seconds, ``cannot-write``."""
    from filelock import FileLock, Timeout

    try:
        state.mkdir(parents=True, exist_ok=True)
        lock = FileLock(state / "lock", timeout=patience)
        lock.acquire()
    except Timeout as problem:
        raise XlflowError(
            "busy",
            Text("another xlflow is at work on this desk"),
            Text("wait until it is done, then try again"),
        ) from problem
    except OSError as problem:
        raise XlflowError(
            "cannot-write",
            Text(
                "the state folder {folder} cannot be written: {reason}",
                {"folder": str(state), "reason": problem.strerror or ""},
            ),
            Text("see that the disk is not full and the folder may be written"),
        ) from problem
    try:
        yield
    finally:
        lock.release()
