"""Claim sheets: one workbook a courier and one a supplier, due with the month (contract §6 ``claim-sheet``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from xlflow.claim_book import claim_book
from xlflow.claims import CLAIMED, REPORT, Claims, ClaimSheet, PartyType, claimed, claims
from xlflow.event import Event
from xlflow.excel.write import to_bytes
from xlflow.once import fold
from xlflow.outputs import Output
from xlflow.period import Period, Span, due, latest
from xlflow.registers.lost import Lost
from xlflow.registers.quality import Quality
from xlflow.registers.receiving import Receiving
from xlflow.steps.making import Making
from xlflow.steps.recall import Past
from xlflow.steps.reports import MADE, Wanted

#: What files are called; the same in every language.
PARTIES = {PartyType.COURIER: "快递", PartyType.SUPPLIER: "供应商"}
#: What Windows allows in no name of a file.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Claiming:
    """The claims of a month as workbooks.

    ``events`` are committed before the workbooks are put out; ``made``, that the month is done with, by a run after
    that.
    """

    found: Claims
    outputs: tuple[Output, ...]
    events: tuple[Event, ...]
    made: tuple[Event, ...]


def wanted_months(making: Making, wanted: Wanted) -> tuple[Period, ...]:
    """The months whose claim sheets a run makes, with the monthly report (contract §6).

    They wait while the ledger or a register that they need cannot be used.
    """
    day = making.desk.day
    if (
        not making.past.whole
        or not day.books.present & {Lost, Quality}
        or day.books.broken & {Lost, Quality, Receiving}
    ):
        return ()
    if wanted is Wanted.DUE:
        return due(Span.MONTH, day.date, _months(making.past), day.start)
    return (latest(Span.MONTH, day.date),) if wanted is Wanted.MONTH else ()


def claim_sheets(making: Making, months: Iterable[Period]) -> Iterator[Claiming]:
    """The sheets of these months, each on top of those before it. Raises NoOutputPassword."""
    day, past = making.desk.day, making.past
    for month in months:
        before = fold(CLAIMED, past.events)
        found = claims(day, making.verdict.holding, month, before, past.digest)
        events = tuple(claimed(found, before, past.digest))
        made = () if str(month) in _months(past) else (_made(month),)
        yield Claiming(found, tuple(_outputs(making, found)), events, made)
        past = replace(past, events=past.events + events)


def _months(past: Past) -> set[str]:
    bodies = (event.body for event in past.events if event.kind == MADE)
    return {str(body["period"]) for body in bodies if body["kind"] == REPORT}


def _made(month: Period) -> Event:
    return Event(MADE, {"kind": REPORT, "period": str(month)}, (f"{MADE}/{REPORT}/{month}",))


def _outputs(making: Making, found: Claims) -> Iterator[Output]:
    names: set[str] = set()
    for sheet in found.sheets:
        name = _name(sheet, found.period, names)
        content = to_bytes(claim_book(sheet, found.period, making.say))
        yield Output(REPORT, f"{name}.xlsx", content, making.password(REPORT))


def _name(sheet: ClaimSheet, month: Period, taken: set[str]) -> str:
    """A name for a file that no other sheet has, on Windows too."""
    party = _FORBIDDEN.sub("_", sheet.party).strip(" .")[:_LONGEST_NAME]
    name, number = f"索赔单-{PARTIES[sheet.party_type]}-{party}", 1
    while f"{name}{number}".casefold() in taken:
        number += 1
    taken.add(f"{name}{number}".casefold())
    return f"{name}-{month}" if number == 1 else f"{name}_{number}-{month}"
