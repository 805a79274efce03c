"""Cells into rows, whole columns at a time: merges, pictures, dates ahead, names beside accounts (contract §3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.build import FREIGHT, O1, RECEIVING, T1, TODAY, grid, read, sheet
from xlflow.fields import dates, text
from xlflow.grid import UNCACHED, CellError, Line, Sheet, Value
from xlflow.table.columns import Row, column, register
from xlflow.table.headings import Spellings, find_heading
from xlflow.table.read import Reader
from xlflow.table.sheets import TableSheet


@register(owner="after_sales", title="样子")
class Shape(Row):
    """A register with the field types that the core registers do not have."""

    on: date | None = column("日期", type=dates.date_type(), required=True)
    back_on: date | None = column("退回日期", type=dates.date_type(), ahead=True)
    evidence: str | None = column("图片", type=text.PICTURE)
    memo: str | None = column("备注", type=text.TEXT)


def shapes(source: Sheet) -> TableSheet:
    heading = find_heading(source.lines, Spellings.of(Shape, {}))
    assert heading is not None
    return Reader(Shape, {}, Shape.required_fields(), TODAY, date(2026, 3, 1)).read(source, 0, "样子.xlsx", heading)


def values(made: TableSheet, field: str) -> list[Any]:
    return [getattr(row, field) for row in made.rows]


def codes(made: TableSheet) -> list[tuple[int, str, str]]:
    return [(defect.row.number, defect.field, defect.why.code) for defect in made.defects]


def test_a_clean_row_as_it_is_read() -> None:
    (made,) = read("freight", sheet([FREIGHT | {"运费金额": "￥12元", "登记日期": "2026年3月8日"}]))
    (row,) = made.rows
    assert [getattr(row, name) for name in ("registered_on", "order_no", "amount", "return_tracking", "kind")] == [
        date(2026, 3, 8),
        O1,
        Decimal("12.00"),
        T1,
        None,
    ]
    assert (row.unread, made.defects) == ({}, [])


def test_what_cannot_be_read_is_none_and_kept_as_it_stands() -> None:
    cells: dict[str, Value] = {"运费金额": CellError("#N/A"), "原因": UNCACHED, "退回单号": "看不清"}
    (made,) = read("freight", sheet([FREIGHT | cells]))
    (row,) = made.rows
    assert [getattr(row, name) for name in ("amount", "reason", "return_tracking")] == [None, None, None]
    assert row.unread == {"amount": CellError("#N/A"), "reason": UNCACHED, "return_tracking": "看不清"}
    assert not row.can_read("memo", "amount")
    assert row.can_read("memo", "order_no")
    assert codes(made) == [
        (2, "amount", "error-cell"),
        (2, "reason", "uncached-formula"),
        (2, "return_tracking", "unreadable"),
    ]


def test_rows_that_end_early_are_blank_from_there() -> None:
    (made,) = read("freight", grid([list(FREIGHT), list(FREIGHT.values())[:3]]))
    assert values(made, "amount") == [None]
    assert [field for field, rows in made.blanks.items() if rows] == ["amount", "reason", "payee_name"]


def test_one_is_not_true_and_true_is_not_one() -> None:
    rows = [RECEIVING | {"数量": cell, "退回单号": f"YT{i:013d}"} for i, cell in enumerate((1, True, 1, False))]
    (made,) = read("receiving", sheet(rows))
    assert values(made, "quantity") == [1, None, 1, None]


class TestMerges:
    ROWS = tuple(RECEIVING | {"退回单号": f"YT{i:013d}", "备注": None} for i in range(4))

    def test_every_row_has_the_top_left_value(self) -> None:
        rows = [dict(row) for row in self.ROWS]
        rows[1]["备注"] = "一起到的"
        (made,) = read("receiving", sheet(rows, merges=[(3, 7, 5, 7)]))
        assert values(made, "memo") == [None, "一起到的", "一起到的", "一起到的"]

    def test_also_over_several_columns_and_where_rows_end_early(self) -> None:
        body = [list(row.values())[:7] for row in self.ROWS]
        body[0] = [*body[0], "一起到的", None]
        (made,) = read("receiving", grid([[*RECEIVING, "备注", "质检结果"], *body], merges=[(2, 7, 5, 8)]))
        assert values(made, "memo") == ["一起到的"] * 4
        assert values(made, "inspection") == [None] * 4

    def test_a_row_that_has_nothing_else_is_a_row_no_longer_than_the_merge(self) -> None:
        body: list[list[Value]] = [list(self.ROWS[0].values()), [None] * 8]
        (made,) = read("receiving", grid([list(self.ROWS[0]), *body], merges=[(2, 0, 3, 0)]))
        assert [row.number for row in made.rows] == [2]

    def test_a_merge_in_one_row_is_nobody_else_s(self) -> None:
        (made,) = read("receiving", sheet(self.ROWS, merges=[(3, 5, 3, 6)]))
        assert values(made, "quantity") == [1, 1, 1, 1]

    def test_a_merge_of_a_column_nobody_reads(self) -> None:
        rows = [{**row, "货架": "A"} for row in self.ROWS]
        (made,) = read("receiving", sheet(rows, merges=[(2, 8, 5, 8)]))
        assert len(made.rows) == 4
        assert made.defects == []


class TestNamesBesideTheAccount:
    @pytest.mark.parametrize(
        ("account", "name", "found"),
        [
            ("张三 13800001111", None, "张三"),
            ("13800001111（张三）", None, "张三"),
            ("13800001111", None, None),
            ("13800001111 李四", "张三", "张三"),
            ("张三的号 13800001111", None, None),
        ],
    )
    def test_fill_the_blank_name(self, account: str, name: str | None, found: str | None) -> None:
        (made,) = read("freight", sheet([FREIGHT | {"支付宝账号": account, "收款人姓名": name}]))
        assert values(made, "payee_name") == [found]

    def test_without_a_column_for_it_too(self) -> None:
        row = {heading: cell for heading, cell in FREIGHT.items() if heading != "收款人姓名"}
        (made,) = read("freight", sheet([row | {"支付宝账号": "张三 13800001111"}]))
        assert values(made, "payee_name") == ["张三"]

    def test_a_name_that_cannot_be_read_is_not_blank(self) -> None:
        (made,) = read("freight", sheet([FREIGHT | {"支付宝账号": "张三 13800001111", "收款人姓名": UNCACHED}]))
        assert values(made, "payee_name") == [None]


class TestDates:
    def test_after_the_day_only_where_it_may_be(self) -> None:
        row: dict[str, Value] = {"日期": date(2026, 4, 1), "退回日期": date(2026, 4, 1), "备注": "好"}
        assert codes(shapes(sheet([row]))) == [(2, "on", "date-out-of-range")]

    def test_before_2005_nowhere(self) -> None:
        row: dict[str, Value] = {"日期": date(2026, 3, 1), "退回日期": date(2004, 12, 31), "备注": "好"}
        assert codes(shapes(sheet([row]))) == [(2, "back_on", "date-out-of-range")]

    def test_the_desk_s_year(self) -> None:
        own = {"types": {"registered_on": dates.date_type(2026)}}
        (made,) = read("freight", sheet([FREIGHT | {"登记日期": "3月8日"}]), **own)
        assert values(made, "registered_on") == [date(2026, 3, 8)]


class TestPictures:
    HEAD = ("日期", "退回日期", "图片", "备注")

    def seen(self, cell: Value, *pictures: tuple[int, int]) -> TableSheet:
        lines = [Line(1, list(self.HEAD)), Line(2, [date(2026, 3, 2), None, cell, "好"], (2,))]
        return shapes(Sheet("3月", lines, pictures=frozenset(pictures)))

    def test_a_path_or_a_picture_over_or_in_the_cell(self) -> None:
        assert values(self.seen("图/1.jpg"), "evidence") == ["图/1.jpg"]
        assert values(self.seen(None, (2, 2)), "evidence") == ["picture"]
        assert values(self.seen("图/1.jpg", (2, 2)), "evidence") == ["图/1.jpg"]

    def test_a_picture_s_formula_is_never_one_without_a_result(self) -> None:
        made = self.seen(UNCACHED, (2, 2))
        assert (values(made, "evidence"), made.defects) == (["picture"], [])

    def test_a_picture_elsewhere_is_none_here(self) -> None:
        assert values(self.seen(None, (3, 2), (2, 3)), "evidence") == [None]

    def test_a_number_is_no_picture(self) -> None:
        assert codes(self.seen(7)) == [(2, "evidence", "unreadable")]


def test_notes_are_dropped_wherever_they_stand() -> None:
    note: list[Value] = [None, None, None, "制表人：张三"]
    body = [list(FREIGHT.values()), note, [*list(FREIGHT.values())[:4], "很多", "坏", None], note]
    (made,) = read("freight", grid([list(FREIGHT), *body]))
    assert [row.number for row in made.rows] == [2, 4]
    assert codes(made) == [(4, "amount", "unreadable")]
    assert [row.number for row in made.blanks.get("amount", [])] == []
