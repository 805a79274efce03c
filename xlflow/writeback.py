"""The one place from which a workbook of the desk is changed: its cells and nothing else, in one save (contract §7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xlflow.excel.book import Book, open_book
from xlflow.excel.errors import BookError
from xlflow.excel.keys import Keys
from xlflow.excel.patch.changes import Append, Edit, New
from xlflow.excel.places import place
from xlflow.excel.replace import changed_since_read
from xlflow.excel.save import Saved
from xlflow.grid import CellError, Sheet, Uncached
from xlflow.model import Text
from xlflow.passwords import Secret

#: Where copies of changed workbooks are kept, in the state folder.
BACKUPS = "backups"
_LOCKED = ("needs-modify-password", "wrong-modify-password")


@dataclass(frozen=True, slots=True)
class Target:
    """A workbook that may be changed: where it lies, and the passwords that may open it, tried in order.

    ``modify`` finds the one to change it, and is asked only when the workbook is. ``backups`` is the folder of copies.
    """

    path: Path
    passwords: tuple[Secret, ...]
    modify: Callable[[], Secret | None]
    backups: Path
    keys: Keys | None = field(default=None, repr=False, compare=False)

    def open(self, modify: Secret | None = None) -> Book:
        """The workbook as it is now. BookError."""
        word = modify.reveal() if modify is not None else None
        for secret in self.passwords[:-1]:
            try:
                return open_book(self.path, secret.reveal(), word, keys=self.keys)
            except BookError as problem:
                if problem.code != "wrong-password":
                    raise
        last = self.passwords[-1].reveal() if self.passwords else None
        return open_book(self.path, last, word, keys=self.keys)


@dataclass(frozen=True, slots=True)
class Give:
    """Give a cell a value, whatever it holds: the file must be the one in which it was looked at.

    ``under`` is the address of a heading that is given too, without which the value has no meaning.
    """

    sheet: str
    ref: str
    new: New
    under: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What a save did: the cells that changed, as (sheet, ref), the copy that was kept, and why cells were refused."""

    changed: tuple[tuple[str, str], ...] = ()
    backup: Path | None = None
    refused: Mapping[tuple[str, str], BookError] = field(default_factory=dict)


def save(target: Target, book: Book, changes: Sequence[Edit | Append]) -> Saved:
    """Save changes to a workbook that ``target`` opened. Raises BookError: then nothing was written."""
    try:
        return book.save(changes, backup=target.backups)
    except BookError as problem:
        word = target.modify() if problem.code in _LOCKED and book.modify_password is None else None
        if word is None:
            raise
    again = target.open(word)
    if again.sha256 != book.sha256:
        raise changed_since_read(target.path)
    return again.save(changes, backup=target.backups)


def write(target: Target, given: Sequence[Give], sha256: str) -> Written:
    """Save the values, all that can be; a cell that cannot be changed without harm is refused by itself.

    ``sha256`` is that of the file in which the cells were looked at. Raises BookError where nothing could be written:
    ``file-open``, ``changed-since-read``, ``needs-modify-password`` …
    """
    book = target.open()
    if book.sha256 != sha256:
        raise changed_since_read(target.path)
    sheets = {sheet.name: _Cells(sheet) for sheet in book.sheets}
    refused = {(one.sheet, one.ref): why for one in given if (why := sheets[one.sheet].obstacle(one.ref)) is not None}
    while True:
        edits = [
            Edit(one.sheet, one.ref, sheets[one.sheet].value(one.ref), one.new, over_formula=True)
            for one in given
            if (one.sheet, one.ref) not in refused
        ]
        try:
            saved = save(target, book, edits)
        except BookError as problem:
            _refuse(refused, given, problem)
        else:
            return Written(saved.changed, saved.backup, refused)


def _refuse(refused: dict[tuple[str, str], BookError], given: Sequence[Give], problem: BookError) -> None:
    """Note the cell that a refusal names, with what stands under it; raise what is not about one of the cells."""
    sheet, ref = problem.message.args.get("sheet"), problem.message.args.get("cell")
    cells = [(one.sheet, one.ref) for one in given if one.sheet == sheet and ref in (one.ref, one.under)]
    if problem.code in _LOCKED or all(cell in refused for cell in cells):
        raise problem
    refused |= dict.fromkeys(cells, problem)


class _Cells:
    """What the cells of a sheet hold."""

    def __init__(self, sheet: Sheet) -> None:
        self._rows = {line.number: line.values for line in sheet.lines}
        self._tall = [merge for merge in sheet.merges if merge.first_row < merge.last_row]

    def value(self, ref: str) -> New:
        """What a cell holds, as grid.Cell shows it."""
        row, column = place(ref) or (0, 0)
        values = self._rows.get(row, [])
        value = values[column] if column < len(values) else None
        return value.text if isinstance(value, CellError) else None if isinstance(value, Uncached) else value

    def obstacle(self, ref: str) -> BookError | None:
        """Why a cell that is merged over several rows is given no value: it would be that of all of them."""
        row, column = place(ref) or (0, 0)
        if not any(m.first_row <= row <= m.last_row and m.first_column <= column <= m.last_column for m in self._tall):
            return None
        return BookError(
            "merged",
            Text("the cell is merged over several rows, and the value would be that of all of them"),
            Text("unmerge the cells and give each row its own number"),
        )
