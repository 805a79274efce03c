"""Which special invoices finance is to issue: new ones, and what it has had before (contract §6 ``invoices``; H2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.build import O1, O2, O3, TODAY, day, verdict
from tests.clean_parcels import INVOICE
from xlflow.event import Event
from xlflow.grid import UNCACHED, Value
from xlflow.invoices import SENT, Invoices, invoices, sent
from xlflow.once import fold

Cells = dict[str, Value]
OPEN: Cells = INVOICE | {"开票日期": None}


def found_on(today: date, rows: Sequence[Cells], events: Sequence[Event] = (), **options: Any) -> Invoices:
    made = day(today=today, invoice=list(rows), **options)
    return invoices(made, verdict(made), fold(SENT, events), str)


def after(today: date, rows: Sequence[Cells], events: Sequence[Event] = ()) -> list[Event]:
    """The ledger once finance has what is there on a day."""
    made = day(today=today, invoice=list(rows))
    found = invoices(made, verdict(made), fold(SENT, events), str)
    return [*events, *sent(found, made, fold(SENT, events), str)]


def told(found: Invoices) -> tuple[list[str], list[str]]:
    """``order amount first_sent`` of the new ones and of those that wait."""
    new, waiting = (
        [f"{wanted.row.order_no} {wanted.amount:.2f} {wanted.first_sent or '-'}" for wanted in part]
        for part in (found.new, found.waiting)
    )
    return new, waiting


@pytest.mark.parametrize(
    ("change", "there"),
    [
        ({}, True),
        ({"登记日期": TODAY}, True),
        ({"登记日期": TODAY + timedelta(1)}, False),
        ({"登记日期": None}, False),
        ({"登记日期": date(2026, 2, 28)}, False),  # before the start
        ({"发票类型": "普票"}, False),
        ({"发票类型": "增值税专用发票"}, True),
        ({"发票类型": "收据"}, False),
        ({"开票日期": TODAY}, False),
        ({"开票日期": UNCACHED}, False),
        ({"发票号码": "12345678"}, False),
        ({"税号": "91330100MA2XXXXX6A"}, False),  # its check digit is wrong
        ({"税号": None}, False),
        ({"发票抬头": None}, False),
        ({"订单编号": None}, False),
        ({"价税合计": None}, False),
        ({"价税合计": 0}, False),
        ({"地址电话": None}, True),  # a warning
        ({"开户行及账号": None}, True),
    ],
)
def test_which(change: Cells, there: bool) -> None:
    found = found_on(TODAY, [OPEN | change])
    assert (len(found.new), len(found.waiting), len(found.all)) == (int(there), 0, int(there))


def test_the_second_of_two_equal_rows_is_no_invoice() -> None:
    assert told(found_on(TODAY, [OPEN, OPEN])) == ([f"{O1} 129.00 -"], [])


def test_new_today_and_waiting_from_then_on() -> None:
    monday, tuesday = date(2026, 3, 30), TODAY
    first = [OPEN, OPEN | {"订单编号": O2, "价税合计": Decimal("58.5")}]
    events = after(monday, first)
    assert told(found_on(monday, first, events)) == ([f"{O1} 129.00 -", f"{O2} 58.50 -"], [])
    both = [first[0], first[1] | {"开票日期": tuesday}, OPEN | {"订单编号": O3}]
    found = found_on(tuesday, both, events)
    assert told(found) == ([f"{O3} 129.00 -"], [f"{O1} 129.00 2026-03-30"])
    assert found.total == 258


def test_one_that_is_corrected_was_sent_all_the_same() -> None:
    events = after(date(2026, 3, 30), [OPEN])
    changed = [OPEN | {"价税合计": 130, "发票抬头": "样板科技（杭州）有限公司"}]
    assert told(found_on(TODAY, changed, events)) == ([], [f"{O1} 130.00 2026-03-30"])


def test_one_that_was_wrong_is_new_once_it_is_right() -> None:
    events = after(date(2026, 3, 30), [OPEN | {"税号": None}])
    assert events == []
    assert told(found_on(TODAY, [OPEN], events)) == ([f"{O1} 129.00 -"], [])


def test_another_invoice_of_the_order_is_new() -> None:
    events = after(date(2026, 3, 30), [OPEN])
    assert told(found_on(TODAY, [OPEN, OPEN | {"价税合计": 20}], events)) == (
        [f"{O1} 20.00 -"],
        [f"{O1} 129.00 2026-03-30"],
    )


def test_sending_again_takes_no_name_twice() -> None:
    events = after(TODAY, [OPEN])
    assert after(TODAY, [OPEN], events) == events
    assert after(date(2026, 4, 1), [OPEN | {"价税合计": 130}], events) == events


def test_by_date_and_place() -> None:
    rows = [OPEN | {"登记日期": date(2026, 3, 29), "订单编号": O2}, OPEN, OPEN | {"订单编号": O3}]
    assert [wanted.row.number for wanted in found_on(TODAY, rows).new] == [3, 4, 2]


def test_an_earlier_day_than_that_of_the_sending() -> None:
    events = after(TODAY, [OPEN])
    assert told(found_on(date(2026, 3, 30), [OPEN], events)) == ([f"{O1} 129.00 -"], [])
