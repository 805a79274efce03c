"""What a workbook asks for before it is changed (contract §7): no signature, nobody sharing it, a password.

None of this encrypts anything: a program has to honour it by itself. All of it stays in the workbook as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlflow.excel.errors import BookError
from xlflow.excel.parts import Package, SheetPart, Workbook, workbook
from xlflow.excel.places import area, place
from xlflow.excel.protect_hash import Answer, fit, has_password
from xlflow.excel.xml import TRUE, elements
from xlflow.excel.zip import Archive, key
from xlflow.model import Text

Attributes = Mapping[str, str]
#: The attributes that hold hashes of 16 bits: of the password to modify, and of a sheet's or a range's.
RESERVED, PROTECTED = "reservationPassword", "password"


def ensure_changeable(package: bytes, locked: Sequence[tuple[str, str]], password: str | None) -> Answer:
    """Whether the workbook in ``package`` may be changed, its ``locked`` cells (sheet, ref) among others.

    The least that is known of the ``password``, where it was needed. BookError ``signed``, ``shared-workbook``,
    ``needs-modify-password`` or ``wrong-modify-password``.
    """
    parts = Package(Archive(package))
    book = workbook(parts)
    _ensure_unsigned(parts)
    _ensure_unshared(book)
    answers = {_reservation(parts, book, password)}
    for sheet in book.sheets:
        cells = [ref for name, ref in locked if name.casefold() == sheet.name.casefold()]
        if cells:
            answers |= _Protection(parts, sheet).answers(cells, password)
    return next(answer for answer in (Answer.ACCEPTED, Answer.VERIFIED, Answer.NOT_NEEDED) if answer in answers)


def _ensure_unsigned(package: Package) -> None:
    """The workbook's own signature; that of its macros has nothing to do with cells."""
    names = (key(member.name) for member in package.archive.members)
    if any(relation.kind == "origin" for relation in package.relations("")) or any(
        name.startswith("_xmlsignatures/") for name in names
    ):
        raise BookError(
            "signed",
            Text("The workbook is digitally signed, and any change would break the signature."),
            Text("Remove the signature in Excel (File, Info), save the workbook and try again."),
        )


def _ensure_unshared(book: Workbook) -> None:
    """A workbook shared in the old way keeps a list of its changes, in which one from outside would be missing."""
    if not {kind.lower() for kind in book.others}.isdisjoint({"revisionheaders", "usernames"}):
        raise BookError(
            "shared-workbook",
            Text("The workbook is shared, and its list of changes would not have this one."),
            Text("End the sharing in Excel or WPS (Review, Share Workbook), save the workbook and try again."),
        )


def _reservation(package: Package, book: Workbook, password: str | None) -> Answer:
    for path, element, _ in elements(book.part, package.pieces(book.part)):
        if path == ("workbook", "fileSharing") and has_password(element, RESERVED):
            if not password:
                raise _needed(Text("The workbook asks for a password to modify, and none is given."))
            answer = fit(element, RESERVED, password)
            if answer is None:
                raise _wrong(Text("The password given is not the workbook's password to modify."))
            return answer
    return Answer.NOT_NEEDED


class _Protection:
    """How a sheet is protected: its element where that is in force, and the ranges with a password of their own
    or none."""

    def __init__(self, package: Package, sheet: SheetPart) -> None:
        self._sheet = sheet.name
        self._element: Attributes = {}
        self._ranges: list[Attributes] = []
        for path, element, _ in elements(sheet.part, _around_rows(package.pieces(sheet.part))):
            if path == ("worksheet", "sheetProtection") and element.get("sheet", "") in TRUE:
                self._element = element
            elif path == ("worksheet", "protectedRanges", "protectedRange"):
                self._ranges.append(element)

    def answers(self, cells: Sequence[str], password: str | None) -> set[Answer]:
        """What is known of the password for each of the locked cells; cells in the same ranges are asked once."""
        if not has_password(self._element, PROTECTED):
            return {Answer.NOT_NEEDED}
        alike: dict[tuple[int, ...], str] = {}
        for cell in cells:
            alike.setdefault(self._around(cell), cell)
        return {self._answer([self._ranges[at] for at in ats], cell, password) for ats, cell in alike.items()}

    def _around(self, cell: str) -> tuple[int, ...]:
        """The ranges that hold the cell."""
        return tuple(at for at, own in enumerate(self._ranges) if _holds(own.get("sqref", ""), cell))

    def _answer(self, ranges: Sequence[Attributes], cell: str, password: str | None) -> Answer:
        if any(not has_password(own, PROTECTED) and "securityDescriptor" not in own for own in ranges):
            return Answer.NOT_NEEDED
        where = {"sheet": self._sheet, "cell": cell}
        if not password:
            raise _needed(
                Text("Sheet {sheet} is protected, its cell {cell} is locked, and no password is given.", where)
            )
        for element in (self._element, *ranges):
            answer = fit(element, PROTECTED, password) if has_password(element, PROTECTED) else None
            if answer is not None:
                return answer
        raise _wrong(Text("The password given does not unprotect sheet {sheet}, and its cell {cell} is locked.", where))


def _around_rows(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """A sheet's XML without its rows, which may be a hundred megabytes, where it is plain where they end."""
    data = b"".join(pieces)
    start, end = data.find(b"<sheetData>"), data.rfind(b"</sheetData>")
    if 0 <= start < end and data.count(b"sheetData>") == 2:
        data = data[:start] + data[end + len(b"</sheetData>") :]
    yield data


def _holds(ranges: str, cell: str) -> bool:
    at = place(cell)
    if at is None:
        return False
    areas = (area(part) for part in ranges.split())
    return any(
        found and found.first_row <= at[0] <= found.last_row and found.first_column <= at[1] <= found.last_column
        for found in areas
    )


def _needed(message: Text) -> BookError:
    return BookError(
        "needs-modify-password", message, Text("Store the password once with: xlflow password REGISTER --modify")
    )


def _wrong(message: Text) -> BookError:
    return BookError(
        "wrong-modify-password",
        message,
        Text("Check capitals, full-width digits and spaces, then store it again: xlflow password REGISTER --modify"),
    )
