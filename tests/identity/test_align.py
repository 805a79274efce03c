"""The same row from run to run (design "Identity")."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.build import O1, O2, T1, T2
from tests.identity.naive_align import naive_align
from xlflow.identity import Alignment, Anchor, align

DAY, NEXT = date(2026, 3, 8), date(2026, 3, 9)
SLIP, DAMAGED = "1234567890123456798", "123456789012345000"


def row(name: int, number: int | None = None, **values: Any) -> Anchor:
    """A row that shares nothing with those of other names; changed values change its content."""
    usual: dict[str, Any] = dict(
        register="freight", file="退运费表.xlsx", sheet="3月", number=number or name + 1, content=f"{name}{values}",
        order_no=f"{name}{name}{O1}"[:19], tracking=f"{T1}{name}", item=None, date=DAY, person=f"person {name}",
    )  # fmt: skip
    return Anchor(**usual | values)


SHEET = [row(n) for n in range(1, 6)]


def told(alignment: Alignment) -> tuple[dict[int, int], list[int], list[int]]:
    return dict(alignment.pairs), list(alignment.gone), list(alignment.added)


def all_found(old: Sequence[Anchor], new: Sequence[Anchor]) -> bool:
    return told(align(old, new)) == ({i: i for i in range(len(old))}, [], [])


class TestWhatItSurvives:
    def test_nothing_changed(self) -> None:
        assert all_found(SHEET, SHEET)

    def test_sorting(self) -> None:
        turned = [replace(a, number=10 - a.number) for a in SHEET]
        assert all_found(SHEET, turned)

    @pytest.mark.parametrize("elsewhere", [{"sheet": "4月"}, {"file": "退运费表2.xlsx"}, {"number": 99}])
    def test_moving(self, elsewhere: dict[str, Any]) -> None:
        assert all_found(SHEET, [replace(a, **elsewhere) if a is SHEET[2] else a for a in SHEET])

    def test_a_row_inserted_above(self) -> None:
        moved = [replace(a, number=a.number + 1) for a in SHEET]
        assert told(align(SHEET, [*moved, row(9, number=2)])) == ({i: i for i in range(5)}, [], [5])

    @pytest.mark.parametrize(
        "corrected",
        [
            {},  # another amount
            {"tracking": None},
            {"tracking": T2},
            {"date": NEXT},
            {"person": "somebody else"},
            {"order_no": O2},
            {"order_no": O2, "tracking": T2},
            {"order_no": None, "tracking": None, "person": None},
        ],
    )
    def test_a_correction_in_place(self, corrected: dict[str, Any]) -> None:
        new = [replace(a, content="new", **corrected) if a is SHEET[2] else a for a in SHEET]
        assert all_found(SHEET, new)
        assert all_found(new, SHEET)

    @pytest.mark.parametrize(
        "corrected",
        [
            {},
            {"tracking": None},
            {"tracking": None, "date": NEXT, "person": "somebody else"},
            {"date": NEXT, "person": "somebody else"},
            {"order_no": SLIP},
            {"order_no": SLIP, "tracking": T2},
            {"order_no": SLIP, "date": NEXT, "person": "somebody else"},
            {"order_no": DAMAGED, "tracking": None, "date": NEXT},
            {"order_no": None},
            {"order_no": None, "tracking": None},
        ],
    )
    def test_a_correction_and_sorting_at_once(self, corrected: dict[str, Any]) -> None:
        old = [*SHEET, row(6, order_no=O1, tracking=T1, person="payee")]
        new = [replace(a, number=20 - a.number) for a in old[:-1]]
        new.append(replace(old[-1], number=30, content="new", **corrected))
        assert all_found(old, new)
        assert all_found(new, old)


class TestWhatIsAnotherRow:
    def test_one_taken_out_and_one_put_in(self) -> None:
        assert told(align(SHEET, [*SHEET[:4], row(9)])) == ({i: i for i in range(4)}, [4], [4])

    def test_another_case_written_over_the_row(self) -> None:
        assert told(align(SHEET, [*SHEET[:2], row(9, number=4), *SHEET[3:]])) == ({0: 0, 1: 1, 3: 3, 4: 4}, [2], [2])

    def test_another_register(self) -> None:
        other = [replace(a, register="compensation", content=f"compensation {a.content}") for a in SHEET]
        assert told(align(SHEET, other)) == ({}, list(range(5)), list(range(5)))

    def test_a_second_parcel_of_the_order(self) -> None:
        old, new = [row(1, order_no=O1, tracking=T1)], [row(2, order_no=O1, tracking=T2)]
        assert told(align(old, new)) == ({}, [0], [0])

    def test_no_guess_between_two(self) -> None:
        old = [row(1, order_no=O1, tracking=None)]
        new = [row(2, order_no=O1, tracking=T1), row(3, order_no=O1, tracking=T2)]
        assert told(align(old, new)) == ({}, [0], [0, 1])

    def test_no_guess_between_two_slips(self) -> None:
        old = [row(1, order_no=O1, person="p")]
        new = [row(2, order_no=SLIP, person="p"), row(3, order_no=O1[:-1], person="p")]
        assert told(align(old, new)) == ({}, [0], [0, 1])
        assert told(align(new, old)) == ({}, [0, 1], [0])


def test_a_copy_is_the_new_row_and_the_first_stays_what_it_was() -> None:
    one = row(1)
    assert told(align([one], [replace(one, number=7), replace(one, number=6)])) == ({0: 1}, [], [0])


def test_of_three_equal_rows_two_are_left() -> None:
    three = [row(1, number=n, content="same") for n in (2, 3, 4)]
    assert told(align(three, [three[0], three[2]])) == ({0: 0, 2: 1}, [1], [])


ORDERS = st.sampled_from([O1, O1, SLIP, DAMAGED, O2, None])
VALUES = {
    "order_no": ORDERS, "tracking": st.sampled_from([T1, T2, None]), "item": st.sampled_from([None, None, "cable"]),
    "date": st.sampled_from([DAY, DAY, NEXT, None]), "person": st.sampled_from(["p", "q", None]),
    "content": st.sampled_from("abcdef"),
}  # fmt: skip
PLACES = st.tuples(st.sampled_from(["3月", "4月"]), st.integers(2, 6))


@st.composite
def snapshot(draw: st.DrawFn, before: Sequence[Anchor] = ()) -> list[Anchor]:
    """Rows in places of their own; some are those of ``before``, moved and with some values changed."""
    rows = []
    for sheet, number in draw(st.lists(PLACES, max_size=7, unique=True)):
        values = {name: draw(value) for name, value in VALUES.items()}
        if before and draw(st.booleans()):
            kept = draw(st.sampled_from(before))
            changed = draw(st.sets(st.sampled_from(sorted(VALUES)), max_size=2))
            values = {name: values[name] if name in changed else getattr(kept, name) for name in values}
        rows.append(Anchor("freight", "a.xlsx", sheet, number, **values))
    return rows


TWO_DAYS = snapshot().flatmap(lambda old: st.tuples(st.just(old), snapshot(old)))


@given(TWO_DAYS)
def test_it_agrees_with_holding_every_row_against_every_other(days: tuple[list[Anchor], list[Anchor]]) -> None:
    assert dict(align(*days).pairs) == naive_align(*days)


@given(TWO_DAYS)
def test_it_is_the_same_backwards(days: tuple[list[Anchor], list[Anchor]]) -> None:
    there, back = align(*days), align(*reversed(days))
    assert {new: old for old, new in there.pairs.items()} == back.pairs
    assert (there.gone, there.added) == (back.added, back.gone)


@given(TWO_DAYS)
def test_each_row_is_paired_once_or_named(days: tuple[list[Anchor], list[Anchor]]) -> None:
    found = align(*days)
    assert sorted([*found.pairs, *found.gone]) == list(range(len(days[0])))
    assert sorted([*found.pairs.values(), *found.added]) == list(range(len(days[1])))


@given(TWO_DAYS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(days: tuple[list[Anchor], list[Anchor]], chance: random.Random) -> None:
    old, new = ([*rows] for rows in days)
    chance.shuffle(old)
    chance.shuffle(new)
    shuffled = {(old[i], new[j]) for i, j in align(old, new).pairs.items()}
    assert shuffled == {(days[0][i], days[1][j]) for i, j in align(*days).pairs.items()}
