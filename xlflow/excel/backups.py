"""Copies of workbooks as they were before they were changed, kept with the desk's state (contract §7).

The name of a copy tells its workbook, when it was made, and a digest of its bytes:
``收货表-1f3a7c20-20260302T153012.123456-9b2e0c4d5f60.xlsx``. Of each workbook the newest 30 are kept.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xlflow.excel.atomic import beside, remove, settle, sweep, write_new
from xlflow.excel.errors import BookError
from xlflow.model import Text

#: So many copies of one workbook.
KEPT = 30
DESK, SETTINGS, STATE, FOLDER = "XLFLOW_DESK", "xlflow.toml", ".xlflow", "backups"
#: Characters of the workbook's name in that of a copy.
LONGEST_STEM = 40


@dataclass(frozen=True, slots=True)
class Backups:
    """The copies of one workbook: their folder, and what their names begin and end with."""

    folder: Path
    start: str
    ending: str

    def keep(self, data: bytes) -> Path:
        """A copy with ``data`` in it, on the disk. Raises OSError."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy = self.folder / f"{self.start}{_now()}-{_digest(data, 12)}{self.ending}"
        sweep(self.folder / self.start)
        new = beside(self.folder / self.start)
        try:
            write_new(new, data)
            new.replace(copy)
        finally:
            remove(new)
        settle(self.folder)
        return copy

    def copies(self) -> list[Path]:
        """All copies, the oldest first."""
        return sorted(path for path in self.folder.glob(f"*{self.ending}") if path.name.startswith(self.start))

    def thin_out(self, newest: Path) -> None:
        """Remove the oldest copies beyond those that are kept, never ``newest``: a clock may go back.

        What the system refuses is left to the next time.
        """
        with suppress(OSError):
            for copy in self.copies()[:-KEPT]:
                if copy != newest:
                    remove(copy)


def backups(path: Path, folder: Path | None = None) -> Backups:
    """The copies of the workbook at ``path``: in ``folder``, else in the state folder of its desk.

    That is the desk of XLFLOW_DESK, else the nearest one above the workbook. BookError where there is none.
    A desk that is moved as a whole keeps its copies.
    """
    path = _whole(path)
    folder = _whole(folder or _state(_desk(path)) / FOLDER)
    try:
        origin = os.path.relpath(path, folder)
    except ValueError:  # another drive
        origin = str(path)
    key = _digest(os.fsencode(os.path.normcase(origin)), 8)
    return Backups(folder, f"{path.stem[:LONGEST_STEM]}-{key}-", path.suffix)


def is_whole(copy: Path) -> bool:
    """Whether a copy's bytes are those its name tells. Raises OSError."""
    return copy.stem.rpartition("-")[2] == _digest(copy.read_bytes(), 12)


def _whole(path: Path) -> Path:
    """The path from the root on; a link stays, the desk is above that and not above what it leads to."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def _desk(path: Path) -> Path:
    named = os.environ.get(DESK)
    if named:
        if not Path(named).is_dir():
            raise BookError(
                "cannot-write",
                Text("there is no folder {folder}, which XLFLOW_DESK names for the backups", {"folder": named}),
                Text("correct XLFLOW_DESK, or name a folder: book.save(changes, backup=folder)"),
            )
        return Path(named)
    for folder in (*path.parents, *path.resolve().parents):
        if (folder / SETTINGS).is_file():
            return folder
    raise BookError(
        "cannot-write",
        Text("{file} is in no desk, so there is no place for its backup", {"file": path.name}),
        Text("name a folder: book.save(changes, backup=folder), or set XLFLOW_DESK to the desk's folder"),
    )


def _state(desk: Path) -> Path:
    """The desk's state folder by its settings; all else in them is read elsewhere."""
    try:
        settings = tomllib.loads((desk / SETTINGS).read_text(encoding="utf-8-sig"))
        return Path(desk, settings.get("desk", {}).get("state", STATE))
    except FileNotFoundError:
        return desk / STATE
    except (OSError, ValueError, AttributeError, TypeError):
        raise BookError(
            "cannot-write",
            Text("{file} cannot be read, so there is no place for the backup", {"file": str(desk / SETTINGS)}),
            Text("see what is wrong with it: xlflow doctor"),
        ) from None


def _now() -> str:
    return f"{datetime.now().astimezone():%Y%m%dT%H%M%S.%f}"


def _digest(data: bytes, length: int) -> str:
    return hashlib.sha256(data).hexdigest()[:length]
