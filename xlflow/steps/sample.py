"""The tiny desks that show one finding each: read as any desk is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from xlflow.model import Text
from xlflow.passwords import Passwords
from xlflow.resources import samples
from xlflow.settings import load
from xlflow.steps.known import known
from xlflow.steps.reading import Request
from xlflow.steps.run import check

#: The samples hold on every day from this one on.
DAY = date(2026, 4, 20)


def examples(code: str, say: Callable[[Text], str]) -> list[dict[str, Any]]:
    """What the sample of a code is told, one example a finding; empty where there is no sample."""
    home: Path = samples() / "errors" / code
    if not home.is_dir():
        return []
    settings = load(home, known())
    _, verdict = check(Request(home, settings, DAY, Passwords(home, settings, {})))
    return [
        {"place": finding.place, "message": say(finding.message), "fix": say(finding.fix)}
        for finding in verdict.findings
        if finding.code == code
    ]
