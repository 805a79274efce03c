"""The rules about parcels and invoices against a second, naive implementation, over small desks made to collide."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.build import O1, O2, RECEIVING, START, T1, T2, TODAY, day, verdict
from tests.checks.naive import BAD, Row
from tests.checks.naive_parcels import NaiveParcels
from tests.checks.test_against_naive import Choice, means
from tests.clean_parcels import INTERCEPTION, INVOICE, LOST
from xlflow.grid import UNCACHED

CODES = {
    "lost-chase", "lost-claim", "lost-found", "intercept-carrier", "intercept-unconfirmed", "intercept-not-returning",
    "roundtrip-not-deducted", "tax-number", "invoice-incomplete", "invoice-due", "invoice-not-posted", "duplicate-row",
}  # fmt: skip

TRACKING = means("快递单号", *[T1] * 6, *[T2] * 3, None, bad=["看不清"])
LATELY = [date(2026, 3, number) for number in (20, 21, 22, 24, 25, 27, 28, 29, 30, 31)]
DAYS = (*LATELY, date(2026, 2, 25), None)
NO_DAY = ["昨天", date(2026, 4, 1)]
COURIER = means("快递公司", *["圆通"] * 3, *["EMS"] * 3, "顺丰", "申通", None, bad=["某某快递"])
FLAG = [("是", True), ("是", True), ("否", False), (None, None), (None, None), (None, None), (UNCACHED, BAD)]
AHEAD = [(date(2026, 4, 2), date(2026, 4, 2)), (date(2026, 3, 30), date(2026, 3, 30))] + [(None, None)] * 6
KINDS = [("丢件", "lost"), ("破损", "damaged"), ("短少", "short"), ("延误", "delayed"), (None, None), (None, None)]
KINDS += [("撤件", "intercepted")] * 4
SPECIAL = [("专票", "special")] * 4 + [("普票", "normal"), (None, None)]
TAXES = [("91330100MA2XXXXX6T", "right"), ("330100123456789", "right"), ("91330100MA2XXXXX6A", "wrong"), (None, None)]

REGISTERS: dict[str, tuple[dict[str, Any], dict[str, Choice]]] = {
    "lost": (LOST, {
        "date": means("登记日期", *DAYS, bad=NO_DAY),
        "tracking": TRACKING,
        "courier": COURIER,
        "product": means("产品", "路由器", "路由器", "电源", None, bad=[UNCACHED]),
        "kind": means("类型", given=KINDS, bad=["飞了"]),
        "scan": means("最后物流日期", *DAYS, *LATELY, bad=NO_DAY),
        "returning": means("退回日期", given=AHEAD, bad=["明天"]),
        "promised": means("承诺退回", given=FLAG),
        "claimed": means("索赔日期", *[None] * 8, date(2026, 3, 30), bad=NO_DAY),
        "settled": means("到账日期", *[None] * 8, date(2026, 3, 30), bad=NO_DAY),
        "settled_amount": means("到账金额", *[None] * 8, 0, 129, bad=["全赔"]),
    }),
    "interception": (INTERCEPTION, {
        "date": means("通知日期", *DAYS, bad=NO_DAY),
        "tracking": TRACKING,
        "courier": COURIER,
        "quantity": means("数量", 1, 4, 5, 5, 6, None, bad=["几台"]),
        "upgraded": means("补差价", given=FLAG),
        "promised": means("承诺退回", given=FLAG),
        "paid": means("实付金额", 129, 129, 129, None, bad=["忘了"]),
        "freight": means("来回运费", 24, 24, 24, None, bad=["忘了"]),
        "refund": means("退款金额", 105, Decimal("105.01"), 129, 0, None, bad=["全退"]),
        "confirmed": means("确认日期", *[None] * 5, date(2026, 3, 30), bad=NO_DAY),
        "returning": means("退回日期", given=AHEAD, bad=["明天"]),
    }),
    "receiving": (RECEIVING, {
        "date": means("收货日期", *DAYS, bad=NO_DAY),
        "tracking": means("退回单号", T1, T2, "YT9999999999999", "YT9999999999998", None, bad=["看不清"]),
    }),
    "invoice": (INVOICE, {
        "date": means("登记日期", *DAYS, bad=NO_DAY),
        "order": means("订单编号", O1, O1, O2, None, bad=["看不清"]),
        "kind": means("发票类型", given=SPECIAL, bad=["收据"]),
        "amount": means("价税合计", 129, 129, 130, None, bad=["很多"]),
        "tax": means("税号", given=TAXES, bad=[UNCACHED]),
        "address": means("地址电话", "样板市 0571", "样板市 0571", None, bad=[UNCACHED]),
        "bank": means("开户行及账号", "样板银行 0000", "样板银行 0000", None, bad=[UNCACHED]),
        "issued": means("开票日期", *DAYS, *[None] * 8, bad=NO_DAY),
        "number": means("发票号码", *[None] * 5, "26330000000000000001", bad=[UNCACHED]),
        "tracking": means("快递单号", *[None] * 4, T1, bad=["看不清"]),
    }),
}  # fmt: skip
OWN = st.dictionaries(
    st.sampled_from(["lost.chase_days", "lost.claim_days", "lost.chase_days.圆通", "lost.claim_days.圆通"]),
    st.integers(0, 12),
    max_size=2,
)


def rows_of(register: str, most: int) -> st.SearchStrategy[list[tuple[dict[str, Any], Row]]]:
    """Rows of one register as cells by heading, and as what they mean."""
    clean, fields = REGISTERS[register]
    names = list(fields)

    def make(drawn: tuple[tuple[Any, Any], ...]) -> tuple[dict[str, Any], Row]:
        cells = {fields[name][0]: cell for name, (cell, _) in zip(names, drawn, strict=True)}
        return clean | cells, {name: meaning for name, (_, meaning) in zip(names, drawn, strict=True)}

    return st.lists(
        st.tuples(*(st.sampled_from(fields[name][1]) for name in names)).map(make), min_size=1, max_size=most
    )


DESKS = st.fixed_dictionaries({name: rows_of(name, 5) for name in REGISTERS})
Desk = dict[str, list[tuple[dict[str, Any], Row]]]


def compare(desk: Desk, own: dict[str, int]) -> None:
    meant = {
        name: [meaning | {"n": number} for number, (_, meaning) in enumerate(rows, start=2)]
        for name, rows in desk.items()
    }
    naive = NaiveParcels(TODAY, START, meant, own)
    tables: dict[str, Any] = {name: [cells for cells, _ in rows] for name, rows in desk.items()}
    made = day(policies={key: (Decimal(days),) for key, days in own.items()}, **tables)
    found = {
        (f.code, f.register, f.row, f.field, f.level.value)
        for f in verdict(made, on=["invoice-not-posted"]).findings
        if (f.code in CODES and f.register != "receiving") or (f.code, f.field) == ("missing", "tax_no")
    }
    assert found == naive.found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DESKS, OWN)
def test_both_find_the_same(desk: Desk, own: dict[str, int]) -> None:
    compare(desk, own)


@pytest.mark.slow
@settings(max_examples=5000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DESKS, OWN)
def test_both_find_the_same_at_length(desk: Desk, own: dict[str, int]) -> None:
    compare(desk, own)
