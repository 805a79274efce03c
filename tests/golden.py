"""Text that is compared with a file under ``tests/golden``; ``XLFLOW_GOLDEN=write`` writes what is there now."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def compare(name: str, text: str) -> None:
    """The text is that of the file."""
    path = FOLDER / name
    if os.environ.get("XLFLOW_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")
