"""Which rows are data, totals, notes, headings again, or nothing (contract §3, "Rows")."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.build import FREIGHT, RECEIVING, TODAY, day, findings, grid, read, said, sheet
from xlflow.discover import registers
from xlflow.grid import UNCACHED, CellError, Line, Sheet
from xlflow.table.headings import Spellings, find_heading

HEAD = ["登记日期", "订单号", "支付宝账号", "收款人姓名", "运费金额", "原因", "备注"]
ONE = [date(2026, 3, 8), "1234567890123456789", "a@example.com", "张三", Decimal("12.5"), "质量问题", None]
TWO = [date(2026, 3, 9), "1234567890123456780", "b@example.com", "李四", 8, "坏", "到付"]


def numbers(*rows: list[object], **options: object) -> list[int]:
    return [row.number for row in read("freight", grid([HEAD, *rows], **options))[0].rows]  # type: ignore[list-item]


def test_titles_above_the_headings_are_no_rows() -> None:
    made = read("freight", grid([["退运费登记表（3月）"], [None, "制表：小王"], HEAD, ONE]))[0]
    assert (made.heading_row, [row.number for row in made.rows]) == (3, [4])


def test_of_equal_heading_rows_the_first_counts_and_the_second_is_a_repeated_one() -> None:
    made = read("freight", grid([HEAD, ONE, HEAD, TWO]))[0]
    assert (made.heading_row, [row.number for row in made.rows]) == (1, [2, 4])


def test_a_heading_row_below_the_first_twenty_is_not_looked_for() -> None:
    spellings = Spellings.of(registers()["freight"], {})
    assert find_heading(grid([["标题"]] * 20 + [HEAD]).lines, spellings) is None
    assert find_heading(grid([["标题"]] * 19 + [HEAD]).lines, spellings) is not None


def test_blank_rows_and_rows_of_formulas_that_say_nothing_are_skipped() -> None:
    blank = Line(3, [None, "  ", None])
    nothing = Line(4, [None, None, None, None, 0, "", None], (4, 5))
    something = Line(5, [None, None, None, None, 7, "", None], (4, 5))
    lines = [Line(1, list(HEAD)), Line(2, list(ONE)), blank, nothing, something]
    assert [row.number for row in read("freight", Sheet("3月", lines))[0].rows] == [2, 5]


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        ([None, None, None, "制表人：张三"], False),
        ([None, None, None, "制表人：张三", None, None, "2026"], True),
        ([None, "制表人：张三"], True),  # an id that cannot be read counts as an id
        (["制表人：张三"], False),  # a date that cannot be read does not
        ([date(2026, 3, 9)], True),
        ([None, None, None, None, 5], True),
        ([None, None, "a@example.com"], False),
    ],
)
def test_a_row_with_one_field_and_no_id_date_or_amount_is_a_note(row: list[object], kept: bool) -> None:
    assert numbers(ONE, row) == ([2, 3] if kept else [2])


def test_merged_text_is_every_row_s_value() -> None:
    rows = [dict(FREIGHT), {**FREIGHT, "收款人姓名": None, "订单号": "1234567890123456780", "退回单号": None}]
    made = read("freight", sheet(rows, merges=[(2, 3, 3, 3)]))[0]
    assert [row.payee_name for row in made.rows] == ["张三", "张三"]  # type: ignore[attr-defined]


def test_a_merged_amount_is_nobody_s() -> None:
    rows = [dict(FREIGHT), {**FREIGHT, "运费金额": None, "订单号": "1234567890123456780"}]
    made = day(freight=sheet(rows, merges=[(2, 4, 3, 4)]))
    told = "one amount or quantity is merged over several rows, so nobody knows which row it belongs to"
    mend = "unmerge the cells and give each row its own number"
    assert [said(f) for f in findings(made, "merged-cells")] == [
        f"freight.xlsx 3月!E2 merged-cells E amount=12: {told}; {mend}",
        f"freight.xlsx 3月!E3 merged-cells E amount=12: {told}; {mend}",
    ]


def test_an_amount_merged_with_its_neighbour_in_one_row_is_its_own() -> None:
    assert findings(day(freight=sheet([dict(FREIGHT)], merges=[(2, 4, 2, 5)])), "merged-cells") == []


@pytest.mark.parametrize(
    ("label", "amount", "wrong"),
    [
        ("合计", Decimal("20.5"), None),
        ("合计：", "20.50元", None),
        ("总计", 20, "20.5"),
        ("小计", Decimal("20.5"), None),
        ("本页合计", 21, "20.5"),
        ("合计（元）", 0, "20.5"),
    ],
)
def test_a_total_is_compared_with_what_stands_above_it(label: str, amount: object, wrong: str | None) -> None:
    made = day(freight=[grid([HEAD, ONE, TWO, [label, None, None, None, amount]])])  # type: ignore[list-item]
    told = [said(f).split(": ", 1)[1] for f in findings(made, "control-total")]
    shown = f"{Decimal(amount):.2f}" if isinstance(amount, Decimal) else amount
    fix = "look for a row left out of the sum, or correct the total"
    assert told == ([f"the total says {shown}, the rows above it add up to {wrong}; {fix}"] if wrong else [])


def test_a_subtotal_counts_from_the_total_before_and_a_grand_total_counts_all() -> None:
    rows = [HEAD, ONE, ["小计", None, None, None, Decimal("12.5")], TWO, ["小计", None, None, None, 8], HEAD,
            ["合计", None, None, None, Decimal("20.5")]]  # fmt: skip
    made = day(freight=[grid(rows)])  # type: ignore[arg-type]
    assert findings(made, "control-total") == []
    assert [row.number for row in made.rows(registers()["freight"])] == [2, 4]


def test_a_merged_amount_counts_once_in_a_total() -> None:
    three = [*TWO[:4], None, *TWO[5:]]
    rows = [HEAD, ONE, TWO, three, ["合计", None, None, None, Decimal("20.5")]]
    assert findings(day(freight=[grid(rows, merges=[(3, 4, 4, 4)])]), "control-total") == []  # type: ignore[arg-type]


def test_a_total_whose_only_field_is_a_formula_giving_nothing_is_still_a_total() -> None:
    total = Line(3, ["合计", None, None, None, 0], (4,))
    made = day(freight=[Sheet("3月", [Line(1, list(HEAD)), Line(2, list(ONE)), total])])
    assert [f.cell for f in findings(made, "control-total")] == ["E3"]


def test_quantities_are_totalled_too() -> None:
    rows = [RECEIVING, {**RECEIVING, "退回单号": "YT1234567890124", "数量": "2个"}, {"收货日期": "合计", "数量": 4}]
    assert [f.cell for f in findings(day(receiving=rows), "control-total")] == ["F4"]


def test_an_uncached_total_and_an_error_in_one_are_told() -> None:
    rows = [HEAD, ONE, ["小计", None, None, None, UNCACHED], ["合计", None, None, None, CellError("#REF!")]]
    made = findings(day(freight=[grid(rows)]))  # type: ignore[arg-type]
    assert [(f.code, f.cell, f.value) for f in made if "cell" in f.code or "formula" in f.code] == [
        ("uncached-formula", "E3", None),
        ("error-cell", "E4", "#REF!"),
    ]


def test_a_row_before_the_start_is_read_and_not_judged() -> None:
    old = {**FREIGHT, "登记日期": date(2026, 2, 28), "运费金额": "怪"}
    made = day(freight=[old], receiving=[RECEIVING])
    assert findings(made) == []
    assert len(made.all(registers()["freight"])) == 1


@pytest.mark.parametrize("on", [None, "昨天", date(2004, 12, 31), date(2026, 4, 1)])
def test_a_mistaken_date_is_no_date_before_the_start(on: object) -> None:
    made = day(freight=[{**FREIGHT, "登记日期": on, "运费金额": "怪"}], receiving=[RECEIVING])
    assert "unreadable" in [f.code for f in findings(made) if f.field == "amount"]
    assert [f.code for f in findings(made) if f.field == "registered_on"] in (
        [["missing"]] if on is None else [["unreadable"]] if isinstance(on, str) else [["date-out-of-range"]]
    )


def test_the_day_itself_is_in_range() -> None:
    assert findings(day(freight=[{**FREIGHT, "登记日期": TODAY}], receiving=[RECEIVING])) == []


def test_true_is_not_one() -> None:
    rows = [RECEIVING, {**RECEIVING, "数量": True, "退回单号": "YT1234567890124"}]
    assert [f.cell for f in findings(day(receiving=rows), "unreadable")] == ["F3"]
