"""``not-inspected`` and ``exchange-not-shipped``: what waits; both off unless turned on (contract §4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.build import EXCHANGE, O2, RECEIVING, T2, T3, TODAY, day, findings, said, sheet, spots, verdict
from xlflow.grid import UNCACHED, Value

Cells = dict[str, Value]
INSPECT, SHIP = "not-inspected", "exchange-not-shipped"


def ago(days: int) -> date:
    return TODAY - timedelta(days)


def inspected(**received: Value) -> list[str]:
    return spots(day(receiving=[RECEIVING | {"质检结果": None} | received]), INSPECT, on=[INSPECT])


def test_a_parcel_waits_for_inspection() -> None:
    made = day(receiving=[RECEIVING | {"收货日期": ago(3), "质检结果": None}])
    assert [(said(f), f.owner) for f in findings(made, INSPECT, on=[INSPECT])] == [
        (
            "receiving.xlsx 3月!H2 not-inspected W inspection=None: received 3 days ago and not inspected yet; "
            "inspect the goods and fill in the result",
            "warehouse",
        )
    ]


@pytest.mark.parametrize(
    ("row", "speaks"),
    [
        ({"收货日期": ago(1)}, True),
        ({"收货日期": TODAY}, False),
        ({"收货日期": None}, False),
        ({"收货日期": "昨天"}, False),
        ({"收货日期": date(2026, 2, 20)}, False),
        ({"质检结果": "故障属实"}, False),
        ({"质检结果": UNCACHED}, False),
        ({"质检结果": " "}, True),
        ({"类型": "拒收"}, True),
    ],
)
def test_whether_it_waits(row: Cells, speaks: bool) -> None:
    assert inspected(**row) == (["receiving H2 W inspection"] if speaks else [])


def test_a_sheet_without_the_column_could_not_be_judged() -> None:
    tabs = [sheet([RECEIVING]), sheet([RECEIVING | {"质检结果": None, "退回单号": T2}], "4月")]
    found = verdict(day(receiving=tabs), on=[INSPECT])
    assert [f.place for f in found.findings if f.code == INSPECT] == ["receiving.xlsx 4月!H2"]
    assert [(n.needs, n.file, n.sheet) for n in found.not_run if n.code == INSPECT] == [
        (("inspection",), "receiving.xlsx", "3月")
    ]


def shipped(exchange: Cells, *received: Cells) -> list[str]:
    rows = [RECEIVING | {"收货日期": ago(3), "类型": "换货"} | row for row in received or ({},)]
    made = day(exchange=[EXCHANGE | {"换出单号": None, "换出日期": None} | exchange], receiving=rows)
    return spots(made, SHIP, on=[SHIP])


def test_an_exchange_waits_to_be_sent() -> None:
    made = day(exchange=[EXCHANGE | {"换出单号": None}], receiving=[RECEIVING])
    assert [(said(f), f.owner, f.related) for f in findings(made, SHIP, on=[SHIP])] == [
        (
            "exchange.xlsx 3月!G2 exchange-not-shipped W sent_tracking=None: its parcel came 26 days ago and nothing "
            "has been sent; send the replacement and fill in 换出单号",
            "warehouse",
            ("receiving.xlsx 3月!B2",),
        )
    ]


@pytest.mark.parametrize(
    ("exchange", "received", "speaks"),
    [
        ({}, {}, True),
        ({}, {"收货日期": ago(2)}, False),  # more than 2 days
        ({}, {"收货日期": None}, False),
        ({"换出日期": ago(1)}, {}, True),
        ({"换出单号": T3}, {}, False),
        ({"换出单号": "看不清"}, {}, False),
        ({}, {"退回单号": T2}, True),  # by its order
        ({"退回单号": None}, {}, True),
        ({}, {"订单号": O2}, True),  # by its number
        ({}, {"退回单号": T2, "订单号": O2}, False),
        ({}, {"类型": "拒收"}, False),
        ({"登记日期": date(2026, 2, 20)}, {}, False),
        ({"登记日期": None}, {}, True),
    ],
)
def test_whether_it_waits_to_be_sent(exchange: Cells, received: Cells, speaks: bool) -> None:
    assert shipped(exchange, received) == (["exchange G2 W sent_tracking"] if speaks else [])


def test_without_the_column_nothing_was_sent() -> None:
    row = {name: value for name, value in EXCHANGE.items() if name != "换出单号"}
    made = day(exchange=[row], receiving=[RECEIVING])
    assert spots(made, SHIP, on=[SHIP]) == ["exchange 2 W sent_tracking"]


def test_both_are_off_unless_turned_on() -> None:
    made = day(exchange=[EXCHANGE | {"换出单号": None}], receiving=[RECEIVING | {"质检结果": None}])
    assert [f.code for f in findings(made)] == []
    assert {n.code for n in verdict(day(exchange=[EXCHANGE])).not_run}.isdisjoint({INSPECT, SHIP})
