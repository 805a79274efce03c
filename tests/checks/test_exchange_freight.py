"""``exchange-freight``: the freight of an exchange is claimed in the platform (contract §4, F2, F3)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import EXCHANGE, FREIGHT, RECEIVING, T2, day, findings, said, spots
from xlflow.grid import UNCACHED, Value

CODE = "exchange-freight"
Cells = dict[str, Value]


def ask(freight: Cells, **registers: object) -> list[str]:
    return spots(day(freight=[FREIGHT | freight], receiving=[RECEIVING], **registers), CODE)  # type: ignore[arg-type]


def test_it_is_claimed_there() -> None:
    found = findings(day(freight=[FREIGHT | {"类型": "换货"}], receiving=[RECEIVING]), CODE)
    assert [(said(f), f.owner, f.related) for f in found] == [
        (
            "freight.xlsx 3月!H2 exchange-freight E kind=换货: freight of an exchange: the customer claims it in the "
            "platform; ask the customer to claim it there; if the platform will not take it, write 无法申请 in 备注",
            "after_sales",
            (),
        )
    ]


class TestABlankKindIsTheExchangeRegisterS:
    def test_it_has_the_parcel(self) -> None:
        assert ask({"类型": None}, exchange=[EXCHANGE]) == ["freight H2 E kind"]

    def test_the_column_may_be_absent(self) -> None:
        assert ask({}, exchange=[EXCHANGE]) == ["freight 2 E kind"]

    def test_a_parcel_of_before_the_start_counts(self) -> None:
        row = EXCHANGE | {"登记日期": date(2026, 2, 1), "换出日期": date(2026, 2, 2)}
        assert ask({}, exchange=[row]) == ["freight 2 E kind"]

    @pytest.mark.parametrize("number", [T2, None, "看不清"])
    def test_it_does_not_have_it(self, number: str | None) -> None:
        assert ask({}, exchange=[EXCHANGE | {"退回单号": number}]) == []

    def test_the_order_alone_is_not_enough(self) -> None:
        assert ask({"退回单号": None}, exchange=[EXCHANGE]) == []

    def test_there_is_no_such_register(self) -> None:
        assert ask({}) == []

    def test_a_register_that_cannot_be_used_says_nothing(self) -> None:
        assert ask({}, broken=["exchange"]) == []

    def test_what_is_written_goes_first(self) -> None:
        assert ask({"类型": "退货"}, exchange=[EXCHANGE]) == []

    def test_a_parcel_number_that_cannot_be_read_says_nothing(self) -> None:
        assert ask({"类型": None, "退回单号": "看不清"}, exchange=[EXCHANGE]) == []


@pytest.mark.parametrize(
    "row",
    [
        {"平台无法申请": "是"},
        {"无法申请": "√"},
        {"无法申请原因": "超过申请时间"},
        {"无法申请": True},
        {"备注": "客户说平台无法申请"},
        {"备注": "不能申请了"},
        {"备注": "系统里申请不了。"},
        {"原因": "质量问题，平台申请不了"},
        {"无法申请": "否", "备注": "申请不了"},
    ],
)
def test_the_platform_would_not_take_it(row: Cells) -> None:
    assert ask({"类型": "换货"} | row) == []


@pytest.mark.parametrize(
    "row",
    [
        {"无法申请": "否"},
        {"无法申请": "无"},
        {"无法申请": 0},
        {"无法申请": "N"},
        {"无法申请": None},
        {"备注": "已申请"},
    ],
)
def test_no_and_nothing_are_not_yes(row: Cells) -> None:
    assert ask({"类型": "换货"} | row) == ["freight H2 E kind"]


@pytest.mark.parametrize(
    "row",
    [
        {"类型": "退货"},
        {"类型": "维修"},  # its `unknown-value` speaks
        {"类型": UNCACHED},
        {"类型": "换货", "无法申请": UNCACHED},
        {"类型": "换货", "原因": "看心情"},  # perhaps it is said there
        {"类型": "换货", "登记日期": date(2026, 2, 28)},
    ],
)
def test_it_says_nothing(row: Cells) -> None:
    assert ask(row, exchange=[EXCHANGE]) == []
