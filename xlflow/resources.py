"""The files that travel with xlflow: data of the rules, the sample desk, a tiny desk per finding, templates."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def data(name: str) -> str:
    """A text file of the data folder: numbers, carriers, reasons, the settings of a new desk."""
    return (_HERE / "data" / name).read_text(encoding="utf-8")


def samples() -> Path:
    """The folder of sample desks."""
    return _folder("samples")


def templates() -> Path:
    """The folder of the reports' built-in templates."""
    return _folder("templates")


def _folder(name: str) -> Path:
    """Inside an installed package, else beside it in a working copy."""
    installed = _HERE / f"_{name}"
    return installed if installed.is_dir() else _HERE.parent / name
