"""``replacement-too-late``: a replacement that failed after its 15 days (contract §4, F4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.build import EXCHANGE, FREIGHT, O2, RECEIVING, T2, T3, day, findings, said, spots
from xlflow.grid import UNCACHED, Value

CODE = "replacement-too-late"
Cells = dict[str, Value]
SENT = date(2026, 3, 2)
FIRST = EXCHANGE | {"登记日期": SENT, "退回单号": T3, "换出日期": SENT}
CLAIM = FREIGHT | {"登记日期": date(2026, 3, 25), "类型": "换货", "无法申请": "是"}


def after(days: int) -> date:
    return SENT + timedelta(days)


def made(problem: Value, received: Value, *exchanges: Cells, **freight: Value):  # type: ignore[no-untyped-def]
    return day(
        freight=[CLAIM | {"反馈日期": problem} | freight],
        receiving=[RECEIVING | {"收货日期": received, "类型": "换货"}],
        exchange=list(exchanges or (FIRST,)),
    )


def ask(problem: Value, received: Value, *exchanges: Cells, **freight: Value) -> list[str]:
    return spots(made(problem, received, *exchanges, **freight), CODE)


def test_the_complaint_came_too_late() -> None:
    found = findings(made(after(16), after(20)), CODE)
    assert [(said(f), f.owner, f.related) for f in found] == [
        (
            "freight.xlsx 3月!J2 replacement-too-late E problem_on=2026-03-18: the complaint came 16 days after the "
            "replacement was sent; too late for the shop to pay the freight: take the row out, or correct the dates",
            "after_sales",
            ("exchange.xlsx 3月!H2",),
        )
    ]


def test_nobody_knows_when_the_complaint_came() -> None:
    found = findings(made(None, after(23)), CODE)
    assert [(said(f), f.owner, f.related) for f in found] == [
        (
            "freight.xlsx 3月!A2 replacement-too-late H registered_on=2026-03-25: the parcel came 23 days after the "
            "replacement was sent, and 反馈日期 is blank; fill in 反馈日期, or release it",
            "after_sales",
            ("exchange.xlsx 3月!H2",),
        )
    ]


@pytest.mark.parametrize(("days", "late"), [(14, False), (15, False), (16, True), (0, False), (-3, False)])
def test_fifteen_days_are_inside(days: int, late: bool) -> None:
    assert ask(after(days), after(25)) == (["freight J2 E problem_on"] if late else [])


@pytest.mark.parametrize(("days", "late"), [(21, False), (22, False), (23, True)])
def test_without_the_day_of_the_complaint_twenty_two(days: int, late: bool) -> None:
    assert ask(None, after(days)) == (["freight A2 H registered_on"] if late else [])


def test_the_day_of_the_complaint_goes_first() -> None:
    assert ask(after(15), after(29)) == []


class TestTheLatestSendingBeforeTheParcel:
    def test_of_two_the_latest(self) -> None:
        second = FIRST | {"登记日期": after(10), "换出日期": after(10), "退回单号": T2}
        assert ask(after(20), after(24), FIRST, second) == []
        assert ask(after(26), after(28), second, FIRST) == ["freight J2 E problem_on"]

    def test_what_was_sent_after_the_parcel_came_does_not_count(self) -> None:
        again = FIRST | {"登记日期": after(20), "换出日期": after(21), "退回单号": T2}
        assert ask(after(18), after(20), FIRST, again) == ["freight J2 E problem_on"]
        assert ask(after(18), after(22), FIRST, again) == []

    def test_what_was_sent_on_the_day_the_parcel_came_is_not_before_it(self) -> None:
        again = FIRST | {"换出日期": after(20)}
        assert ask(after(40), after(20), again) == []

    def test_a_sending_before_the_start_counts(self) -> None:
        old = FIRST | {"登记日期": date(2026, 2, 20), "换出日期": date(2026, 2, 20)}
        assert ask(date(2026, 3, 7), date(2026, 3, 9), old) == []
        assert ask(date(2026, 3, 8), date(2026, 3, 9), old) == ["freight J2 E problem_on"]

    @pytest.mark.parametrize(
        "row",
        [
            {"订单号": O2},
            {"订单号": "看不清"},
            {"换出日期": None},
            {"换出日期": "看不清"},
            {"换出日期": date(2026, 4, 1)},
        ],
    )
    def test_nothing_was_sent_that_counts(self, row: Cells) -> None:
        assert ask(after(28), after(28), FIRST | row) == []


@pytest.mark.parametrize(
    "row",
    [
        {"类型": "退货"},
        {"类型": "维修"},
        {"反馈日期": "看不清"},  # its `unreadable` speaks, also instead of the 22 days
        {"反馈日期": UNCACHED},
        {"订单号": None},
        {"订单号": "看不清"},
        {"订单号": O2, "退回单号": None},  # not received
        {"登记日期": date(2026, 2, 28)},
    ],
)
def test_it_says_nothing(row: Cells) -> None:
    assert ask(after(28), after(28), **row) == []


def test_a_blank_kind_is_the_exchange_register_s() -> None:
    again = EXCHANGE | {"登记日期": after(26), "换出日期": after(27)}
    assert ask(after(16), after(25), FIRST, again, 类型=None) == ["freight J2 E problem_on"]
    assert ask(after(16), after(25), FIRST, 类型=None) == []


def test_a_parcel_matched_by_its_order_is_its_parcel() -> None:
    assert ask(after(16), after(25), 退回单号=None) == ["freight J2 E problem_on"]


def test_a_date_column_that_is_not_there_counts_as_blank() -> None:
    made = day(freight=[CLAIM], receiving=[RECEIVING | {"收货日期": after(23)}], exchange=[FIRST])
    assert spots(made, CODE) == ["freight A2 H registered_on"]
