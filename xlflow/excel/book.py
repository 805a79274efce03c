"""A workbook file opened for reading: new or old, encrypted or not (contract §7)."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from xlflow.excel.columns import Common
from xlflow.excel.errors import BookError
from xlflow.excel.kind import REFUSALS, Kind, refusal, sniff
from xlflow.excel.limits import ensure_file
from xlflow.excel.parts import Package, workbook
from xlflow.excel.pictures import images
from xlflow.excel.read import read_sheet
from xlflow.excel.rich_values import rich_pictures
from xlflow.excel.strings import shared_strings
from xlflow.excel.styles import looks
from xlflow.excel.zip import Archive
from xlflow.grid import Sheet
from xlflow.model import Text

if TYPE_CHECKING:
    from xlflow.excel.keys import Keys
    from xlflow.excel.save import Change, Saved


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as it was read.

    ``sheets``: its worksheets in the order of their tabs, hidden ones too; charts, dialogs and macro sheets have
    no cells and are left out. ``kind``: what the file is as it lies there. ``sha256``: of the file's bytes, in
    hex. ``path``, the passwords and the ``keys`` are what it was opened with.
    """

    sheets: tuple[Sheet, ...] = field(repr=False)
    kind: Kind
    encrypted: bool
    sha256: str
    path: Path | None = None
    password: str | None = field(default=None, repr=False)
    modify_password: str | None = field(default=None, repr=False)
    keys: Keys | None = field(default=None, repr=False, compare=False)

    def save(self, changes: Iterable[Change], *, backup: Path | None = None) -> Saved:
        """Change cells of the file, once: the next time it must be opened again.

        ``changes``: Edit and Append. ``backup``: the folder for the copy of the file as it was; by default it is
        kept with the state of the desk. BookError with a code of contract §4 or §7: then nothing was written.
        """
        from xlflow.excel.save import save

        return save(self, changes, backup)


def open_book(
    path: str | PathLike[str],
    password: str | None = None,
    modify_password: str | None = None,
    *,
    keys: Keys | None = None,
) -> Book:
    """Read the workbook at ``path``.

    A workbook that is not encrypted opens whatever the password. Books opened with the same ``keys`` share the
    work that a common password costs. BookError with a code of contract §4.
    """
    if keys is None:
        from xlflow.excel.keys import Keys

        keys = Keys()
    path = Path(path)
    book = read_book(_bytes(path), path.name, password, keys)
    return Book(book.sheets, book.kind, book.encrypted, book.sha256, path.absolute(), password, modify_password, keys)


def read_book(data: bytes, name: str, password: str | None = None, keys: Keys | None = None) -> Book:
    """Read the workbook in ``data``; ``name`` is what messages call it."""
    kind = sniff(data)
    with _no_garbage_collection():
        if kind is Kind.XLS:
            sheets, encrypted = _old(data, password)
        elif kind in (Kind.OOXML, Kind.ENCRYPTED):
            encrypted = kind is Kind.ENCRYPTED
            package = _unsealed(data, name, password, keys) if encrypted else data
            sheets = _sheets(Package(Archive(package)))
        else:
            raise refusal(kind, name)
    return Book(tuple(sheets), kind, encrypted, hashlib.sha256(data).hexdigest())


def _bytes(path: Path) -> bytes:
    try:
        ensure_file(path.stat().st_size)
        return path.read_bytes()
    except FileNotFoundError:
        raise BookError(
            "file-missing",
            Text("there is no file {path}", {"path": str(path)}),
            Text("put it there, or correct its path in xlflow.toml"),
        ) from None
    except OSError as error:
        raise BookError(
            "cannot-read",
            Text("{path} cannot be read: {reason}", {"path": str(path), "reason": error.strerror or str(error)}),
            Text("close it in other programs, check that you may read it, and try again"),
        ) from None


def _unsealed(data: bytes, name: str, password: str | None, keys: Keys | None) -> bytes:
    from xlflow.excel import seal

    package = seal.unseal(data, password, keys).package
    kind = sniff(package)
    if kind is not Kind.OOXML:
        raise refusal(kind if kind in REFUSALS else Kind.DAMAGED, name)
    return package


def _sheets(package: Package) -> list[Sheet]:
    book = workbook(package)
    strings, styles = (book.others.get(kind) for kind in ("sharedStrings", "styles"))
    common = Common(
        shared_strings(strings, lambda: package.pieces(strings)) if strings and package.find(strings) else (),
        looks(styles, package.pieces(styles)) if styles else (),
        book.since_1904,
        images(package, book),
        rich_pictures(package, book),
    )
    return [read_sheet(package, sheet, common) for sheet in book.sheets]


def _old(data: bytes, password: str | None) -> tuple[list[Sheet], bool]:
    """The sheets of an xls, and whether it is encrypted."""
    from xlflow.excel.biff import FILEPASS, substream
    from xlflow.excel.cfb import Container
    from xlflow.excel.legacy import read_xls

    sheets = read_xls(data, password)
    stream = bytes(Container(data).read("Workbook"))
    return sheets, any(kind == FILEPASS for kind, _, _ in substream(stream, 0))


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Nothing that is read becomes garbage, and looking for it would cost a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
