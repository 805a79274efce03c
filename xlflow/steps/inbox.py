"""What came back: exports of platforms in ``inbox/`` and ``inbox/done/``, told apart by content (contract §4, §5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

from xlflow.delimited import read_delimited
from xlflow.discover import exports
from xlflow.excel.book import read_book
from xlflow.grid import Sheet
from xlflow.model import Text, XlflowError
from xlflow.steps.source import Trouble
from xlflow.table.headings import Heading, Spellings, find_heading
from xlflow.table.newest import keep_newest
from xlflow.table.read import Reader
from xlflow.table.sheets import TableSheet

TEXTS = (".csv", ".txt", ".tsv")
WORKBOOKS = (".xlsx", ".xlsm", ".xls")


def read_exports(desk: Path, today: date) -> tuple[list[TableSheet], list[Trouble]]:
    """The exports that lie in the inbox, each refund by its newest row; and those that could not be used."""
    sheets: list[TableSheet] = []
    troubles: list[Trouble] = []
    for path in _files(desk / "inbox"):
        label = path.relative_to(desk).as_posix()
        for sheet in _sheets(path):
            heading = _identify(sheet)
            if heading is not None:
                read = Reader(heading.table, {}, (), today, date.min).read(sheet, 0, label, heading)
                trouble = _damage(read)
                if trouble is None:
                    sheets.append(read)
                else:
                    troubles.append(trouble)
    keep_newest(sheets)
    return sheets, troubles


def _files(inbox: Path) -> Iterator[Path]:
    """Handled files first, oldest first; then what lies in the inbox itself."""
    for folder in (*sorted(inbox.glob("done/*")), inbox):
        if folder.is_dir():
            yield from sorted(
                path for path in folder.iterdir() if path.is_file() and not path.name.startswith((".", "~$"))
            )


def _sheets(path: Path) -> Iterator[Sheet]:
    """The sheets of a file that can be opened without a password; other files are nobody's export."""
    ending = path.suffix.lower()
    try:
        if ending in TEXTS:
            yield read_delimited(path.read_bytes(), path.name)
        elif ending in WORKBOOKS:
            yield from read_book(path.read_bytes(), path.name).sheets
    except XlflowError:
        return


def _identify(sheet: Sheet) -> Heading | None:
    """The export whose headings fit, the better the more of them there are."""
    found = [h for table in exports().values() if (h := find_heading(sheet.lines, Spellings.of(table, {}))) is not None]
    whole = [heading for heading in found if heading.share == Fraction(1)]
    return max(whole, key=lambda heading: len(heading.claims), default=None)


def _damage(sheet: TableSheet) -> Trouble | None:
    """An export whose order numbers Excel has rounded proves nothing: it is refused whole."""
    for defect in sheet.defects:
        if defect.why.code == "damaged-number":
            return Trouble(
                "damaged-file", sheet.file, sheet.register,
                Text("row {row}: {problem}", {"row": defect.row.number, "problem": defect.why.message}),
                Text("export it again and put it into inbox without opening it in Excel"),
            )  # fmt: skip
    return None
