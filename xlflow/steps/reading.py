"""Read a desk: its registers side by side, the platforms' exports, and what could not be used."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from xlflow.day import Books, Day
from xlflow.discover import exports, registers
from xlflow.excel.cfb import MAGIC
from xlflow.excel.keys import Keys
from xlflow.ledger import Ledger
from xlflow.model import Text
from xlflow.passwords import Passwords, Secret
from xlflow.policies import Policies
from xlflow.settings import Settings, files
from xlflow.steps.inbox import read_exports
from xlflow.steps.recall import Recalled, recall, with_taught
from xlflow.steps.side_by_side import read_all
from xlflow.steps.source import Reading, Source, Trouble
from xlflow.table.columns import Row
from xlflow.table.sheets import TableSheet

if TYPE_CHECKING:  # most runs need no pool
    from concurrent.futures import Executor

#: Tells somebody who watches what is done, in how many steps; yields what to call with the steps made.
Watch = Callable[[Text, int], AbstractContextManager[Callable[[int], None]]]


@contextlib.contextmanager
def unwatched(_label: Text, _steps: int) -> Iterator[Callable[[int], None]]:
    """Nobody watches."""
    yield lambda _made: None


def untold(_what: Text) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a step is asked about: a desk's folder and settings, the day, its passwords; who watches, and who reads.

    ``pool`` reads the files side by side; without one up to ``helpers`` processes are started where that pays.
    ``tell`` is told what a person should know at once, whatever becomes of the step. ``user`` is who is logged on.
    ``keys`` are those of the files that were opened or sealed, for whatever opens or seals another.
    """

    home: Path
    settings: Settings
    today: date
    passwords: Passwords
    watch: Watch = unwatched
    pool: Executor | None = None
    helpers: int = 0
    tell: Callable[[Text], None] = untold
    user: str = ""
    keys: Keys = field(default_factory=Keys, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk as read on one day, and what it remembers of its fix lists.

    ``settings`` know the spellings that were taught there too.
    """

    home: Path
    settings: Settings
    day: Day
    readings: tuple[Reading, ...]
    troubles: tuple[Trouble, ...]
    recalled: Recalled

    @property
    def encrypted(self) -> bool:
        """Whether any register is encrypted, and so what is made of them must be."""
        return any(reading.encrypted for reading in self.readings)


def read_desk(asked: Request, ledger: Ledger | None = None) -> Desk:
    """Read every register file and every export of a desk, with what its ledger remembers: ``ledger`` if it is open."""
    recalled, ledger_troubles = recall(asked.settings.state, ledger)
    settings = with_taught(asked.settings, recalled.memory)
    asked = replace(asked, settings=settings)
    readings = _read(asked, list(sources(asked)))
    exported, export_troubles = read_exports(asked.home, asked.today)
    troubles = [trouble for reading in readings for trouble in reading.troubles] + export_troubles + ledger_troubles
    books = _books(settings, [*(sheet for reading in readings for sheet in reading.sheets), *exported], troubles)
    day = Day(asked.today, settings.start, Policies(settings.policies), books, recalled.standing)
    return Desk(asked.home, settings, day, tuple(readings), tuple(troubles), recalled)


def _read(asked: Request, sources: list[Source]) -> list[Reading]:
    readings: dict[int, Reading] = {}
    with asked.watch(Text("reading the registers"), len(sources)) as tick:
        for index, reading in read_all(sources, asked.pool, asked.helpers):
            readings[index] = reading
            tick(1)
    return [readings[index] for index in range(len(sources))]


def sources(asked: Request) -> Iterator[Source]:
    """The files of a desk's registers, each once."""
    registers = asked.settings.registers
    by_path: dict[Path, list[str]] = {}
    for name, own in registers.items():
        for path in files(asked.home, own, asked.settings.state):
            by_path.setdefault(path, []).append(name)
    for path, names in sorted(by_path.items()):
        found = tuple(passwords_for(path, names, asked.passwords))
        plans = tuple((name, registers[name]) for name in names)
        yield Source(path, label(asked.home, path), plans, found, asked.today, asked.settings.start, asked.keys)


def passwords_for(path: Path, names: Iterable[str], passwords: Passwords) -> list[Secret]:
    """The passwords a file may want; nobody is asked for those of a plain one."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        if file.read(len(MAGIC)) == MAGIC:
            return [secret for name in names if (secret := passwords.open(name)) is not None]
    return []


def label(home: Path, path: Path) -> str:
    """A file's name in findings: relative to the desk where it lies there."""
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else path.as_posix()


def _books(settings: Settings, sheets: Iterable[TableSheet], troubles: Iterable[Trouble]) -> Books:
    tables = {**registers(), **exports()}
    by_table: dict[type[Row], list[TableSheet]] = {}
    for sheet in sorted(sheets, key=lambda sheet: (sheet.register, sheet.file, sheet.order)):
        by_table.setdefault(tables[sheet.register], []).append(sheet)
    broken = frozenset(tables[trouble.register] for trouble in troubles if trouble.register is not None)
    present = frozenset(registers()[name] for name in settings.registers) | by_table.keys()
    return Books(by_table, frozenset(present), broken)
