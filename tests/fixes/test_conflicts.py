"""What could not be taken, before people (contract §4, 冲突)."""

from __future__ import annotations

import io
from typing import Any

import openpyxl

from tests.build import RECEIVING, TODAY, day
from tests.fixes.lists import back, send
from xlflow.excel.write import to_bytes
from xlflow.fixes.conflicts import conflict_book
from xlflow.fixes.results import Merge
from xlflow.locale import render


def book(made: Merge) -> dict[str, list[list[Any]]]:
    layout = conflict_book(made, TODAY, lambda text: render(text, "en"))
    assert layout is not None
    found = openpyxl.load_workbook(io.BytesIO(to_bytes(layout)))
    rows = {sheet.title: sheet.iter_rows(values_only=True) for sheet in found.worksheets}
    return {name: [[cell for cell in row if cell is not None] for row in cells] for name, cells in rows.items()}


def test_nothing_makes_no_workbook() -> None:
    assert conflict_book(Merge(), TODAY, str) is None


def test_now_returned_and_where() -> None:
    row = RECEIVING | {"数量": None}
    out = send(day(receiving=[row])).fill(数量="2", 型号="AX9")
    told = book(back(out, day(receiving=[row | {"数量": 3}])))
    assert told == {
        "冲突": [
            ["Conflicts of 2026-03-31: 1 cells"],
            ["Each cell was changed in the register and in the list, or in two lists. Nothing was written."],
            ["Enter in the register what is right. If the register is right already, there is nothing to do."],
            ["编号", "来源", "列", "登记表现在", "退回的", "退回的清单"],
            [out.offer.rows[0].id, "receiving.xlsx 3月!F2", "数量", "3", "2", "back.xlsx 待补录!3"],
        ],
        "未采纳": [
            ["Not taken on 2026-03-31: 1 answers"],
            ["编号", "来源", "列", "退回的", "原因", "退回的清单"],
            [
                out.offer.rows[0].id,
                "receiving.xlsx 3月!E2",
                "型号",
                "AX9",
                "this cell was not asked for",
                "back.xlsx 待补录!3",
            ],
        ],
    }
