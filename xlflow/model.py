"""The values that travel between the rooms: what was found, where it stands, what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # --help does not wait for these
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Text:
    """A message before translation: an English msgid with ``{name}`` slots, and what fills them.

    Translated at the rim (``xlflow.locale.render``); an argument may itself be a Text.
    """

    msgid: str
    args: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.msgid.format(**self.args)

    def __hash__(self) -> int:
        return hash(self.msgid)

    def __reduce__(self) -> tuple[type[Text], tuple[str, dict[str, object]]]:
        return Text, (self.msgid, dict(self.args))


class Level(StrEnum):
    """How much a finding matters (contract §4)."""

    ERROR = "E"
    HOLD = "H"
    WARNING = "W"
    INFO = "I"

    @property
    def severity(self) -> str:
        """``error``, ``warning`` or ``info``; a hold is a warning."""
        return {"E": "error", "I": "info"}.get(self.value, "warning")

    @property
    def holds(self) -> bool:
        """Whether the row is held back from money and claims."""
        return self in (Level.ERROR, Level.HOLD)


#: What a table of a report holds: text, a number of things, a mean (float), money in yuan (Decimal), a day, or nothing.
Datum: TypeAlias = "str | int | float | Decimal | date | None"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a report (contract §8): its name, the names of its columns, and its rows, one value a column."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Datum, ...], ...]


class XlflowError(Exception):
    """Something that stops one step, with a code of the contract, what is wrong, and the remedy.

    ``exit_code`` is what a command ends with when it stops for it (contract §2).
    """

    exit_code = 4

    def __init__(self, code: str, message: Text, fix: Text | None = None) -> None:
        super().__init__(code, message, fix)
        self.code = code
        self.message = message
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"
