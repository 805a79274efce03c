"""Find the heading row of a sheet and the column of each field (contract §3, "Headings")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlflow.fields.text import heading_key
from xlflow.grid import Line, Value, letters
from xlflow.model import Text, XlflowError
from xlflow.table.columns import Row
from xlflow.table.sheets import Claim

#: The heading row is looked for among the first rows of a sheet.
FIRST_ROWS = 20
#: A sheet is a register's when it has at least this share of its ★ headings.
ENOUGH = Fraction(1, 2)


class AmbiguousHeading(XlflowError):
    """Two columns of a sheet bear the same spelling of one field's heading."""


@dataclass(frozen=True, slots=True)
class Spellings:
    """The heading spellings of one register on one desk: key → (field, rank), rank 0 winning over rank 1."""

    table: type[Row]
    by_key: Mapping[str, tuple[str, int]]

    @classmethod
    def of(cls, table: type[Row], extra: Mapping[str, Sequence[str]]) -> Spellings:
        """The desk's own spellings come before the built-in ones."""
        by_key: dict[str, tuple[str, int]] = {}
        own = {heading_key(text) for texts in extra.values() for text in texts}
        for name, column in table.columns.items():
            built_in = [key for text in column.headings if (key := heading_key(text)) not in own]
            keys = [*(heading_key(text) for text in extra.get(name, ())), *built_in]
            for rank, key in enumerate(keys):
                by_key.setdefault(key, (name, rank))
        return cls(table, by_key)


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a sheet's headings stand and which columns serve which fields of one register."""

    table: type[Row]
    row: int
    claims: dict[str, Claim]
    unclaimed: tuple[Claim, ...]
    share: Fraction
    twins: tuple[Claim, Claim] | None = None

    def ensure_unambiguous(self) -> None:
        """Raise AmbiguousHeading when the winning spelling of a field stands twice in the row."""
        if self.twins is not None:
            raise _ambiguous(self.row, *self.twins)


def find_heading(lines: Iterable[Line], spellings: Spellings, within: int = FIRST_ROWS) -> Heading | None:
    """The best heading row for a register, or None when the sheet has fewer than half of its ★ headings."""
    best: tuple[int, Line] | None = None
    for line in lines:
        if line.number > within:
            break
        known = sum(1 for value in line.values if _key(value) in spellings.by_key)
        if known and (best is None or known > best[0]):
            best = known, line
    if best is None:
        return None
    heading = _claim(best[1], spellings)
    return heading if heading.share >= ENOUGH else None


def _key(value: Value) -> str:
    return heading_key(value) if isinstance(value, str) else ""


def _claim(line: Line, spellings: Spellings) -> Heading:
    offers: dict[str, list[tuple[int, Claim]]] = {}
    unclaimed: list[Claim] = []
    for index, value in enumerate(line.values):
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        claim = Claim(index, value if isinstance(value, str) else str(value))
        known = spellings.by_key.get(_key(value))
        if known is None:
            unclaimed.append(claim)
        else:
            offers.setdefault(known[0], []).append((known[1], claim))
    claims: dict[str, Claim] = {}
    twins = None
    for name, found in offers.items():
        found.sort(key=lambda offer: offer[0])
        if len(found) > 1 and found[0][0] == found[1][0]:
            twins = twins or (found[0][1], found[1][1])
        claims[name] = found[0][1]
        unclaimed += [claim for _, claim in found[1:]]
    for name, column in spellings.table.columns.items():
        if column.takes is not None and column.takes in claims and name not in claims:
            claims[name] = claims.pop(column.takes)
    unclaimed.sort(key=lambda claim: claim.column)
    return Heading(spellings.table, line.number, claims, tuple(unclaimed), _share(spellings.table, claims), twins)


def _share(table: type[Row], claims: Mapping[str, Claim]) -> Fraction:
    required = table.required_fields()
    return Fraction(sum(1 for name in required if has(table, name, claims)), len(required))


def has(table: type[Row], name: str, claims: Mapping[str, Claim]) -> bool:
    """Whether a sheet has a column for this field, or the one that will do instead."""
    return name in claims or table.columns[name].instead in claims


def _ambiguous(row: int, first: Claim, second: Claim) -> AmbiguousHeading:
    cells = {"first": f"{letters(first.column)}{row}", "second": f"{letters(second.column)}{row}"}
    return AmbiguousHeading(
        "ambiguous-heading",
        Text(
            "the headings in {first} and {second} are the same: {heading}",
            {**cells, "heading": first.heading},
        ),
        Text("rename one of the two columns, so that it is clear which one counts"),
    )
