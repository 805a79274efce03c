"""What the desk remembers of its fix lists: offered, answered, accepted, taught, as a fold over events (contract §4).

Cells are remembered as keyed digests only: a three-way merge needs to know whether two values are the same, and
nothing else. Order and tracking numbers stand as they are, by them a list without 编号 finds its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from xlflow import codes
from xlflow.event import Json, Recorded
from xlflow.identity import Anchor

#: Text → keyed digest.
Digest = Callable[[str], str]

#: Export ids have three characters; so many attempts are made before a fourth is taken.
_ATTEMPTS = 64


@dataclass(frozen=True, slots=True)
class Sent:
    """One row of a fix list as it was sent.

    ``anchor`` is what the register's row is known by, its content "" where it is no row but a total; ``sole`` tells
    whether no other row had one of its numbers. ``cells`` are digests of what each cell said, by field; ``asked`` the
    fields to fill in, ``codes`` its problems, each with the field it is about, if any.
    """

    anchor: Anchor
    sole: bool
    cells: Mapping[str, str]
    asked: tuple[str, ...]
    codes: tuple[tuple[str, str | None], ...]

    @property
    def register(self) -> str:
        """The register of the row."""
        return self.anchor.register

    @property
    def place(self) -> str:
        """``file sheet!7``, as 来源 says it."""
        return f"{self.anchor.file} {self.anchor.sheet}!{self.anchor.number}"

    @property
    def numbers(self) -> dict[str, str]:
        """Its order and tracking number, by field type."""
        found = {"order_no": self.anchor.order_no, "tracking": self.anchor.tracking}
        return {kind: number for kind, number in found.items() if number is not None}

    def to_json(self) -> dict[str, Json]:
        """The row as an event's body keeps it."""
        codes: list[Json] = [[code, name] for code, name in self.codes]
        return {
            "anchor": self.anchor.to_json(), "sole": self.sole, "cells": dict(self.cells), "asked": list(self.asked),
            "codes": codes,
        }  # fmt: skip

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Sent:
        """The row that ``to_json`` wrote."""
        codes = tuple((code, name) for code, name in body["codes"])
        return cls(Anchor.from_json(body["anchor"]), body["sole"], body["cells"], tuple(body["asked"]), codes)


@dataclass(frozen=True, slots=True)
class Export:
    """One fix list as it was sent: whose it is, a digest of its content, and its rows by 编号."""

    owner: str
    mark: str
    rows: Mapping[str, Sent]


@dataclass(slots=True)
class Memory:
    """All that is known of fix lists.

    ``known``: rows that were sent, by the name their record has in the ledger, where each is kept only once.
    ``decided``: answers that were taken, as (编号, field, digest of the answer). ``imported``: digests of whole files.
    ``accepted``: by code and register, digests of the rows for which it was accepted.
    ``taught``: register → field → spelling → value.
    """

    exports: dict[str, Export] = field(default_factory=dict)
    known: dict[str, Sent] = field(default_factory=dict)
    decided: set[tuple[str, str, str]] = field(default_factory=set)
    imported: set[str] = field(default_factory=set)
    accepted: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    taught: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)

    def sent(self, row_id: str) -> Sent | None:
        """The row that bears this 编号."""
        export = self.exports.get(row_id.partition("-")[0])
        return export.rows.get(row_id) if export is not None else None

    def owner(self, row_id: str) -> str | None:
        """Whose list a row stood in."""
        export = self.exports.get(row_id.partition("-")[0])
        return export.owner if export is not None else None

    def all_sent(self) -> Iterator[tuple[str, Sent]]:
        """Every row ever sent with its 编号, the lists in the order they were offered."""
        for export in self.exports.values():
            yield from export.rows.items()

    def export_id(self, content: str, digest: Digest) -> str:
        """What a list with this content is called: as before if it was offered before, else as no other is."""
        mark = digest(content)
        for attempt in count():
            made = codes.from_content(f"{content}\n{attempt}" if attempt else content, 3 + attempt // _ATTEMPTS)
            known = self.exports.get(made)
            if known is None or known.mark == mark:
                return made
        raise AssertionError


def row_id(export: str, number: int) -> str:
    """编号 of the n-th row of a list, from 1: ``K3F-0017-X``."""
    name = f"{export}-{number:04d}"
    return f"{name}-{codes.check_character(name.replace('-', ''))}"


def fold(events: Iterable[Recorded]) -> Memory:
    """The memory that comes of the events, in their order; those of others are passed over."""
    memory = Memory()
    for recorded in events:
        body: Mapping[str, Any] = recorded.event.body
        match recorded.event.kind:
            case "fix-list":
                memory.known |= {name: Sent.from_json(row) for name, row in body["new"].items()}
                sent = {row_id(body["export"], n): memory.known[name] for n, name in enumerate(body["rows"], start=1)}
                memory.exports[body["export"]] = Export(body["owner"], body["mark"], sent)
            case "fix-answers":
                memory.imported |= {body["sha256"]} if body["sha256"] else set()
                memory.decided |= {(cell[0], cell[1], cell[2]) for cell in body["cells"]}
            case "fix-accepted":
                memory.accepted.setdefault((body["code"], body["register"]), set()).add(body["content"])
            case "fix-taught":
                fields = memory.taught.setdefault(body["register"], {})
                fields.setdefault(body["field"], {})[body["spelling"]] = body["value"]
    return memory
