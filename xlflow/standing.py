"""What the ledger knows, as a value; empty until there is a ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Twin:
    """An obligation elsewhere that looks like a row's: the entry's id, and where its row stood."""

    entry: str
    place: str
    paid: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A snapshot of the ledger. ``exact`` and ``near`` are the twins of a register row, by its place."""

    exact: Mapping[str, Twin] = field(default_factory=dict)
    near: Mapping[str, Twin] = field(default_factory=dict)
