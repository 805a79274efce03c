"""The tables of a fixed little desk as text, and how a workbook words them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.build import COMPENSATION, EXCHANGE, FREIGHT, O1, O2, O3, RECEIVING, T1, T2, day, gathered
from xlflow.day import Day
from xlflow.model import Table
from xlflow.period import parse
from xlflow.report import in_words, reports

QUALITY: dict[str, Any] = {
    "登记日期": date(2026, 3, 10), "订单号": O1, "产品": "路由器", "型号": "AX3000", "数量": 2, "质量问题": "不亮",
    "批次": "2025B3", "供应商": "甲厂", "责任人": "张三", "处理方式": "换货", "备注": "急",
}  # fmt: skip
REVIEW: dict[str, Any] = {
    "评价日期": date(2026, 3, 10), "订单号": O1, "买家": None, "产品": "路由器", "评价": "差评", "差评原因": "物流慢",
    "评价内容": "等了十天", "责任人": "李四",
}  # fmt: skip
LOST: dict[str, Any] = {
    "登记日期": date(2026, 3, 20), "订单号": O2, "快递单号": T2, "快递公司": "圆通", "索赔金额": 99.5, "数量": 3,
}  # fmt: skip


def text(tables: list[Table]) -> str:
    lines = []
    for table in tables:
        lines.append(f"{table.name}: {' | '.join(table.columns)}")
        lines += ["  " + " | ".join("-" if value is None else str(value) for value in row) for row in table.rows]
    return "\n".join(lines)


def build(desk: Day, name: str, period: str) -> str:
    report = reports()[name]
    return text(report.build(desk, parse(period, report.span)))


def test_the_week_of_quality_problems() -> None:
    rows = [
        QUALITY,
        QUALITY | {"登记日期": date(2026, 3, 9), "订单号": O2, "产品": "路由器 ", "型号": "ax3000", "数量": "几个"},
        QUALITY | {"登记日期": date(2026, 3, 15), "订单号": O3, "质量问题": None, "数量": None},
        QUALITY | {"登记日期": date(2026, 3, 16), "订单号": O2},
        QUALITY | {"登记日期": date(2026, 2, 2), "订单号": O2},
        QUALITY | {"登记日期": "初十", "订单号": O2},
    ]
    assert build(day(quality=rows), "weekly-quality", "2026-W11") == (
        "rows: source | registered_on | order_no | product | model | quantity | reason | batch | supplier | serial_no"
        " | responsible | handling | memo\n"
        f"  quality.xlsx 3月!3 | 2026-03-09 | {O2} | 路由器 | ax3000 | 几个 | 不亮 | 2025B3 | 甲厂 | - | 张三 | 换货 | 急\n"
        f"  quality.xlsx 3月!2 | 2026-03-10 | {O1} | 路由器 | AX3000 | 2 | 不亮 | 2025B3 | 甲厂 | - | 张三 | 换货 | 急\n"
        f"  quality.xlsx 3月!4 | 2026-03-15 | {O3} | 路由器 | AX3000 | - | - | 2025B3 | 甲厂 | - | 张三 | 换货 | 急\n"
        "by_product_reason: product | reason | count | quantity\n"
        "  路由器 ax3000 | 不亮 | 2 | 3\n"
        "  路由器 ax3000 | - | 1 | 1\n"
        "trend: week | count\n"
        "  2026-W04 | 0\n"
        "  2026-W05 | 0\n"
        "  2026-W06 | 1\n"
        "  2026-W07 | 0\n"
        "  2026-W08 | 0\n"
        "  2026-W09 | 0\n"
        "  2026-W10 | 0\n"
        "  2026-W11 | 3\n"
        "spikes: product | count | usual\n"
        f"  路由器 ax3000 | 3 | {1 / 7}\n"
        "left_out: register | source | field | value\n"
        "  quality | quality.xlsx 3月!A7 | registered_on | 初十"
    )


@pytest.mark.parametrize(("now", "before", "found"), [(2, 0, False), (3, 0, True), (3, 10, True), (3, 11, False),
                                                      (6, 21, True), (6, 22, False)])  # fmt: skip
def test_a_spike_is_three_rows_and_twice_the_usual(now: int, before: int, found: bool) -> None:
    rows = [QUALITY | {"登记日期": date(2026, 3, 9)}] * now + [QUALITY | {"登记日期": date(2026, 3, 8)}] * before
    tables = reports()["weekly-quality"].build(day(quality=rows), parse("2026-W11"))
    assert [row[1:] for row in tables[3].rows] == ([(now, before / 7)] if found else [])


def test_what_is_eight_weeks_old_is_not_usual() -> None:
    rows = [QUALITY | {"登记日期": date(2026, 3, 9)}] * 3 + [QUALITY | {"登记日期": date(2026, 1, 18)}] * 50
    tables = reports()["weekly-quality"].build(day(quality=rows), parse("2026-W11"))
    assert [row[1:] for row in tables[3].rows] == [(3, 0.0)]


def test_the_week_of_bad_reviews() -> None:
    rows = [
        REVIEW,
        REVIEW | {"订单号": O2, "评价": "五星"},
        REVIEW | {"订单号": O3, "差评原因": " 物流 慢", "产品": None},
    ]
    assert build(day(badreview=rows), "weekly-badreview", "2026-W11") == (
        "rows: source | reviewed_on | order_no | buyer | product | model | rating | reason | content | responsible"
        " | result | handling | memo\n"
        f"  badreview.xlsx 3月!2 | 2026-03-10 | {O1} | - | 路由器 | - | bad | 物流慢 | 等了十天 | 李四 | - | - | -\n"
        f"  badreview.xlsx 3月!3 | 2026-03-10 | {O2} | - | 路由器 | - | 五星 | 物流慢 | 等了十天 | 李四 | - | - | -\n"
        f"  badreview.xlsx 3月!4 | 2026-03-10 | {O3} | - | - | - | bad | 物流 慢 | 等了十天 | 李四 | - | - | -\n"
        "by_reason: reason | rating | count\n"
        "  物流慢 | bad | 2\n"
        "  物流慢 | 五星 | 1\n"
        "trend: week | count\n"
        "  2026-W04 | 0\n"
        "  2026-W05 | 0\n"
        "  2026-W06 | 0\n"
        "  2026-W07 | 0\n"
        "  2026-W08 | 0\n"
        "  2026-W09 | 0\n"
        "  2026-W10 | 0\n"
        "  2026-W11 | 3\n"
        "left_out: register | source | field | value"
    )


def desk() -> Day:
    return gathered(day(
        receiving=[
            RECEIVING | {"原因": "到货就不亮", "快递公司": "圆通速递", "数量": 2},
            RECEIVING | {"订单号": O2, "退回单号": T2, "类型": "换货", "快递公司": "没听过", "原因": None},
            RECEIVING | {"订单号": O3, "收货日期": date(2026, 2, 28), "退回单号": "YT3333333333333"},
        ],
        exchange=[EXCHANGE | {"责任人": "张三"}, EXCHANGE | {"订单号": O2, "换出单号": None, "换出日期": None}],
        freight=[FREIGHT | {"运费金额": "十二块", "订单号": O2}, FREIGHT | {"打款日期": date(2026, 3, 9)}],
        compensation=[COMPENSATION | {"登记日期": date(2026, 2, 3)}],
        lost=[LOST | {"索赔金额": "问过了"}, LOST | {"订单号": O3, "快递单号": "YT4444444444444", "索赔金额": None}],
        quality=[QUALITY, QUALITY | {"登记日期": None, "订单号": O2}],
        badreview=[REVIEW | {"登记日期": None, "评价日期": date(2026, 2, 3)}],
    ))  # fmt: skip


def test_the_month() -> None:
    assert build(desk(), "monthly", "2026-03") == (
        "totals: measure | count | quantity | money | previous_count | previous_money\n"
        "  returns | 1 | 2 | 0.00 | 1 | 0.00\n"
        "  exchanges | 2 | 2 | 0.00 | 0 | 0.00\n"
        "  freight | 2 | 2 | 12.00 | 0 | 0.00\n"
        "  reissues | 0 | 0 | 0.00 | 0 | 0.00\n"
        "  compensation | 0 | 0 | 0.00 | 1 | 2.00\n"
        "  lost | 2 | 6 | 0.00 | 0 | 0.00\n"
        "  bad_reviews | 0 | 0 | 0.00 | 1 | 0.00\n"
        "by_week: week | returns | exchanges | freight | reissues | compensation | lost | bad_reviews\n"
        "  2026-W09 | 0 | 0 | 0 | 0 | 0 | 0 | 0\n"
        "  2026-W10 | 1 | 2 | 2 | 0 | 0 | 0 | 0\n"
        "  2026-W11 | 0 | 0 | 0 | 0 | 0 | 0 | 0\n"
        "  2026-W12 | 0 | 0 | 0 | 0 | 0 | 2 | 0\n"
        "  2026-W13 | 0 | 0 | 0 | 0 | 0 | 0 | 0\n"
        "  2026-W14 | 0 | 0 | 0 | 0 | 0 | 0 | 0\n"
        "by_reason: group | reason | count\n"
        "  quality | 不亮 | 1\n"
        "  - | - | 1\n"
        "by_courier: courier | returned | lost | claimed_money\n"
        "  圆通 | 1 | 2 | 0.00\n"
        "  没听过 | 1 | 0 | 0.00\n"
        "by_product: product | returns | exchanges | quality\n"
        "  路由器 AX3000 | 1 | 2 | 1\n"
        "by_responsible: person | count\n"
        "  张三 | 2\n"
        "payouts: state | count | money\n"
        "  paid | 1 | 12.00\n"
        "ageing: what | up to 3 days | 4–7 | 8–14 | more\n"
        "  freight | 0 | 0 | 0 | 0\n"
        "  compensation | 0 | 0 | 0 | 0\n"
        "  lost | 0 | 0 | 1 | 0\n"
        "  exchange | 0 | 0 | 0 | 1\n"
        "  invoice | 0 | 0 | 0 | 0\n"
        "left_out: register | source | field | value\n"
        "  freight | freight.xlsx 3月!E2 | amount | 十二块\n"
        "  lost | lost.xlsx 3月!E2 | claim_amount | 问过了\n"
        "  quality | quality.xlsx 3月!A3 | registered_on | -"
    )


@pytest.mark.parametrize(
    ("on", "found"), [(31, (1, 0, 0, 0)), (28, (1, 0, 0, 0)), (27, (0, 1, 0, 0)), (24, (0, 1, 0, 0)), (23, (0, 0, 1, 0)),
                      (17, (0, 0, 1, 0)), (16, (0, 0, 0, 1)), (1, (0, 0, 0, 1))]
)  # fmt: skip
def test_days_are_counted_to_the_last_of_the_month(on: int, found: tuple[int, ...]) -> None:
    row = LOST | {"登记日期": date(2026, 3, on)}
    made = day(today=date(2026, 4, 20), lost=[row, row | {"登记日期": date(2026, 4, 1), "快递单号": T1}])
    ageing = reports()["monthly"].build(made, parse("2026-03"))[7]
    assert ageing.rows[2] == ("lost", *found)


def test_rows_before_the_start_of_the_desk_count() -> None:
    tables = reports()["weekly-quality"].build(day(start=date(2026, 3, 20), quality=[QUALITY]), parse("2026-W11"))
    assert len(tables[0].rows) == 1


def test_a_register_that_is_not_kept_counts_nothing() -> None:
    tables = reports()["monthly"].build(day(receiving=[RECEIVING]), parse("2026-03"))
    assert [row[1] for row in tables[0].rows] == [1, 0, 0, 0, 0, 0, 0]


def test_workbooks_say_it_in_words() -> None:
    tables = {table.name: in_words(table) for table in reports()["monthly"].build(desk(), parse("2026-03"))}
    assert [row[0] for row in tables["totals"]] == ["退货", "换货", "退运费", "补发", "补偿", "丢件", "差评"]
    assert tables["by_reason"] == (("质量问题", "不亮", 1), ("（未填）", "（未填）", 1))
    assert tables["payouts"] == (("已打款", 1, Decimal("12.00")),)
    assert [row[0] for row in tables["ageing"]] == [
        "退运费未付", "补偿未付", "丢件未追回", "换货未寄出", "专票未开"
    ]  # fmt: skip
    assert tables["left_out"] == (
        ("退运费表", "freight.xlsx 3月!E2", "运费金额", "十二块"),
        ("物流丢件记录表", "lost.xlsx 3月!E2", "索赔金额", "问过了"),
        ("质量问题登记表", "quality.xlsx 3月!A3", "登记日期", None),
    )


def test_means_have_two_decimals_in_words() -> None:
    rows = [QUALITY | {"登记日期": date(2026, 3, 9)}] * 3 + [QUALITY | {"登记日期": date(2026, 3, 8)}]
    tables = reports()["weekly-quality"].build(day(quality=rows), parse("2026-W11"))
    assert in_words(tables[3]) == (("路由器 AX3000", 3, Decimal("0.14")),)


def test_a_report_waits_for_registers_that_could_not_be_used() -> None:
    report = reports()["monthly"]
    made = day(receiving=[RECEIVING], freight=[FREIGHT], broken=["freight"])
    assert (report.is_kept_by(made), report.waits_for(made)) == (True, ("freight",))
    assert not reports()["weekly-quality"].is_kept_by(made)
