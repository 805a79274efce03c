"""The checks of single cells that could not be read (contract §3 "Types", §4)."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from tests.build import EXCHANGE, FREIGHT, RECEIVING, TODAY, day, findings, said, sheet, spots
from xlflow.grid import UNCACHED, CellError, Value

Cells = dict[str, Value]
CLEAN = {"receiving": RECEIVING, "exchange": EXCHANGE, "freight": FREIGHT}


def told(register: str, change: Cells) -> list[str]:
    """The findings of the changed cell, their places left out."""
    found = findings(day(**{register: [CLEAN[register] | change]}))  # type: ignore[arg-type]
    heading = next(iter(change))
    return [said(f).partition(" ")[2] for f in found if f.heading == heading and f.code != "missing"]


def test_unreadable_cells() -> None:
    mend = "enter the amount as a number in yuan, such as 12.50"
    assert told("freight", {"运费金额": "十二元"}) == [
        f"3月!E2 unreadable E amount=十二元: 十二元 is not an amount of money; {mend}"
    ]
    assert told("freight", {"运费金额": 0}) == [
        f"3月!E2 unreadable E amount=0: the amount is 0, and it must be more than 0; {mend}"
    ]
    assert told("receiving", {"收货日期": "3月5日"}) == [
        "3月!A2 unreadable E received_on=3月5日: 3月5日 has no year; enter the date as 2026-03-02, or set `year` for "
        "this register in xlflow.toml"
    ]


@pytest.mark.parametrize(
    ("register", "heading", "cell"),
    [
        ("receiving", "收货日期", "昨天"),
        ("receiving", "收货日期", "2026-02-30"),
        ("receiving", "收货日期", time(10, 0)),
        ("receiving", "收货日期", True),
        ("receiving", "退回单号", "YT12"),
        ("receiving", "退回单号", "YT1234567890123/YT2345678901234"),
        ("receiving", "订单号", "12345678901234"),
        ("receiving", "订单号", "12345678901234567890"),
        ("receiving", "数量", "-1"),
        ("receiving", "数量", Decimal("1.5")),
        ("receiving", "数量", "1+1"),
        ("freight", "运费金额", Decimal("12.345")),
        ("freight", "运费金额", -12),
        ("freight", "运费金额", "12左右"),
        ("freight", "支付宝账号", "微信"),
        ("freight", "支付宝账号", "12345"),
        ("freight", "退回单号", "没有单号"),
    ],
)
def test_what_cannot_be_read_is_an_error_at_its_cell(register: str, heading: str, cell: Value) -> None:
    letter = "ABCDEFGH"[list(CLEAN[register]).index(heading)]
    made = day(**{register: [CLEAN[register] | {heading: cell}]})  # type: ignore[arg-type]
    assert [f"{f.cell} {f.level} {f.owner}" for f in findings(made, "unreadable")] == [
        f"{letter}2 E {'after_sales' if register == 'freight' else 'warehouse'}"
    ]


@pytest.mark.parametrize(
    ("register", "heading", "cell"),
    [
        ("receiving", "收货日期", "2026年3月5日 10:30"),
        ("receiving", "收货日期", 46086),
        ("receiving", "收货日期", 20260305),
        ("receiving", "收货日期", datetime.combine(date(2026, 3, 5), time(10))),
        ("receiving", "退回单号", 78901234567890),
        ("receiving", "订单号", 123456789012345),
        ("receiving", "数量", "2 个"),
        ("receiving", "数量", "２"),
        ("freight", "运费金额", "￥12.50元"),
        ("freight", "支付宝账号", "+86 138-0000-1111"),
        ("freight", "退回单号", None),
    ],
)
def test_what_can_be_read_says_nothing(register: str, heading: str, cell: Value) -> None:
    assert told(register, {heading: cell}) == []


def test_error_cells_and_formulas_without_a_result() -> None:
    assert told("freight", {"运费金额": CellError("#REF!")}) == [
        "3月!E2 error-cell E amount=#REF!: the cell shows #REF!; mend the formula, or type the value itself"
    ]
    assert told("freight", {"运费金额": UNCACHED}) == [
        "3月!E2 uncached-formula E amount=None: the formula was saved without its result; open the workbook in Excel "
        "or WPS and save it again, or type the value itself"
    ]


@pytest.mark.parametrize(("cell", "code"), [(CellError("#N/A"), "error-cell"), (UNCACHED, "uncached-formula")])
def test_they_hold_in_any_claimed_column_and_in_no_other(cell: Value, code: str) -> None:
    assert spots(day(freight=[FREIGHT | {"旺旺": cell}]), code) == ["freight H2 E buyer"]
    assert spots(day(freight=[FREIGHT | {"随便": cell}]), code) == []
    assert spots(day(freight=[FREIGHT | {"旺旺": cell, "登记日期": date(2026, 2, 28)}]), code) == []


def test_an_error_typed_as_text_is_what_it_says() -> None:
    assert spots(day(freight=[FREIGHT | {"旺旺": "#N/A"}]), "error-cell") == []


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (date(2026, 4, 1), "2026-04-01 is after 2026-03-31"),
        (date(2004, 12, 31), "2004-12-31 is before 2005"),
        ("1926-03-08", "1926-03-08 is before 2005"),
        (1, "1900-01-01 is before 2005"),
    ],
)
def test_dates_out_of_range(cell: Value, message: str) -> None:
    shown = cell.isoformat() if isinstance(cell, date) else cell
    assert told("freight", {"登记日期": cell}) == [
        f"3月!A2 date-out-of-range E registered_on={shown}: {message}; correct the date"
    ]


@pytest.mark.parametrize("cell", [TODAY, date(2005, 1, 1), datetime.combine(TODAY, time(23, 59))])
def test_dates_in_range(cell: Value) -> None:
    assert told("exchange", {"换出日期": cell}) == []


def test_every_date_has_its_range() -> None:
    made = day(freight=[FREIGHT | {"反馈日期": date(2026, 4, 1), "打款日期": date(2004, 1, 1)}])
    assert spots(made, "date-out-of-range") == ["freight H2 E problem_on", "freight I2 E paid_on"]


class TestMergedCells:
    def rows(self, **columns: tuple[Value, ...]) -> list[Cells]:
        return [
            RECEIVING | {"退回单号": f"YT{i:013d}"} | {name: cells[i] for name, cells in columns.items()}
            for i in range(3)
        ]

    def test_each_row_s_cell(self) -> None:
        made = day(receiving=sheet(self.rows(数量=(6, None, None)), merges=[(2, 5, 4, 5)]))
        assert spots(made, "merged-cells") == [f"receiving F{row} E quantity" for row in (2, 3, 4)]
        assert spots(made, "missing") == []

    def test_a_merged_kind_or_date_is_every_row_s(self) -> None:
        rows = self.rows(类型=("退货", None, None), 收货日期=(date(2026, 3, 5), None, None))
        made = day(receiving=sheet(rows, merges=[(2, 0, 4, 0), (2, 6, 4, 6)]))
        assert findings(made) == []

    def test_a_blank_merged_quantity_is_merged_all_the_same(self) -> None:
        made = day(receiving=sheet(self.rows(数量=(None, None, 1)), merges=[(2, 5, 3, 5)]))
        assert [f.cell for f in findings(made) if f.field == "quantity"] == ["F2", "F3"]
