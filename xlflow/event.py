"""What happened, as the ledger keeps it: values that are added and never changed (contract §5, "The ledger")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    ``body`` holds JSON values without floats: money in 分, days as ISO dates, people only masked or as keyed digests.
    ``unique`` are names that can be taken only once in the life of a ledger, such as ``entry/XF7K2M9QAT``.
    """

    kind: str
    body: Mapping[str, Json]
    unique: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event in its place in the ledger: its number, from 1, and when it was written (ISO, UTC)."""

    seq: int
    at: str
    event: Event


@dataclass(frozen=True, slots=True)
class Head:
    """How far a ledger goes: the number of its last event, 0 for none, and the hash that seals all up to it."""

    seq: int
    hash: str
