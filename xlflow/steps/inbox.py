"""What came back: exports of platforms in ``inbox/`` and ``inbox/done/``, told apart by content (contract §4, §5)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from xlflow.bill import read_export, statement
from xlflow.delimited import read_delimited
from xlflow.discover import exports
from xlflow.excel.book import read_book
from xlflow.excel.kind import Kind, sniff
from xlflow.exports._bill import Bill, Remarks
from xlflow.grid import Sheet
from xlflow.model import Text, XlflowError
from xlflow.statement import Statement
from xlflow.steps.source import Trouble
from xlflow.steps.unzip import members
from xlflow.table.headings import Heading, Spellings, find_heading
from xlflow.table.newest import keep_newest
from xlflow.table.sheets import TableSheet

#: The app's bills have more lines above their headings than registers have.
FIRST_ROWS = 60
#: The field of a bill that tells its transactions apart.
KEY = "transaction"


class IncompleteBill(XlflowError):
    """Something like a bill that lacks what proves a payment."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """An export as read: its rows, what stands around them, and what it says as a statement, if it is one."""

    read: TableSheet
    remarks: Remarks
    statement: Statement | None


def read_exports(desk: Path, today: date) -> tuple[list[TableSheet], list[Trouble]]:
    """The platforms' exports in the inbox, each refund by its newest row; and those that could not be used.

    Bills of banks are read by who reconciles them.
    """
    sheets: list[TableSheet] = []
    troubles: list[Trouble] = []
    for path in _files(desk / "inbox"):
        for found in read_file(path, path.relative_to(desk).as_posix(), today, bills=False):
            if isinstance(found, Trouble):
                troubles.append(found)
            else:
                sheets.append(found.read)
    keep_newest(sheets)
    return sheets, troubles


def _files(inbox: Path) -> Iterator[Path]:
    """Handled files first, oldest first; then what lies in the inbox itself."""
    for folder in (*sorted(inbox.glob("done/*")), inbox):
        yield from files_in(folder)


def files_in(folder: Path) -> list[Path]:
    """The files that people put into a folder, by name; none where there is no folder."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in found if path.is_file() and not path.name.startswith((".", "~$")))


def read_file(path: Path, file: str, today: date, *, bills: bool) -> Iterator[Arrived | Trouble]:
    """The exports in a file, called ``file`` in messages; nothing where it is nobody's export."""
    data = path.read_bytes()
    if path.suffix.lower() != ".zip":
        yield from _exports(data, file, today, bills=bills)
        return
    try:
        for name, content in members(data, file):
            yield from _exports(content, f"{file}/{name}", today, bills=bills)
    except XlflowError as problem:
        yield Trouble(problem.code, file, None, problem.message, problem.fix)


def _exports(data: bytes, file: str, today: date, *, bills: bool) -> Iterator[Arrived | Trouble]:
    digest = hashlib.sha256(data).hexdigest()
    kind = sniff(data)
    for sheet in _sheets(kind, data, file.rpartition("/")[2]):
        heading = _identify(sheet)
        if heading is None or (issubclass(heading.table, Bill) and not bills):
            continue
        try:
            _ensure_whole(heading)
            read, remarks = read_export(sheet, file, heading, today, delimited=kind is Kind.TEXT)
            yield Arrived(read, remarks, statement(read, heading.table, remarks, digest))
        except XlflowError as problem:
            yield Trouble(problem.code, file, heading.table.register, problem.message, problem.fix)


def _sheets(kind: Kind, data: bytes, name: str) -> Iterator[Sheet]:
    """The sheets of a file that can be opened without a password; other files are nobody's export."""
    try:
        if kind is Kind.TEXT:
            yield read_delimited(data, name)
        elif kind in (Kind.OOXML, Kind.XLS):
            yield from read_book(data, name).sheets
    except XlflowError:
        return


@cache
def _spellings(register: str) -> Spellings:
    return Spellings.of(exports()[register], {})


def _identify(sheet: Sheet) -> Heading | None:
    """The export whose headings fit, the better the more of them there are; else the bill it comes nearest to."""
    found = [
        heading
        for table in exports().values()
        if (heading := find_heading(sheet.lines, _spellings(table.register), FIRST_ROWS)) is not None
        and (heading.share == 1 or KEY in table.required_fields())
    ]
    return max(found, key=lambda heading: (heading.share == 1, heading.share, len(heading.claims)), default=None)


def _ensure_whole(heading: Heading) -> None:
    """A bookkeeping app's export looks like a bill, and has no numbers by which a payment is known again."""
    lacking = [name for name in heading.table.required_fields() if name not in heading.claims]
    if not lacking:
        return
    headings = "、".join(heading.table.columns[name].headings[0] for name in lacking)
    if KEY in lacking:
        message = Text(
            "it has no transaction numbers ({headings}): a bookkeeping app's export proves no payment",
            {"headings": headings},
        )
    else:
        message = Text("it lacks the columns {headings}", {"headings": headings})
    raise IncompleteBill("unsupported-file", message, Text("download the bill from Alipay itself"))
