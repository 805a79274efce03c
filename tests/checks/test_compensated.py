"""Money or the thing, and by which way: compensations, reissues and refunds of one order (contract §4, C6, C7, T18)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import COMPENSATION, FREIGHT, O1, O2, REFUND, REISSUE, day, findings, said, spots
from tests.clean_parcels import LOST
from xlflow.grid import Value

Cells = dict[str, Value]


class TestChannel:
    CODE = "compensation-channel"

    def test_cables_and_adapters_are_compensated_in_the_platform(self) -> None:
        row = COMPENSATION | {"补偿方式": "店长", "支付宝账号": "buyer@example.com"}
        assert [(said(f), f.owner) for f in findings(day(compensation=[row]), self.CODE)] == [
            (
                "compensation.xlsx 3月!E2 compensation-channel H channel=支付宝: a cable or an adapter is compensated "
                "in the platform, not by Alipay; let the customer apply there, or send it again; release it if the "
                "shop is to pay all the same",
                "manager",
            )
        ]

    @pytest.mark.parametrize(
        ("row", "speaks"),
        [
            ({"补偿项目": "电源"}, True),
            ({"补偿项目": "差价"}, False),
            ({"补偿项目": "运费"}, False),
            ({"补偿项目": "其他"}, False),
            ({"补偿项目": None}, False),
            ({"补偿方式": "平台"}, False),
            ({"补偿方式": "小额打款"}, False),
            ({"补偿方式": None}, False),
            ({"登记日期": date(2026, 2, 28)}, False),
            ({"登记日期": None}, True),
        ],
    )
    def test_when_it_speaks(self, row: Cells, speaks: bool) -> None:
        made = day(compensation=[COMPENSATION | {"补偿方式": "支付宝"} | row])
        assert spots(made, self.CODE) == (["compensation E2 H channel"] if speaks else [])


class TestReissueAndCompensation:
    CODE = "reissue-and-compensation"

    def test_the_thing_or_the_money(self) -> None:
        made = day(reissue=[REISSUE], compensation=[COMPENSATION])
        found = findings(made, self.CODE)
        assert [(said(f), f.owner, f.related) for f in found] == [
            (
                "reissue.xlsx 3月!C2 reissue-and-compensation E items=网线: compensated for this order as well: 网线; "
                "take out one of the two: the customer gets the thing or the money",
                "after_sales",
                ("compensation.xlsx 3月!C2",),
            )
        ]
        assert [row.register for row in found[0].rows] == ["reissue", "compensation"]

    def test_each_item_is_named_once(self) -> None:
        paid = [COMPENSATION, COMPENSATION | {"补偿项目": "电源"}, COMPENSATION | {"备注": "又一条"}]
        (found,) = findings(day(reissue=[REISSUE | {"补发类型": "电源+网线"}], compensation=paid), self.CODE)
        assert "as well: 网线、电源;" in said(found)
        assert len(found.related) == 3

    @pytest.mark.parametrize(
        ("reissue", "compensation", "speaks"),
        [
            ({"补发类型": "发票、网线"}, {}, True),
            ({"补发类型": "电源适配器"}, {"补偿项目": "电源"}, True),
            ({"补发类型": "电源"}, {}, False),
            ({"补发类型": "产品"}, {"补偿项目": "其他"}, False),
            ({"补发类型": "网线两条"}, {}, False),
            ({}, {"补偿项目": "差价"}, False),
            ({}, {"补偿项目": None}, False),
            ({}, {"订单号": O2}, False),
            ({"订单号": None}, {"订单号": None}, False),
            ({"订单号": "看不清"}, {"订单号": "看不清"}, False),
            ({}, {"补偿方式": "店长"}, True),
            ({}, {"补偿金额": "?"}, True),
            ({}, {"登记日期": date(2026, 2, 1)}, True),
            ({"登记日期": date(2026, 2, 1)}, {}, False),
        ],
    )
    def test_when_it_speaks(self, reissue: Cells, compensation: Cells, speaks: bool) -> None:
        made = day(reissue=[REISSUE | reissue], compensation=[COMPENSATION | compensation])
        assert spots(made, self.CODE) == (["reissue C2 E items"] if speaks else [])


class TestReissueAndRefund:
    CODE = "reissue-and-refund"
    AGAIN = REISSUE | {"补发类型": "产品"}
    GOODS = REFUND | {"买家退款原因": "未收到货", "买家退款金额": "129.00"}
    LOST = LOST | {"处理方式": None, "退款日期": None}

    def test_the_product_or_the_money(self) -> None:
        made = day(reissue=[self.AGAIN], lost=[self.LOST | {"处理方式": "退款"}], taobao_refunds=[self.GOODS])
        assert [(said(f), f.owner, f.related) for f in findings(made, self.CODE)] == [
            (
                "reissue.xlsx 3月!C2 reissue-and-refund E items=产品: this order was refunded, and a product is sent "
                "again; find out which of the two the customer wants, and take out the other",
                "after_sales",
                ("lost.xlsx 3月!B2", "taobao_refunds.xlsx 3月!A2"),
            )
        ]

    @pytest.mark.parametrize(
        ("lost", "speaks"),
        [
            ({}, False),
            ({"处理方式": "退款"}, True),
            ({"处理方式": "补发"}, False),
            ({"处理方式": "补发", "退款日期": date(2026, 3, 30)}, True),
            ({"退款日期": date(2026, 3, 30)}, True),
            ({"退款日期": "昨天"}, False),
            ({"退款日期": date(2026, 3, 30), "订单编号": O2}, False),
            ({"退款日期": date(2026, 2, 3), "登记日期": date(2026, 2, 1)}, True),
            ({"处理方式": "退款", "类型": "拦截"}, True),
        ],
    )
    def test_refunded_by_lost(self, lost: Cells, speaks: bool) -> None:
        made = day(reissue=[self.AGAIN], lost=[self.LOST | lost], taobao_refunds=[])
        assert spots(made, self.CODE) == (["reissue C2 E items"] if speaks else [])

    @pytest.mark.parametrize(
        ("refund", "speaks"),
        [
            ({}, True),
            ({"买家退款金额": "2.00"}, True),
            ({"买家退款原因": "退运费"}, False),
            ({"买家退款原因": None}, False),
            ({"退款状态": "退款关闭"}, False),
            ({"订单编号": O2}, False),
        ],
    )
    def test_refunded_by_the_platform(self, refund: Cells, speaks: bool) -> None:
        made = day(reissue=[self.AGAIN], lost=[], taobao_refunds=[self.GOODS | refund])
        assert spots(made, self.CODE) == (["reissue C2 E items"] if speaks else [])

    @pytest.mark.parametrize(
        ("row", "speaks"),
        [
            ({"补发类型": "路由器/电源"}, True),
            ({"补发类型": "电源"}, False),
            ({"补发类型": "换货回寄"}, False),
            ({"补发类型": "新的"}, False),
            ({"订单号": O2}, False),
            ({"登记日期": date(2026, 2, 1)}, False),
        ],
    )
    def test_what_is_sent_again(self, row: Cells, speaks: bool) -> None:
        made = day(reissue=[self.AGAIN | row], lost=[], taobao_refunds=[self.GOODS])
        assert spots(made, self.CODE) == (["reissue C2 E items"] if speaks else [])


def test_the_orders_of_all_are_compared_cleaned() -> None:
    typed = f"{O1[:9]} {O1[9:]}"
    made = day(reissue=[REISSUE | {"订单号": typed}], compensation=[COMPENSATION], freight=[FREIGHT])
    assert spots(made, "reissue-and-compensation") == ["reissue C2 E items"]
