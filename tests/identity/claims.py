"""Claims for tests, and a second implementation of the rules about twins, pair by pair from contract §5's words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tests.build import O1, T1
from xlflow.identity import Claim

DAY = date(2026, 3, 8)


def claim(key: int, **values: Any) -> Claim:
    """A freight claim, registered in the order of the keys where their days are equal."""
    usual: dict[str, Any] = dict(
        kind="freight", item=None, order_no=O1, tracking=T1, payee="buyer@example.com", amount=1200, on=DAY, seen=None,
        place=("freight", "退运费表.xlsx", 0, key + 2),
    )  # fmt: skip
    return Claim(key, **usual | values)


def naive_twins(claims: Sequence[Claim]) -> dict[Any, dict[Any, str]]:
    """Key of the later → key of the earlier → reason."""
    found: dict[Any, dict[Any, str]] = {}
    for later in claims:
        for earlier in claims:
            reason = naive_reason(later, earlier) if is_before(earlier, later) else None
            if reason:
                found.setdefault(later.key, {})[earlier.key] = reason
    return found


def is_before(one: Claim, other: Claim) -> bool:
    if one.settled != other.settled:
        return one.settled
    if (one.on or date.max) != (other.on or date.max):
        return (one.on or date.max) < (other.on or date.max)
    return one.place < other.place


def naive_reason(a: Claim, b: Claim) -> str | None:
    freight = [x.kind == "freight" or x.item == "freight" for x in (a, b)]
    same_order = a.order_no == b.order_no
    other_tracking = bool(a.tracking and b.tracking and a.tracking != b.tracking)
    if same_order and all(freight) and not other_tracking:
        return "same"
    if same_order and not any(freight) and a.item == b.item:
        return "same"
    near = any(x and y and abs((x - y).days) <= 30 for x, y in ((a.on, b.on), (a.seen, b.seen)))
    if is_slip(a.order_no, b.order_no) and a.payee == b.payee:
        return "typing-error"
    if same_order and other_tracking and a.amount == b.amount and near:
        return "other-tracking"
    if not same_order and a.tracking and a.tracking == b.tracking:
        return "same-tracking"
    if not same_order and a.payee == b.payee and a.amount == b.amount and near:
        return "same-payee"
    return None


def is_slip(a: str, b: str) -> bool:
    """By making every error there can be of one of them."""
    digits = "0123456789"
    made = {a[:i] + c + a[i + 1 :] for i in range(len(a)) for c in digits}
    made |= {a[:i] + c + a[i:] for i in range(len(a) + 1) for c in digits}
    made |= {a[:i] + a[i + 1 :] for i in range(len(a))}
    made |= {a[:i] + a[i + 1] + a[i] + a[i + 2 :] for i in range(len(a) - 1)}
    return b in made - {a}
