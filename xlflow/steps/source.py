"""One register file → the sheets of the registers it holds. ``read_source`` is all that a worker process is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from xlflow.discover import registers
from xlflow.excel.book import Book, open_book
from xlflow.excel.keys import Keys
from xlflow.fields import FieldType, choices, dates, reasons
from xlflow.grid import Sheet
from xlflow.model import Text, XlflowError
from xlflow.passwords import Secret
from xlflow.settings import RegisterSettings
from xlflow.table.columns import Row
from xlflow.table.headings import Heading, Spellings, find_heading
from xlflow.table.read import Reader
from xlflow.table.sheets import TableSheet


@dataclass(frozen=True, slots=True)
class Source:
    """A file and the registers it may hold; ``label`` is its name in findings, ``passwords`` are tried in order."""

    path: Path
    label: str
    registers: tuple[tuple[str, RegisterSettings], ...]
    passwords: tuple[Secret, ...]
    today: date
    start: date
    keys: Keys | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a file, or a register in it, could not be used."""

    code: str
    file: str
    register: str | None
    message: Text
    fix: Text | None


@dataclass(slots=True)
class Reading:
    """One file as read; ``skipped`` are (sheet, reason)."""

    label: str
    encrypted: bool = False
    sha256: str = ""
    sheets: list[TableSheet] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def read_source(source: Source) -> Reading:
    """Open a file and read the registers in it; what goes wrong stands in the reading's ``troubles``."""
    reading = Reading(source.label)
    try:
        book = _open(source)
        reading.encrypted, reading.sha256 = book.encrypted, book.sha256
        _read_sheets(source, book, reading)
    except XlflowError as problem:
        for name, _ in source.registers:
            reading.troubles.append(_trouble(source, name, problem))
    return reading


def _trouble(source: Source, register: str, problem: XlflowError) -> Trouble:
    fix = problem.fix
    if problem.code in ("no-password", "wrong-password"):
        fix = Text("store the right password with `xlflow password {register}`", {"register": register})
    return Trouble(problem.code, source.label, register, problem.message, fix)


def _open(source: Source) -> Book:
    """Open with the first password that fits; a shared workbook may be opened by any of its registers'."""
    for secret in source.passwords[:-1]:
        try:
            return open_book(source.path, secret.reveal(), keys=source.keys)
        except XlflowError as problem:
            if problem.code != "wrong-password":
                raise
    last = source.passwords[-1].reveal() if source.passwords else None
    return open_book(source.path, last, keys=source.keys)


def _read_sheets(source: Source, book: Book, reading: Reading) -> None:
    found: set[str] = set()
    for order, sheet in enumerate(book.sheets):
        names = [name for name, own in source.registers if any(fnmatchcase(sheet.name, p) for p in own.sheets)]
        headings = [heading for name in names if (heading := _heading(source, name, sheet)) is not None]
        if not headings:
            reading.skipped.append((sheet.name, "no-headings" if names else "not-selected"))
            continue
        best = max(heading.share for heading in headings)
        fitting = [heading for heading in headings if heading.share == best]
        found.update(heading.table.register for heading in fitting)
        try:
            _ensure_one(fitting, sheet.name)
            reader = reader_of(fitting[0].table, dict(source.registers)[fitting[0].table.register], source)
            reading.sheets.append(reader.read(sheet, order, source.label, fitting[0]))
        except XlflowError as problem:
            reading.troubles += (_trouble(source, h.table.register, _in_sheet(problem, sheet)) for h in fitting)
    for name, _ in source.registers:
        if name not in found:
            reading.troubles.append(_trouble(source, name, _no_sheet(name)))


def _heading(source: Source, name: str, sheet: Sheet) -> Heading | None:
    own = dict(source.registers)[name]
    return find_heading(sheet.lines, Spellings.of(registers()[name], own.headings))


def _ensure_one(fitting: list[Heading], sheet: str) -> None:
    if len(fitting) > 1:
        names = {"sheet": sheet, "first": fitting[0].table.table_title, "second": fitting[1].table.table_title}
        raise XlflowError(
            "ambiguous-heading",
            Text("its headings fit the registers {first} and {second} equally well", names),
            Text("say which sheets belong to which register, with `sheets` in xlflow.toml"),
        )


def _in_sheet(problem: XlflowError, sheet: Sheet) -> XlflowError:
    message = Text("sheet {sheet}: {problem}", {"sheet": sheet.name, "problem": problem.message})
    return XlflowError(problem.code, message, problem.fix)


def _no_sheet(register: str) -> XlflowError:
    wanted = registers()[register].required_fields()
    headings = "、".join(registers()[register].columns[name].headings[0] for name in wanted)
    return XlflowError(
        "no-sheet",
        Text("no sheet has at least half of the headings {headings}", {"headings": headings}),
        Text(
            "look at the heading row; if the headings have other names here, add them in xlflow.toml under "
            "[registers.{register}.headings]",
            {"register": register},
        ),
    )


def reader_of(table: type[Row], own: RegisterSettings, source: Source) -> Reader:
    """How a register is read with the desk's own spellings, required fields and year."""
    required = [name for name in table.required_fields() if name not in own.optional]
    required += [name for name in own.required if name not in required]
    conditional = (name for name in table.conditional_fields() if name not in (*required, *own.optional))
    types = dict(_own_types(table, own))
    return Reader(table, types, tuple(required), source.today, source.start, tuple(conditional))


def types_of(table: type[Row], own: RegisterSettings) -> dict[str, FieldType]:
    """The field types of a register on this desk."""
    return {name: column.type for name, column in table.columns.items()} | dict(_own_types(table, own))


def _own_types(table: type[Row], own: RegisterSettings) -> Iterator[tuple[str, FieldType]]:
    for name, column in table.columns.items():
        taught = own.values.get(name, {})
        if column.type.name == "date" and own.year is not None:
            yield name, dates.date_type(own.year)
        elif taught and column.type.name == "reason":
            yield name, reasons.reason_type(taught)
        elif taught and isinstance(column.type, choices.Choice):
            yield name, column.type.with_spellings(taught)
