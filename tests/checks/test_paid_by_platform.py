"""``paid-by-platform``: the platform refunded the freight of this order already (contract §4, F5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.build import COMPENSATION, FREIGHT, O1, O2, RECEIVING, REFUND, day, findings, said, spots, verdict
from xlflow.grid import Value

CODE = "paid-by-platform"
Cells = dict[str, Value]


def ask(*refunds: Cells, **freight: Value) -> list[str]:
    made = day(
        freight=[FREIGHT | freight], receiving=[RECEIVING], taobao_refunds=[REFUND | refund for refund in refunds]
    )
    return spots(made, CODE)


def test_it_is_not_paid_a_second_time() -> None:
    found = findings(day(freight=[FREIGHT], receiving=[RECEIVING], taobao_refunds=[REFUND]), CODE)
    assert [(said(f), f.owner, f.related) for f in found] == [
        (
            f"freight.xlsx 3月!B2 paid-by-platform E order_no={O1}: the platform refunded 12.00 yuan for 退运费, "
            "refund 9000000000000001; take the row out: the freight is paid",
            "after_sales",
            ("taobao_refunds.xlsx 3月!A2",),
        )
    ]


@pytest.mark.parametrize("amount", ["2.00", "4", "10.00", "10元"])
def test_a_cable_s_or_an_adapter_s_amount_holds_until_somebody_looked(amount: str) -> None:
    assert ask({"买家退款金额": amount}) == ["freight B2 H order_no"]


def test_what_a_cable_s_amount_is_told_as() -> None:
    refund = REFUND | {"买家退款金额": "4.00"}
    found = findings(day(freight=[FREIGHT], receiving=[RECEIVING], taobao_refunds=[refund]), CODE)
    assert [said(f) for f in found] == [
        f"freight.xlsx 3月!B2 paid-by-platform H order_no={O1}: the platform refunded 4.00 yuan for 退运费, refund "
        "9000000000000001; look in the platform what it was for; release it if it was a cable or an adapter"
    ]


@pytest.mark.parametrize("amount", ["2.01", "1.99", "3.00", "6.00", "8.00", "12.00", "20.00", "0.01"])
def test_any_other_amount_is_an_error(amount: str) -> None:
    assert ask({"买家退款金额": amount}) == ["freight B2 E order_no"]


def test_one_surely_paid_is_enough() -> None:
    cable: Cells = {"退款编号": "9000000000000002", "买家退款金额": "2.00"}
    assert ask(cable, {}) == ["freight B2 E order_no"]
    assert ask(cable, cable | {"退款编号": "9000000000000003"}) == ["freight B2 H order_no"]


@pytest.mark.parametrize("status", ["退款关闭", "退款处理中", "等待卖家同意", "退款未成功", None, "退款成功（部分）?"])
def test_only_a_successful_refund_pays(status: str | None) -> None:
    assert ask({"退款状态": status}) == []


@pytest.mark.parametrize("reason", ["质量问题", "7天无理由退货", "退货", None, "运费"])
def test_only_a_refund_of_return_freight_pays_it(reason: str | None) -> None:
    assert ask({"买家退款原因": reason}) == []


@pytest.mark.parametrize("order", [O2, None, "看不清"])
def test_another_order_s_does_not_matter(order: str | None) -> None:
    assert ask({"订单编号": order}) == []


@pytest.mark.parametrize("row", [{"订单号": None}, {"订单号": "看不清"}, {"登记日期": date(2026, 2, 28)}])
def test_a_row_that_cannot_be_judged_is_not(row: Cells) -> None:
    assert ask({}, **row) == []


def test_a_refund_of_any_time_counts() -> None:
    assert ask({"退款完结时间": "2025-11-11 10:00:00"}) == ["freight B2 E order_no"]
    assert ask({"退款完结时间": None}) == ["freight B2 E order_no"]


def test_the_desk_may_have_other_amounts() -> None:
    made = day(
        freight=[FREIGHT], receiving=[RECEIVING], taobao_refunds=[REFUND],
        policies={"platform.gift_amounts": (Decimal("3.00"), Decimal("12.00"))},
    )  # fmt: skip
    assert spots(made, CODE) == ["freight B2 H order_no"]


OLD, NEW = REFUND | {"退款完结时间": "2026-03-09 10:00:00"}, REFUND | {"退款完结时间": "2026-03-12 10:00:00"}
CLOSED: Cells = {"退款状态": "退款关闭"}


class TestTheNewestRowOfARefundWins:
    def told(self, *exports: list[Cells]) -> list[str]:
        files = {f"{number}.csv": rows for number, rows in enumerate(exports)}
        return spots(day(freight=[FREIGHT], receiving=[RECEIVING], taobao_refunds=files), CODE)

    def test_a_refund_that_was_closed_later(self) -> None:
        assert self.told([OLD], [NEW | CLOSED]) == []
        assert self.told([NEW | CLOSED], [OLD]) == []

    def test_a_refund_that_went_through_later(self) -> None:
        assert self.told([OLD | CLOSED], [NEW]) == ["freight B2 E order_no"]
        assert self.told([NEW], [OLD | CLOSED]) == ["freight B2 E order_no"]

    def test_of_the_same_day_the_later_export(self) -> None:
        assert self.told([OLD], [OLD | CLOSED]) == []
        assert self.told([OLD | CLOSED], [OLD]) == ["freight B2 E order_no"]

    def test_two_refunds_are_two(self) -> None:
        assert self.told([OLD], [NEW | CLOSED | {"退款编号": "9000000000000002"}]) == ["freight B2 E order_no"]


def test_without_an_export_it_could_not_run() -> None:
    not_run = verdict(day(freight=[FREIGHT], receiving=[RECEIVING])).not_run
    assert [(n.code, n.needs) for n in not_run if n.code == CODE] == [(CODE, ("taobao_refunds",))]


class TestCompensationOfThePlatformAccountsForARefund:
    def told(self, *compensations: Cells, refunds: tuple[Cells, ...] = ({"买家退款金额": "2.00"},)) -> list[str]:
        made = day(
            freight=[FREIGHT], receiving=[RECEIVING], taobao_refunds=[REFUND | refund for refund in refunds],
            compensation=[COMPENSATION | compensation for compensation in compensations],
        )  # fmt: skip
        return spots(made, CODE)

    def test_of_the_same_order_and_amount(self) -> None:
        assert self.told({}) == []

    def test_of_any_amount(self) -> None:
        assert self.told({"补偿金额": 12, "补偿项目": "差价"}, refunds=({},)) == []

    @pytest.mark.parametrize("date_", [date(2026, 2, 1), None, "昨天"])
    def test_of_any_day(self, date_: Value) -> None:
        assert self.told({"登记日期": date_}) == []

    @pytest.mark.parametrize(
        "compensation",
        [
            {"订单号": O2}, {"补偿金额": "2.01"}, {"补偿方式": "支付宝"}, {"补偿方式": "小额打款"}, {"补偿方式": None},
            {"补偿项目": "运费"}, {"补偿项目": None}, {"补偿项目": "网"}, {"补偿金额": None},
        ],
    )  # fmt: skip
    def test_another_does_not(self, compensation: Cells) -> None:
        assert self.told(compensation) == ["freight B2 H order_no"]

    def test_one_accounts_for_one(self) -> None:
        twice: tuple[Cells, ...] = ({"买家退款金额": "2.00"}, {"买家退款金额": "2.00", "退款编号": "9000000000000002"})
        assert self.told({}, refunds=twice) == ["freight B2 H order_no"]
        assert self.told({}, {"补偿项目": "其他"}, refunds=twice) == []

    def test_a_closed_refund_uses_none_up(self) -> None:
        closed: Cells = {"买家退款金额": "2.00", "退款编号": "9000000000000002", "退款状态": "退款关闭"}
        assert self.told({}, refunds=(closed, {"买家退款金额": "2.00"})) == []

    def test_the_freight_itself_is_still_paid(self) -> None:
        both: tuple[Cells, ...] = ({"买家退款金额": "2.00"}, {"退款编号": "9000000000000002"})
        assert self.told({}, refunds=both) == ["freight B2 E order_no"]

    def test_an_amount_that_cannot_be_read_is_nobody_s(self) -> None:
        assert self.told({"补偿金额": None}, refunds=({"买家退款金额": "?"},)) == ["freight B2 E order_no"]

    def test_a_desk_without_the_register_is_judged(self) -> None:
        made = day(freight=[FREIGHT], receiving=[RECEIVING], taobao_refunds=[REFUND])
        assert spots(made, CODE) == ["freight B2 E order_no"]
        assert [n for n in verdict(made).not_run if n.code == CODE] == []
