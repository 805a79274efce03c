"""What xlflow.toml says, typed (contract §1), and what may be named in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

#: Who findings go to (contract §1, [people]).
OWNERS = ("warehouse", "after_sales", "finance", "manager")


@dataclass(frozen=True)
class Known:
    """The names the settings may use, handed in so that they know no rule themselves.

    ``registers`` gives each register's fields, and of each field the values its cells may stand for: those of
    a choice, a courier or a reason; none for all other types. ``kinds`` are kinds of output.
    """

    registers: Mapping[str, Mapping[str, tuple[str, ...]]]
    checks: tuple[str, ...]
    off_by_default: tuple[str, ...]
    policies: tuple[str, ...]
    kinds: tuple[str, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True)
class RegisterSettings:
    """Where a register lies and how its headings and choices are spelt here.

    ``required`` and ``optional`` are fields added to and taken from the required ones; ``year`` is for dates
    without one; ``headings`` maps field → spellings, ``values`` maps field → spelling → value.
    """

    path: tuple[str, ...]
    sheets: tuple[str, ...] = ("*",)
    year: int | None = None
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Checks:
    """Which checks are turned on and off by name."""

    on: tuple[str, ...]
    off: tuple[str, ...]
    off_by_default: tuple[str, ...]

    def runs(self, code: str) -> bool:
        """Whether the check of this code is to run here."""
        return code not in self.off and (code in self.on or code not in self.off_by_default)


@dataclass(frozen=True)
class Payouts:
    """How money goes out; ``approvers``: name → highest total in yuan, none: anybody may approve any."""

    list: Path
    max_rows: int
    account: str
    approvers: Mapping[str, Decimal]
    four_eyes: bool


@dataclass(frozen=True)
class Person:
    """Who an owner's findings go to; what is not known is empty."""

    name: str = ""
    email: str = ""
    folder: Path | None = None


@dataclass(frozen=True)
class Settings:
    """One desk's settings; paths begin with the desk's folder as given to ``load``, unless they are absolute.

    ``plain`` are the kinds of output that may stay unencrypted, all when it has ``*``; ``password_command``
    is the argv without register and kind; ``policies`` are the overridden numbers, several where any of them
    counts; ``people`` has every owner; ``register_names`` are all registers there are, used here or not.
    """

    name: str
    start: date
    language: str
    timezone: str
    state: Path
    registers: Mapping[str, RegisterSettings]
    checks: Checks
    payouts: Payouts
    plain: tuple[str, ...]
    password_command: tuple[str, ...]
    templates: Path
    policies: Mapping[str, tuple[Decimal, ...]]
    people: Mapping[str, Person]
    mail: Mapping[str, tuple[str, ...]]
    register_names: tuple[str, ...]

    def stays_plain(self, kind: str) -> bool:
        """Whether an output of this kind may leave an encrypted register unencrypted."""
        return kind in self.plain or "*" in self.plain
