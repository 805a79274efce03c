"""Claims that are the same obligation, or look like it (contract §5, "Never twice").

Time grows with the claims and with the pairs of them that have an order, a parcel, or payee and amount in common.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xlflow.identity.typing_error import one_error, remainders
from xlflow.policies import Policies

#: The number of the rules for how many days apart two claims may lie and still look alike.
TWIN_DAYS = "payouts.twin_days"
FREIGHT = "freight"
#: So many twins of one claim are told; an order number filled down a whole sheet has as many as the sheet has rows.
MOST = 20


class Why(StrEnum):
    """What makes two claims twins; a pair has the first that fits."""

    SAME = "same"
    TYPING_ERROR = "typing-error"
    OTHER_TRACKING = "other-tracking"
    SAME_TRACKING = "same-tracking"
    SAME_PAYEE = "same-payee"

    @property
    def exact(self) -> bool:
        """Whether it is the same obligation, not only like it."""
        return self is Why.SAME


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody is owed, from a register's row or an entry of the ledger; values in canonical forms.

    ``key`` is the caller's name for it. ``kind`` is freight or compensation, ``item`` what a compensation is for,
    ``payee`` an account or its digest (of one kind in one question), ``amount`` in 分, ``on`` the day of registration,
    ``seen`` the day the ledger first saw it. ``place`` is register, file, sheet and row, so that it sorts. Money may
    have left for a ``settled`` one: it comes before those for which none has, whatever their days.
    """

    key: Hashable
    kind: str
    item: str | None
    order_no: str
    tracking: str | None
    payee: str
    amount: int
    on: date | None
    seen: date | None
    place: tuple[str | int, ...]
    settled: bool = False

    @property
    def thing(self) -> str | None:
        """What is owed: freight, from whichever register, or the item of a compensation."""
        return FREIGHT if self.kind == FREIGHT else self.item


@dataclass(frozen=True, slots=True)
class Twin:
    """An earlier claim that a later one repeats or looks like, and why."""

    earlier: Claim
    why: Why


def twins(claims: Iterable[Claim], policies: Policies) -> Mapping[Hashable, tuple[Twin, ...]]:
    """The earlier twins of each claim that has any, by its key, earliest first and no more than ``MOST``.

    Earlier is by settled, by day of registration, then by place across registers; a claim without a day comes last.
    """
    ordered = sorted(claims, key=_rank)
    repeated = _payees_of_several_orders(ordered)
    index: dict[Why, defaultdict[Hashable, list[Claim]]] = {why: defaultdict(list) for why in Why}
    found: dict[Hashable, tuple[Twin, ...]] = {}
    for claim in ordered:
        mine: dict[Hashable, Twin] = {}
        for why, key in _keys(claim, repeated):
            alike = index[why][key]
            _add(mine, why, claim, alike, policies)
            alike.append(claim)
        if mine:
            found[claim.key] = tuple(sorted(mine.values(), key=lambda twin: _rank(twin.earlier)))
    return found


def _add(mine: dict[Hashable, Twin], why: Why, claim: Claim, alike: Iterable[Claim], policies: Policies) -> None:
    """Add those that are twins for this reason and were not found for a better one."""
    for earlier in alike:
        if len(mine) == MOST:
            return
        if earlier.key not in mine and _fits(why, claim, earlier, policies):
            mine[earlier.key] = Twin(earlier, why)


def _rank(claim: Claim) -> tuple[bool, date, tuple[str | int, ...]]:
    return (not claim.settled, claim.on or date.max, claim.place)


def _payees_of_several_orders(claims: Iterable[Claim]) -> frozenset[str]:
    """Only among these can a typing error make one order look like two; looking no further keeps it quick."""
    first: dict[str, str] = {}
    return frozenset(claim.payee for claim in claims if first.setdefault(claim.payee, claim.order_no) != claim.order_no)


def _keys(claim: Claim, repeated: frozenset[str]) -> Iterator[tuple[Why, Hashable]]:
    """What a claim has in common with its twins, by reason, the first reasons first."""
    yield Why.SAME, (claim.thing, claim.order_no)
    if claim.payee in repeated:
        for remainder in remainders(claim.order_no):
            yield Why.TYPING_ERROR, (claim.payee, remainder)
    if claim.tracking is not None:
        yield Why.OTHER_TRACKING, (claim.order_no, claim.amount)
        yield Why.SAME_TRACKING, claim.tracking
    yield Why.SAME_PAYEE, (claim.payee, claim.amount)


def _fits(why: Why, later: Claim, earlier: Claim, policies: Policies) -> bool:
    """Whether two claims with such a thing in common are twins for that reason."""
    match why:
        case Why.SAME:
            return later.thing != FREIGHT or not _two_parcels(later, earlier)
        case Why.TYPING_ERROR:
            return one_error(later.order_no, earlier.order_no)
        case Why.OTHER_TRACKING:
            return _two_parcels(later, earlier) and _within(later, earlier, policies)
        case Why.SAME_TRACKING:
            return later.order_no != earlier.order_no
    return later.order_no != earlier.order_no and _within(later, earlier, policies)


def _two_parcels(later: Claim, earlier: Claim) -> bool:
    """Whether two different tracking numbers are known."""
    return None not in (later.tracking, earlier.tracking) and later.tracking != earlier.tracking


def _within(later: Claim, earlier: Claim, policies: Policies) -> bool:
    """Whether few enough days lie between their registrations, or between the days they were first seen."""
    pairs = ((later.on, earlier.on), (later.seen, earlier.seen))
    return any(
        not policies.exceeds_days(min(one, other), max(one, other), TWIN_DAYS, max(one, other))
        for one, other in pairs
        if one is not None and other is not None
    )
