"""A fix list as a workbook, read back by another program (contract §4, "Fix lists")."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.build import EXCHANGE, FREIGHT, O1, O2, RECEIVING, T1, T2, TODAY, day, findings, grid
from xlflow.excel.write import to_bytes
from xlflow.fixes.offer import offers
from xlflow.fixes.sheet import fix_list
from xlflow.grid import UNCACHED, Value
from xlflow.locale import render

Cells = dict[str, Value]
ORANGE = "FFFFC000"


def book(language: str = "en", **registers: Any) -> Workbook:
    """The workbook of the one owner who has rows."""
    made = day(**registers)
    (offer,) = offers(made, findings(made))
    data = to_bytes(fix_list(offer, TODAY, lambda text: render(text, language)))
    return openpyxl.load_workbook(io.BytesIO(data))


def received(**cells: Value) -> Workbook:
    return book(receiving=[RECEIVING | cells])


def heading_rows(sheet: Worksheet) -> list[int]:
    return [cell.row for cell in sheet["A"] if cell.value == "编号"]


def columns(sheet: Worksheet, block: int = 0) -> dict[str, int]:
    row = heading_rows(sheet)[block]
    return {cell.value: cell.column for cell in sheet[row] if cell.value is not None}


def cell(sheet: Worksheet, heading: str, row: int = 1, block: int = 0) -> Any:
    """The cell of a column in the n-th row below a block's headings."""
    return sheet.cell(heading_rows(sheet)[block] + row, columns(sheet, block)[heading])


def is_orange(cell: Cell) -> bool:
    return cell.fill.fill_type == "solid" and cell.fill.start_color.rgb not in ("FFFFFFFF", "00000000")


def oranges(sheet: Worksheet, row: int = 1, block: int = 0) -> list[str]:
    return [name for name in columns(sheet, block) if cell(sheet, name, row, block).comment is not None]


def drop_down(sheet: Worksheet, at: Cell) -> list[str]:
    """What the drop-down of a cell offers."""
    for rule in sheet.data_validations.dataValidation:
        if at.coordinate in rule.sqref:
            return _offered(sheet.parent, rule.formula1)
    return []


def _offered(book: Workbook, formula: str) -> list[str]:
    if formula.startswith('"'):
        return formula.strip('"').split(",")
    name, _, area = formula.lstrip("=").rpartition("!")
    cells = book[name.strip("'")][area.replace("$", "")]
    return [cell.value for row in cells for cell in row]


class TestTabs:
    def test_what_a_cell_mends_and_what_needs_an_action(self) -> None:
        rows = [RECEIVING, RECEIVING, RECEIVING | {"数量": None, "退回单号": T2}]
        assert [s for s in book(receiving=rows).sheetnames if not s.startswith("_")][:3] == ["待补录", "待处理", "汇总"]

    def test_no_action_no_tab(self) -> None:
        assert "待处理" not in received(数量=None).sheetnames
        assert "待补录" not in book(receiving=[RECEIVING, RECEIVING]).sheetnames

    def test_the_list_itself_is_what_opens(self) -> None:
        made = received(数量=None)
        assert made.active is made["待补录"]

    def test_nothing_is_locked(self) -> None:
        made = received(数量=None)
        assert [sheet.title for sheet in made.worksheets if sheet.protection.sheet] == []
        assert made.security is None or not made.security.lockStructure


class TestARow:
    def test_its_columns(self) -> None:
        assert list(columns(received(数量=None)["待补录"])) == [
            "编号", "来源", "收货日期", "退回单号", "订单号", "产品", "型号", "数量", "类型", "问题", "待了几天",
            "处理结果", "说明",
        ]  # fmt: skip

    def test_its_cells(self) -> None:
        sheet = received(数量=None)["待补录"]
        told = {name: cell(sheet, name).value for name in columns(sheet)}
        assert len(told.pop("编号")) == len("K3F-0017-X")
        assert told == {
            "来源": "receiving.xlsx 3月!2",
            "收货日期": datetime.combine(date(2026, 3, 5), time()),
            "退回单号": T1,
            "订单号": O1,
            "产品": "路由器",
            "型号": "AX3000",
            "数量": None,
            "类型": "退货",
            "问题": "数量 is blank；fill in the cell [missing]",
            "待了几天": 26,
            "处理结果": None,
            "说明": None,
        }

    def test_its_source_is_linked_to_the_row(self) -> None:
        link = cell(received(数量=None)["待补录"], "来源").hyperlink
        assert (link.target, link.location) == ("../../receiving.xlsx", "'3月'!A2")

    def test_a_register_outside_the_desk_has_no_link(self) -> None:
        made = book(receiving={"/mnt/仓库/收货表.xlsx": [RECEIVING | {"数量": None}]})
        source = cell(made["待补录"], "来源")
        assert (source.value, source.hyperlink) == ("/mnt/仓库/收货表.xlsx 3月!2", None)

    def test_all_its_problems_stand_in_one_cell(self) -> None:
        sheet = received(数量=None, 类型="维修")["待补录"]
        assert cell(sheet, "问题").value.split("\n") == [
            "数量 is blank；fill in the cell [missing]",
            "类型：维修 is not a known spelling；write one of these: 退货、换货、拒收、拒签、无理件; or teach this "
            "spelling in the fix list [unknown-value]",
        ]

    def test_ids_are_text(self) -> None:
        sheet = received(数量=None, 电话="13800001111")["待补录"]
        for name in ("编号", "订单号", "退回单号", "电话"):
            assert (cell(sheet, name).number_format, cell(sheet, name).data_type) == ("@", "s"), name

    def test_a_blank_id_to_be_filled_in_is_a_text_cell_too(self) -> None:
        assert cell(received(订单号=None)["待补录"], "订单号").number_format == "@"

    def test_what_cannot_be_read_stands_as_it_was(self) -> None:
        sheet = received(数量="几个", 收货日期="昨天")["待补录"]
        assert [cell(sheet, name).value for name in ("数量", "收货日期")] == ["几个", "昨天"]
        assert cell(received(数量=UNCACHED)["待补录"], "数量").value is None

    def test_the_day_s_flags_are_words(self) -> None:
        made = book(freight=[FREIGHT | {"无法申请": "是的", "支付宝账号": None}], receiving=[RECEIVING])
        assert cell(made["待补录"], "无法申请").value == "是"


class TestCellsToFillIn:
    def test_are_orange_and_say_what_to_do(self) -> None:
        sheet = received(数量=None, 类型="维修")["待补录"]
        assert oranges(sheet) == ["数量", "类型"]
        assert all(is_orange(cell(sheet, name)) for name in ("数量", "类型"))
        assert not is_orange(cell(sheet, "型号"))
        assert cell(sheet, "数量").comment.text == "数量 is blank\nfill in the cell"
        assert cell(sheet, "类型").comment.text.endswith("to teach this spelling for good, choose a line with =")

    def test_a_choice_has_a_drop_down_of_its_words(self) -> None:
        sheet = received(类型="维修")["待补录"]
        words = ["退货", "换货", "拒收", "拒签", "无理件"]
        assert drop_down(sheet, cell(sheet, "类型")) == [*words, *(f"维修={word}" for word in words)]

    def test_a_blank_choice_teaches_nothing(self) -> None:
        sheet = received(类型=None)["待补录"]
        assert drop_down(sheet, cell(sheet, "类型")) == ["退货", "换货", "拒收", "拒签", "无理件"]

    def test_a_reason_is_taught_to_a_group(self) -> None:
        made = book(freight=[FREIGHT | {"原因": "看心情"}], receiving=[RECEIVING])
        sheet = made["待补录"]
        lessons = [word for word in drop_down(sheet, cell(sheet, "原因")) if "=" in word]
        assert lessons == ["看心情=产品质量问题", "看心情=发错商品", "看心情=非质量问题", "看心情=其他"]

    def test_a_reason_has_all_of_them(self) -> None:
        made = book(freight=[FREIGHT | {"原因": "看心情"}], receiving=[RECEIVING])
        sheet = made["待补录"]
        words = drop_down(sheet, cell(sheet, "原因"))
        assert {"质量问题", "发错商品", "非质量问题", "其他"} <= set(words)

    def test_a_number_has_none(self) -> None:
        sheet = received(数量=None)["待补录"]
        assert drop_down(sheet, cell(sheet, "数量")) == []

    def test_the_answer_has_its_two_words(self) -> None:
        sheet = received(数量=None)["待补录"]
        assert drop_down(sheet, cell(sheet, "处理结果")) == ["已改", "情况属实"]

    def test_a_missing_column_is_offered_with_orange_cells(self) -> None:
        row = {name: value for name, value in RECEIVING.items() if name != "数量"}
        sheet = book(receiving=[row, row | {"退回单号": T2}])["待补录"]
        assert [oranges(sheet, number) for number in (1, 2)] == [["数量"], ["数量"]]
        assert cell(sheet, "问题").value.startswith("the sheet has no column 数量；add a column with the heading 数量")

    def test_what_needs_an_action_has_no_orange_cell(self) -> None:
        sheet = book(receiving=[RECEIVING, RECEIVING])["待处理"]
        assert oranges(sheet) == []
        assert drop_down(sheet, cell(sheet, "处理结果")) == ["已改", "情况属实"]


class TestBlocks:
    def test_each_register_has_its_own_heading_row(self) -> None:
        sheet = book(receiving=[RECEIVING | {"数量": None}], exchange=[EXCHANGE | {"数量": None}])["待补录"]
        assert len(heading_rows(sheet)) == 2
        assert [cell(sheet, "来源", block=block).value for block in (0, 1)] == [
            "exchange.xlsx 3月!2",
            "receiving.xlsx 3月!2",
        ]
        assert "换出单号" in columns(sheet, 0)
        assert "换出单号" not in columns(sheet, 1)

    def test_a_total_has_only_its_place_and_its_problem(self) -> None:
        rows = [list(RECEIVING), list(RECEIVING.values()), ["合计", None, None, None, None, 5]]
        sheet = book(receiving=[grid(rows)])["待处理"]
        assert cell(sheet, "来源").value == "receiving.xlsx 3月!3"
        assert cell(sheet, "问题").value == (
            "数量：the total says 5, the rows above it add up to 1；look for a row left out of the sum, or correct the "
            "total [control-total]"
        )
        assert [cell(sheet, name).value for name in ("订单号", "数量", "待了几天")] == [None, None, None]


class TestSummary:
    def test_counts_by_problem(self) -> None:
        rows = [
            RECEIVING | {"数量": None},
            RECEIVING | {"订单号": O2, "数量": None, "退回单号": T2},
            RECEIVING | {"类型": "维修", "退回单号": None, "产品": "电源"},
        ]
        sheet = book(receiving=rows)["汇总"]
        told = [[value for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]
        assert [row for row in told if len(row) == 2] == [
            ["问题", "处数"],
            ["missing", 3],
            ["unknown-value", 1],
            ["合计", 4],
        ]
        assert told[0][0].startswith("Fix list ")
        assert told[0][0].endswith(" of 2026-03-31: 3 rows")

    def test_says_how_it_is_done(self) -> None:
        sheet = received(数量=None)["汇总"]
        told = [row[0] for row in sheet.iter_rows(values_only=True) if row[0]]
        assert told[1:4] == [
            "On 待补录, fill in or correct the orange cells. You may sort, filter and delete rows.",
            "If a row is right as it stands, choose 情况属实 in 处理结果 and say why in 说明.",
            "Leave the column 编号 as it is: by it your answers find their row. Then send the file back.",
        ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_headings_are_the_same_in_every_language(language: str) -> None:
    sheet = book(language, receiving=[RECEIVING | {"数量": None}])["待补录"]
    assert {"编号", "来源", "问题", "待了几天", "处理结果", "说明"} <= set(columns(sheet))


def test_in_chinese() -> None:
    sheet = book("zh", receiving=[RECEIVING | {"数量": None}])["待补录"]
    problem = cell(sheet, "问题").value
    assert problem.endswith("[missing]")
    assert not any("a" <= char <= "z" for char in problem.removesuffix("[missing]"))
