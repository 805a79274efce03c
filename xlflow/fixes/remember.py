"""What is to be remembered of fix lists, as events for the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterable

from xlflow.event import Event, Json
from xlflow.fixes.memory import Memory, Sent
from xlflow.fixes.now import Registers
from xlflow.fixes.offer import Offer, OfferRow
from xlflow.identity import Anchor

#: Rows are named by their content: the same row has the same text.
_ENCODER = json.JSONEncoder(sort_keys=True)


def offered(offers: Iterable[Offer], memory: Memory, day: str, registers: Registers) -> list[Event]:
    """The lists that were never offered before."""
    return [_offered(offer, memory, day, registers) for offer in offers if offer.export not in memory.exports]


def _offered(offer: Offer, memory: Memory, day: str, registers: Registers) -> Event:
    marks = registers.marks
    sent = [_sent(row, registers).to_json() for row in offer.rows]
    names = [marks.said(_ENCODER.encode(row)) for row in sent]
    new: dict[str, Json] = {name: row for name, row in zip(names, sent, strict=True) if name not in memory.known}
    body: dict[str, Json] = {
        "export": offer.export, "owner": offer.owner, "date": day, "mark": marks.text(offer.content),
        "rows": list(names), "new": new,
    }  # fmt: skip
    return Event("fix-list", body, (f"fix-list/{offer.export}",))


def _sent(offered: OfferRow, registers: Registers) -> Sent:
    row, sheet = offered.row, offered.sheet
    asked_of = tuple((finding.code, finding.field) for finding in offered.findings)
    if row is None:
        return Sent(Anchor(sheet.register, sheet.file, sheet.name, offered.number, ""), False, {}, (), asked_of)
    marks = registers.marks
    cells = {name: marks.cell(row, name) for name in type(row).columns}
    return Sent(marks.anchor(row), registers.is_sole(row), cells, tuple(offered.asked), asked_of)


def answered(file: str, sha256: str | None, day: str, cells: Iterable[tuple[str, str, str]]) -> Event:
    """Answers that were taken out of a file; ``sha256`` only where all of it is done with."""
    done: list[Json] = [[row, field, digest] for row, field, digest in cells]
    return Event("fix-answers", {"file": file, "sha256": sha256 or "", "date": day, "cells": done})


def accepted(code: str, register: str, place: str, content: str, note: str, day: str) -> Event:
    """A finding that is right as it stands, until what it is about changes."""
    body: dict[str, Json] = {
        "code": code, "register": register, "place": place, "content": content, "note": note, "date": day,
    }  # fmt: skip
    return Event("fix-accepted", body)


def taught(register: str, field: str, spelling: str, value: str, day: str) -> Event:
    """A spelling that means a value from now on."""
    body: dict[str, Json] = {
        "register": register, "field": field, "spelling": spelling, "value": value, "date": day,
    }  # fmt: skip
    return Event("fix-taught", body)
