"""补偿登记表: what its cells mean, which are ★ where, and when two rows are the same thing (contract §3, §4)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.build import COMPENSATION, O2, day, findings, grid, read, said, sheet, spots
from tests.desks import make_desk
from xlflow.fields.reasons import Reason
from xlflow.grid import UNCACHED, Value
from xlflow.passwords import Passwords
from xlflow.registers.compensation import Compensation
from xlflow.settings import load
from xlflow.steps.known import known
from xlflow.steps.reading import Request
from xlflow.steps.run import check

Cells = dict[str, Value]
BY_ALIPAY: Cells = {"补偿方式": "支付宝", "支付宝账号": "buyer@example.com", "收款人姓名": "张三"}


def row(**cells: Value) -> Compensation:
    made = read("compensation", sheet([COMPENSATION | cells]))[0].rows[0]
    assert isinstance(made, Compensation)
    return made


@pytest.mark.parametrize(
    ("heading", "cell", "field", "value"),
    [
        ("补偿项目", "网线", "item", "cable"),
        ("补偿项目", "电源", "item", "adapter"),
        ("补偿项目", "价差", "item", "price"),
        ("补偿项目", "差价", "item", "price"),
        ("补偿项目", "运费", "item", "freight"),
        ("补偿项目", "其他", "item", "other"),
        ("补偿方式", "系统", "channel", "platform"),
        ("补偿方式", "平台", "channel", "platform"),
        ("补偿方式", "店长", "channel", "manager_alipay"),
        ("补偿方式", "小额打款", "channel", "petty"),
        ("补偿金额", "¥8.50元", "amount", Decimal("8.50")),
        ("数量", "2条", "quantity", 2),
        ("打款状态", "已付", "status", "paid"),
        ("问题", "没收到网线", "problem", Reason("没收到网线", "missing", "没收到")),
        ("图片", "图/1.jpg", "evidence", "图/1.jpg"),
    ],
)
def test_what_cells_mean(heading: str, cell: Value, field: str, value: object) -> None:
    assert getattr(row(**{heading: cell}), field) == value


def test_headings_have_other_names() -> None:
    headings = ["日期", "交易编号", "项目", "金额", "渠道", "收货日期", "原因", "SN", "凭证", "收款人", "流水号"]
    made = read("compensation", grid([headings]))[0]
    assert list(made.claims) == [
        "registered_on", "order_no", "item", "amount", "channel", "signed_on", "problem", "serial_no", "evidence",
        "payee_name", "transaction",
    ]  # fmt: skip


class TestDefaults:
    def test_one_piece_where_nobody_wrote_it(self) -> None:
        assert (row().quantity, row().pieces, row(数量=3).pieces, row(数量="几条").pieces) == (None, 1, 3, None)

    def test_it_is_not_summed_in_totals(self) -> None:
        rows: list[Cells] = [COMPENSATION, COMPENSATION | {"订单号": O2, "数量": 2}, {"登记日期": "合计", "数量": 2}]
        assert findings(day(compensation=rows), "control-total") == []

    def test_the_complaint_came_when_it_was_registered(self) -> None:
        told = date(2026, 3, 7)
        assert row(反馈日期=None).complained_on == COMPENSATION["登记日期"]
        assert (row(反馈日期=told).complained_on, row(反馈日期="昨天").complained_on) == (told, None)


class TestWhoIsPaid:
    def missing(self, *rows: Cells, **own: Any) -> list[str]:
        made = day(compensation=[COMPENSATION | cells for cells in rows], own={"compensation": own})
        return spots(made, "missing")

    def test_by_alipay_an_account_is_needed_and_a_name_wanted(self) -> None:
        blank: Cells = {"支付宝账号": None, "收款人姓名": None}
        made = day(compensation=[COMPENSATION | BY_ALIPAY | blank])
        assert [said(found) for found in findings(made, "missing")] == [
            "compensation.xlsx 3月!F2 missing E payee_account=None: 支付宝账号 is blank; fill in the cell",
            "compensation.xlsx 3月!G2 missing W payee_name=None: 收款人姓名 is blank; fill in the cell",
        ]

    @pytest.mark.parametrize("channel", ["平台", "小额打款"])
    def test_otherwise_neither(self, channel: str) -> None:
        assert self.missing(BY_ALIPAY, {"补偿方式": channel, "订单号": O2}) == []

    def test_nor_where_the_channel_is_not_known(self) -> None:
        assert self.missing(BY_ALIPAY, {"补偿方式": "微信", "订单号": O2}) == []

    def test_without_the_columns_only_the_account_is_missing(self) -> None:
        assert self.missing({"补偿方式": "店长"}) == ["compensation 2 E payee_account"]

    def test_without_the_columns_no_column_is(self) -> None:
        assert findings(day(compensation=[COMPENSATION]), "missing-column") == []

    def test_a_name_may_stand_beside_the_account(self) -> None:
        assert self.missing(BY_ALIPAY | {"支付宝账号": "buyer@example.com 张三", "收款人姓名": None}) == []

    def test_an_account_that_cannot_be_read_is_not_missing(self) -> None:
        assert self.missing(BY_ALIPAY | {"支付宝账号": UNCACHED}) == []

    def test_a_desk_may_need_it_in_every_row(self) -> None:
        required = (*Compensation.required_fields(), "payee_account")
        assert self.missing(BY_ALIPAY, {"支付宝账号": None, "订单号": O2}, required=required) == [
            "compensation F3 E payee_account"
        ]


def test_a_desk_may_do_without_the_account(tmp_path: Any) -> None:
    optional = '[registers.compensation]\npath = "补偿.xlsx"\noptional = ["payee_account"]'
    asked = {}
    for name, lines in (("plain", optional.rpartition("\n")[0]), ("optional", optional)):
        home = make_desk(tmp_path / name, settings=lines, files={"补偿.xlsx": [COMPENSATION | {"补偿方式": "店长"}]})
        settings = load(home, known())
        _, verdict = check(Request(home, settings, date(2026, 3, 31), Passwords(home, settings, {})))
        asked[name] = [f.field for f in verdict.findings if f.code == "missing"]
    assert asked == {"plain": ["payee_account"], "optional": []}


class TestTheSameThing:
    def told(self, **cells: Value) -> list[str]:
        return spots(day(compensation=[COMPENSATION, COMPENSATION | cells]), "duplicate-row")

    def test_it_is_a_warning(self) -> None:
        found = findings(day(compensation=[COMPENSATION, COMPENSATION]), "duplicate-row")
        assert [(said(f), f.owner, f.related) for f in found] == [
            (
                "compensation.xlsx 3月!B3 duplicate-row W order_no=1234567890123456789: the same as compensation.xlsx "
                "3月!B2, registered before; delete one of the two rows; if they are two cases, correct what was typed "
                "wrong",
                "after_sales",
                ("compensation.xlsx 3月!B2",),
            )
        ]

    @pytest.mark.parametrize("cells", [{"补偿金额": "2.00元"}, {"补偿方式": "店长"}, {"备注": "又一条"}, {"数量": 2}])
    def test_whatever_else_differs(self, cells: Cells) -> None:
        assert self.told(**cells) == ["compensation B3 W order_no"]

    @pytest.mark.parametrize(
        "cells",
        [
            {"订单号": O2}, {"补偿项目": "电源"}, {"补偿金额": Decimal("2.01")}, {"登记日期": date(2026, 3, 9)},
            {"订单号": None}, {"补偿项目": None}, {"补偿金额": None}, {"登记日期": "昨天"},
        ],
    )  # fmt: skip
    def test_another_one_is_not(self, cells: Cells) -> None:
        assert self.told(**cells) == []
