"""What is to be remembered of fix lists, as events for the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from xlflow.event import Event, Json
from xlflow.fields import FieldType
from xlflow.fixes.cells import says, written
from xlflow.fixes.memory import Digest, Memory, Sent
from xlflow.fixes.offer import Offer, OfferRow
from xlflow.table.columns import Row

#: Characters of a digest that only has to tell a few values from each other.
SHORT = 12
#: Types of fields whose values are numbers of orders and parcels.
KEYS = ("order_no", "tracking")


class Marks:
    """Digests of cells and rows; ``types`` are the field types of this desk, by register and field."""

    def __init__(self, digest: Digest, types: dict[str, dict[str, FieldType]]) -> None:
        self._digest, self._types = digest, types

    def kind(self, register: str, field: str) -> FieldType:
        """The type of a field on this desk."""
        return self._types[register][field]

    def said(self, text: str) -> str:
        """What is remembered of a cell that says ``text``."""
        return self._digest(text)[:SHORT]

    def now(self, row: Row, field: str) -> str:
        """What a row's cell says now."""
        return says(self.kind(row.register, field), written(row, field))

    def cell(self, row: Row, field: str) -> str:
        """The digest of what a row's cell says now."""
        return self.said(self.now(row, field))

    def content(self, row: Row) -> str:
        """The digest of a row as a whole; another one as soon as any cell says something else."""
        cells = [f"{name}={self.now(row, name)}" for name in type(row).columns]
        return self._digest("\n".join([row.register, *cells]))

    def text(self, text: str) -> str:
        """The whole digest of a text."""
        return self._digest(text)


def offered(offers: Iterable[Offer], memory: Memory, day: str, marks: Marks) -> list[Event]:
    """The lists that were never offered before."""
    return [_offered(offer, memory, day, marks) for offer in offers if offer.export not in memory.exports]


def _offered(offer: Offer, memory: Memory, day: str, marks: Marks) -> Event:
    sent = [_sent(row, marks) for row in offer.rows]
    names = [_name(row, marks) for row in sent]
    new: dict[str, Json] = {name: _body(row) for name, row in zip(names, sent, strict=True) if name not in memory.known}
    body: dict[str, Json] = {
        "export": offer.export, "owner": offer.owner, "date": day, "mark": marks.text(offer.content),
        "rows": list(names), "new": new,
    }  # fmt: skip
    return Event("fix-list", body, (f"fix-list/{offer.export}",))


def _sent(offered: OfferRow, marks: Marks) -> Sent:
    row, sheet = offered.row, offered.sheet
    fields = tuple(type(row).columns) if row is not None else ()
    return Sent(
        sheet.register, sheet.file, sheet.name, offered.number,
        content=marks.content(row) if row is not None else "",
        keys=keys_of(row) if row is not None else {},
        cells={name: marks.cell(row, name) for name in fields if row is not None},
        asked=tuple(offered.asked),
        codes=tuple((finding.code, finding.field) for finding in offered.findings),
    )  # fmt: skip


def keys_of(row: Row) -> dict[str, str]:
    """A row's order and tracking numbers by field."""
    named = (name for name, column in type(row).columns.items() if column.type.name in KEYS)
    return {name: value for name in named if (value := getattr(row, name)) is not None}


def _name(sent: Sent, marks: Marks) -> str:
    return marks.text(json.dumps(_body(sent), ensure_ascii=False, sort_keys=True))[:SHORT]


def _body(sent: Sent) -> dict[str, Json]:
    body: dict[str, Json] = json.loads(json.dumps(asdict(sent)))
    return body


def answered(file: str, sha256: str | None, day: str, cells: Iterable[tuple[str, str, str]]) -> Event:
    """Answers that were taken out of a file; ``sha256`` only where all of it is done with."""
    done: list[Json] = [[row, field, digest] for row, field, digest in cells]
    return Event("fix-answers", {"file": file, "sha256": sha256 or "", "date": day, "cells": done})


def accepted(code: str, row: Row, note: str, day: str, marks: Marks) -> Event:
    """A finding that is right as it stands, until the row changes."""
    body: dict[str, Json] = {
        "code": code, "register": row.register, "place": row.sheet.place(None, row.number),
        "content": marks.content(row), "note": note, "date": day,
    }  # fmt: skip
    return Event("fix-accepted", body)


def taught(register: str, field: str, spelling: str, value: str, day: str) -> Event:
    """A spelling that means a value from now on."""
    body: dict[str, Json] = {
        "register": register, "field": field, "spelling": spelling, "value": value, "date": day,
    }  # fmt: skip
    return Event("fix-taught", body)
