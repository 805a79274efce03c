"""A child process for ``test_export_killed``: exports, and dies at the n-th durable step or right after it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

from xlflow.cli import main
from xlflow.ledger import Ledger

KILLED = 137
STEPS = ("fsync", "link", "replace", "rename", "unlink", "write")


def deadly(step: Callable[..., Any], counted: list[int], last: int) -> Callable[..., Any]:
    """A step before and after which the process may die."""

    def taken(*args: Any, **options: Any) -> Any:
        counted[0] += 1
        if counted[0] == last:
            os._exit(KILLED)
        result = step(*args, **options)
        counted[0] += 1
        if counted[0] == last:
            os._exit(KILLED)
        return result

    return taken


if __name__ == "__main__":
    counted, last = [0], int(sys.argv[1])
    for name in STEPS:
        setattr(os, name, deadly(getattr(os, name), counted, last))
    Ledger.commit = deadly(Ledger.commit, counted, last)  # type: ignore[method-assign]
    sys.exit(main(sys.argv[2:]))
