"""The numbers of the rules: dated, with a source, overridden by the desk (contract §1 ``[policies]``)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.build import FREIGHT, RECEIVING, day, spots
from xlflow import policies
from xlflow.policies import Policies, Policy

DAY = date(2026, 3, 8)
KEY = "freight.ask_above"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("freight.ask_above", "50.00"),
        ("freight.replacement_days", "15"),
        ("freight.replacement_days_received", "22"),
        ("freight.waiting_days", "7"),
        ("exchange.per_order", "2"),
        ("exchange.ship_days", "2"),
        ("payouts.twin_days", "30"),
        ("interception.deduct_from_units", "5"),
        ("lost.chase_days", "7"),
        ("lost.claim_days", "10"),
        ("invoice.post_days", "3"),
    ],
)
def test_the_contract_s_numbers(key: str, value: str) -> None:
    assert Policies({}).amount(DAY, key) == Decimal(value)


def test_the_amounts_of_cables_and_adapters() -> None:
    assert Policies({}).amounts(DAY, "platform.gift_amounts") == {Decimal("2.00"), Decimal("4.00"), Decimal("10.00")}


def test_every_number_has_its_unit_its_source_and_a_note() -> None:
    for key, lines in policies.built_in().items():
        assert [line.since for line in lines] == sorted({line.since for line in lines}), key
        for line in lines:
            assert all((line.unit, line.source.startswith("S"), line.note, line.values)), key


def test_the_desk_s_own_number_holds_on_every_day() -> None:
    own = Policies({KEY: (Decimal("30.00"),)})
    assert own.amount(date(1999, 1, 1), KEY) == own.amount(DAY, KEY) == Decimal("30.00")
    assert (own.on(DAY, KEY).source, own.on(DAY, KEY).unit) == ("xlflow.toml", "yuan")
    assert own.amount(DAY, "freight.waiting_days") == 7


def test_a_carrier_s_own_number_holds_for_it_alone() -> None:
    own = Policies({"lost.claim_days.圆通": (Decimal(2),)})
    assert [own.days_of(DAY, "lost.claim_days", carrier) for carrier in ("圆通", "中通", None)] == [2, 10, 10]
    assert own.days_of(DAY, "lost.chase_days", "圆通") == 7
    set_here = own.on(DAY, "lost.claim_days.圆通")
    assert (set_here.key, set_here.source, set_here.unit) == ("lost.claim_days.圆通", "xlflow.toml", "days")


def test_which_keys_a_desk_may_set() -> None:
    names = policies.names(["圆通"])
    assert set(policies.built_in()) < set(names)
    assert set(names) - set(policies.built_in()) == {"lost.chase_days.圆通", "lost.claim_days.圆通"}


class TestDatedNumbers:
    @pytest.fixture(autouse=True)
    def raised(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A limit that was raised in the middle of March."""
        old, new = (
            Policy(KEY, since, (Decimal(value),), "yuan", "S4", "limit")
            for since, value in ((date(2026, 3, 1), "50.00"), (date(2026, 3, 16), "60.00"))
        )
        monkeypatch.setattr(policies, "built_in", lambda: {KEY: (old, new)})

    @pytest.mark.parametrize(
        ("on", "limit"),
        [
            (date(2026, 3, 1), 50),
            (date(2026, 3, 15), 50),
            (date(2026, 3, 16), 60),
            (date(2030, 1, 1), 60),
            (date(2026, 2, 1), 50),
        ],
    )
    def test_a_number_holds_from_its_day_on(self, on: date, limit: int) -> None:
        assert Policies({}).amount(on, KEY) == limit

    def test_a_row_is_judged_by_the_number_of_its_own_day(self) -> None:
        row = FREIGHT | {"运费金额": 55}
        made = day(freight=[row, row | {"登记日期": date(2026, 3, 16)}], receiving=[RECEIVING])
        assert spots(made, "freight-too-high") == ["freight E2 H amount"]


@given(st.dates(date(2005, 1, 1), date(2090, 1, 1)), st.integers(-40, 40))
def test_the_last_day_is_inside(first: date, days: int) -> None:
    late = Policies({}).exceeds_days(first, first + timedelta(days), "freight.replacement_days", first)
    assert late is (days > 15)
