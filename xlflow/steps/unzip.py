"""What lies in a zip that a bank or a platform gave: its files, under the limits of every archive (contract §5)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from xlflow.excel.limits import Budget
from xlflow.excel.zip import ENCRYPTED, UTF8, Archive, Member
from xlflow.model import Text, XlflowError


class LockedZip(XlflowError):
    """A zip that wants a password, as the app's bills come."""


def members(data: bytes, file: str) -> Iterator[tuple[str, bytes]]:
    """The files in a zip by name. Raises LockedZip, and BookError ``damaged-file`` or ``too-large``."""
    if _is_locked(data):
        raise LockedZip(
            "unsupported-file",
            Text("{file} is locked with a password", {"file": file}),
            Text("unpack it with the password from the app's message, and put the bill itself into inbox"),
        )
    archive, budget = Archive(data), Budget()
    for member in archive.members:
        name = _name(member)
        if not name.endswith("/") and not name.rpartition("/")[2].startswith(".") and "__MACOSX" not in name:
            yield name, b"".join(archive.unpack(member, budget))


def _is_locked(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(info.flag_bits & ENCRYPTED for info in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, UnicodeDecodeError):
        return False


def _name(member: Member) -> str:
    """Chinese programs write names in GBK without saying so."""
    if not member.flags & UTF8:
        try:
            return member.name.encode("cp437").decode("gb18030")
        except UnicodeError:
            pass
    return member.name
