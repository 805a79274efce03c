"""``unmatched-parcel``: a parcel of nobody's, with the candidates by tracking, buyer and phone (contract §4)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import EXCHANGE, FREIGHT, O1, O2, O3, RECEIVING, T1, T2, T3, day, findings, said
from xlflow.grid import Value

CODE = "unmatched-parcel"
Cells = dict[str, Value]
LOST = RECEIVING | {"类型": "无理件", "订单号": None, "退回单号": T3, "旺旺": "小鱼", "电话": "13800001111"}
MEND = "find the customer, then correct 类型 and fill in 订单编号"


def told(parcel: Cells | None = None, **registers: list[Cells]) -> list[str]:
    rows = [LOST | (parcel or {}), *registers.pop("receiving", [])]
    found = findings(day(receiving=rows, **registers), CODE)
    return [said(f).partition(": ")[2].removesuffix(f"; {MEND}") for f in found if f.row == 2]


def test_nobody_known_is_like_it() -> None:
    found = findings(day(receiving=[LOST]), CODE)
    assert [(said(f), f.owner, f.related) for f in found] == [
        (
            f"receiving.xlsx 3月!B2 unmatched-parcel W tracking_no={T3}: matches no order, and nothing known shares "
            f"its tracking number, buyer or phone; {MEND}",
            "after_sales",
            (),
        )
    ]


def test_the_candidates_are_named_with_their_places() -> None:
    freight = [FREIGHT | {"旺旺": "小鱼"}]
    exchange = [EXCHANGE | {"订单号": O2, "联系电话": "+86 138 0000 1111"}]
    found = findings(day(receiving=[LOST], freight=freight, exchange=exchange), CODE)
    assert [(said(f), f.related) for f in found] == [
        (
            f"receiving.xlsx 3月!B2 unmatched-parcel W tracking_no={T3}: matches no order; it may belong to "
            f"{O2}、{O1}; {MEND}",
            ("exchange.xlsx 3月!B2", "freight.xlsx 3月!B2"),
        )
    ]


NOBODY = "matches no order, and nothing known shares its tracking number, buyer or phone"


@pytest.mark.parametrize(
    "registers",
    [
        {"freight": [FREIGHT | {"退回单号": T3}]},
        {"exchange": [EXCHANGE | {"退回单号": f"圆通{T3}"}]},
        {"receiving": [RECEIVING | {"退回单号": T3, "类型": "拒收"}]},
        {"receiving": [RECEIVING | {"旺旺": "小鱼"}]},
        {"receiving": [RECEIVING | {"电话": "138-0000-1111", "收货日期": date(2026, 1, 5)}]},
    ],
)
def test_by_tracking_buyer_and_phone(registers: dict[str, list[Cells]]) -> None:
    assert told(**registers) == [f"matches no order; it may belong to {O1}"]


def test_by_the_number_of_what_was_sent_in_exchange() -> None:
    """A replacement that nobody took comes back under the number it was sent with."""
    assert told(exchange=[EXCHANGE | {"换出单号": T3}]) == [f"matches no order; it may belong to {O1}"]


@pytest.mark.parametrize(
    "registers",
    [
        {"freight": [FREIGHT]},
        {"freight": [FREIGHT | {"退回单号": T3, "订单号": None}]},
        {"freight": [FREIGHT | {"旺旺": "大鱼"}]},
        {"receiving": [RECEIVING | {"退回单号": T2}]},
    ],
)
def test_what_shares_nothing_or_names_no_order_is_no_candidate(registers: dict[str, list[Cells]]) -> None:
    assert told(**registers) == [NOBODY]


def test_blanks_share_nothing() -> None:
    blank: Cells = {"旺旺": None, "电话": None, "退回单号": T3}
    others = [RECEIVING | {"旺旺": None, "电话": None}]
    assert told(blank, receiving=others) == [NOBODY]


def test_its_own_order_is_no_candidate_and_one_order_is_named_once() -> None:
    assert told({"订单号": O3}) == [NOBODY]
    rows = [RECEIVING | {"旺旺": "小鱼"}, RECEIVING | {"旺旺": "小鱼", "产品": "电源"}]
    assert told(receiving=rows) == [f"matches no order; it may belong to {O1}"]


@pytest.mark.parametrize("kind", ["退货", "拒收", "拍照拒收", None, "无理"])
def test_every_other_kind_is_quiet(kind: str | None) -> None:
    assert told({"类型": kind}) == []


def test_not_before_the_start() -> None:
    assert told({"收货日期": date(2026, 2, 20)}) == []


def test_the_same_name_for_it() -> None:
    assert told({"类型": "无主件", "退回单号": T1}, freight=[FREIGHT]) == [f"matches no order; it may belong to {O1}"]
