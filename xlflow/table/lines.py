"""Tell a sheet's rows apart: data, totals, repeated headings, blank rows (contract §3, "Rows")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from xlflow.fields.text import heading_key
from xlflow.grid import Line, Merge, Value
from xlflow.table.headings import Heading

SUBTOTALS = frozenset({"小计", "本页合计"})
GRAND_TOTALS = frozenset({"合计", "总计"})


#: By field, the rows whose cell is merged over several rows, each with the first row of its range.
Merged = Mapping[str, Mapping[int, int]]


@dataclass(slots=True)
class Lines:
    """The lines below a heading row. ``data`` are candidate rows, ``totals`` the total rows."""

    data: list[Line] = field(default_factory=list)
    totals: list[TotalLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TotalLine:
    """A total row: over the whole sheet, or over the rows since the total row before (row 0: none)."""

    line: Line
    since: int


def spread_merges(lines: Iterable[Line], merges: Sequence[Merge], fields: Mapping[int, str]) -> Merged:
    """Give every row of a merged range that has values of its own the top-left value, in the range's first column."""
    tall = [merge for merge in merges if merge.last_row > merge.first_row and merge.first_column in fields]
    if not tall:
        return {}
    by_number = {line.number: line for line in lines}
    merged: dict[str, dict[int, int]] = {}
    for merge in tall:
        at, top = merge.first_column, by_number.get(merge.first_row)
        value = top.values[at] if top is not None and at < len(top.values) else None
        tops = merged.setdefault(fields[at], {})
        for number in range(merge.first_row, merge.last_row + 1):
            if number in by_number:
                tops[number] = merge.first_row
                _put(by_number[number].values, at, value)
    return merged


def _put(values: list[Value], at: int, value: Value) -> None:
    values.extend([None] * (at + 1 - len(values)))
    values[at] = value


def spread_pictures(pictures: frozenset[tuple[int, int]], merges: Sequence[Merge]) -> frozenset[tuple[int, int]]:
    """Give every row of a merged range the picture that is anywhere in it: to people it is one cell."""
    found = set(pictures)
    for merge in merges if pictures else ():
        rows, first, last = range(merge.first_row, merge.last_row + 1), merge.first_column, merge.last_column
        if any(row in rows and first <= column <= last for row, column in pictures):
            found.update((row, first) for row in rows)
    return frozenset(found)


def sort_lines(body: Iterable[Line], heading: Heading) -> Lines:
    """Sort the lines below the headings; blank and repeated heading rows are left out."""
    found = Lines()
    claimed = sorted(claim.column for claim in heading.claims.values())
    keys = {claim.column: heading_key(claim.heading) for claim in heading.claims.values()}
    probe = _probe(heading)
    last_total = 0
    for line in body:
        label = _label(line)
        if label is not None and label in SUBTOTALS | GRAND_TOTALS:
            found.totals.append(TotalLine(line, last_total if label in SUBTOTALS else 0))
            last_total = line.number
        elif _is_filled(line, claimed) and not _repeats(line, keys, probe):
            found.data.append(line)
    return found


def _label(line: Line) -> str | None:
    """The first filled cell as a total's label could read, if it is a short text at all."""
    for value in line.values:
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        return heading_key(value) if isinstance(value, str) and "计" in value else None
    return None


def _is_filled(line: Line, claimed: Sequence[int]) -> bool:
    values = line.values
    for at in claimed:
        value = values[at] if at < len(values) else None
        if value is None or (at in line.formulas and value in ("", 0)):
            continue
        if not isinstance(value, str) or value.strip():
            return True
    return False


def _repeats(line: Line, keys: Mapping[int, str], probe: int) -> bool:
    """Whether at least half of the claimed cells, the probed one among them, show their own heading again."""
    if not _shows(line, probe, keys[probe]):
        return False
    return sum(_shows(line, at, key) for at, key in keys.items()) >= len(keys) / 2


def _shows(line: Line, at: int, key: str) -> bool:
    value = line.values[at] if at < len(line.values) else None
    if not isinstance(value, str) or (value.isascii() and not key.isascii()):
        return False
    return heading_key(value) == key


def _probe(heading: Heading) -> int:
    """A column whose data hardly look like headings, so that most rows are told apart by one look."""
    columns = heading.table.columns
    plain = [claim for name, claim in heading.claims.items() if columns[name].type.name == "text"]
    telling = [claim for claim in heading.claims.values() if claim not in plain]
    return (telling or plain)[0].column
