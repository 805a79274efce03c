"""Twins of an obligation (contract §5, "Never twice" and "Finer points")."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.build import O1, O2, T1, T2
from tests.identity.claims import DAY, claim, naive_twins
from xlflow.identity import TWIN_DAYS, Claim, Why, twins
from xlflow.identity.twins import MOST
from xlflow.policies import Policies

#: O1 as it comes out of hasty fingers.
SLIPS = ["1234567890123456788", "123456789012345678", "12345678901234567899", "1234567890123456798"]
OTHER = {"order_no": O2, "tracking": T2, "payee": "other@example.com"}
CABLE = {"kind": "compensation", "item": "cable", "tracking": None}
LATER = DAY + timedelta(days=30)
TOO_LATE = DAY + timedelta(days=31)


def reasons(claims: Sequence[Claim], **own: int) -> dict[Any, dict[Any, str]]:
    policies = Policies({key.replace("__", "."): (Decimal(value),) for key, value in own.items()})
    found = twins(claims, policies)
    return {key: {twin.earlier.key: str(twin.why) for twin in told} for key, told in found.items()}


def between(first: dict[str, Any], second: dict[str, Any]) -> str | None:
    """What the second is to the first."""
    return reasons([claim(1, **first), claim(2, **second)]).get(2, {}).get(1)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {}),
        ({}, {"amount": 900, "payee": "other@example.com", "on": TOO_LATE}),  # all but the order corrected
        ({}, {"tracking": None}),
        ({"tracking": None}, {}),  # added later
        ({"tracking": None}, {"tracking": None}),
        ({}, {"kind": "compensation", "item": "freight", "tracking": None}),
        ({"kind": "compensation", "item": "freight", "tracking": None}, {}),
        (CABLE, CABLE | {"amount": 400, "on": TOO_LATE}),
    ],
)
def test_the_same_obligation(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert between(first, second) == Why.SAME
    assert Why.SAME.exact


@pytest.mark.parametrize(
    ("why", "second"),
    [
        *((Why.TYPING_ERROR, OTHER | {"order_no": slip, "payee": "buyer@example.com", "amount": 1}) for slip in SLIPS),
        (Why.SAME_TRACKING, OTHER | {"tracking": T1, "amount": 1, "on": TOO_LATE}),
        (Why.SAME_TRACKING, OTHER | {"order_no": SLIPS[0], "tracking": T1, "amount": 1}),
        (Why.OTHER_TRACKING, OTHER | {"order_no": O1, "on": LATER}),
        (Why.SAME_PAYEE, OTHER | {"payee": "buyer@example.com", "on": LATER}),
        (Why.SAME_PAYEE, CABLE | {"order_no": O2, "on": LATER}),  # across registers
    ],
)
def test_what_looks_like_it(why: Why, second: dict[str, Any]) -> None:
    assert between({}, second) == why
    assert not why.exact


@pytest.mark.parametrize(
    "second",
    [
        OTHER,
        {"tracking": T2, "amount": 1100},  # a second parcel of the order
        {"tracking": T2, "on": TOO_LATE},
        OTHER | {"order_no": SLIPS[0]},
        OTHER | {"payee": "buyer@example.com", "amount": 1201},
        OTHER | {"payee": "buyer@example.com", "on": TOO_LATE},
        OTHER | {"payee": "buyer@example.com", "on": None},
        CABLE,  # two things of one order
    ],
)
def test_what_is_honest(second: dict[str, Any]) -> None:
    assert between({}, second) is None


def test_two_items_of_one_order_are_two_things() -> None:
    assert between(CABLE, CABLE | {"item": "adapter"}) is None


def test_a_day_typed_wrong_does_not_hide_a_twin_that_came_soon_after() -> None:
    early = {"seen": DAY}
    same_payee = OTHER | {"payee": "buyer@example.com", "on": date(2025, 1, 1)}
    assert reasons([claim(1, **early), claim(2, **same_payee, seen=LATER)]) == {1: {2: "same-payee"}}
    assert reasons([claim(1, **early), claim(2, **same_payee, seen=TOO_LATE)]) == {}


def test_the_desk_s_own_number_of_days() -> None:
    pair = [claim(1), claim(2, tracking=T2, on=DAY + timedelta(days=8))]
    assert reasons(pair, payouts__twin_days=7) == {}
    assert reasons(pair, payouts__twin_days=8) == {2: {1: "other-tracking"}}
    assert TWIN_DAYS == "payouts.twin_days"


def test_first_is_by_day_then_by_place_and_without_a_day_last() -> None:
    undated, low, high, early = claim(1, on=None), claim(2), claim(3), claim(4, on=DAY - timedelta(days=1))
    assert reasons([undated, low, high, early]) == {
        2: {4: "same"},
        3: {4: "same", 2: "same"},
        1: {4: "same", 2: "same", 3: "same"},
    }


def test_what_was_paid_comes_first_whatever_its_day() -> None:
    assert reasons([claim(1), claim(2, on=LATER, settled=True)]) == {1: {2: "same"}}


def test_a_number_filled_down_a_sheet_takes_no_square_time() -> None:
    found = twins([claim(i) for i in range(3_000)], Policies({}))
    assert len(found) == 2_999
    assert [twin.earlier.key for twin in found[2_999]] == list(range(MOST))


WHEN = st.none() | st.sampled_from([DAY + timedelta(days=n) for n in (0, 1, 30, 31, 61)])
THING = st.sampled_from([("freight", None)] * 4 + [("compensation", "freight"), ("compensation", "cable")])


@st.composite
def some_claims(draw: st.DrawFn) -> list[Claim]:
    made = []
    for key in range(draw(st.integers(2, 8))):
        kind, item = draw(THING)
        made.append(
            claim(
                key, kind=kind, item=item, order_no=draw(st.sampled_from([O1, O1, *SLIPS, O2])),
                tracking=draw(st.sampled_from([T1, T2, None])) if kind == "freight" else None,
                payee=draw(st.sampled_from(["a", "b"])), amount=draw(st.sampled_from([1000, 1200])),
                on=draw(WHEN), seen=draw(WHEN), settled=draw(st.booleans()),
            )
        )  # fmt: skip
    return made


@given(some_claims())
def test_it_agrees_with_going_through_every_pair(claims: list[Claim]) -> None:
    assert reasons(claims) == naive_twins(claims)


@given(some_claims(), st.randoms(use_true_random=False))
def test_the_order_of_the_claims_does_not_matter(claims: list[Claim], chance: random.Random) -> None:
    shuffled = list(claims)
    chance.shuffle(shuffled)
    assert twins(shuffled, Policies({})) == twins(claims, Policies({}))
