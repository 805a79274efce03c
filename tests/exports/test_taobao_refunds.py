"""The platform's refund export as it is downloaded (domain.md B.6.2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.build import REFUND, START, TODAY, read, sheet
from xlflow.delimited import read_delimited
from xlflow.exports.taobao_refunds import TaobaoRefund
from xlflow.grid import Value
from xlflow.table.headings import Spellings, find_heading
from xlflow.table.newest import keep_newest
from xlflow.table.read import Reader
from xlflow.table.sheets import TableSheet

Cells = dict[str, Value]
EXPORT = """\
订单编号,退款编号,支付宝交易号,订单付款时间,商品编码,退款完结时间,买家实际支付金额,宝贝标题,买家退款金额,\
手工退款/系统退款,是否需要退货,退款的申请时间,超时时间,退款状态,货物状态,退货物流单号,退货物流公司,买家退款原因
="1234567890123456789",="260009010000030601",="2026030622001412345678",2026-02-27 10:00:00,,2026-03-09 08:00:01,\
129.00,"千兆路由器,双频",12.00,手工退款,不需要退货,2026-03-06 21:15:00,,退款成功,买家已收到货,,,退运费
="2345678901234567891",="260009010000030602",,2026-02-28 10:00:00,,,59.00,网线,59.00,,需要退货,2026-03-07 09:00:00,\
2026-03-14 09:00:00,等待买家退货,买家已收到货,="YT1234567890123",圆通速递,质量问题
"""


def export(data: bytes, name: str = "退款管理.csv") -> TableSheet:
    source = read_delimited(data, name)
    heading = find_heading(source.lines, Spellings.of(TaobaoRefund, {}))
    assert heading is not None
    return Reader(TaobaoRefund, {}, (), TODAY, START).read(source, 0, name, heading)


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig"])
def test_the_export_is_read_whole(encoding: str) -> None:
    made = export(EXPORT.encode(encoding))
    rows = [row for row in made.rows if isinstance(row, TaobaoRefund)]
    assert [(r.order_no, r.refund_no, r.amount, r.status, r.reason) for r in rows] == [
        ("1234567890123456789", "260009010000030601", Decimal("12.00"), "退款成功", "退运费"),
        ("2345678901234567891", "260009010000030602", Decimal("59.00"), "等待买家退货", "质量问题"),
    ]
    assert [(r.applied_on, r.finished_on, r.return_tracking, r.pays_freight) for r in rows] == [
        (date(2026, 3, 6), date(2026, 3, 9), None, True),
        (date(2026, 3, 7), None, "YT1234567890123", False),
    ]
    assert made.defects == []


def test_nobody_owns_it() -> None:
    assert TaobaoRefund.owner == ""


@pytest.mark.parametrize(
    ("change", "pays"),
    [
        ({}, True),
        ({"买家退款原因": " 退运费 "}, True),
        ({"退款状态": "退款关闭"}, False),
        ({"退款状态": "退款成功前"}, False),
        ({"退款状态": None}, False),
        ({"买家退款原因": "质量问题"}, False),
        ({"买家退款原因": None}, False),
    ],
)
def test_what_pays_freight(change: Cells, pays: bool) -> None:
    (made,) = read("taobao_refunds", sheet([REFUND | change]))
    assert [row.pays_freight for row in made.rows if isinstance(row, TaobaoRefund)] == [pays]


@pytest.mark.parametrize(
    ("applied", "finished", "latest"),
    [
        ("2026-03-06", "2026-03-09", date(2026, 3, 9)),
        ("2026-03-06", None, date(2026, 3, 6)),
        (None, None, date.min),
        ("2026-03-06", "看不清", date(2026, 3, 6)),
    ],
)
def test_the_latest_day_a_row_knows_of(applied: Value, finished: Value, latest: date) -> None:
    (made,) = read("taobao_refunds", sheet([REFUND | {"退款的申请时间": applied, "退款完结时间": finished}]))
    assert [row.as_of() for row in made.rows] == [latest]


class TestTheNewestRowWins:
    def kept(self, *exports: list[Cells]) -> list[list[tuple[str, str]]]:
        sheets = [read("taobao_refunds", sheet([REFUND | row for row in rows]))[0] for rows in exports]
        keep_newest(sheets)
        return [
            [(str(r.refund_no)[-1], str(r.status)) for r in made.rows if isinstance(r, TaobaoRefund)] for made in sheets
        ]

    def test_of_each_refund_by_its_latest_day(self) -> None:
        late: Cells = {"退款完结时间": "2026-03-20", "退款状态": "退款关闭"}
        assert self.kept([{}], [late]) == [[], [("1", "退款关闭")]]
        assert self.kept([late], [{}]) == [[("1", "退款关闭")], []]

    def test_of_one_day_the_one_that_came_later(self) -> None:
        closed: Cells = {"退款状态": "退款关闭"}
        assert self.kept([{}], [closed]) == [[], [("1", "退款关闭")]]
        assert self.kept([{}, closed]) == [[("1", "退款关闭")]]

    def test_rows_of_other_refunds_stay(self) -> None:
        other: Cells = {"退款编号": "9000000000000002"}
        assert self.kept([{}, other], [{}]) == [[("2", "退款成功")], [("1", "退款成功")]]

    def test_rows_without_a_number_stand_for_themselves(self) -> None:
        blank: Cells = {"退款编号": None}
        assert [len(rows) for rows in self.kept([blank, blank])] == [2]

    def test_the_same_rows_in_two_exports_count_once(self) -> None:
        assert [len(rows) for rows in self.kept([{}], [{}], [{}])] == [0, 0, 1]
