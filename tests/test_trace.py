"""``trace``: everything known of an order, a parcel, a phone, a buyer, a name (contract §2, H5)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import EXCHANGE, FREIGHT, O1, O2, RECEIVING, REFUND, T1, T2, day
from xlflow.grid import Value
from xlflow.trace import trace

Cells = dict[str, Value]
DESK = {
    "receiving": [RECEIVING | {"旺旺": "小鱼Fish", "电话": "13800001111"}],
    "exchange": [EXCHANGE | {"收件人": "李四"}],
    "freight": [FREIGHT],
    "taobao_refunds": [REFUND | {"退款的申请时间": "2026-03-04 09:00:00"}],
}


def where(key: str, **changed: list[Cells]) -> list[str]:
    return [event.source for event in trace(day(**{**DESK, **changed}), key)]  # type: ignore[arg-type]


ALL = ["taobao_refunds.xlsx 3月!2", "receiving.xlsx 3月!2", "exchange.xlsx 3月!2", "freight.xlsx 3月!2"]


def test_an_order_over_registers_and_exports_in_order_of_time() -> None:
    assert [(e.on, e.register, e.source, e.what) for e in trace(day(**DESK), O1)] == [
        (
            date(2026, 3, 4),
            "taobao_refunds",
            "taobao_refunds.xlsx 3月!2",
            f"{O1}，退款编号 9000000000000001，退款状态 退款成功，买家退款金额 12.00，买家退款原因 退运费，"
            "退款完结时间 2026-03-09",
        ),
        (
            date(2026, 3, 5),
            "receiving",
            "receiving.xlsx 3月!2",
            f"{O1}，退回单号 {T1}，产品 路由器，型号 AX3000，数量 1，类型 退货，旺旺 小鱼Fish，电话 13800001111",
        ),
        (
            date(2026, 3, 6),
            "exchange",
            "exchange.xlsx 3月!2",
            f"{O1}，产品 路由器，型号 AX3000，数量 1，退回单号 {T1}，换出单号 YT7654321098765，换出日期 2026-03-07，"
            "收件人 李四",
        ),
        (
            date(2026, 3, 8),
            "freight",
            "freight.xlsx 3月!2",
            f"{O1}，支付宝账号 buyer@example.com，收款人姓名 张三，运费金额 12.00，原因 质量问题，退回单号 {T1}",
        ),
    ]


@pytest.mark.parametrize(
    ("key", "found"),
    [
        (O1, ALL),
        (O1[-4:], ALL),
        (O1[-10:], ALL),
        (f" {O1[:4]} {O1[4:]}\u3000", ALL),
        ("１２３４５６７８９０１２３４５６７８９", ALL),
        (O1[-3:], []),
        (O1[:10], []),  # an end, not a beginning
        (O2, []),
        (T1, ALL[1:]),
        ("yt1234567890123", ALL[1:]),
        ("0123", ALL[1:]),
        ("8765", ["exchange.xlsx 3月!2"]),
        (T2, []),
        ("13800001111", ["receiving.xlsx 3月!2"]),
        ("1111", ["receiving.xlsx 3月!2"]),
        ("小鱼fish", ["receiving.xlsx 3月!2"]),
        ("fish", ["receiving.xlsx 3月!2"]),
        ("小鱼", []),  # a whole name, or the end of one of four and more
        ("张三", ["freight.xlsx 3月!2"]),
        ("李四", ["exchange.xlsx 3月!2"]),
        ("9000000000000001", ["taobao_refunds.xlsx 3月!2"]),
        ("", []),
        ("  ", []),
        ("1", []),
    ],
)
def test_whole_keys_and_the_ends_of_keys(key: str, found: list[str]) -> None:
    assert where(key) == found


def test_a_phone_is_found_where_it_is_the_payee_s_account_too() -> None:
    assert where("13900002222", freight=[FREIGHT | {"支付宝账号": "139 0000 2222"}]) == ["freight.xlsx 3月!2"]


@pytest.mark.parametrize("key", ["+86 138 0000 1111", "138-0000-1111"])
def test_a_phone_as_people_write_it(key: str) -> None:
    assert where(key) == ["receiving.xlsx 3月!2"]


@pytest.mark.parametrize("key", [f"圆通{T1}", f"{T1}-1-1-"])
def test_a_tracking_number_as_a_scanner_gives_it(key: str) -> None:
    assert where(key) == ALL[1:]


def test_rows_before_the_start_and_rows_without_a_date_are_found() -> None:
    rows = [FREIGHT | {"登记日期": None}, FREIGHT | {"登记日期": date(2025, 11, 1)}]
    assert where("张三", freight=rows) == ["freight.xlsx 3月!3", "freight.xlsx 3月!2"]


def test_what_cannot_be_read_is_said_as_it_stands() -> None:
    events = trace(day(freight=[FREIGHT | {"运费金额": "很多", "登记日期": "昨天"}]), O1)
    assert [(e.on, e.what) for e in events] == [
        (None, f"{O1}，支付宝账号 buyer@example.com，收款人姓名 张三，运费金额 很多，原因 质量问题，退回单号 {T1}")
    ]
