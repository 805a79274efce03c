"""The rows of the day and the entries of the ledger: which belong together, and which repeat each other (contract §5).

Pure and computed once a day: the checks ``already-paid`` and ``possible-duplicate`` say what is found here, and
``gather`` makes events of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from xlflow.day import Day, once
from xlflow.identity import TWIN_DAYS, Anchor, Claim, Twin, Why, align, anchor, fen, twins
from xlflow.identity import name as canonical_name
from xlflow.money.entry import Entry, State
from xlflow.money.fold import Money
from xlflow.money.marks import marks_of
from xlflow.obligations import PAYABLE, Obligation, Payable, is_marked_paid, obligation
from xlflow.table.columns import Row

#: What has no claim on money any more.
_OVER = frozenset({State.VOID, State.FAILED})
#: What keeps its claim when its row is gone; anything else is held until the row is back.
_SETTLED = frozenset({State.EXPORTED, State.PAID})
_ANCHORS, _PAYEES = ("anchors",), ("payees",)
#: Payments look alike for these reasons only as long as they lie close together.
_BY_DAYS = frozenset({Why.OTHER_TRACKING, Why.SAME_PAYEE})


@dataclass(frozen=True, slots=True)
class Matched:
    """``rows`` are the rows of entries, by id, ``entries`` the reverse, ``anchors`` what every row is known by.

    ``gone`` are the entries whose row is not there.
    """

    rows: Mapping[str, Payable]
    entries: Mapping[Payable, Entry]
    anchors: Mapping[Payable, Anchor]
    gone: tuple[Entry, ...]

    def is_settled(self, row: Payable) -> bool:
        """Whether money left, or may have left, for a row: nothing holds it back any more."""
        entry = self.entries.get(row)
        return is_marked_paid(row) if entry is None else entry.state in _SETTLED

    def named(self, claim: Claim) -> str:
        """An earlier claim for people: where its row stands; the entry's id too where the row is gone."""
        if isinstance(claim.key, Row):
            return claim.key.sheet.place("order_no", claim.key.number)
        entry = next(entry for entry in self.gone if entry.id == claim.key)
        return f"{entry.id} ({entry.source})"


@once
def matched(day: Day) -> Matched:
    """The day's rows, those before ``start`` included, and the ledger's entries they belong to."""
    anchors = row_anchors(day)
    rows = list(anchors)
    old = [entry for entry in day.standing.money.entries.values() if entry.replaced_by is None]
    found = align([_last_seen(entry) for entry in old], list(anchors.values()))
    of_entry = {old[i].id: rows[j] for i, j in found.pairs.items()}
    of_row = {rows[j]: old[i] for i, j in found.pairs.items()}
    return Matched(of_entry, of_row, anchors, tuple(old[i] for i in found.gone))


def row_anchors(day: Day) -> Mapping[Payable, Anchor]:
    """What every row that may stand for money is known by; the same whatever stands in the ledger."""
    if _ANCHORS not in day.memo:
        rows = [row for table in PAYABLE for row in day.all(table)]
        day.memo[_ANCHORS] = {row: anchor(row, day.standing.digest) for row in rows}
    found: Mapping[Payable, Anchor] = day.memo[_ANCHORS]
    return found


def payee_of(day: Day, row: Payable) -> tuple[str | None, str | None]:
    """The digests of a row's payee, account and name, as entries have them; they are asked for again and again."""
    known: dict[Payable, tuple[str | None, str | None]] = day.memo.setdefault(_PAYEES, {})
    if row not in known:
        digest, account, name = day.standing.digest, row.payee_account, row.payee_name
        known[row] = (
            digest(account) if account is not None else None,
            digest(canonical_name(name)) if name is not None else None,
        )
    return known[row]


def on_top(day: Day, money: Money) -> Day:
    """The same day when this stands in the ledger; what was found of its rows alone need not be found again."""
    rows = {key: value for key, value in day.memo.items() if isinstance(key, tuple)}
    return replace(day, standing=replace(day.standing, money=money), memo=rows)


def exact(day: Day, row: Payable) -> tuple[Claim, ...]:
    """The earlier claims that are the same obligation as a row's."""
    return tuple(twin.earlier for twin in _twins(day).get(row, ()) if twin.why.exact)


def near(day: Day, row: Payable) -> tuple[Claim, ...]:
    """The earlier claims that only look like a row's."""
    return tuple(twin.earlier for twin in _twins(day).get(row, ()) if not twin.why.exact)


def _last_seen(entry: Entry) -> Anchor:
    """Where a row is gone another may stand: such an entry has no place."""
    return entry.anchor if entry.there else replace(entry.anchor, file="", sheet=entry.id, number=0)


def _claims(day: Day) -> Iterator[Claim]:
    found = matched(day)
    for row in found.anchors:
        entry, owed = found.entries.get(row), obligation(row)
        if entry is None and owed is not None:
            yield _of_row(day, owed)
        elif entry is not None and entry.state not in _OVER:
            yield _of_both(day, entry, owed, row)
    yield from (_of_entry(entry) for entry in found.gone if entry.state in _SETTLED)


def _of_row(day: Day, owed: Obligation) -> Claim:
    """A row that the ledger does not know, or one before ``start``, which has no entry."""
    row = owed.row
    return Claim(
        row, owed.kind, owed.item, owed.order_no, owed.tracking, payee_of(day, row)[0] or "",
        fen(owed.amount), owed.on, day.date, _place(row), settled=owed.marked_paid,
    )  # fmt: skip


def _of_entry(entry: Entry) -> Claim:
    """What the ledger says, of an entry whose row is gone."""
    where = entry.anchor
    return Claim(
        entry.id, entry.kind, entry.item, entry.order_no, entry.tracking, entry.payee, entry.amount,
        entry.registered_on, entry.first_seen, (where.register, where.file, 0, where.number),
        settled=entry.state in _SETTLED,
    )  # fmt: skip


def _of_both(day: Day, entry: Entry, owed: Obligation | None, row: Payable) -> Claim:
    """The row speaks for its entry while it can be read; what was sent to whom the ledger knows for ever."""
    said: dict[str, Any] = {"key": row, "place": _place(row)}
    if owed is not None:
        said |= {"item": owed.item, "order_no": owed.order_no, "tracking": owed.tracking, "on": owed.on}
    if owed is not None and entry.state not in _SETTLED:
        paid = owed.marked_paid and marks_of(row) != entry.marked
        said |= {"payee": payee_of(day, row)[0], "amount": fen(owed.amount), "settled": paid}
    return replace(_of_entry(entry), **said)


def _place(row: Payable) -> tuple[str, str, int, int]:
    return (row.register, row.sheet.file, row.sheet.order, row.number)


@once
def _twins(day: Day) -> Mapping[object, tuple[Twin, ...]]:
    """The earlier twins of each claim that has any."""
    claims = {claim.key: claim for claim in _claims(day)}
    entries: dict[object, Entry] = dict(day.standing.money.entries.items())
    entries.update(matched(day).entries.items())
    seen_in = {key: entries[key].seen_in if key in entries else None for key in claims}

    def counts(later: Claim, twin: Twin) -> bool:
        """Rows first seen together tell nothing by that: their own days must lie close."""
        if twin.why not in _BY_DAYS or seen_in[later.key] != seen_in[twin.earlier.key]:
            return True
        one, other = later.on, twin.earlier.on
        if one is None or other is None:
            return True
        last = max(one, other)
        return not day.policies.exceeds_days(min(one, other), last, TWIN_DAYS, last)

    found = twins(claims.values(), day.policies)
    kept = ((key, tuple(twin for twin in several if counts(claims[key], twin))) for key, several in found.items())
    return {key: several for key, several in kept if several}
