"""差评记录表: what its cells mean, and when two rows are the same thing (contract §3, §4)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import BADREVIEW, O2, day, findings, read, said, sheet, spots
from xlflow.fields.reasons import Reason
from xlflow.grid import UNCACHED, Value
from xlflow.registers.badreview import BadReview

Cells = dict[str, Value]


def row(**cells: Value) -> BadReview:
    made = read("badreview", sheet([BADREVIEW | cells]))[0].rows[0]
    assert isinstance(made, BadReview)
    return made


def test_a_clean_row_says_nothing() -> None:
    assert findings(day(badreview=[BADREVIEW])) == []


@pytest.mark.parametrize(
    ("heading", "cell", "field", "value"),
    [
        ("差评原因", "总是断网", "reason", Reason("总是断网", "quality", "断网")),
        ("差评原因", "客服态度", "reason", Reason("客服态度", "", "")),
        ("评价类型", "中评", "rating", "neutral"),
        ("评价类型", "好评", "rating", "good"),
        ("评价内容", "用了三天就坏", "content", "用了三天就坏"),
        ("处理结果", "已联系", "result", "已联系"),
        ("处理方式", "换货", "handling", "换货"),
        ("会员名", "tb_1", "buyer", "tb_1"),
    ],
)
def test_what_cells_mean(heading: str, cell: Value, field: str, value: object) -> None:
    assert getattr(row(**{heading: cell}), field) == value


def test_a_rating_is_wanted_where_there_is_a_column() -> None:
    made = day(badreview=[BADREVIEW | {"评价类型": None}])
    assert [said(f) for f in findings(made)] == [
        "badreview.xlsx 3月!D2 missing W rating=None: 评价类型 is blank; fill in the cell"
    ]
    without = {name: value for name, value in BADREVIEW.items() if name != "评价类型"}
    assert findings(day(badreview=[without])) == []


def test_an_unknown_rating_is_a_warning() -> None:
    assert spots(day(badreview=[BADREVIEW | {"评价类型": "一星"}]), "unknown-value") == ["badreview D2 W rating"]


class TestTheSameThing:
    def told(self, *rows: Cells) -> list[str]:
        return spots(day(badreview=[BADREVIEW | cells for cells in rows]), "duplicate-row")

    @pytest.mark.parametrize("cells", [{}, {"评价日期": date(2026, 3, 20)}, {"差评原因": "坏了"}, {"评价类型": "中评"}])
    def test_again(self, cells: Cells) -> None:
        assert self.told({}, cells) == ["badreview B3 E order_no"]
        assert self.told({"产品": "路由器"}, {"产品": "路由器"} | cells) == ["badreview B3 E order_no"]

    @pytest.mark.parametrize("cells", [{"订单号": O2}, {"订单号": None}, {"产品": "电源"}, {"产品": UNCACHED}])
    def test_another(self, cells: Cells) -> None:
        assert self.told({}, cells) == []

    def test_without_a_product_by_its_model(self) -> None:
        assert self.told({"型号": "AX1"}, {"型号": "AX1"}, {"型号": "AX2"}) == ["badreview B3 E order_no"]
