"""Files of the inbox that are done with go to ``inbox/done/DATE`` (contract §1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from xlflow.model import Text
from xlflow.steps.reading import Request, label
from xlflow.steps.source import Trouble


def put_away(asked: Request, paths: Iterable[Path]) -> Iterator[Trouble]:
    """Move files that lie in the inbox itself, never over another one; what cannot be moved is told of."""
    done = asked.home / "inbox" / "done" / asked.today.isoformat()
    for path in paths:
        if path.absolute().parent != (asked.home / "inbox").absolute():
            continue
        try:
            done.mkdir(parents=True, exist_ok=True)
            path.rename(_free(done / path.name))
        except OSError as problem:
            yield Trouble(
                "cannot-write", label(asked.home, path), None,
                Text("it cannot be moved to inbox/done: {reason}", {"reason": problem.strerror or ""}),
                Text("close it if it is open in another program; it has been read"),
            )  # fmt: skip


def _free(target: Path) -> Path:
    """The name itself, or with the first number behind it that is free."""
    attempt, free = 1, target
    while free.exists():
        attempt += 1
        free = target.with_name(f"{target.stem}-{attempt}{target.suffix}")
    return free
