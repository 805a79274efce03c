"""What a row is recognised by, as read from a register (contract §5)."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.build import FREIGHT, O1, O2, RECEIVING, T1, day
from xlflow.discover import registers
from xlflow.identity import Anchor, account, align, anchor


def digest(text: str) -> str:
    return f"<{hash(text)}>"


def read(register: str = "freight", *rows: dict[str, Any], file: str = "a.xlsx") -> list[Anchor]:
    made = day(**{register: {file: list(rows)}})
    return [anchor(row, digest) for row in made.all(registers()[register])]


def one(**cells: Any) -> Anchor:
    return read("freight", FREIGHT | cells)[0]


def test_a_freight_row() -> None:
    plain = one()
    assert plain == Anchor(
        "freight", "a.xlsx", "3月", 2, plain.content, order_no=O1, tracking=T1, item=None, date=date(2026, 3, 8),
        person=digest(account("buyer@example.com")),
    )  # fmt: skip


def test_a_receiving_row_is_about_its_product_and_its_buyer() -> None:
    found = read("receiving", RECEIVING | {"旺旺": "Buyer A", "电话": "13800000000"})[0]
    assert (found.tracking, found.item, found.date) == (T1, "路由器/ax3000", date(2026, 3, 5))
    assert found.person == digest("buyera")


@pytest.mark.parametrize(
    "cells",
    [
        {"订单号": "１２３４５６７８９０１２３４５６７８９"},
        {"订单号": f" {O1}\u200b", "退回单号": T1.lower()},
        {"支付宝账号": "Buyer@EXAMPLE.com", "运费金额": "¥12.00"},
        {"登记日期": "2026年3月8日", "收款人姓名": " 张 三 "},
        {"打款状态": "已打款", "打款日期": date(2026, 3, 9), "支付宝流水号": "2026030922001"},
        {"没有人认领的列": "随便"},
    ],
)
def test_the_same_content(cells: dict[str, Any]) -> None:
    assert one(**cells).content == one().content


@pytest.mark.parametrize(
    "cells",
    [
        {"订单号": O2},
        {"运费金额": 13},
        {"收款人姓名": None},
        {"备注": "急"},
        {"退回单号": "看不清"},
        {"登记日期": "昨天"},
        {"原因": "少件"},
    ],
)
def test_other_content(cells: dict[str, Any]) -> None:
    assert one(**cells).content != one().content


def test_what_cannot_be_read_is_content_too() -> None:
    assert one(退回单号="看不清").content != one(退回单号="看不见").content
    assert one(退回单号="看不清").tracking is None


def test_it_says_nothing_about_people() -> None:
    body = json.dumps(one(旺旺="小猫", 备注="给张三").to_json(), ensure_ascii=False)
    assert not [word for word in ("张三", "小猫", "buyer") if word in body]


def test_json_leaves_out_what_is_not_known() -> None:
    bare = Anchor("freight", "a.xlsx", "3月", 2, "content")
    assert bare.to_json() == {
        "register": "freight",
        "file": "a.xlsx",
        "sheet": "3月",
        "number": 2,
        "content": "content",
    }


text = st.text(max_size=3)


@given(st.builds(Anchor, *[text] * 3, st.integers(1), text, *[st.none() | text] * 3, st.none() | st.dates(), text))
def test_json_and_back(made: Anchor) -> None:
    assert Anchor.from_json(json.loads(json.dumps(made.to_json()))) == made


def test_rows_of_a_register_are_found_again() -> None:
    """A tracking number added, an amount corrected, a row taken out, the rest sorted into a renamed file."""
    orders = [f"{n}{n}{O1}"[:19] for n in range(1, 6)]
    rows = [FREIGHT | {"订单号": o, "退回单号": None, "支付宝账号": f"b{o}@example.com"} for o in orders]
    changed = [rows[4], rows[2] | {"退回单号": T1}, rows[1] | {"运费金额": 9}, rows[0]]
    found = align(read("freight", *rows), read("freight", *changed, file="新.xlsx"))
    assert (dict(found.pairs), found.gone, found.added) == ({0: 3, 1: 2, 2: 1, 4: 0}, (3,), ())
