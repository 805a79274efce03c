"""The [registers.…] tables of xlflow.toml, and the files they point at."""

from __future__ import annotations

import glob
import os
from collections.abc import Mapping
from pathlib import Path

from xlflow.model import Text
from xlflow.settings.schema import RegisterSettings
from xlflow.settings.table import Table

#: Field → the values a cell of it may stand for, none where it is no choice.
Fields = Mapping[str, tuple[str, ...]]

#: Folders of a desk where no pattern finds a register: what came back, and what a run made.
OWN_FOLDERS = ("inbox", "out")

_NO_FIELD = Text("there is no such field")


def registers(root: Table, known: Mapping[str, Fields]) -> dict[str, RegisterSettings]:
    """Every register the settings name; one is needed (contract §1)."""
    table = root.table("registers")
    if not table.given():
        root.wrong("registers", Text("names no register"), Text("add lines such as [registers.freight] and path = …"))
    tables = table.tables(tuple(known), Text("there is no such register"))
    return {name: _register(inner, known[name]) for name, inner in tables}


def _register(table: Table, fields: Fields) -> RegisterSettings:
    table.needed("path", 'path = "….xlsx"')
    names = tuple(fields)
    settings = RegisterSettings(
        path=table.texts("path", 1) if table.has("path", list) else (table.text("path", "?"),),
        sheets=table.texts("sheets") or ("*",),
        year=table.whole("year", 2005, 2099),
        required=table.names("required", names, _NO_FIELD),
        optional=table.names("optional", names, _NO_FIELD),
        headings=_headings(table.table("headings"), names),
        values=_values(table.table("values"), fields),
    )
    for name in settings.required:
        if name in settings.optional:
            what = Text("{name} is in required too", {"name": name})
            table.wrong("optional", what, Text("keep it in one of the two"))
    return settings


def _headings(table: Table, fields: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {field: table.texts(field) for field in table.keys(fields, _NO_FIELD)}


def _values(table: Table, fields: Fields) -> dict[str, dict[str, str]]:
    choices = tuple(field for field, values in fields.items() if values)
    unknown = Text("there is no such field with a choice")
    return {field: _spellings(inner, fields[field]) for field, inner in table.tables(choices, unknown)}


def _spellings(table: Table, values: tuple[str, ...]) -> dict[str, str]:
    unknown = Text("there is no such value")
    return {spelling: table.choice(spelling, values, unknown) for spelling in table.given()}


def files(desk: Path, register: RegisterSettings, state: Path | None = None) -> tuple[Path, ...]:
    """The workbooks of a register, sorted, each once however many patterns or links lead to it.

    A pattern skips the files Excel, WPS and LibreOffice make while a workbook is open (contract §1), and what xlflow
    keeps itself: the ``state`` folder with its backups, ``inbox`` and ``out``, unless it names them. A path or pattern
    without a file stays in the result, for the reader to report as ``file-missing``.
    """
    own = [desk / folder for folder in OWN_FOLDERS] + ([state] if state is not None else [])
    paths = [path for pattern in register.path for path in _expanded(desk, pattern, own) or [desk / pattern]]
    found: dict[str, Path] = {}
    for path in sorted(paths):
        found.setdefault(os.path.normcase(os.path.realpath(path)), path)
    return tuple(found.values())


def _expanded(desk: Path, pattern: str, own: list[Path]) -> list[Path]:
    if not glob.has_magic(pattern) or (desk / pattern).exists():
        return []
    named = [folder for folder in own if Path(desk, pattern).is_relative_to(folder)]
    skipped = [folder for folder in own if folder not in named]
    # Path.glob takes no absolute patterns.
    paths = (desk / name for name in glob.iglob(pattern, root_dir=desk, recursive=True))  # noqa: PTH207
    found = (path for path in paths if path.is_file() and not _is_lock(path.name))
    return [path for path in found if not any(path.is_relative_to(folder) for folder in skipped)]


def _is_lock(name: str) -> bool:
    return name.startswith(("~$", ".~"))
