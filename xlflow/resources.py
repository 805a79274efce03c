"""The files that travel with xlflow: data of the rules, the sample desk, a tiny desk per finding."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def data(name: str) -> str:
    """A text file of the data folder: numbers, carriers, reasons, the settings of a new desk."""
    return (_HERE / "data" / name).read_text(encoding="utf-8")


def samples() -> Path:
    """The folder of sample desks: inside an installed package, else beside it in a working copy."""
    installed = _HERE / "_samples"
    return installed if installed.is_dir() else _HERE.parent / "samples"
