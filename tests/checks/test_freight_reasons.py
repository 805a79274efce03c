"""``not-quality`` and ``shop-fault``: for which reasons the shop pays (contract §4, F1; reasons contract §3)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import FREIGHT, O2, RECEIVING, T2, day, findings, said, spots
from xlflow.grid import UNCACHED, Value

Cells = dict[str, Value]
WITHOUT = {name: value for name, value in FREIGHT.items() if name != "原因"}
BACK = {"原因": "质量问题"}


def ask(code: str, freight: Cells, *received: Cells) -> list[str]:
    rows = [RECEIVING | BACK | row for row in received or ({},)]
    return spots(day(freight=[FREIGHT | freight], receiving=rows), code)


def test_no_quality_problem_is_no_freight() -> None:
    found = findings(day(freight=[FREIGHT | {"原因": "非质量问题"}], receiving=[RECEIVING]), "not-quality")
    assert [(said(f), f.owner) for f in found] == [
        (
            "freight.xlsx 3月!F2 not-quality E reason=非质量问题: 非质量问题 is no quality problem: the customer bears "
            "the freight; take the row out, or correct the reason",
            "after_sales",
        )
    ]


def test_the_shop_s_own_fault_is_the_manager_s() -> None:
    found = findings(day(freight=[FREIGHT | {"原因": "发错商品了"}], receiving=[RECEIVING]), "shop-fault")
    assert [(said(f), f.owner) for f in found] == [
        (
            "freight.xlsx 3月!F2 shop-fault H reason=发错商品了: 发错商品了: the shop's own fault, for the manager to "
            "decide; release it if the shop is to pay",
            "manager",
        )
    ]


GROUPS = {
    "quality": ["产品质量问题", "质量问题", "坏了", "有故障", "灯不亮", "老是断网", "无法使用", "不通电", "与描述不符"],
    "shop_fault": ["发错商品", "少件", "包装破损", "配件缺失"],
    "non_quality": ["非质量问题", "个人原因退货", "未达到宣传效果", "未按约定时间发货", "没坏，非质量问题"],
    "other": ["其他", "修改地址", "促销活动变动"],
}


@pytest.mark.parametrize(("group", "reason"), [(group, text) for group, texts in GROUPS.items() for text in texts])
def test_each_group_has_its_own_answer(group: str, reason: str) -> None:
    level = {"not-quality": "E", "shop-fault": "H"}
    said_by = {"non_quality": "not-quality", "other": "not-quality", "shop_fault": "shop-fault"}
    for code in ("not-quality", "shop-fault"):
        expected = [f"freight F2 {level[code]} reason"] if said_by.get(group) == code else []
        assert ask(code, {"原因": reason}) == expected


class TestABlankReasonIsTheParcelS:
    @pytest.mark.parametrize(
        ("reason", "code", "level"), [("非质量问题", "not-quality", "E"), ("少件", "shop-fault", "H")]
    )
    def test_the_parcel_s_speaks_at_the_blank_cell(self, reason: str, code: str, level: str) -> None:
        assert ask(code, {"原因": None}, {"原因": reason}) == [f"freight F2 {level} reason"]
        assert ask("missing", {"原因": None}, {"原因": reason}) == []

    def test_without_a_reason_column_too(self) -> None:
        made = day(freight=[WITHOUT], receiving=[RECEIVING | {"原因": "非质量问题"}])
        assert spots(made, "not-quality") == ["freight 2 E reason"]

    def test_its_own_goes_first(self) -> None:
        assert ask("not-quality", {"原因": "质量问题"}, {"原因": "非质量问题"}) == []
        assert ask("not-quality", {"原因": "非质量问题"}, {"原因": "质量问题"}) == ["freight F2 E reason"]

    def test_the_first_row_of_the_parcel_that_has_one(self) -> None:
        rows = ({"原因": None}, {"产品": "电源", "原因": "个人原因退货"}, {"产品": "网线", "原因": "质量问题"})
        assert ask("not-quality", {"原因": None}, *rows) == ["freight F2 E reason"]

    def test_another_parcel_s_is_none_of_its_business(self) -> None:
        rows = ({"原因": None}, {"退回单号": T2, "订单号": O2, "原因": "非质量问题"})
        assert ask("not-quality", {"原因": None}, *rows) == []
        assert ask("missing", {"原因": None}, *rows) == ["freight F2 E reason"]

    @pytest.mark.parametrize("received", [{"原因": None}, {"类型": "拒收"}, {"订单号": O2, "退回单号": T2}])
    def test_none_there_is_missing(self, received: Cells) -> None:
        assert ask("missing", {"原因": None}, received) == ["freight F2 E reason"]

    @pytest.mark.parametrize("reason", ["看心情", UNCACHED])
    def test_one_there_that_cannot_be_read_leaves_nothing_to_say(self, reason: Value) -> None:
        for code in ("missing", "not-quality", "shop-fault"):
            assert ask(code, {"原因": None}, {"原因": reason}) == []

    def test_a_receiving_register_that_cannot_be_used_leaves_nothing_to_say(self) -> None:
        made = day(freight=[FREIGHT | {"原因": None}], broken=["receiving"])
        assert [f.code for f in findings(made)] == []

    def test_a_desk_without_a_receiving_register_has_no_reason_there(self) -> None:
        assert spots(day(freight=[FREIGHT | {"原因": None}]), "missing") == ["freight F2 E reason"]


@pytest.mark.parametrize(
    "row", [{"原因": "看心情"}, {"原因": UNCACHED}, {"登记日期": date(2026, 2, 28), "原因": "其他"}]
)
def test_a_reason_that_cannot_be_read_or_does_not_count_says_nothing(row: Cells) -> None:
    assert ask("not-quality", row) == []
    assert ask("shop-fault", row) == []


@pytest.mark.parametrize("reason", ["不是发错商品，质量问题", "没有少件，是坏的", "质量问题，非人为损坏"])
def test_what_is_denied_does_not_count(reason: str) -> None:
    assert ask("shop-fault", {"原因": reason}) == []
    assert ask("not-quality", {"原因": reason}) == []
