"""passwords.toml: ``freight = "…"`` or ``freight = { open = "…", modify = "…" }`` (contract §1)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from xlflow.model import Text
from xlflow.passwords.secret import KINDS, Secret
from xlflow.settings.document import Document, read
from xlflow.settings.mistakes import Mistake, SettingsError, instead, placed

FILE = "passwords.toml"


def filed(desk: Path, names: Sequence[str]) -> dict[tuple[str, str], Secret | None]:
    """What the file holds; raises SettingsError with its mistakes, or when others can read it."""
    path = desk / FILE
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise SettingsError([_open_to_others(path)])
        document = read(path)
    except FileNotFoundError:
        return {}
    if mistakes := list(_mistakes(document, names)):
        raise SettingsError(mistakes)
    return _secrets(document)


def _open_to_others(path: Path) -> Mistake:
    where = {"file": FILE, "path": str(path)}
    return Mistake(
        None,
        "",
        Text("{file} can be read by others", where),
        Text("keep it to yourself: chmod 600 {path}", where),
    )


def _mistakes(document: Document, names: Sequence[str]) -> Iterator[Mistake]:
    """Unknown names are not repeated: somebody may have written the password there."""
    for name, value in document.values.items():
        line = document.lines[name,]
        if name not in names:
            what = Text("{file} line {line}: there is no register of the name given there", _at(line))
            yield Mistake(line, "", what, instead(name, names))
        elif not isinstance(value, str | dict):
            yield _unquoted(name, line)
        for kind, inner in value.items() if isinstance(value, dict) else ():
            line = document.lines[name, kind]
            if kind not in KINDS:
                what = Text("{file} line {line}: only open and modify can stand there", _at(line))
                yield Mistake(line, name, what, instead(kind, KINDS))
            elif not isinstance(inner, str):
                yield _unquoted(f"{name}.{kind}", line)


def _unquoted(key: str, line: int) -> Mistake:
    fix = Text("put the password into quotes")
    return Mistake(line, key, placed(FILE, line, key, Text("is not text")), fix)


def _at(line: int) -> dict[str, object]:
    return {"file": FILE, "line": line}


def _secrets(document: Document) -> dict[tuple[str, str], Secret | None]:
    found: dict[tuple[str, str], Secret | None] = {}
    for name, value in document.values.items():
        for kind, text in value.items() if isinstance(value, dict) else [("open", value)]:
            found[name, kind] = Secret.of(str(text))
    return found
