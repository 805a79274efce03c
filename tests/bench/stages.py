"""Where the CPU time of one ``xlflow run`` goes, stage by stage.

``python -m tests.bench.stages DESK DATE RESULT`` does the run in this process with clocks around the product's public
steps. A step within a step counts only once, for the inner one.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

#: Module, step in it, and the stage it belongs to.
STEPS = (
    ("xlflow.excel.book", "open_book", "read"),
    ("xlflow.excel.seal", "unseal", "decrypt"),
    ("xlflow.table.read", "Reader.read", "rows"),
    ("xlflow.judge", "judge", "check"),
    ("xlflow.fixes.offer", "offers", "fix lists"),
    ("xlflow.fixes.sheet", "fix_list", "fix lists"),
    ("xlflow.money.gather", "gather", "entries"),
    ("xlflow.money.plan_book", "plan_book", "plan"),
    ("xlflow.steps.list_file", "bring_up_to_date", "payout list"),
    ("xlflow.ledger.store", "Ledger.events", "ledger"),
    ("xlflow.ledger.store", "Ledger.commit", "ledger"),
    ("xlflow.steps.fix_lists", "record", "ledger"),
    ("xlflow.steps.daily", "daily", "hand-over"),
    ("xlflow.excel.write", "to_bytes", "write"),
    ("xlflow.excel.seal", "seal", "encrypt"),
    ("xlflow.steps.documents", "run_document", "json"),
)
#: What is imported late, brought in before the clock starts on the stages.
LATE = ("xlflow.cli.run", "xlflow.steps.run", "xlsxwriter", "cryptography.hazmat.primitives.ciphers", "isal.isal_zlib")


class Clock:
    """CPU seconds by stage; ``inner`` are the stages begun and not ended."""

    def __init__(self) -> None:
        self.spent = {"import": process_time()}
        self.inner: list[str] = ["rest"]
        self.since = process_time()

    def turn(self) -> None:
        now = process_time()
        stage = self.inner[-1]
        self.spent[stage] = self.spent.get(stage, 0.0) + now - self.since
        self.since = now

    def timed(self, stage: str, step: Callable[..., Any]) -> Callable[..., Any]:
        """The step with a clock around it."""

        def run(*args: Any, **options: Any) -> Any:
            self.turn()
            self.inner.append(stage)
            try:
                return step(*args, **options)
            finally:
                self.turn()
                self.inner.pop()

        return run


def watch(clock: Clock) -> None:
    """Put the clock around every step, wherever it was imported to."""
    for module, name, stage in STEPS:
        owner, _, method = name.rpartition(".")
        home: Any = importlib.import_module(module)
        home = getattr(home, owner) if owner else home
        step = getattr(home, method)
        timed = clock.timed(stage, step)
        setattr(home, method, timed)
        for other in [known for key, known in sys.modules.items() if key.startswith("xlflow")]:
            for key, value in list(vars(other).items()):
                if value is step:
                    setattr(other, key, timed)


def main(desk: str, day: str, result: Path) -> None:
    """Run the day, and write the seconds of each stage."""
    for late in (*LATE, *(module for module, _, _ in STEPS)):
        importlib.import_module(late)
    from xlflow.cli import main as command

    clock = Clock()
    watch(clock)
    code = command(["run", "--daily", "--desk", desk, "--date", day, "--json"])
    clock.turn()
    result.write_text(json.dumps(clock.spent), "utf-8")
    sys.exit(code)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
