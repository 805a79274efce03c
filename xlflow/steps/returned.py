"""Fix lists that came back: in ``inbox/``, in people's folders, changed where they were put out, or named by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from xlflow.delimited import read_delimited
from xlflow.excel.book import read_book
from xlflow.excel.errors import BookError
from xlflow.excel.kind import Kind, sniff
from xlflow.excel.limits import ensure_file
from xlflow.excel.lockers import ensure_closed
from xlflow.fixes.results import Merge
from xlflow.fixes.returned import Block, read_list
from xlflow.grid import Sheet
from xlflow.model import Text, XlflowError
from xlflow.outputs import Published, Shelf
from xlflow.passwords import Passwords
from xlflow.steps.fix_lists import NAMES
from xlflow.steps.reading import Desk, Request, label, sources
from xlflow.steps.source import Trouble

TEXTS = (".csv", ".txt", ".tsv")
WORKBOOKS = (".xlsx", ".xlsm", ".xls")
#: Why nobody can look into a file.
CLOSED = ("no-password", "wrong-password", "tampered-file", "file-open")


@dataclass(frozen=True, slots=True)
class ReturnedList:
    """A fix list that came back. ``stays`` where it lies: it was named by hand, or changed where it was put out."""

    path: Path
    label: str
    sha256: str
    blocks: list[Block]
    stays: bool


@dataclass(slots=True)
class Taken:
    """What came of returned lists: the desk as it is now, the lists that are done with, and what was told people."""

    desk: Desk
    merge: Merge = field(default_factory=Merge)
    done: list[ReturnedList] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    published: list[Published] = field(default_factory=list)


def waiting(asked: Request, shelf: Shelf, known: Container[str]) -> tuple[list[ReturnedList], list[Trouble]]:
    """All lists that wait to be taken; and files that may be one and cannot be opened.

    What else people keep in their folders is nobody's business. ``known`` are digests of files that were taken before:
    they are not opened again.
    """
    candidates = [(path, False) for path in _files(asked.home / "inbox")]
    registers = {source.path.resolve() for source in sources(asked)}
    for person in asked.settings.people.values():
        folder = _files(person.folder) if person.folder is not None else []
        others = (path for path in folder if path.resolve() not in registers)
        candidates += ((path, False) for path in others if not shelf.is_as_put(path))
    found, troubles = _read(asked, candidates, known)
    changed, more_troubles = changed_here(asked, shelf, known)
    return found + changed, troubles + more_troubles


def changed_here(asked: Request, shelf: Shelf, known: Container[str]) -> tuple[list[ReturnedList], list[Trouble]]:
    """The lists that somebody filled in where they were put out."""
    return _read(asked, [(path, True) for path in shelf.changed(tuple(NAMES.values()))], known)


def _read(
    asked: Request, candidates: list[tuple[Path, bool]], known: Container[str]
) -> tuple[list[ReturnedList], list[Trouble]]:
    found: list[ReturnedList] = []
    troubles: list[Trouble] = []
    for path, stays in candidates:
        try:
            returned = read_returned(asked, path, stays=stays, known=known)
        except XlflowError as problem:
            if _is_told(asked, path, problem):
                troubles.append(Trouble(problem.code, label(asked.home, path), None, problem.message, problem.fix))
        else:
            found += [returned] if returned is not None else []
    return found, troubles


def _is_told(asked: Request, path: Path, problem: XlflowError) -> bool:
    """Whether a file that cannot be used may be a list at all: it is called like one, or nobody can look into it."""
    named = path.name.startswith(tuple(NAMES.values()))
    return named or (path.parent == asked.home / "inbox" and problem.code in CLOSED)


def _files(folder: Path) -> list[Path]:
    """What may be a list; what a program lays beside an open workbook is none."""
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return []
    return [
        path for path in found if path.suffix.lower() in (*TEXTS, *WORKBOOKS) and not path.name.startswith((".", "~$"))
    ]


def read_returned(asked: Request, path: Path, *, stays: bool, known: Container[str] = ()) -> ReturnedList | None:
    """The list in a file; None where the file is something else. Raises XlflowError where it cannot be used."""
    data = _bytes(path)
    name, sha256 = label(asked.home, path), hashlib.sha256(data).hexdigest()
    if sha256 in known:
        return ReturnedList(path, name, sha256, [], stays)
    blocks = read_list(name, _sheets(data, path, asked.passwords))
    if blocks is None:
        return None
    ensure_closed(path)
    return ReturnedList(path, name, sha256, blocks, stays)


def _sheets(data: bytes, path: Path, passwords: Passwords) -> Iterable[Sheet]:
    if path.suffix.lower() in TEXTS:
        return [read_delimited(data, path.stem)]
    secret = passwords.open("outputs") if sniff(data) is Kind.ENCRYPTED else None
    try:
        return read_book(data, path.name, secret.reveal() if secret is not None else None).sheets
    except BookError as problem:
        raise _locked(problem) from problem


def _locked(problem: BookError) -> BookError:
    if problem.code not in ("no-password", "wrong-password"):
        return problem
    return BookError(
        problem.code,
        problem.message,
        Text(
            "if it is a fix list, save it with the password it came with, and store that with `xlflow password outputs`"
        ),
    )


def _bytes(path: Path) -> bytes:
    try:
        ensure_file(path.stat().st_size)
        return path.read_bytes()
    except OSError as problem:
        raise BookError(
            "file-missing" if isinstance(problem, FileNotFoundError) else "cannot-read",
            Text("{path} cannot be read: {reason}", {"path": str(path), "reason": problem.strerror or ""}),
            Text("close it in other programs, check that you may read it, and try again"),
        ) from None


def done_with(lists: Iterable[ReturnedList]) -> list[Path]:
    """The files that need not lie any longer where they were found."""
    return [one.path for one in lists if not one.stays]
