"""Passwords that a workbook asks for before it is changed: to modify it, or to unprotect a sheet (contract §7).

They encrypt nothing: a program has to honour them by itself. The elements that hold them stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlflow.excel.errors import BookError
from xlflow.excel.parts import Package, SheetPart, Workbook, workbook
from xlflow.excel.places import area, place
from xlflow.excel.protect_hash import Answer, fit, has_password
from xlflow.excel.xml import TRUE, elements
from xlflow.excel.zip import Archive
from xlflow.model import Text

Attributes = Mapping[str, str]
#: The attributes that hold hashes of 16 bits: of the password to modify, and of a sheet's or a range's.
RESERVED, PROTECTED = "reservationPassword", "password"


def ensure_allowed(package: bytes, locked: Sequence[tuple[str, str]], password: str | None) -> Answer:
    """Whether the workbook in ``package`` may be changed, its ``locked`` cells (sheet, ref) among others.

    ``locked``: those that need a password where their sheet has one (``patch.locked``). The least that is known of
    the ``password``, where it was needed. BookError ``needs-modify-password`` or
    ``wrong-modify-password``.
    """
    parts = Package(Archive(package))
    book = workbook(parts)
    answers = {_reservation(parts, book, password)}
    for sheet in book.sheets:
        cells = [ref for name, ref in locked if name.casefold() == sheet.name.casefold()]
        if cells:
            answers |= _Protection(parts, sheet).answers(cells, password)
    return next(answer for answer in (Answer.ACCEPTED, Answer.VERIFIED, Answer.NOT_NEEDED) if answer in answers)


def _reservation(package: Package, book: Workbook, password: str | None) -> Answer:
    for path, element, _ in elements(book.part, package.pieces(book.part)):
        if path == ("workbook", "fileSharing") and has_password(element, RESERVED):
            if not password:
                raise _needed(Text("the workbook asks for a password to modify, and none is given"))
            answer = fit(element, RESERVED, password)
            if answer is None:
                raise _wrong(Text("the password given is not the workbook's password to modify"))
            return answer
    return Answer.NOT_NEEDED


class _Protection:
    """How a sheet is protected: its own element where that is in force, and the ranges with a password."""

    def __init__(self, package: Package, sheet: SheetPart) -> None:
        self._sheet = sheet.name
        self._element: Attributes = {}
        self._ranges: list[Attributes] = []
        for path, element, _ in elements(sheet.part, _around_rows(package.pieces(sheet.part))):
            if path == ("worksheet", "sheetProtection") and element.get("sheet", "") in TRUE:
                self._element = element
            elif path == ("worksheet", "protectedRanges", "protectedRange") and has_password(element, PROTECTED):
                self._ranges.append(element)

    def answers(self, cells: Sequence[str], password: str | None) -> set[Answer]:
        """What is known of the password for the locked cells; those in the same ranges are asked once."""
        if not has_password(self._element, PROTECTED):
            return {Answer.NOT_NEEDED}
        alike: dict[tuple[int, ...], str] = {}
        for cell in cells:
            alike.setdefault(self._around(cell), cell)
        return {self._answer([self._ranges[at] for at in ranges], cell, password) for ranges, cell in alike.items()}

    def _around(self, cell: str) -> tuple[int, ...]:
        """The ranges that hold the cell."""
        return tuple(at for at, own in enumerate(self._ranges) if _holds(own.get("sqref", ""), cell))

    def _answer(self, ranges: Sequence[Attributes], cell: str, password: str | None) -> Answer:
        where = {"sheet": self._sheet, "cell": cell}
        if not password:
            raise _needed(
                Text("sheet {sheet} is protected, its cell {cell} is locked, and no password is given", where)
            )
        for element in (self._element, *ranges):
            answer = fit(element, PROTECTED, password)
            if answer is not None:
                return answer
        raise _wrong(Text("the password given does not unprotect sheet {sheet}, and its cell {cell} is locked", where))


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
        "needs-modify-password", message, Text("store the password once with: xlflow password REGISTER --modify")
    )


def _wrong(message: Text) -> BookError:
    return BookError(
        "wrong-modify-password",
        message,
        Text("check capitals, full-width digits and spaces, then store it again: xlflow password REGISTER --modify"),
    )
