"""The rules about reissues and compensations against a second, naive implementation, over desks made to collide."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.build import (
    BADREVIEW,
    COMPENSATION,
    FREIGHT,
    O1,
    O2,
    QUALITY,
    RECEIVING,
    REFUND,
    REISSUE,
    START,
    day,
    verdict,
)
from tests.checks.naive import Row
from tests.checks.naive_goods import PROBLEMS, NaiveGoods
from tests.checks.test_against_naive import Choice, means
from tests.clean_parcels import INVOICE, LOST
from xlflow.grid import UNCACHED

CODES = {
    "cable-over-unit", "cable-over-cap", "cable-late", "cable-broken-reissue", "cable-invoice", "adapter-amount",
    "adapter-late", "adapter-evidence", "serial-missing", "compensation-channel", "reissue-and-compensation",
    "reissue-and-refund", "no-picture", "paid-review", "paid-by-platform", "duplicate-row",
}  # fmt: skip

ORDER = means("订单号", *[O1] * 6, *[O2] * 3, None, bad=["看不清"])
DAYS = (date(2026, 2, 25), date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 31))
NO_DAY = ["昨天", date(2026, 4, 1)]
DATE = means("登记日期", *DAYS, None, bad=NO_DAY)
SIGNED = (date(2025, 11, 30), date(2025, 12, 9), date(2025, 12, 10), date(2026, 3, 1), date(2026, 3, 2),
          date(2026, 3, 3))  # fmt: skip
PROBLEM = means("原因", *PROBLEMS, None, bad=[UNCACHED])
EVIDENCE = means("图片", None, None, "1.jpg", bad=[UNCACHED, 3])
ITEM = [("网线", "cable")] * 5 + [("电源", "adapter")] * 4 + [("差价", "price"), ("运费", "freight"), (None, None)]
CHANNEL = [("平台", "platform")] * 3 + [("店长", "manager_alipay"), ("小额打款", "petty"), (None, None)]
ITEMS = [("网线", ("cable",)), ("网线", ("cable",)), ("电源", ("adapter",)), ("路由器", ("product",)),
         ("发票", ("invoice",)), ("电源、网线", ("cable", "adapter")), ("网线+发票", ("invoice", "cable")),
         ("产品和电源", ("adapter", "product")), (None, None)]  # fmt: skip
FLAG = [("是", True), ("否", False), (None, None), (None, None), (None, None), (None, None)]
REVIEW = ("改评", "返现5元改评", "改评，给了红包", "退5元", "改评 5元", None, None)
HANDLING = [("退款", "refund"), ("补发", "reissue"), (None, None), (None, None)]
#: What makes a row more than a note, whatever else it lacks.
NO_NOTE = {"旺旺": "tb_1", "收款人姓名": "张三", "责任人": "阿玲"}

REGISTERS: dict[str, tuple[dict[str, Any], dict[str, Choice]]] = {
    "compensation": (COMPENSATION | NO_NOTE, {
        "date": DATE,
        "order": ORDER,
        "item": means("补偿项目", given=ITEM, bad=["网钱"]),
        "amount": means("补偿金额", 2, 2, 4, Decimal("2.01"), 10, 12, None, bad=["两块"]),
        "quantity": means("数量", None, None, None, 1, 2, 0, bad=["几条"]),
        "channel": means("补偿方式", given=CHANNEL, bad=["微信"]),
        "signed": means("签收日期", *SIGNED, None, bad=NO_DAY),
        "feedback": means("反馈日期", *DAYS[1:], None, None, None, bad=NO_DAY),
        "problem": PROBLEM,
        "evidence": EVIDENCE,
        "account": means("支付宝账号", "buyer@example.com", None, bad=["有的"]),
        "memo": means("备注", None, None, "答应改评", bad=[UNCACHED]),
    }),
    "reissue": (REISSUE | NO_NOTE, {
        "date": DATE,
        "order": ORDER,
        "items": means("补发类型", given=ITEMS, bad=["网线一条"]),
        "problem": ("补发原因", PROBLEM[1]),
        "serial": means("序列号", None, "SN1", bad=[UNCACHED]),
        "evidence": EVIDENCE,
        "with_invoice": means("附发票", given=FLAG, bad=[UNCACHED]),
        "before": means("已开发票", given=FLAG, bad=[UNCACHED]),
    }),
    "quality": (QUALITY | {"责任人": "阿玲", "供应商": "样板电子"}, {
        "date": DATE,
        "order": ORDER,
        "product": means("产品", "路由器", "路由器", "电源", None, bad=[UNCACHED]),
        "batch": means("批次", None, None, "2601", bad=[UNCACHED]),
        "reason": means("质量问题", "不亮", "不亮", "信号差", None, bad=[UNCACHED]),
        "evidence": EVIDENCE,
    }),
    "badreview": (BADREVIEW | NO_NOTE, {
        "date": means("评价日期", *DAYS, None, bad=NO_DAY),
        "order": ORDER,
        "product": means("产品", "路由器", None, None, bad=[UNCACHED]),
        "reason": means("差评原因", "信号差", *REVIEW, bad=[UNCACHED]),
        "memo": means("备注", *REVIEW),
        "handling": means("处理方式", *REVIEW),
        "result": means("处理结果", *REVIEW),
    }),
    "freight": (FREIGHT, {"date": DATE, "order": ORDER}),
    "invoice": (INVOICE, {
        "date": DATE,
        "order": means("订单编号", O1, O2, None, bad=["看不清"]),
        "issued": means("开票日期", *DAYS[:2], None, None, None, bad=NO_DAY),
        "number": means("发票号码", *[None] * 5, "26330000000000000001", bad=[UNCACHED]),
    }),
    "lost": (LOST, {
        "date": DATE,
        "order": means("订单编号", O1, O2, None, bad=["看不清"]),
        "refunded": means("退款日期", None, None, None, date(2026, 3, 5), bad=NO_DAY),
        "handling": means("处理方式", given=HANDLING, bad=["赔"]),
    }),
    "taobao_refunds": (REFUND, {
        "order": means("订单编号", O1, O2),
        "number": means("退款编号", "9000000000000001", "9000000000000002", "9000000000000003"),
        "amount": means("买家退款金额", 2, 2, 4, 12),
        "why": means("买家退款原因", "退运费", "退运费", "质量问题"),
        "status": means("退款状态", "退款成功", "退款成功", "退款关闭"),
        "finished": means("退款完结时间", date(2026, 3, 5), date(2026, 3, 9), None),
    }),
}  # fmt: skip

Desk = dict[str, list[tuple[dict[str, Any], Row]]]


def rows_of(register: str, most: int) -> st.SearchStrategy[list[tuple[dict[str, Any], Row]]]:
    """Rows of one register as cells by heading, and as what they mean."""
    clean, fields = REGISTERS[register]

    def make(drawn: tuple[tuple[Any, Any], ...]) -> tuple[dict[str, Any], Row]:
        cells = {fields[name][0]: cell for name, (cell, _) in zip(fields, drawn, strict=True)}
        return clean | cells, {name: meaning for name, (_, meaning) in zip(fields, drawn, strict=True)}

    row = st.tuples(*(st.sampled_from(cells) for _, cells in fields.values())).map(make)
    return st.lists(row, min_size=1, max_size=most)


MOST = {"compensation": 6, "reissue": 5, "taobao_refunds": 4}
DESKS = st.fixed_dictionaries({name: rows_of(name, MOST.get(name, 3)) for name in REGISTERS})


def compare(desk: Desk) -> None:
    meant = {
        name: [meaning | {"n": number} for number, (_, meaning) in enumerate(rows, start=2)]
        for name, rows in desk.items()
    }
    naive = NaiveGoods(START, meant)
    tables: dict[str, Any] = {name: [cells for cells, _ in rows] for name, rows in desk.items()}
    judged = verdict(day(receiving=[RECEIVING], **tables), on=["no-picture"])
    found = {
        (f.code, f.register, f.row, f.field, f.level.value)
        for f in judged.findings
        if (f.code in CODES or (f.code, f.field) == ("missing", "payee_account"))
        and (f.code != "duplicate-row" or f.register in ("compensation", "reissue", "quality", "badreview"))
    }
    assert found - naive.found == set()  # precision
    assert naive.found - found == set()  # recall


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DESKS)
def test_both_find_the_same(desk: Desk) -> None:
    compare(desk)


@pytest.mark.slow
@settings(max_examples=5000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DESKS)
def test_both_find_the_same_at_length(desk: Desk) -> None:
    compare(desk)
