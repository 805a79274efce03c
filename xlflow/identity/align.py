"""The same row from run to run: what moved, what was corrected, what is gone and what is new (design "Identity").

Two rows are taken for one only where each is the only one left that fits the other, the surest signs first. A row
that was there and one that is there now: moved or corrected. Both there now: twins, which is another question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeAlias

from xlflow.identity.anchor import Anchor
from xlflow.identity.signs import BY_ORDER, BY_PARCEL, Fits, Key, another_case, close_orders
from xlflow.identity.typing_error import KEPT_BY_EXCEL, remainders

#: Register, ``person`` or ``tracking``, and its value.
Who: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Positions in two sequences of rows: for each old row that is still there its new one, the old rows that are
    gone, and the new ones that were not there before."""

    pairs: Mapping[int, int]
    gone: tuple[int, ...]
    added: tuple[int, ...]


def align(old: Sequence[Anchor], new: Sequence[Anchor]) -> Alignment:
    """Find the rows of one day again on another, over all sheets and files of their registers; in linear time.

    Neither side may name a place twice.
    """
    pairing = _Pairing(old, new)
    pairing.by(lambda row: (row.place, row.content))
    pairing.by_content()
    for key, fits in BY_ORDER:
        pairing.by(key, fits)
    pairing.between_neighbours()
    for key, fits in BY_PARCEL:
        pairing.by(key, fits)
    pairing.by_close_order()
    return Alignment(pairing.pairs, tuple(sorted(pairing.left_old)), tuple(sorted(pairing.left_new)))


def known_again(old: Sequence[Anchor], new: Sequence[Anchor]) -> Mapping[int, int]:
    """For each old row that is found among the new ones its position there, by what the rows say alone.

    For rows remembered at different times, whose places tell nothing any more; old ones may name a place twice.
    """
    pairing = _Pairing(old, new)
    pairing.by_content()
    for key, fits in (*BY_ORDER, *BY_PARCEL):
        pairing.by(key, fits)
    pairing.by_close_order()
    return pairing.pairs


class _Pairing:
    """Two sequences while their rows are paired, and what is left of each, by position."""

    def __init__(self, old: Sequence[Anchor], new: Sequence[Anchor]) -> None:
        self.old, self.new = old, new
        self.left_old, self.left_new = set(range(len(old))), set(range(len(new)))
        self.pairs: dict[int, int] = {}

    def by(self, key: Key, fits: Fits | None = None) -> None:
        """Pair the rows that are the only ones with their key on either side."""
        if self._is_over():
            return
        olds, news = _groups(self.old, self.left_old, key), _groups(self.new, self.left_new, key)
        for value, positions in olds.items():
            others = news.get(value, ())
            if len(positions) == len(others) == 1:
                self._pair_if(fits, positions[0], others[0])

    def by_content(self) -> None:
        """Pair rows that are equal in everything but their place; which of several equal ones is which is the same."""
        if self._is_over():
            return
        olds, news = (
            _groups(rows, sorted(left, key=lambda i: rows[i].place), lambda row: (row.register, row.content))
            for rows, left in ((self.old, self.left_old), (self.new, self.left_new))
        )
        for content, positions in olds.items():
            for one, other in zip(positions, news.get(content, ()), strict=False):
                self._pair_if(None, one, other)

    def between_neighbours(self) -> None:
        """Pair what stands alone between two rows that are paired, and stand around one row again."""
        if self._is_over():
            return
        news = dict(_alone(self.new, self.left_new))
        for (before, after), position in list(_alone(self.old, self.left_old)):
            other = news.get((self.pairs[before], self.pairs[after]))
            if other is not None:
                self._pair_if(lambda old, new: not another_case(old, new), position, other)

    def by_close_order(self) -> None:
        """Pair rows of one person or parcel whose orders are a slip apart, where neither has another such."""
        on_both = _whose(self.old, self.left_old) & _whose(self.new, self.left_new)
        if not on_both:
            return
        olds, news = _by_slips(self.old, self.left_old, on_both), _by_slips(self.new, self.left_new, on_both)
        there = {i: _only_close(self.old[i], self.new, news, on_both) for i in self.left_old}
        for position, other in there.items():
            if other is not None and _only_close(self.new[other], self.old, olds, on_both) == position:
                self._pair_if(None, position, other)

    def _is_over(self) -> bool:
        """Whether nothing is left on one side."""
        return not (self.left_old and self.left_new)

    def _pair_if(self, fits: Fits | None, position: int, other: int) -> None:
        if fits is None or fits(self.old[position], self.new[other]):
            self.pairs[position] = other
            self.left_old.remove(position)
            self.left_new.remove(other)


def _groups(rows: Sequence[Anchor], positions: Iterable[int], key: Key) -> dict[Hashable, list[int]]:
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for position in positions:
        value = key(rows[position])
        if value is not None:
            groups[value].append(position)
    return groups


def _alone(rows: Sequence[Anchor], left: set[int]) -> Iterator[tuple[tuple[int, int], int]]:
    """What is left alone between two paired rows of its sheet: the two around it, and itself."""
    if not left:
        return
    order = sorted(range(len(rows)), key=lambda i: rows[i].place)
    for before, position, after in zip(order, order[1:], order[2:], strict=False):
        sheets = {rows[i].place[:3] for i in (before, position, after)}
        if position in left and before not in left and after not in left and len(sheets) == 1:
            yield (before, after), position


def _by_slips(rows: Sequence[Anchor], left: set[int], on_both: Set[Who]) -> dict[Hashable, list[int]]:
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for position in left:
        for key in _slips(rows[position], on_both):
            groups[key].append(position)
    return groups


def _whose(rows: Sequence[Anchor], left: set[int]) -> set[Who]:
    """The persons and parcels of what is left."""
    return {who for position in left for who in _who(rows[position])}


def _who(row: Anchor) -> Iterator[Who]:
    for name, value in (("person", row.person), ("tracking", row.tracking)):
        if value is not None and row.order_no is not None:
            yield row.register, name, value


def _slips(row: Anchor, on_both: Set[Who]) -> Iterator[Hashable]:
    """What a row has in common with one of the same person or parcel whose order is a slip apart."""
    for who in _who(row):
        if who in on_both and row.order_no is not None:
            yield who, row.order_no[:KEPT_BY_EXCEL], "start"
            for remainder in remainders(row.order_no):
                yield who, remainder


def _only_close(
    row: Anchor, others: Sequence[Anchor], groups: Mapping[Hashable, list[int]], on_both: Set[Who]
) -> int | None:
    """The one row that ``_slips`` leads to, None when there is none or another; it stops at the second."""
    found = None
    for key in _slips(row, on_both):
        for position in groups.get(key, ()):
            if position != found and close_orders(row, others[position]):
                if found is not None:
                    return None
                found = position
    return found
