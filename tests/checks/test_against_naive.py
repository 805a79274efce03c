"""The freight rules against a second, naive implementation of them, over small desks made to collide."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.build import EXCHANGE, FREIGHT, O1, O2, RECEIVING, REFUND, START, T1, T2, T3, TODAY, day, verdict
from tests.checks.naive import BAD, Naive, Row
from tests.money.ledgers import drawing
from xlflow.money.gather import gather

CODES = {
    "not-received", "tracking-differs", "not-quality", "shop-fault", "exchange-freight", "freight-too-high",
    "duplicate-row", "paid-by-platform", "replacement-too-late", "quantity-mismatch", "third-exchange",
}  # fmt: skip

#: Field → its heading and its cells, each with what it means; the usual ones more than once.
Choice = tuple[str, tuple[tuple[Any, Any], ...]]


def means(heading: str, *cells: Any, **others: Any) -> Choice:
    """Cells that mean themselves, cells that cannot be read, and cells with a meaning of their own."""
    usual = [(cell, cell) for cell in cells]
    return heading, (*usual, *((cell, BAD) for cell in others.pop("bad", ())), *others.pop("given", ()))


ORDER = means("订单号", *[O1] * 9, *[O2] * 4, None, bad=["看不清"])
TRACKING = means("退回单号", *[T1] * 6, *[T2] * 4, T3, T3, None, bad=["看不清"])
DAYS = (date(2026, 2, 25), date(2026, 3, 1), date(2026, 3, 1), date(2026, 3, 5), date(2026, 3, 16), date(2026, 3, 17),
        date(2026, 3, 23), date(2026, 3, 24), date(2026, 3, 31))  # fmt: skip
EARLY, LATE = (*DAYS[1:4] * 2, *DAYS, None), (*DAYS[5:] * 3, *DAYS, None)
NO_DAY = ["昨天", date(2026, 4, 1)]
REASON = [("质量问题", "quality")] * 6 + [("少件", "shop_fault"), ("非质量问题", "non_quality"), ("其他", "other")]
RECEIVED = [("退货", "return")] * 3 + [("换货", "exchange")] * 3 + [("拒收", "refused"), (None, None)]
KINDS = [("退货", "return"), ("换货", "exchange"), ("换货", "exchange")]

REGISTERS: dict[str, tuple[dict[str, Any], dict[str, Choice]]] = {
    "receiving": (RECEIVING | {"登记人": "小王"}, {
        "date": means("收货日期", *LATE, bad=NO_DAY),
        "tracking": TRACKING,
        "order": ORDER,
        "product": means("产品", "路由器", "路由器", "电源"),
        "quantity": means("数量", 1, 1, 1, 2, None, bad=["几个"]),
        "expected": means("申请数量", 1, *[None] * 6, 2, bad=["几个"]),
        "kind": means("类型", given=RECEIVED, bad=["维修"]),
        "reason": means("原因", None, given=REASON, bad=["看心情"]),
    }),
    "exchange": (EXCHANGE, {
        "date": means("登记日期", *LATE, bad=NO_DAY),
        "tracking": TRACKING,
        "order": ORDER,
        "product": means("产品", "路由器", "路由器", "电源"),
        "sent_on": means("换出日期", *EARLY, bad=NO_DAY),
    }),
    "freight": (FREIGHT, {
        "date": means("登记日期", *LATE, bad=NO_DAY),
        "tracking": TRACKING,
        "order": ORDER,
        "amount": means("运费金额", *[12] * 6, 50, Decimal("50.01"), None, bad=["十二"]),
        "reason": means("原因", None, given=REASON, bad=["看心情"]),
        "kind": means("类型", None, given=KINDS, bad=["维修"]),
        "problem": means("反馈日期", *LATE, *[None] * 14, bad=NO_DAY),
        "unavailable": means("无法申请", None, given=[("是", True), ("是", True), ("否", False)]),
        "memo": means("备注", None, None, "申请不了", "到付"),
        "status": means("打款状态", *[None] * 12, given=[("已打款", "paid"), ("未付", "unpaid")], bad=["等等看"]),
    }),
    "taobao_refunds": (REFUND, {
        "order": means("订单编号", O1, O2),
        "number": means("退款编号", "9000000000000001", "9000000000000002", "9000000000000003"),
        "amount": means("买家退款金额", 2, 4, 12),
        "why": means("买家退款原因", "退运费", "退运费", "质量问题"),
        "status": means("退款状态", "退款成功", "退款成功", "退款关闭"),
        "finished": means("退款完结时间", date(2026, 3, 5), date(2026, 3, 9), None),
    }),
}  # fmt: skip


def rows_of(register: str, most: int) -> st.SearchStrategy[list[tuple[dict[str, Any], Row]]]:
    """Rows of one register as cells by heading, and as what they mean."""
    clean, fields = REGISTERS[register]
    names = list(fields)

    def make(drawn: tuple[tuple[Any, Any], ...]) -> tuple[dict[str, Any], Row]:
        cells = {fields[name][0]: cell for name, (cell, _) in zip(names, drawn, strict=True)}
        return clean | cells, {name: meaning for name, (_, meaning) in zip(names, drawn, strict=True)}

    row = st.tuples(*(st.sampled_from(fields[name][1]) for name in names)).map(make)
    return st.lists(row, min_size=0 if register == "taobao_refunds" else 1, max_size=most)


DESKS = st.fixed_dictionaries(
    {"receiving": rows_of("receiving", 5), "exchange": rows_of("exchange", 4), "freight": rows_of("freight", 5),
     "taobao_refunds": rows_of("taobao_refunds", 3)}
)  # fmt: skip


def compare(desk: dict[str, list[tuple[dict[str, Any], Row]]]) -> None:
    naive = Naive(TODAY, START, {name: _numbered(rows) for name, rows in desk.items()})
    made = day(**{name: [cells for cells, _ in rows] for name, rows in desk.items()})  # type: ignore[arg-type]
    judged = verdict(made, off=["possible-duplicate"])  # which the naive rules do not know
    found = {(f.code, f.register, f.row, f.field, f.level.value) for f in judged.findings if f.code in CODES}
    assert found == naive.found
    entries = gather(made, judged, drawing()).money.entries.values()
    assert {entry.anchor.number: entry.state.value for entry in entries} == naive.states()


def _numbered(rows: list[tuple[dict[str, Any], Row]]) -> list[Row]:
    return [meaning | {"n": number} for number, (_, meaning) in enumerate(rows, start=2)]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DESKS)
def test_both_find_the_same(desk: dict[str, list[tuple[dict[str, Any], Row]]]) -> None:
    compare(desk)


@pytest.mark.slow
@settings(max_examples=5000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DESKS)
def test_both_find_the_same_at_length(desk: dict[str, list[tuple[dict[str, Any], Row]]]) -> None:
    compare(desk)
