"""``possible-duplicate`` and ``already-paid``: obligations that look alike (contract §4, §5)."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from tests.build import FREIGHT, O1, O2, RECEIVING, T2, day, findings, said, spots
from xlflow.day import Day
from xlflow.grid import Value
from xlflow.standing import Standing, Twin

Cells = dict[str, Value]
OTHER = FREIGHT | {"订单号": O2, "退回单号": T2, "登记日期": date(2026, 3, 20)}
TWIN = Twin("XF0000000A", "去年.xlsx 3月!9", True)


def known(**standing: dict[str, Twin]) -> Day:
    made = day(freight=[FREIGHT], receiving=[RECEIVING])
    return dataclasses.replace(made, standing=Standing(**standing))


def test_what_the_ledger_has_is_not_paid_again() -> None:
    found = findings(known(exact={"freight.xlsx 3月!2": TWIN}), "already-paid")
    assert [(said(f), f.owner, f.related) for f in found] == [
        (
            f"freight.xlsx 3月!B2 already-paid E order_no={O1}: the same as entry XF0000000A from 去年.xlsx 3月!9; "
            "take the row out: it is in the ledger already",
            "after_sales",
            ("去年.xlsx 3月!9",),
        )
    ]


def test_what_only_looks_like_it_is_finance_s() -> None:
    found = findings(known(near={"freight.xlsx 3月!2": TWIN}), "possible-duplicate")
    assert [(said(f), f.owner, f.related) for f in found] == [
        (
            "freight.xlsx 3月!E2 possible-duplicate H amount=12.00: looks like entry XF0000000A from 去年.xlsx 3月!9; "
            "compare the two; release it if both are owed",
            "finance",
            ("去年.xlsx 3月!9",),
        )
    ]


def test_another_row_s_twin_is_not_this_row_s() -> None:
    assert findings(known(exact={"freight.xlsx 3月!3": TWIN}, near={"freight.xlsx 4月!2": TWIN})) == []


@pytest.mark.parametrize(
    "change",
    [
        {"登记日期": date(2026, 4, 8)},  # 31 days later
        {"支付宝账号": "other@example.com"},
        {"运费金额": 13},
    ],
)
def test_what_differs_is_honest(change: Cells) -> None:
    made = day(freight=[FREIGHT, OTHER | change], receiving=[RECEIVING], today=date(2026, 4, 30))
    assert spots(made, "possible-duplicate") == []
