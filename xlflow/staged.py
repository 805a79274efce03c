"""Files are staged beside their places, recorded, then moved: a kill leaves nothing half done (contract §6)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from xlflow.excel.atomic import remove, settle


def beside(target: Path) -> Path:
    """Where a file waits that is to become ``target``; no pattern for workbooks takes that name."""
    return target.with_name(f".{target.name}.tmp")


def stage(files: Iterable[tuple[Path, bytes]]) -> None:
    """Put each file beside its place and on the disk, or none of them. Raises OSError."""
    begun = []
    try:
        for target, data in files:
            begun.append(beside(target))
            _write(begun[-1], data)
    except OSError:
        for temporary in begun:
            remove(temporary)
        raise


def move(targets: Iterable[Path]) -> None:
    """Move staged files to their places. Raises OSError."""
    for target in targets:
        beside(target).replace(target)
        settle(target.parent)


def waiting(folder: Path, names: Iterable[str] | None = None) -> Iterator[Path]:
    """The places in a folder that staged files wait for; of these ``names`` only, where others use the folder too.

    A folder that cannot be looked into has none: it is asked again next time.
    """
    with suppress(OSError):
        if names is None:
            names = [path.name[1:-4] for path in folder.glob(".[!~]*.tmp")]
        yield from (folder / name for name in names if beside(folder / name).is_file())


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
