"""Files that are done with go to ``inbox/done/DATE`` (contract §1)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from xlflow.model import Text
from xlflow.steps.reading import Request, label
from xlflow.steps.source import Trouble


def put_away(asked: Request, paths: Iterable[Path]) -> Iterator[Trouble]:
    """Move files, never over another one; what cannot be moved is told of."""
    done = asked.home / "inbox" / "done" / asked.today.isoformat()
    for path in paths:
        try:
            done.mkdir(parents=True, exist_ok=True)
            move(path, free(done / path.name))
        except OSError as problem:
            yield Trouble(
                "cannot-write", label(asked.home, path), None,
                Text("it cannot be moved to inbox/done: {reason}", {"reason": problem.strerror or ""}),
                Text("close it if it is open in another program; what is in it has been taken"),
            )  # fmt: skip


def free(target: Path) -> Path:
    """The name itself, or with the first number behind it that is free."""
    attempt, found = 1, target
    while found.exists():
        attempt += 1
        found = target.with_name(f"{target.stem}-{attempt}{target.suffix}")
    return found


def move(source: Path, target: Path) -> None:
    """Move a file, to another disk by copying it whole first. Raises OSError."""
    if source.stat().st_dev == target.parent.stat().st_dev:
        source.rename(target)
        return
    copy = target.with_name(f".{target.name}.tmp")
    shutil.copy2(source, copy)
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
    copy.rename(target)
    source.unlink()
