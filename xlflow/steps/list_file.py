"""打款清单 on the disk: read with what people did to it, made where there is none, saved losslessly (contract §5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlflow import writeback
from xlflow.day import Day
from xlflow.event import Event
from xlflow.excel.atomic import beside, remove, swap, sweep, write_new
from xlflow.excel.book import Book
from xlflow.excel.write import to_bytes
from xlflow.grid import letters
from xlflow.model import Text, XlflowError
from xlflow.money import events
from xlflow.money.fold import Money
from xlflow.money.listed import Listed, read_list
from xlflow.money.payout_list import ListChanges, changes, new_list
from xlflow.outputs import Output, Published
from xlflow.passwords import Secret
from xlflow.steps.reading import Request, label, passwords_for
from xlflow.steps.sealing import NoOutputPassword, Sealing
from xlflow.steps.source import Trouble
from xlflow.writeback import Target

if TYPE_CHECKING:  # most of a day's runs change nothing
    from xlflow.excel import Append, Edit

KIND = "payout-list"
#: Whose passwords the list may have, the first ones first.
NAMES = ("payouts", "outputs")


@dataclass(frozen=True, slots=True)
class ListFile:
    """The payout list of a desk: where it lies, its name in messages; if it is there, its book and what it says."""

    target: Target
    label: str
    book: Book | None = None
    listed: Listed | None = None

    def published(self, *, written: bool) -> Published:
        """The list among what a run made; it lies where it always lies."""
        return Published(Output(KIND, self.target.path.name, b"", None), self.label, written)


def open_list(asked: Request) -> ListFile:
    """The list as it lies there. BookError with a code of contract §4, XlflowError ``no-sheet``."""
    path = asked.settings.payouts.list
    name, backups = label(asked.home, path), asked.settings.state / writeback.BACKUPS
    known = tuple(passwords_for(path, NAMES, asked.passwords)) if path.exists() else ()
    target = Target(path, known, lambda: asked.passwords.modify("payouts"), backups, asked.keys)
    if not path.exists():
        return ListFile(target, name)
    book = target.open()
    return ListFile(target, name, book, read_list(book.sheets, name))


def list_if_readable(asked: Request) -> tuple[ListFile | None, tuple[Trouble, ...]]:
    """The list, or why it cannot be read."""
    try:
        return open_list(asked), ()
    except XlflowError as problem:
        name = label(asked.home, asked.settings.payouts.list)
        return None, (Trouble(problem.code, name, None, problem.message, problem.fix),)


def ensure_sealable(file: ListFile, sealing: Sealing) -> Secret | None:
    """The password of a list that is to be made. NoOutputPassword where cells would leave an encrypted register."""
    if file.book is None:
        return sealing.password(KIND, *NAMES)
    if not file.book.encrypted and not sealing.stays_plain(KIND):
        raise NoOutputPassword(
            "no-password",
            Text("{file} is not encrypted, and the registers are", {"file": file.label}),
            Text(
                "encrypt it with `xlflow encrypt`, or allow {kind} to be unencrypted under [outputs] plain in "
                "xlflow.toml",
                {"kind": KIND},
            ),
        )
    return None


def bring_up_to_date(file: ListFile, day: Day, money: Money, secret: Secret | None) -> list[Event]:
    """Write into the list what it lacks of the ledger; what then stands in it, for the ledger to remember.

    BookError, OSError: then the list is as it was.
    """
    if file.book is None or file.listed is None:
        book, written = new_list(day, money)
        _make(file.target, to_bytes(book), secret)
    else:
        found = changes(day, money, file.listed)
        written = found.written
        if found.headings or found.cells or found.rows:
            writeback.save(file.target, file.book, list(_edits(file.listed, found)))
    return [events.listed(written)] if written else []


def _make(target: Target, content: bytes, secret: Secret | None) -> None:
    if secret is not None:
        from xlflow.excel.seal import seal

        content = seal(content, secret.reveal(), keys=target.keys)
    sweep(target.path)
    new = beside(target.path)
    try:
        write_new(new, content, mode=0o666)
        swap(new, target.path, lambda: None)
    finally:
        remove(new)


def _edits(listed: Listed, found: ListChanges) -> Iterator[Edit | Append]:
    from xlflow.excel import Append, Edit

    columns: Mapping[str, str] = {
        **{heading: letters(index) for heading, index in listed.columns.items()},
        **{heading: letters(listed.free + number) for number, heading in enumerate(found.headings)},
    }
    for heading in found.headings:
        yield Edit(listed.sheet, f"{columns[heading]}{listed.heading_row}", None, heading)
    for change in found.cells:
        yield Edit(listed.sheet, f"{columns[change.heading]}{change.row}", change.old, change.new)
    for row in found.rows:
        yield Append(listed.sheet, {columns[heading]: value for heading, value in row.items()})
