"""The files that travel with xlflow: the sample desk, a tiny desk per finding, the look of reports."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def samples() -> Path:
    """The folder of sample desks: inside an installed package, else beside it in a working copy."""
    installed = _HERE / "_samples"
    return installed if installed.is_dir() else _HERE.parent / "samples"
