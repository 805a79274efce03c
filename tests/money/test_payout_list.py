"""打款清单 as a workbook: what is payable, and what is held and why (contract §5, "Payout list")."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.build import EXCHANGE, FREIGHT, O1, O2, RECEIVING, T2, TODAY, day, verdict
from xlflow.excel.write import to_bytes
from xlflow.grid import Value
from xlflow.locale import render
from xlflow.money.entries import entries
from xlflow.money.payout_list import payout_list

Cells = dict[str, Value]
HEADINGS = (
    "编号", "登记日期", "订单编号", "收款人支付宝账号", "收款人姓名", "金额", "事由", "来源", "状态", "批次号",
    "打款日期", "支付宝流水号", "备注",
)  # fmt: skip
SECOND = FREIGHT | {"订单号": O2, "退回单号": T2, "运费金额": "8.50"}
BACK = [RECEIVING, RECEIVING | {"订单号": O2, "退回单号": T2}]


def book(*rows: Cells, language: str = "en", **registers: Any) -> Workbook:
    desk: dict[str, Any] = {"receiving": BACK, "exchange": [EXCHANGE | {"退回单号": None}], "taobao_refunds": []}
    made = day(freight=list(rows), **{**desk, **registers})
    listed = payout_list(entries(made, verdict(made)), TODAY, lambda text: render(text, language))
    return openpyxl.load_workbook(io.BytesIO(to_bytes(listed)))


def table(sheet: Worksheet) -> list[dict[str, Any]]:
    """The rows of the table by heading."""
    rows = list(sheet.iter_rows(values_only=True))
    at = next(i for i, row in enumerate(rows) if row[: len(HEADINGS)] == HEADINGS)
    return [dict(zip(HEADINGS, row, strict=False)) for row in rows[at + 1 :] if row[0] is not None]


def test_two_tabs_with_number_and_total() -> None:
    made = book(FREIGHT, SECOND, SECOND | {"运费金额": 1234})
    assert made.sheetnames == ["打款清单", "暂缓"]
    assert made["打款清单"]["A1"].value == "Payouts 2026-03-31: 2 entries, 20.50 yuan"
    assert made["暂缓"]["A1"].value == "Held back 2026-03-31: 1 entries, 1,234.00 yuan; nothing here is paid"


def test_an_entry_s_row() -> None:
    (row,) = table(book(FREIGHT)["打款清单"])
    assert len(row.pop("编号")) == 10
    assert row == {
        "登记日期": datetime.combine(date(2026, 3, 8), datetime.min.time()),
        "订单编号": O1,
        "收款人支付宝账号": "buyer@example.com",
        "收款人姓名": "张三",
        "金额": 12,
        "事由": "退运费 质量问题",
        "来源": "freight.xlsx 3月!2",
        "状态": "待批准",
        "批次号": None,
        "打款日期": None,
        "支付宝流水号": None,
        "备注": None,
    }


def test_ids_are_text_cells_and_amounts_are_numbers() -> None:
    sheet = book(FREIGHT | {"支付宝账号": "13800001111"})["打款清单"]
    heading = next(row for row in sheet.iter_rows() if row[0].value == "编号")
    below = {cell.value: sheet.cell(cell.row + 1, cell.column) for cell in heading}
    assert {name: below[name].number_format for name in ("编号", "订单编号", "收款人支付宝账号")} == dict.fromkeys(
        ("编号", "订单编号", "收款人支付宝账号"), "@"
    )
    assert (below["收款人支付宝账号"].value, below["金额"].data_type) == ("13800001111", "n")


def test_what_is_held_says_why() -> None:
    (row,) = table(book(FREIGHT | {"原因": "非质量问题", "运费金额": 60})["暂缓"])
    assert row["状态"] == "暂缓"
    assert row["备注"].split("\n") == [
        "the freight of 60.00 yuan is above the limit of 50.00 yuan；ask for the receipt; release it if it is right "
        "[freight-too-high]（freight.xlsx 3月!E2）",
        "非质量问题 is no quality problem: the customer bears the freight；take the row out, or correct the reason "
        "[not-quality]（freight.xlsx 3月!F2）",
    ]


def test_a_check_that_could_not_run_is_said() -> None:
    (row,) = table(book(FREIGHT, broken=["receiving"])["暂缓"])
    assert row["备注"] == "a check that judges it could not run, because a register is missing or cannot be used"


def test_a_parcel_s_reason_that_cannot_be_read_is_said() -> None:
    (row,) = table(book(FREIGHT | {"原因": None}, receiving=[RECEIVING | {"原因": "看心情"}])["暂缓"])
    assert "看心情" in (row["备注"] or "")


def test_an_entry_without_a_name_is_listed_with_a_remark() -> None:
    (row,) = table(book(FREIGHT | {"收款人姓名": None})["打款清单"])
    assert (row["收款人姓名"], row["备注"]) == (None, "the payee's name is blank: Alipay needs it")


def test_paid_ones_are_on_neither_tab() -> None:
    made = book(FREIGHT | {"打款状态": "已打款"}, SECOND)
    assert [row["订单编号"] for row in table(made["打款清单"])] == [O2]
    assert table(made["暂缓"]) == []


def test_in_chinese() -> None:
    made = book(FREIGHT, language="zh")
    assert not any(char.isascii() and char.isalpha() for char in str(made["打款清单"]["A1"].value))
    assert table(made["打款清单"])[0]["状态"] == "待批准"
