"""Who has a workbook open: the files that Excel, WPS and LibreOffice lay beside it (domain.md B.10).

A lock file counts whatever its age: Excel stays open overnight. Our own (``hold``) has LibreOffice's form.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xlflow.excel.errors import BookError
from xlflow.model import Text

#: Where the user's name begins in Excel's owner file: a length byte and one-byte text, then the same in UTF-16.
_ANSI, _WIDE = 1, 55
#: What our own lock files give as the first and the last field.
_OURS = "xlflow"
#: What separates the fields of LibreOffice's lock files, and the backslash before one that does not.
_SEPARATORS = str.maketrans(",;\\\r\n", "_____")


@dataclass(frozen=True, slots=True)
class Locker:
    """Somebody who has a workbook open; ``user`` is empty where the file does not say."""

    program: str
    user: str
    file: str


def lockers(path: Path) -> list[Locker]:
    """The lock files beside a workbook; one of ours only where it comes from another computer."""
    found = []
    for name, program, read in (
        (f"~${path.name}", "Excel", _excel_user),
        (f".~{path.name}", "WPS", _excel_user),
        (lock_file(path).name, "LibreOffice", _libreoffice_user),
    ):
        data = _content(path.with_name(name))
        if data is not None and not is_own(data):
            user = "".join(char for char in read(data) if char.isprintable())
            found.append(Locker(_OURS if _is_ours(_fields(data)) else program, user, name))
    return found


def ensure_closed(*paths: Path) -> None:
    """BookError ``file-open`` when somebody has the workbook open that lies, or is linked, at ``paths``."""
    for path in paths:
        found = lockers(path)
        if found:
            raise file_open(path, max(found, key=lambda locker: bool(locker.user)))


def file_open(path: Path, locker: Locker) -> BookError:
    """Somebody has the workbook open."""
    who = {"file": path.name, "program": locker.program, "user": locker.user}
    by = Text("{file} is open in {program}, by {user}", who)
    somebody = Text("{file} is open in {program}", who)
    return BookError(
        "file-open",
        by if locker.user else somebody,
        Text(
            "close it there and try again; if nobody has it open, delete the left-over file {lock} beside it",
            {"lock": locker.file},
        ),
    )


def lock_file(path: Path) -> Path:
    """LibreOffice's lock file of a workbook, and ours."""
    return path.with_name(f".~lock.{path.name}#")


def own_lock() -> bytes:
    """The content of a lock file of ours: program, user, computer, time, and the program for a profile."""
    user = os.environ.get("USERNAME") or os.environ.get("USER") or ""
    fields = (_OURS, _field(user), _computer(), f"{datetime.now().astimezone():%d.%m.%Y %H:%M}", _OURS)
    return f"{','.join(fields)};".encode(errors="replace")


def is_own(data: bytes) -> bool:
    """Whether a lock file is ours and of this computer, where the system knows if anybody still holds it."""
    fields = _fields(data)
    return _is_ours(fields) and fields[2] == _computer()


def has_own_lock(path: Path) -> bool:
    """Whether a lock file of ours, of this computer, lies beside the workbook."""
    data = _content(lock_file(path))
    return data is not None and is_own(data)


def _computer() -> str:
    return _field(socket.gethostname())


def _field(text: str) -> str:
    return text.translate(_SEPARATORS).strip()


def _is_ours(fields: list[str]) -> bool:
    return len(fields) == 5 and fields[0] == fields[4] == _OURS


def _content(lock: Path) -> bytes | None:
    """What a lock file says; None where there is none, or it goes while we look."""
    try:
        return lock.read_bytes()[:1024] if lock.is_file() else None
    except FileNotFoundError:
        return None
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
    """``name,user,computer,date,profile;``; one of ours names user and computer."""
    fields = _fields(data)
    names = fields[1:3] if _is_ours(fields) else fields[:2]
    return " ".join(name for name in names if name) if len(fields) > 1 else ""


def _fields(data: bytes) -> list[str]:
    return [field.strip() for field in data.decode("utf-8", "ignore").strip().rstrip(";").split(",")]
