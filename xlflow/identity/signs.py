"""The signs by which a row is known again, the surest first (design "Identity")."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeAlias

from xlflow.identity.anchor import Anchor
from xlflow.identity.typing_error import one_error, same_start

#: What two rows must have in common; None for a row that cannot be known by it.
Key: TypeAlias = Callable[[Anchor], Hashable | None]
#: What must hold besides between the two.
Fits: TypeAlias = Callable[[Anchor, Anchor], bool]


def same_parcel(old: Anchor, new: Anchor) -> bool:
    """No two different parcels are known."""
    return None in (old.tracking, new.tracking) or old.tracking == new.tracking


def close_orders(old: Anchor, new: Anchor) -> bool:
    """The same order, or two that only a slip of the finger or Excel's rounding sets apart."""
    one, other = old.order_no, new.order_no
    if one is None or other is None:
        return False
    return one == other or one_error(one, other) or same_start(one, other)


def same_order(old: Anchor, new: Anchor) -> bool:
    """No two orders are known that are more than a slip apart."""
    return None in (old.order_no, new.order_no) or close_orders(old, new)


def another_case(old: Anchor, new: Anchor) -> bool:
    """Whether all that can be compared differs: somebody wrote another case over the row."""
    known = ((old.order_no, new.order_no), (old.tracking, new.tracking), (old.person, new.person))
    compared = [one == other for one, other in known if one is not None and other is not None]
    return bool(compared) and not any(compared) and not close_orders(old, new)


def _key(*needed: str, item: bool = False) -> Key:
    """Rows that have the values, and the same of each; with ``item`` also the same item, or none."""

    def key(row: Anchor) -> Hashable | None:
        values = [getattr(row, name) for name in needed]
        return None if None in values else (row.register, *values, row.item if item else None)

    return key


def _any(old: Anchor, new: Anchor) -> bool:  # noqa: ARG001  # one of several Fits
    return True


#: The same order: first with all that tells its rows apart, then without what was corrected or added since.
BY_ORDER: tuple[tuple[Key, Fits], ...] = (
    (_key("order_no", "tracking", "date", item=True), _any),
    (_key("order_no", "tracking", "date"), _any),
    (_key("order_no", "date", item=True), same_parcel),
    (_key("order_no", "tracking", item=True), _any),
    (_key("order_no", "tracking"), _any),
    (_key("order_no", item=True), same_parcel),
)
#: The same parcel or person, where an order could not be read before or was mistyped.
BY_PARCEL: tuple[tuple[Key, Fits], ...] = (
    (_key("tracking", item=True), same_order),
    (_key("tracking"), same_order),
    (_key("person", "date", item=True), lambda old, new: same_order(old, new) and same_parcel(old, new)),
)
