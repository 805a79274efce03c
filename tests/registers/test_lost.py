"""物流丢件记录表 and 撤件登记表 (contract §3): headings, dates ahead, the carrier in the sheet's name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.build import O2, T1, T2, day, findings, read, said, sheet, spots
from tests.clean_parcels import INTERCEPTION, LOST
from xlflow.discover import registers
from xlflow.grid import UNCACHED, Value

Cells = dict[str, Value]
CLEAN = {"lost": LOST, "interception": INTERCEPTION}


def row_of(register: str, change: Cells) -> Any:
    (made,) = read(register, sheet([CLEAN[register] | change]))
    return made.rows[0]


@pytest.mark.parametrize("register", CLEAN)
def test_a_clean_row_says_nothing(register: str) -> None:
    assert findings(day(**{register: [CLEAN[register]]})) == []


@pytest.mark.parametrize(
    ("register", "title", "first_date", "required"),
    [
        ("lost", "物流丢件记录表", "registered_on", ("registered_on", "order_no", "tracking_no", "courier")),
        ("interception", "撤件登记表", "notified_on", ("notified_on", "order_no", "courier", "tracking_no")),
    ],
)
def test_what_it_is(register: str, title: str, first_date: str, required: tuple[str, ...]) -> None:
    table = registers()[register]
    assert (table.table_title, table.owner, table.date_field) == (title, "after_sales", first_date)
    assert table.required_fields() == required


@pytest.mark.parametrize(
    ("register", "field", "headings"),
    [
        ("lost", "tracking_no", "快递单号 运单号 物流单号 丢件单号 发货单号"),
        ("lost", "last_scan_on", "最后物流日期 最后走件日期 最后更新"),
        ("lost", "goods_value", "货值 商品金额 货物价值"),
        ("lost", "returning_on", "退回日期 物流返回日期"),
        ("lost", "settled_on", "赔付日期 到账日期"),
        ("lost", "settled_amount", "赔付金额 到账金额"),
        ("lost", "promised", "承诺退回 快递承诺"),
        ("interception", "notified_on", "通知日期 撤件日期 日期"),
        ("interception", "tracking_no", "快递单号 运单号 物流单号 发货单号"),
        ("interception", "upgraded", "补差价顺丰 补差价"),
        ("interception", "returning_on", "退回日期 物流返回日期"),
    ],
)
def test_its_headings_in_their_order(register: str, field: str, headings: str) -> None:
    assert registers()[register].columns[field].headings == tuple(headings.split())


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("丢失", "lost"),
        ("丢件", "lost"),
        ("破损", "damaged"),
        ("短少", "short"),
        ("延误", "delayed"),
        ("拦截", "intercepted"),
        ("撤件", "intercepted"),
    ],
)
def test_what_happened(word: str, kind: str) -> None:
    assert (row_of("lost", {"类型": word}).kind, row_of("lost", {"类型": word}).happened) == (kind, kind)


def test_lost_is_what_nobody_says() -> None:
    blank, unknown = row_of("lost", {"类型": None}), row_of("lost", {"类型": "飞了"})
    assert (blank.kind, blank.happened) == (None, "lost")
    assert (unknown.kind, unknown.happened) == (None, None)
    assert spots(day(lost=[LOST | {"类型": None}]), "missing") == []


@pytest.mark.parametrize("register", CLEAN)
@pytest.mark.parametrize(
    ("heading", "ahead"),
    [("退回日期", True), ("物流返回日期", True), ("退款日期", False), ("索赔日期", False), ("确认日期", False)],
)
def test_only_what_is_to_come_may_lie_ahead(register: str, heading: str, ahead: bool) -> None:
    made = day(**{register: [CLEAN[register] | {heading: date(2026, 4, 1)}]})
    has_column = any(heading in column.headings for column in registers()[register].columns.values())
    assert bool(spots(made, "date-out-of-range")) is (has_column and not ahead)


def test_a_blank_last_scan_is_told_where_there_is_the_column() -> None:
    assert spots(day(lost=[LOST | {"最后物流日期": None}]), "missing") == ["lost H2 W last_scan_on"]
    absent = {heading: value for heading, value in LOST.items() if heading != "最后物流日期"}
    assert findings(day(lost=[absent])) == []


ABSENT: Cells = {heading: value for heading, value in LOST.items() if heading != "快递公司"}


class TestTheCarrierOfTheSheet:
    @pytest.mark.parametrize(
        ("name", "courier"),
        [("圆通丢件登记", "圆通"), ("圆通（云仓）丢件", "圆通"), ("YTO", "圆通"), ("3月", None), ("圆通和中通", None)],
    )
    def test_is_the_row_s_where_there_is_no_column(self, name: str, courier: str | None) -> None:
        (made,) = read("lost", sheet([ABSENT, ABSENT | {"快递单号": T2}], name))
        assert [row.courier for row in made.rows] == [courier, courier]  # type: ignore[attr-defined]
        assert made.absent == (() if courier else ("courier",))

    def test_a_sheet_that_names_none_lacks_the_column(self) -> None:
        (found,) = findings(day(lost=[ABSENT]))
        assert said(found) == (
            "lost.xlsx 3月!1 missing-column E courier=None: the sheet has no column 快递公司; add a column with the "
            "heading 快递公司, or name the heading it has in xlflow.toml under [registers.lost.headings]"
        )
        assert findings(day(lost=sheet([ABSENT], "圆通"))) == []

    def test_a_blank_cell_of_a_column_is_missing_all_the_same(self) -> None:
        assert spots(day(lost=sheet([LOST | {"快递公司": None}], "圆通")), "missing") == ["lost D2 E courier"]

    def test_the_number_is_held_against_it(self) -> None:
        assert spots(day(lost=sheet([ABSENT], "顺丰丢件登记")), "carrier-mismatch") == ["lost C2 W tracking_no"]

    def test_an_interception_needs_the_column(self) -> None:
        absent = {heading: value for heading, value in INTERCEPTION.items() if heading != "快递公司"}
        assert spots(day(interception=sheet([absent], "圆通")), "missing-column") == ["interception 1 E courier"]


@pytest.mark.parametrize("register", CLEAN)
@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"快递单号": f"圆通{T1}-1-1-"}, True),
        ({"订单编号": O2}, True),
        ({"快递单号": T2}, False),
        ({"快递单号": "看不清"}, False),
    ],
)
def test_the_same_parcel_again(register: str, change: Cells, same: bool) -> None:
    row = CLEAN[register]
    assert spots(day(**{register: [row, row | change]}), "duplicate-row") == (
        [f"{register} C3 E tracking_no"] if same else []
    )


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("路由器", " 路由 器", True),
        ("路由器", "电源", False),
        ("路由器", None, False),
        (None, None, True),
        (UNCACHED, UNCACHED, False),
    ],
)
def test_another_product_of_a_lost_parcel_is_another_row(first: Value, second: Value, same: bool) -> None:
    spoken = spots(day(lost=[LOST | {"产品": first}, LOST | {"产品": second}]), "duplicate-row")
    assert spoken == (["lost C3 E tracking_no"] if same else [])
