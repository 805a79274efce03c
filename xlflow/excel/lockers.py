"""Who has a workbook open: the files that Excel, WPS and LibreOffice lay beside it (domain.md B.10)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

#: Where the user's name begins in Excel's owner file: a length byte and one-byte text, then the same in UTF-16.
_ANSI, _WIDE = 1, 55


@dataclass(frozen=True, slots=True)
class Locker:
    """Somebody who has a workbook open; ``user`` is empty where the file does not say."""

    program: str
    user: str
    file: str


def lockers(path: Path) -> list[Locker]:
    """The lock files beside a workbook, whatever their age: Excel stays open overnight."""
    found = []
    for name, program, read in (
        (f"~${path.name}", "Excel", _excel_user),
        (f"~${path.name[2:]}", "Excel", _excel_user),
        (f".~{path.name}", "WPS", _excel_user),
        (f".~lock.{path.name}#", "LibreOffice", _libreoffice_user),
    ):
        lock = path.with_name(name)
        if lock.is_file():
            found.append(Locker(program, read(_bytes(lock)), name))
    return found


def _bytes(lock: Path) -> bytes:
    try:
        return lock.read_bytes()[:1024]
    except OSError:
        return b""  # Excel holds its own file closed to others: that it is there says enough


def _excel_user(data: bytes) -> str:
    if len(data) > _WIDE + 2:
        length = int.from_bytes(data[_WIDE : _WIDE + 2], "little")
        wide = data[_WIDE + 2 : _WIDE + 2 + 2 * min(length, 52)].decode("utf-16-le", "ignore")
        if wide.strip("\0 "):
            return wide.strip("\0 ")
    return data[_ANSI : _ANSI + data[0]].decode("gb18030", "ignore").strip("\0 ") if data else ""


def _libreoffice_user(data: bytes) -> str:
    """``,user,host,date,profile;``"""
    parts = data.decode("utf-8", "ignore").split(",")
    return " ".join(part.strip() for part in parts[:2] if part.strip()) if len(parts) > 1 else ""
