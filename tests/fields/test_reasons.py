"""Reasons and problems."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fields.reading import CELLS, FEW, read
from xlflow.fields import Unreadable
from xlflow.fields.reasons import Reason, find, problem_type, reason_type

TEACH = "teach this spelling in the fix list"
ALL = f"write one of these: 产品质量问题、发错商品、非质量问题、其他; or {TEACH}"


def unknown(text: str, nearest: str) -> str:
    return f"unknown-value: {text} is not a known spelling; write {nearest} if that is meant, or {TEACH}"


@pytest.mark.parametrize(
    ("cell", "group", "spelling"),
    [
        ("产品质量问题", "quality", "产品质量问题"),
        ("质 量 问 题", "quality", "质量问题"),
        ("坏", "quality", "坏"),
        ("用了两天就坏了", "quality", "坏"),
        ("路由器断网，客户很急", "quality", "断网"),
        ("无法使用", "quality", "无法使用"),
        ("商品需要维修", "quality", "商品需要维修"),
        ("颜色/款式不符", "quality", "颜色/款式不符"),
        ("物流途中导致产品瑕疵", "quality", "物流途中导致产品瑕疵"),
        ("发错商品", "shop_fault", "发错商品"),
        ("少件", "shop_fault", "少件"),
        ("收到时包装破损", "shop_fault", "包装破损"),
        ("非质量问题", "non_quality", "非质量问题"),
        ("属于非质量问题", "non_quality", "非质量问题"),
        ("个人原因退货", "non_quality", "个人原因退货"),
        ("未达到宣传效果", "non_quality", "未达到宣传效果"),
        ("其他", "other", "其他"),
        ("配送延迟", "other", "配送延迟"),
        # the longest spelling, wherever its group
        ("退货少件", "other", "退货少件"),
        ("使用产品导致客户设备损坏", "other", "使用产品导致客户设备损坏"),
        ("配件缺失，坏", "shop_fault", "配件缺失"),
        # of equally long ones the first
        ("发错商品，无法使用", "shop_fault", "发错商品"),
        ("无法使用，发错商品", "quality", "无法使用"),
        # one that nobody denies is enough
        ("没有坏，但是不亮", "quality", "不亮"),
        ("不是坏，是真的坏", "quality", "坏"),
        ("不是产品质量问题，是少件", "shop_fault", "少件"),
    ],
)
def test_reason(cell: str, group: str, spelling: str) -> None:
    assert read(reason_type(), f" {cell} ") == Reason(cell, group, spelling)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (None, None),
        (" \u200b", None),
        ("不是质量问题", unknown("不是质量问题", "非质量问题")),
        ("非产品质量问题", unknown("非产品质量问题", "非质量问题")),
        ("没有质量问题", unknown("没有质量问题", "非质量问题")),
        ("无 故障", f"unknown-value: 无 故障 is not a known spelling; {ALL}"),
        ("没有坏", f"unknown-value: 没有坏 is not a known spelling; {ALL}"),
        ("不是使用产品导致客户设备损坏", f"unknown-value: 不是使用产品导致客户设备损坏 is not a known spelling; {ALL}"),
        ("不想要了", f"unknown-value: 不想要了 is not a known spelling; {ALL}"),
        ("质量", unknown("质量", "质量问题")),
        (5, f"unknown-value: 5 is not a known spelling; {ALL}"),
        (True, f"unknown-value: TRUE is not a known spelling; {ALL}"),
    ],
)
def test_reason_that_nothing_spells(cell: object, value: str | None) -> None:
    assert read(reason_type(), cell) == value


def test_a_desk_teaches_reasons() -> None:
    own = reason_type({"七天无理由": "non_quality", "少件": "other"})
    assert read(own, "客户七天无理由退") == Reason("客户七天无理由退", "non_quality", "七天无理由")
    assert read(own, "少件") == Reason("少件", "other", "少件")
    assert read(reason_type(), "少件") == Reason("少件", "shop_fault", "少件")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (None, None),
        ("", None),
        ("缺网线", "missing"),
        ("客户没收到网线", "missing"),
        ("没有网线", "missing"),
        ("漏发", "missing"),
        ("仓库少发一条", "missing"),
        ("网线坏了", "broken"),
        ("灯不亮", "broken"),
        ("网线不通", "broken"),
        ("不能用", "broken"),
        ("电源有声音", "noisy"),
        ("嗡嗡响", "noisy"),
        ("不是没收到，是坏的", "broken"),
        ("不是坏的", "other"),
        ("没收到，以为坏了", "missing"),
        ("换个颜色", "other"),
        (3, "other"),
    ],
)
def test_problem(cell: object, value: str | None) -> None:
    assert group(read(problem_type(), cell)) == value


def group(problem: object) -> str | None:
    return problem.group if isinstance(problem, Reason) else None


def test_a_problem_keeps_its_words() -> None:
    assert read(problem_type(), " 网线坏了 ") == Reason("网线坏了", "broken", "坏")
    assert read(problem_type(), "改评返现") == Reason("改评返现", "other", "")


def test_a_desk_teaches_problems() -> None:
    taught = problem_type({"观察中": "other", "丢了": "missing"})
    assert read(taught, "丢了") == Reason("丢了", "missing", "丢了")


def said_otherwise(text: str, words: list[str]) -> str | None:
    """What ``find`` should say, from the contract's words alone: every place of every word, then those denied."""
    if text in words:
        return text
    places = [(at, at + len(word)) for word in words for at in range(len(text)) if text.startswith(word, at)]
    denials = [(a, b, n) for a, b in places for n in (1, 2) if text[max(a - n, 0) : a] in ("非", "无", "不是", "没有")]
    free = [
        (a, b) for a, b in places if not any(a >= c and b <= d and (b - a < d - c or a == c) for c, d, _ in denials)
    ]
    best = sorted(free, key=lambda place: (place[0] - place[1], place[0]))
    return text[slice(*best[0])] if best else None


@given(
    st.lists(st.sampled_from(["非", "不是", "质量", "问题", "产品", "坏", "，", "少件", "退货"]), max_size=8).map(
        "".join
    )
)
def test_find_by_a_second_way(text: str) -> None:
    words = ["产品质量问题", "质量问题", "非质量问题", "坏", "少件", "退货少件"]
    assert find(text, dict.fromkeys(words, "")) == said_otherwise(text, words)


@FEW
@given(CELLS)
def test_reasons_read_everything(cell: object) -> None:
    assert isinstance(reason_type().parse(cell), Reason | Unreadable | None)
    assert group(problem_type().parse(cell)) in ("missing", "broken", "noisy", "other", None)


def test_a_long_text_takes_no_time() -> None:
    begun = time.process_time()
    assert isinstance(reason_type().parse("没有坏" * 5_000), Unreadable)
    assert time.process_time() - begun < 3
