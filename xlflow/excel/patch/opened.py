"""A workbook opened for changes: its parts as bytes, and what the reader needs to know of them."""

from __future__ import annotations

from functools import cached_property
from io import BytesIO
from posixpath import basename, dirname, join

from xlflow.excel.columns import Common
from xlflow.excel.parts import Package, SheetPart, Workbook, workbook
from xlflow.excel.patch.markup import Element, parse
from xlflow.excel.patch.refusals import no_sheet, shared_workbook, signed
from xlflow.excel.patch.wellformed import prove, utf8
from xlflow.excel.pictures import images
from xlflow.excel.rich_values import rich_pictures
from xlflow.excel.strings import shared_strings
from xlflow.excel.styles import looks
from xlflow.excel.zip import Archive, key

#: Where digital signatures are, and the kind of relation to the log of a workbook shared in the old way.
SIGNATURES, SHARED = "_xmlsignatures/", "revisionHeaders"


class Part:
    """One small part: its bytes in UTF-8, and its root element."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.data = utf8(name, data)
        prove(name, self.data)
        self.root: Element = parse(name, self.data)


class Opened:
    """The package of a workbook. BookError ``damaged-file`` or ``too-large``."""

    def __init__(self, data: bytes) -> None:
        self.archive = Archive(data)
        self.package = Package(self.archive)
        self.book: Workbook = workbook(self.package)

    def ensure_changeable(self) -> None:
        """BookError ``signed`` or ``shared-workbook``."""
        names = [key(member.name) for member in self.archive.members]
        if any(name.startswith(SIGNATURES) for name in names):
            raise signed()
        if SHARED in self.book.others:
            raise shared_workbook()

    def sheet(self, name: str) -> SheetPart:
        """The worksheet of that name, whatever its capitals; BookError ``no-sheet``."""
        for sheet in self.book.sheets:
            if sheet.name.casefold() == name.casefold():
                return sheet
        raise no_sheet(name)

    def data(self, part: str) -> bytes:
        """The part unpacked, as often as it is asked for."""
        data = BytesIO()  # joining the pieces would take twice their memory
        data.writelines(Package(self.archive).pieces(part))
        return data.getvalue()

    def part(self, name: str) -> Part:
        """The part, to be changed."""
        return Part(name, self.data(name))

    def member(self, part: str) -> str:
        """The name under which the archive has the part."""
        found = self.package.find(part)
        return found.name if found else part

    @cached_property
    def common(self) -> Common:
        """What the reader needs to read cells."""
        return Common(
            self._texts(), self.looks, self.book.since_1904, images(self.package, self.book),
            rich_pictures(self.package, self.book),
        )  # fmt: skip

    @cached_property
    def looks(self) -> list[int]:
        """By style, what it shows (``formats``)."""
        part = self.book.others.get("styles")
        return looks(part, self.package.pieces(part)) if part else []

    def _texts(self) -> list[str | None]:
        part = self.book.others.get("sharedStrings")
        if part is None or self.package.find(part) is None:
            return []
        return shared_strings(part, lambda: self.package.pieces(part))


def relations_of(part: str) -> str:
    """The name of the part with the relations of a part."""
    return join(dirname(part), "_rels", f"{basename(part)}.rels")
