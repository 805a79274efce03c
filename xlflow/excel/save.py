"""A workbook is saved: its cells changed in memory, its passwords honoured, the file sealed as it was and replaced.

Contract §7. What is decrypted never reaches the disk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from xlflow.excel import patch, seal
from xlflow.excel.backups import backups
from xlflow.excel.errors import BookError
from xlflow.excel.keys import Keys
from xlflow.excel.kind import Kind, refusal
from xlflow.excel.lockers import ensure_closed
from xlflow.excel.protect import ensure_allowed
from xlflow.excel.protect_hash import Answer
from xlflow.excel.replace import changed_since_read, replace, told_plainly
from xlflow.model import Text

if TYPE_CHECKING:
    from xlflow.excel.book import Book

Change: TypeAlias = patch.Edit | patch.Append


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did.

    ``backup``: a copy of the file as it was, byte for byte; None where there was nothing to change. ``changed``:
    (sheet, ref) of each changed cell. ``password``: ``accepted`` where the password to modify fits a hash of
    16 bits, as one wrong one in 32,768 does, ``verified`` where it fits a long one.
    """

    backup: Path | None
    changed: tuple[tuple[str, str], ...]
    password: Answer = Answer.NOT_NEEDED


def save(book: Book, changes: Iterable[Change], backup: Path | None = None) -> Saved:
    """Change cells of the file that ``book`` was read from. BookError with a code of contract §4 or §7."""
    changes = list(changes)
    if not changes:
        return Saved(None, ())
    path = _place(book)
    kept = backups(path, backup)
    old = _read(path, book.sha256)
    cover = _Cover.of(book, old)
    patched = patch.patch(cover.package, changes)
    answer = ensure_allowed(cover.package, patch.locked(cover.package, changes), book.modify_password)
    if not patched.changed:
        return Saved(None, (), answer)
    patch.verify(cover.package, patched.package, patched)

    def verify(written: bytes) -> None:
        """The same bytes as those proven above, where it could take its time and keep nobody waiting."""
        if cover.open(written) != patched.package:
            raise _unlike(path)

    copy = replace(path, old, cover.close(patched.package), kept, verify)
    return Saved(copy, patched.changed, answer)


class _Cover:
    """What a workbook is wrapped in on the disk: nothing, or its encryption.

    ``package``: the workbook itself. The key of the new file is derived once, to seal it and to read it back.
    """

    def __init__(self, package: bytes, unsealed: seal.Unsealed | None = None) -> None:
        self.package, self._unsealed, self._keys = package, unsealed, Keys()

    @classmethod
    def of(cls, book: Book, data: bytes) -> _Cover:
        """That of the file with ``data`` in it."""
        if book.kind is not Kind.ENCRYPTED:
            return cls(data)
        unsealed = seal.unseal(data, book.password, book.keys)
        return cls(unsealed.package, unsealed)

    def close(self, package: bytes) -> bytes:
        """The file that holds ``package``: same encryption and password, new salts."""
        if self._unsealed is None:
            return package
        return seal.seal(package, self._unsealed.password, self._unsealed.seal, self._keys)

    def open(self, data: bytes) -> bytes:
        """The package in a file of ``close``."""
        if self._unsealed is None:
            return data
        return seal.unseal(data, self._unsealed.password, self._keys).package


def _place(book: Book) -> Path:
    """Where the workbook lies, if it is of a kind that is written."""
    if book.path is None:
        raise ValueError("a workbook that was read from memory has no file to save to")
    if book.kind is Kind.XLS:
        raise refusal(Kind.XLS, book.path.name)
    return book.path


def _read(path: Path, sha256: str) -> bytes:
    """The file, closed by everybody and as it was."""
    with told_plainly(path):
        ensure_closed(path, path.resolve())
        data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise changed_since_read(path)
    return data


def _unlike(path: Path) -> BookError:
    return BookError(
        "cannot-write",
        Text("{file} cannot be saved: what was written reads back differently", {"file": path.name}),
        Text("try again; if it happens again, have the disk checked"),
    )
