"""What is wrong in a file that a person keeps by hand, said with its line and key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from xlflow.locale import render
from xlflow.model import Text, XlflowError

#: So many names are listed whole beside the nearest one; more of them would hide it.
LISTED = 15


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: ``line`` from 1 (None: it has no line of its own), ``key`` in full."""

    line: int | None
    key: str
    message: Text
    fix: Text | None

    @property
    def code(self) -> str:
        """The same for all of them, so that a mistake reads like an XlflowError."""
        return "settings"


class SettingsError(XlflowError):
    """The settings cannot be used; ``problems`` are all mistakes of the file, in the order of its lines."""

    exit_code = 2

    def __init__(self, problems: Iterable[Mistake]) -> None:
        self.problems = tuple(sorted(problems, key=lambda mistake: mistake.line or 0))
        super().__init__("settings", self.problems[0].message, self.problems[0].fix)

    def __reduce__(self) -> tuple[type[SettingsError], tuple[tuple[Mistake, ...]]]:
        return SettingsError, (self.problems,)

    def __str__(self) -> str:
        return "\n".join(render(mistake.message, "en") for mistake in self.problems)


def placed(file: str, line: int | None, key: str, what: Text) -> Text:
    """The message of a mistake: file, line where there is one, key, and what is wrong."""
    if line is None:
        return Text("{file}: {key}: {what}", {"file": file, "key": key, "what": what})
    return Text("{file} line {line}: {key}: {what}", {"file": file, "line": line, "key": key, "what": what})


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like ``name``, whatever its case and its ``-`` and ``_``."""
    folded = _folded(name)
    return max(known, key=lambda other: SequenceMatcher(None, folded, _folded(other)).ratio())


def _folded(name: str) -> str:
    return name.casefold().replace("-", "_")


def instead(name: str, known: Sequence[str]) -> Text:
    """The remedy for an unknown name."""
    if not known:
        return Text("delete it")
    near = nearest(name, known)
    if len(known) > LISTED:
        return Text("the nearest known one is {nearest}", {"nearest": near})
    return Text("the nearest known one is {nearest}; known are {known}", {"nearest": near, "known": tuple(known)})
