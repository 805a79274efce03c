"""What is to be remembered of fix lists, as events for the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from xlflow.event import Event, Json
from xlflow.fixes.marks import SHORT, Marks, keys_of
from xlflow.fixes.memory import Memory, Sent
from xlflow.fixes.now import Registers
from xlflow.fixes.offer import Offer, OfferRow
from xlflow.table.columns import Row


def offered(offers: Iterable[Offer], memory: Memory, day: str, registers: Registers) -> list[Event]:
    """The lists that were never offered before."""
    return [_offered(offer, memory, day, registers) for offer in offers if offer.export not in memory.exports]


def _offered(offer: Offer, memory: Memory, day: str, registers: Registers) -> Event:
    marks = registers.marks
    sent = [_sent(row, registers) for row in offer.rows]
    names = [_name(row, marks) for row in sent]
    new: dict[str, Json] = {name: _body(row) for name, row in zip(names, sent, strict=True) if name not in memory.known}
    body: dict[str, Json] = {
        "export": offer.export, "owner": offer.owner, "date": day, "mark": marks.text(offer.content),
        "rows": list(names), "new": new,
    }  # fmt: skip
    return Event("fix-list", body, (f"fix-list/{offer.export}",))


def _sent(offered: OfferRow, registers: Registers) -> Sent:
    row, sheet, marks = offered.row, offered.sheet, registers.marks
    fields = tuple(type(row).columns) if row is not None else ()
    return Sent(
        sheet.register, sheet.file, sheet.name, offered.number,
        content=marks.content(row) if row is not None else "",
        keys=keys_of(row) if row is not None else {},
        sole=row is not None and registers.is_sole(row),
        cells={name: marks.cell(row, name) for name in fields if row is not None},
        asked=tuple(offered.asked),
        codes=tuple((finding.code, finding.field) for finding in offered.findings),
    )  # fmt: skip


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
