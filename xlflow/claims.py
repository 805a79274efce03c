"""Who owes the shop for what: lost and damaged parcels for couriers, bad products for suppliers (contract §6, §8).

Each thing is claimed once and carried over until it is. What an error stands against is held back from claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from xlflow.day import Day, by_date
from xlflow.event import Event
from xlflow.fields.text import same
from xlflow.finding import Finding
from xlflow.judge import Verdict
from xlflow.losses import GONE, came_back, claimed_from, is_gone, is_unclaimed
from xlflow.once import Digest, Done, done, when_done
from xlflow.period import Period
from xlflow.registers.lost import Lost, LostKind
from xlflow.registers.quality import Quality
from xlflow.registers.receiving import Receiving
from xlflow.table.columns import Row

#: The kind of the ledger's events, and the name of the report.
CLAIMED, REPORT = "claimed", "claim-sheet"
#: Kinds that are claimed whether the parcel came back or not.
SPOILT = (LostKind.DAMAGED, LostKind.SHORT)
NOTHING = Decimal("0.00")


class PartyType(StrEnum):
    """Who is asked for money."""

    COURIER = "courier"
    SUPPLIER = "supplier"


@dataclass(frozen=True, slots=True)
class Claim:
    """One parcel or product with its amount in yuan; ``missing`` are the blank fields that the amount lacks."""

    row: Lost | Quality
    type: str
    amount: Decimal
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether there is an amount to ask for; without one it is carried over."""
        return self.amount > 0 or not self.missing

    @property
    def tracking_no(self) -> str | None:
        """The parcel's; a product has none."""
        return self.row.tracking_no if isinstance(self.row, Lost) else None

    @property
    def product(self) -> str | None:
        """Product and model together."""
        return " ".join(name for name in (self.row.product, self.row.model) if name) or None

    @property
    def quantity(self) -> int | None:
        """How many; of products 1 where the row does not say."""
        return _pieces(self.row) if isinstance(self.row, Quality) else self.row.quantity


@dataclass(frozen=True, slots=True)
class ClaimSheet:
    """All that one courier or supplier is asked for, by date and place."""

    party_type: PartyType
    party: str
    claims: tuple[Claim, ...]

    @property
    def total(self) -> Decimal:
        """In yuan."""
        return sum((claim.amount for claim in self.claims), NOTHING)


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of a month: couriers' sheets, then suppliers'; ``held`` are rows that an error holds back, with its
    codes. ``whole`` is False where it cannot be told which parcels came back: no parcel counts as gone then."""

    period: Period
    sheets: tuple[ClaimSheet, ...]
    held: tuple[tuple[Row, tuple[str, ...]], ...]
    whole: bool


def claims(day: Day, verdict: Verdict, period: Period, before: Iterable[Done], digest: Digest) -> Claims:
    """What is to be claimed for a month; what was claimed in this very month stands in it again."""
    known = _known(day, tuple(before), digest)
    found = [row for row in _rows(day, period) if _is_claimed(day, row, period, known.get(row))]
    codes = _codes(verdict.findings)
    held = tuple((row, _why(row, codes)) for row in found if _why(row, codes))
    sheets = _sheets(_claim(row) for row in found if not _why(row, codes))
    return Claims(period, sheets, held, day.books.usable(Receiving) or not day.books.readable(Lost))


def claimed(made: Claims, before: Iterable[Done], digest: Digest) -> list[Event]:
    """What the ledger is to remember of the sheets, that no later one has it again; each name is taken once."""
    rows = [claim.row for sheet in made.sheets for claim in sheet.claims if claim.is_complete]
    names = {each.name for each in before}
    events = {event.unique: event for event in (done(CLAIMED, row, str(made.period), digest) for row in rows)}
    return [event for event in events.values() if event.unique[0] not in names]


def _known(day: Day, before: tuple[Done, ...], digest: Digest) -> Mapping[Row, str]:
    """The period in which each row was claimed that was."""
    found: dict[Row, str] = {}
    for table in (Lost, Quality):
        own = [each for each in before if each.row.register == table.register]
        found |= when_done(CLAIMED, day.all(table), own, digest)
    return found


def _rows(day: Day, period: Period) -> Iterator[Lost | Quality]:
    """The rows registered in the period or earlier, by date and place."""
    rows: list[Lost | Quality] = [*by_date(day.rows(Lost)), *by_date(day.rows(Quality))]
    for row in rows:
        if row.registered_on is not None and row.registered_on <= period.last:
            yield row


def _is_claimed(day: Day, row: Lost | Quality, period: Period, before: str | None) -> bool:
    if before not in (None, str(period)):
        return False
    if isinstance(row, Quality):
        return row.supplier is not None
    if row.happened in SPOILT:
        return before is not None or is_unclaimed(row)
    if row.happened not in GONE or not day.books.usable(Receiving):
        return False
    if before is not None:
        return not came_back(day, row)
    due = claimed_from(day, row)
    return due is not None and due <= period.last and is_gone(day, row)


def _codes(findings: Iterable[Finding]) -> Mapping[Row, tuple[str, ...]]:
    """The codes that hold each row that is held."""
    codes: dict[Row, tuple[str, ...]] = {}
    for finding in findings:
        for row in finding.rows if finding.level.holds else ():
            codes[row] = (*codes.get(row, ()), finding.code)
    return codes


def _why(row: Lost | Quality, codes: Mapping[Row, tuple[str, ...]]) -> tuple[str, ...]:
    """Why a row is held back; one whose courier nobody wants to know has nobody to be claimed from."""
    if row in codes or _party(row) is not None:
        return codes.get(row, ())
    return ("missing",)


def _party(row: Lost | Quality) -> str | None:
    return row.courier if isinstance(row, Lost) else row.supplier


def _claim(row: Lost | Quality) -> Claim:
    if isinstance(row, Quality):
        price = row.unit_price
        return Claim(row, "quality", (price or NOTHING) * _pieces(row), () if price is not None else ("unit_price",))
    amount = row.claim_amount if row.claim_amount is not None else row.insured_value
    if amount is not None:
        return Claim(row, row.happened or "", amount, ())
    parts = {"goods_value": row.goods_value, "freight": row.freight}
    missing = tuple(name for name, value in parts.items() if value is None)
    return Claim(row, row.happened or "", sum((value or NOTHING for value in parts.values()), NOTHING), missing)


def _pieces(row: Quality) -> int:
    return 1 if row.quantity is None else row.quantity


def _sheets(found: Iterable[Claim]) -> tuple[ClaimSheet, ...]:
    """One a courier, one a supplier, by name; a supplier is called as the first of its rows does."""
    names: dict[tuple[PartyType, str], str] = {}
    parties: dict[tuple[PartyType, str], list[Claim]] = {}
    for claim in found:
        party = _party(claim.row) or ""
        key = (PartyType.COURIER if isinstance(claim.row, Lost) else PartyType.SUPPLIER, same(party) or "")
        names.setdefault(key, party)
        parties.setdefault(key, []).append(claim)
    return tuple(ClaimSheet(key[0], names[key], tuple(parties[key])) for key in sorted(parties))
