"""``missing`` and ``missing-column``: what a register requires and does not have (contract §3, §4)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import EXCHANGE, FREIGHT, O2, RECEIVING, T2, TODAY, day, findings, grid, said, spots
from xlflow.grid import UNCACHED, CellError, Line, Sheet, Value

Cells = dict[str, Value]
CLEAN = {"receiving": RECEIVING, "exchange": EXCHANGE, "freight": FREIGHT}


def ask(register: str, *rows: Cells, code: str = "missing", **options: object) -> list[str]:
    return spots(day(**{register: [dict(row) for row in rows]}, **options), code)  # type: ignore[arg-type]


def without(row: Cells, *headings: str) -> Cells:
    return {heading: value for heading, value in row.items() if heading not in headings}


def test_a_blank_cell_is_to_be_filled_in() -> None:
    found = findings(day(receiving=[RECEIVING | {"数量": None}]), "missing")
    assert [(said(f), f.owner, f.heading) for f in found] == [
        ("receiving.xlsx 3月!F2 missing E quantity=None: 数量 is blank; fill in the cell", "warehouse", "数量")
    ]


@pytest.mark.parametrize(
    ("register", "heading", "level"),
    [
        ("receiving", "收货日期", "E"),
        ("receiving", "退回单号", "E"),
        ("receiving", "订单号", "E"),
        ("receiving", "产品", "E"),
        ("receiving", "数量", "E"),
        ("receiving", "类型", "E"),
        ("receiving", "型号", None),
        ("exchange", "登记日期", "E"),
        ("exchange", "订单号", "E"),
        ("exchange", "产品", "E"),
        ("exchange", "数量", "E"),
        ("exchange", "型号", None),
        ("exchange", "退回单号", None),
        ("exchange", "换出单号", None),
        ("exchange", "换出日期", None),
        ("freight", "登记日期", "E"),
        ("freight", "订单号", "E"),
        ("freight", "支付宝账号", "E"),
        ("freight", "收款人姓名", "W"),
        ("freight", "运费金额", "E"),
        ("freight", "原因", "E"),
        ("freight", "退回单号", None),
    ],
)
def test_which_fields_are_required_and_which_are_wanted(register: str, heading: str, level: str | None) -> None:
    row = CLEAN[register]
    letter = "ABCDEFGH"[list(row).index(heading)]
    found = [f"{f.cell} {f.level}" for f in findings(day(**{register: [row | {heading: None}]}), "missing")]  # type: ignore[arg-type]
    assert found == ([f"{letter}2 {level}"] if level else [])


@pytest.mark.parametrize("cell", ["", "  ", "\u3000", "\u200b", "'", '=""'])
def test_what_only_looks_filled_is_blank(cell: str) -> None:
    assert ask("receiving", RECEIVING | {"订单号": cell}) == ["receiving C2 E order_no"]
    assert ask("receiving", RECEIVING | {"类型": cell}) == ["receiving G2 E kind"]


@pytest.mark.parametrize("cell", ["看不清", UNCACHED, CellError("#N/A"), 0])
def test_what_cannot_be_read_is_not_blank(cell: Value) -> None:
    assert ask("receiving", RECEIVING | {"订单号": cell}) == []


def test_a_formula_that_gives_nothing_is_blank() -> None:
    lines = [Line(1, list(RECEIVING)), Line(2, [*list(RECEIVING.values())[:-1], ""], (6,))]
    assert spots(day(receiving=[Sheet("3月", lines)]), "missing") == ["receiving G2 E kind"]


@pytest.mark.parametrize("kind", ["无理件", "无主件"])
def test_a_parcel_that_matches_no_order_has_none(kind: str) -> None:
    assert ask("receiving", RECEIVING | {"类型": kind, "订单号": None}) == []


@pytest.mark.parametrize("kind", ["退货", "拒收", "维修"])
def test_every_other_parcel_has_one(kind: str) -> None:
    assert ask("receiving", RECEIVING | {"类型": kind, "订单号": None}) == ["receiving C2 E order_no"]


class TestProductAndModel:
    def test_a_sheet_with_only_the_model_will_do(self) -> None:
        assert ask("receiving", without(RECEIVING, "产品")) == []
        assert ask("receiving", without(RECEIVING, "产品"), code="missing-column") == []

    def test_there_a_blank_model_is_missing(self) -> None:
        row = without(RECEIVING, "产品")
        assert ask("receiving", row, row | {"型号": None, "退回单号": T2}) == ["receiving 3 E product"]

    def test_a_sheet_with_both_needs_the_product(self) -> None:
        assert ask("receiving", RECEIVING | {"产品": None}) == ["receiving D2 E product"]
        assert ask("receiving", RECEIVING | {"型号": None}) == []

    def test_with_neither_the_column_is_missing(self) -> None:
        row = without(RECEIVING, "产品", "型号")
        assert ask("receiving", row, code="missing-column") == ["receiving 1 E product"]
        assert ask("receiving", row) == []


class TestNamesBesideTheAccount:
    @pytest.mark.parametrize("cell", ["张三 buyer@example.com", "buyer@example.com（张三）", "13800001111张三"])
    def test_a_name_there_fills_the_blank_cell(self, cell: str) -> None:
        assert ask("freight", FREIGHT | {"支付宝账号": cell, "收款人姓名": None}) == []

    def test_an_account_alone_does_not(self) -> None:
        assert ask("freight", FREIGHT | {"收款人姓名": None}) == ["freight D2 W payee_name"]

    def test_a_wanted_column_that_is_absent_is_not_missed(self) -> None:
        assert ask("freight", without(FREIGHT, "收款人姓名")) == []
        assert ask("freight", without(FREIGHT, "收款人姓名"), code="missing-column") == []


class TestMissingColumn:
    def test_it_is_told_once_a_sheet_at_the_heading_row(self) -> None:
        rows = [list(without(RECEIVING, "数量")), *([v for k, v in RECEIVING.items() if k != "数量"] for _ in range(3))]
        made = day(receiving=[grid([["收货登记"], *rows]), grid(rows, "4月")])
        found = findings(made, "missing-column")
        mend = (
            "add a column with the heading 数量, or name the heading it has in xlflow.toml under "
            "[registers.receiving.headings]"
        )
        assert [(said(f), f.row, f.cell, f.owner) for f in found] == [
            (
                f"receiving.xlsx 3月!2 missing-column E quantity=None: the sheet has no column 数量; {mend}",
                2,
                None,
                "warehouse",
            ),
            (
                f"receiving.xlsx 4月!1 missing-column E quantity=None: the sheet has no column 数量; {mend}",
                1,
                None,
                "warehouse",
            ),
        ]

    def test_its_rows_count_as_lacking_it_and_say_no_more(self) -> None:
        row = without(FREIGHT, "登记日期")
        made = day(freight=[row, row | {"订单号": O2, "退回单号": T2}])
        (found,) = findings(made, "missing-column")
        assert [r.number for r in found.rows] == [2, 3]
        assert findings(made, "missing") == []

    def test_rows_before_the_start_do_not(self) -> None:
        old = without(FREIGHT, "支付宝账号") | {"登记日期": date(2026, 2, 20)}
        made = day(freight=[old, old | {"登记日期": TODAY}])
        (found,) = findings(made, "missing-column")
        assert [row.number for row in found.rows] == [3]
        assert ask("freight", old, code="missing-column") == []

    def test_any_heading_of_the_field_will_do(self) -> None:
        row = without(FREIGHT, "运费金额") | {"回寄 运费（元）*": 12}
        assert ask("freight", row, code="missing-column") == []


class TestTheDesksOwnRequirements:
    def test_a_field_added_is_required(self) -> None:
        own = {"receiving": {"required": ("received_on", "buyer")}}
        row = RECEIVING | {"旺旺": None}
        assert ask("receiving", row, own=own) == ["receiving H2 E buyer"]
        assert ask("receiving", dict(RECEIVING), code="missing-column", own=own) == ["receiving 1 E buyer"]

    def test_a_wanted_field_added_is_required(self) -> None:
        required = ("order_no", "payee_account", "amount", "payee_name")
        assert ask("freight", FREIGHT | {"收款人姓名": None}, own={"freight": {"required": required}}) == [
            "freight D2 E payee_name"
        ]

    def test_a_field_taken_away_is_not(self) -> None:
        own = {"receiving": {"required": ("received_on", "tracking_no", "order_no", "product", "kind")}}
        assert ask("receiving", RECEIVING | {"数量": None}, own=own) == []
        assert ask("receiving", without(RECEIVING, "数量"), code="missing-column", own=own) == []


def test_a_row_before_the_start_lacks_nothing() -> None:
    assert ask("receiving", RECEIVING | {"收货日期": date(2026, 2, 28), "数量": None}) == []
