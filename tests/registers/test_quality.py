"""质量问题登记表: a reason in anybody's words, a picture, and when two rows are the same thing (contract §3, §4)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.build import O2, QUALITY, day, findings, read, said, sheet, spots, verdict
from xlflow.fields.reasons import Reason
from xlflow.grid import UNCACHED, Value
from xlflow.registers.quality import Quality

Cells = dict[str, Value]


def row(**cells: Value) -> Quality:
    made = read("quality", sheet([QUALITY | cells]))[0].rows[0]
    assert isinstance(made, Quality)
    return made


def test_a_clean_row_says_nothing() -> None:
    assert findings(day(quality=[QUALITY])) == []


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("指示灯不亮", Reason("指示灯不亮", "quality", "不亮")),
        ("非质量问题", Reason("非质量问题", "non_quality", "非质量问题")),
        ("信号差", Reason("信号差", "", "")),  # any words will do
        (" 5G 没有信号 ", Reason("5G 没有信号", "", "")),
        (404, Reason("404", "", "")),
        ("  ", None),
    ],
)
def test_a_reason_is_a_text_and_its_group_if_one_fits(cell: Value, reason: Reason | None) -> None:
    assert row(质量问题=cell).reason == reason


def test_the_report_s_fields() -> None:
    made = row(批次="2601", 厂家="样板电子", 进价="¥45.5", 处理方式="换货", 路由器序列号="SN9", 数量=None, 型号="AX1")
    assert (made.batch, made.supplier, made.unit_price, made.handling) == ("2601", "样板电子", Decimal("45.50"), "换货")
    assert (made.serial_no, made.quantity, made.model) == ("SN9", None, "AX1")


def test_a_sheet_with_only_the_model_will_do() -> None:
    model = {("型号" if heading == "产品" else heading): value for heading, value in QUALITY.items()}
    assert findings(day(quality=[model])) == []
    assert spots(day(quality=[model | {"型号": None}]), "missing") == ["quality 2 E product"]


def test_what_is_missing() -> None:
    made = day(quality=[QUALITY | {"质量问题": None, "订单号": None}])
    assert [said(f) for f in findings(made)] == [
        "quality.xlsx 3月!B2 missing E order_no=None: 订单号 is blank; fill in the cell",
        "quality.xlsx 3月!D2 missing E reason=None: 质量问题 is blank; fill in the cell",
    ]


class TestTheSameThing:
    def told(self, *rows: Cells) -> list[str]:
        return spots(day(quality=[QUALITY | cells for cells in rows]), "duplicate-row")

    @pytest.mark.parametrize(
        "cells",
        [
            {},
            {"登记日期": date(2026, 3, 20)},
            {"型号": "AX2"},
            {"产品": " 路由 器"},
            {"质量问题": "指示灯 不亮"},
            {"数量": 3},
        ],
    )
    def test_again(self, cells: Cells) -> None:
        assert self.told({}, cells) == ["quality B3 E order_no"]

    @pytest.mark.parametrize(
        "cells",
        [
            {"订单号": O2}, {"产品": "电源"}, {"质量问题": "断网"}, {"批次": "2602"}, {"订单号": None}, {"产品": None},
            {"质量问题": None}, {"批次": UNCACHED},
        ],
    )  # fmt: skip
    def test_another(self, cells: Cells) -> None:
        assert self.told({}, cells) == []

    def test_of_the_same_batch(self) -> None:
        assert self.told({"批次": "2601"}, {"批次": "2601"}, {"批次": "2602"}, {"批次": None}) == [
            "quality B3 E order_no"
        ]

    def test_without_a_product_by_its_model(self) -> None:
        model: Cells = {"产品": None, "型号": "AX1"}
        assert self.told(model, model, model | {"型号": "AX2"}) == ["quality B3 E order_no"]


class TestNoPicture:
    CODE = "no-picture"

    def test_a_problem_is_shown_by_a_picture(self) -> None:
        made = day(quality=[QUALITY | {"图片": None}])
        assert [(said(f), f.owner, f.mends) for f in findings(made, self.CODE, on=[self.CODE])] == [
            (
                "quality.xlsx 3月!E2 no-picture W evidence=None: no picture of the problem; put the customer's picture "
                "into the cell, or write its path",
                "after_sales",
                True,
            )
        ]

    @pytest.mark.parametrize("cells", [{"图片": "1.jpg"}, {"图片": UNCACHED}, {"登记日期": date(2026, 2, 28)}])
    def test_it_is_quiet(self, cells: Cells) -> None:
        assert spots(day(quality=[QUALITY | {"图片": None} | cells]), self.CODE, on=[self.CODE]) == []

    def test_a_picture_in_the_cell_is_one(self) -> None:
        made = day(quality=sheet([QUALITY | {"图片": None}], pictures=frozenset({(2, 4)})))
        assert spots(made, self.CODE, on=[self.CODE]) == []

    def test_a_sheet_without_the_column_could_not_be_judged(self) -> None:
        found = verdict(day(quality=[QUALITY]), on=[self.CODE])
        assert [f.code for f in found.findings] == []
        assert [(n.needs, n.file, n.sheet) for n in found.not_run if n.code == self.CODE] == [
            (("evidence",), "quality.xlsx", "3月")
        ]

    def test_it_is_off_unless_turned_on(self) -> None:
        assert spots(day(quality=[QUALITY | {"图片": None}]), self.CODE) == []
