"""A second implementation of the alignment, from its words: every old row is held against every new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.identity.claims import is_slip
from xlflow.identity import Anchor

Pairs = dict[int, int]
Test = Callable[[Anchor, Anchor], bool]


def naive_align(old: Sequence[Anchor], new: Sequence[Anchor]) -> Pairs:
    pairs: Pairs = {}

    def left() -> tuple[list[int], list[int]]:
        return [i for i in range(len(old)) if i not in pairs], [j for j in range(len(new)) if j not in pairs.values()]

    def unique(alike: Test, also: Test = lambda _a, _b: True) -> None:
        olds, news = left()
        for i in olds:
            fitting = [j for j in news if alike(old[i], new[j])]
            if (
                len(fitting) == 1
                and sum(alike(old[k], new[fitting[0]]) for k in olds) == 1
                and also(old[i], new[fitting[0]])
            ):
                pairs[i] = fitting[0]

    unique(lambda a, b: place(a) == place(b) and a.content == b.content)
    for content in {a.content for a in old}:
        olds, news = left()
        mine = sorted((i for i in olds if old[i].content == content), key=lambda i: place(old[i]))
        other = sorted((j for j in news if new[j].content == content), key=lambda j: place(new[j]))
        pairs.update(zip(mine, other, strict=False))
    unique(lambda a, b: known(a, b, "order_no", "tracking", "date") and a.item == b.item)
    unique(lambda a, b: known(a, b, "order_no", "tracking", "date"))
    unique(lambda a, b: known(a, b, "order_no", "date") and a.item == b.item, one_parcel)
    unique(lambda a, b: known(a, b, "order_no", "tracking") and a.item == b.item)
    unique(lambda a, b: known(a, b, "order_no", "tracking"))
    unique(lambda a, b: known(a, b, "order_no") and a.item == b.item, one_parcel)
    between(old, new, pairs)
    unique(lambda a, b: known(a, b, "tracking") and a.item == b.item, one_order)
    unique(lambda a, b: known(a, b, "tracking"), one_order)
    unique(
        lambda a, b: known(a, b, "person", "date") and a.item == b.item,
        lambda a, b: one_order(a, b) and one_parcel(a, b),
    )
    unique(lambda a, b: (known(a, b, "person") or known(a, b, "tracking")) and near(a, b))
    return pairs


def between(old: Sequence[Anchor], new: Sequence[Anchor], pairs: Pairs) -> None:
    before = dict(pairs)
    for i in (i for i in range(len(old)) if i not in before):
        for j in (j for j in range(len(new)) if j not in before.values()):
            around_i, around_j = around(old, i), around(new, j)
            if None in around_i or None in around_j:
                continue
            if [before.get(k) for k in around_i if k is not None] == around_j and in_common(old[i], new[j]):
                pairs[i] = j


def around(rows: Sequence[Anchor], index: int) -> list[int | None]:
    """The rows just above and just below in the same sheet."""
    sheet = [i for i in range(len(rows)) if place(rows[i])[:3] == place(rows[index])[:3]]
    above = [i for i in sheet if rows[i].number < rows[index].number]
    below = [i for i in sheet if rows[i].number > rows[index].number]
    return [
        max(above, key=lambda i: rows[i].number, default=None),
        min(below, key=lambda i: rows[i].number, default=None),
    ]


def place(row: Anchor) -> tuple[str, str, str, int]:
    return (row.register, row.file, row.sheet, row.number)


def known(a: Anchor, b: Anchor, *names: str) -> bool:
    return all(getattr(a, name) is not None and getattr(a, name) == getattr(b, name) for name in names)


def near(a: Anchor, b: Anchor) -> bool:
    if a.order_no is None or b.order_no is None:
        return False
    return a.order_no == b.order_no or is_slip(a.order_no, b.order_no) or a.order_no[:15] == b.order_no[:15]


def one_parcel(a: Anchor, b: Anchor) -> bool:
    return not (a.tracking and b.tracking) or a.tracking == b.tracking


def one_order(a: Anchor, b: Anchor) -> bool:
    return not (a.order_no and b.order_no) or near(a, b)


def in_common(a: Anchor, b: Anchor) -> bool:
    """Something compared is equal, or nothing can be compared."""
    both = [n for n in ("order_no", "tracking", "person") if getattr(a, n) is not None and getattr(b, n) is not None]
    return not both or near(a, b) or any(getattr(a, n) == getattr(b, n) for n in both)
