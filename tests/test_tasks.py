"""The day's tasks: what is due when, by whom, and nobody's name (contract §6 ``tasks``)."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from tests.build import EXCHANGE, FREIGHT, O1, O2, RECEIVING, T1, T2, TODAY, day, verdict
from tests.clean_parcels import EMS, INTERCEPTION, INVOICE, LOST
from xlflow.excel.write import to_bytes
from xlflow.grid import Value
from xlflow.locale import render
from xlflow.tasks import COLUMNS, Task, TaskKind, tasks, tasks_book

Cells = dict[str, Value]
ON = ["not-inspected", "exchange-not-shipped"]


def told(today: date = TODAY, on: list[str] | None = None, **tables: Any) -> list[tuple[str, str, str, str, str]]:
    """kind, due, owner, order and parcel of each task."""
    made = day(today=today, **tables)
    return [
        (
            task.kind.value,
            f"{task.due.isoformat()}{f' {task.by:%H:%M}' if task.by else ''}",
            task.owner,
            task.order_no or "-",
            task.tracking_no or "-",
        )
        for task in tasks(made, verdict(made, on=ON if on is None else on))
    ]


@pytest.mark.parametrize(
    ("today", "requested", "due"),
    [
        (date(2026, 3, 31), date(2026, 3, 30), "2026-03-31 10:00"),
        (date(2026, 3, 31), date(2026, 3, 26), "2026-03-27 10:00"),
        (date(2026, 3, 29), date(2026, 3, 27), "2026-03-30 10:00"),  # asked for on a Friday, today is Sunday
        (date(2026, 4, 3), date(2026, 4, 2), "2026-04-03 10:00"),
        (date(2026, 4, 7), date(2026, 4, 3), "2026-04-07 10:00"),  # Qingming lies between
        (date(2026, 2, 20), date(2026, 2, 13), "2026-02-14 10:00"),  # a Saturday, made up for the Spring Festival
    ],
)
def test_invoices_are_due_at_ten_on_the_next_workday(today: date, requested: date, due: str) -> None:
    row = INVOICE | {"登记日期": requested, "开票日期": None}
    found = told(today, start=date(2026, 1, 1), invoice=[row])
    assert found == [("invoice", due, "finance", O1, "-")]


def test_what_was_asked_for_today_is_not_due_yet() -> None:
    assert told(invoice=[INVOICE | {"登记日期": TODAY, "开票日期": None}]) == []


def test_ems_confirms_the_day_after_it_was_told() -> None:
    row = INTERCEPTION | {"快递公司": "EMS", "快递单号": EMS, "通知日期": date(2026, 3, 30)}
    assert told(interception=[row], lost=[]) == [("confirm", "2026-03-31", "after_sales", O1, EMS)]


def test_parcels_are_chased_and_then_claimed() -> None:
    rows = [LOST | {"最后物流日期": date(2026, 3, 22)}, LOST | {"最后物流日期": date(2026, 3, 20), "快递单号": T2}]
    assert told(lost=rows, receiving=[]) == [
        ("chase", "2026-03-29", "after_sales", O1, T1),
        ("claim", "2026-03-30", "after_sales", O1, T2),
    ]


def test_goods_are_inspected_the_day_they_come() -> None:
    row = RECEIVING | {"质检结果": None}
    assert told(receiving=[row]) == [("inspect", "2026-03-05", "warehouse", O1, T1)]
    assert told(receiving=[row], on=[]) == []


def test_an_exchange_is_sent_two_days_after_its_parcel_came() -> None:
    row = EXCHANGE | {"换出单号": None, "换出日期": None}
    found = told(exchange=[row], receiving=[RECEIVING])
    assert found == [("ship", "2026-03-07", "warehouse", O1, T1)]


@pytest.mark.parametrize(
    ("registered", "due"),
    [
        (date(2026, 3, 31), "2026-04-07"),
        (date(2026, 3, 24), "2026-03-31"),
        (date(2026, 3, 23), None),  # the 8th day: it is in the fix list
        (None, None),
    ],
)
def test_freight_waits_seven_days_for_its_parcel(registered: date | None, due: str | None) -> None:
    found = told(freight=[FREIGHT | {"登记日期": registered}], receiving=[RECEIVING | {"订单号": O2, "退回单号": T2}])
    assert found == ([("wait", due, "after_sales", O1, T1)] if due else [])


def desk() -> tuple[Task, ...]:
    made = day(
        invoice=[INVOICE | {"开票日期": None, "登记日期": date(2026, 3, 30)}],
        lost=[LOST | {"最后物流日期": date(2026, 3, 20)}],
        receiving=[RECEIVING | {"退回单号": T2, "订单号": O2, "买家旺旺": "云朵爱上网", "联系电话": "13800000000"}],
        freight=[FREIGHT | {"登记日期": TODAY}],
    )
    return tasks(made, verdict(made))


def test_what_is_due_first_stands_first() -> None:
    assert [task.kind for task in desk()] == [TaskKind.CLAIM, TaskKind.INVOICE, TaskKind.WAIT]
    assert [task.place for task in desk()] == ["lost.xlsx 3月!2", "invoice.xlsx 3月!2", "freight.xlsx 3月!2"]


def test_nobody_is_named() -> None:
    text = repr([(task, render(task.said, "zh"), render(task.todo, "zh")) for task in desk()])
    assert [word for word in ("云朵", "13800000000", "张三", "buyer@example.com", "样板科技") if word in text] == []


def test_the_workbook_shows_them_with_their_deadlines() -> None:
    book = openpyxl.load_workbook(BytesIO(to_bytes(tasks_book(desk(), TODAY, lambda text: render(text, "en")))))
    rows = [row for row in book["待办"].iter_rows(values_only=True) if any(row)]
    assert rows[0][0] == "Tasks of 2026-03-31: 3, of which 1 are overdue"
    assert list(rows[1]) == [column.heading for column in COLUMNS]
    assert [row[:5] for row in rows[2:]] == [
        (datetime(2026, 3, 30), "索赔", "售后", O1, T1),
        (datetime.combine(TODAY, time(10)), "专票开票", "财务", O1, None),
        (datetime(2026, 4, 7), "等收货", "售后", O1, T1),
    ]
    assert [row[5:] for row in rows[2:3]] == [
        (
            "no trace of the parcel for 11 days: claim it",
            "put it on the claim sheet and fill in 索赔日期; if it came back, book it as received",
            "lost.xlsx 3月!2",
        )
    ]


def test_the_same_day_makes_the_same_workbook() -> None:
    books = [to_bytes(tasks_book(desk(), TODAY, lambda text: render(text, "zh"))) for _ in range(2)]
    assert books[0] == books[1]
