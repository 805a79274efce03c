"""补发记录表: what its cells mean, what it reads from 产品, and when two rows are the same thing (contract §3, §4)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.build import O2, REISSUE, T1, day, findings, grid, read, said, sheet, spots
from tests.desks import make_desk
from xlflow.fields.reasons import Reason
from xlflow.grid import UNCACHED, Value
from xlflow.passwords import Passwords
from xlflow.registers.reissue import ITEMS, Reissue
from xlflow.settings import load
from xlflow.steps.known import known
from xlflow.steps.reading import Request
from xlflow.steps.run import check
from xlflow.trace import trace

Cells = dict[str, Value]
#: A row of a register that has no column for the items.
BY_PRODUCT = {("产品" if heading == "补发类型" else heading): value for heading, value in REISSUE.items()}


def row(clean: Cells = REISSUE, **cells: Value) -> Reissue:
    made = read("reissue", sheet([clean | cells]))[0].rows[0]
    assert isinstance(made, Reissue)
    return made


def test_a_clean_row_says_nothing() -> None:
    assert findings(day(reissue=[REISSUE])) == []


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("网线", ("cable",)),
        ("电源适配器", ("adapter",)),
        ("路由器", ("product",)),
        ("换货回寄", ("exchange_return",)),
        ("网线+发票", ("invoice", "cable")),
        ("发票、网线／电源，产品", ("invoice", "cable", "adapter", "product")),
        ("网线和电源", ("cable", "adapter")),
        ("网线, 网线", ("cable",)),
        ("网线1条", None),
        ("网线、赠品", None),
        (None, None),
    ],
)
def test_items(cell: Value, items: tuple[str, ...] | None) -> None:
    assert row(补发类型=cell).items == items


WORDS = sorted(word for words in ITEMS.spellings.values() for word in words)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5), st.sampled_from("+、/，,和"))
def test_items_in_any_order_with_any_mark_between(words: list[str], mark: str) -> None:
    meant = {value for value, known in ITEMS.spellings.items() if set(known) & set(words)}
    assert set(row(补发类型=mark.join(words)).items or ()) == meant


@pytest.mark.parametrize(
    ("heading", "cell", "field", "value"),
    [
        ("补发原因", "没收到网线", "problem", Reason("没收到网线", "missing", "没收到")),
        ("一起补发票", "是", "with_invoice", True),
        ("是否开过发票", "没有", "invoiced_before", False),
        ("换货回寄地址", "样板市虚构路 1 号", "address", "样板市虚构路 1 号"),
        ("补发单号", f"圆通 {T1}", "sent_tracking", T1),
        ("快递公司", "圆通速递", "courier", "圆通"),
        ("发货日期", "2026-03-10", "sent_on", date(2026, 3, 10)),
        ("补发数量", "2条", "quantity", 2),
        ("补发货品", "SL-1200", "product", "SL-1200"),
        ("状态", "已登记", "status", "已登记"),
    ],
)
def test_what_cells_mean(heading: str, cell: Value, field: str, value: object) -> None:
    assert getattr(row(**{heading: cell}), field) == value


def test_an_unknown_item_is_an_error_at_its_cell() -> None:
    made = day(reissue=[REISSUE | {"补发类型": "网钱"}])
    assert [said(f) for f in findings(made)] == [
        "reissue.xlsx 3月!C2 unknown-value E items=网钱: 网钱 is not a known spelling; write 网线 if that is meant, or "
        "teach this spelling in the fix list"
    ]


class TestItemsFromTheProduct:
    def test_without_a_column_of_their_own(self) -> None:
        made = read("reissue", sheet([BY_PRODUCT | {"产品": "网线、发票"}]))[0]
        assert made.cell("items", 2) == "C2"
        assert (made.rows[0].items, made.rows[0].product, made.absent) == (("invoice", "cable"), None, ())  # type: ignore[attr-defined]

    def test_with_one_the_product_is_itself(self) -> None:
        made = row(产品="SL-1200")
        assert (made.items, made.product) == (("cable",), "SL-1200")

    def test_its_cell_is_what_is_mended(self) -> None:
        made = day(reissue=[BY_PRODUCT | {"产品": "SL-1200"}, BY_PRODUCT | {"产品": None, "订单号": O2}])
        assert [(f.cell, f.code, f.field, f.heading) for f in findings(made)] == [
            ("C2", "unknown-value", "items", "产品"),
            ("C3", "missing", "items", "产品"),
        ]

    def test_without_either_the_column_is_missing(self) -> None:
        rows = [{name: value for name, value in REISSUE.items() if name != "补发类型"}]
        assert [(f.cell, f.code, f.field) for f in findings(day(reissue=rows))] == [(None, "missing-column", "items")]

    def test_the_checks_see_it(self) -> None:
        made = day(reissue=[BY_PRODUCT | {"产品": "电源"}])
        assert spots(made, "serial-missing") == ["reissue 2 E serial_no"]


def test_headings_make_it_a_reissue() -> None:
    made = read("reissue", grid([["补发日期", "订单", "补发项目", "原因", "SN", "收货人", "手机"]]))[0]
    assert list(made.claims) == ["registered_on", "order_no", "items", "problem", "serial_no", "recipient", "phone"]


def test_the_courier_carries_what_was_sent() -> None:
    made = day(reissue=[REISSUE | {"补发单号": T1, "快递公司": "顺丰"}])
    assert spots(made, "carrier-mismatch") == ["reissue F2 W sent_tracking"]


def test_it_is_traced() -> None:
    made = day(reissue=[REISSUE | {"补发单号": T1, "补发类型": "发票+网线"}])
    assert [(event.register, event.what) for event in trace(made, T1)] == [
        ("reissue", f"1234567890123456789，补发类型 发票、网线，补发原因 没收到网线，附发票 TRUE，补发单号 {T1}")
    ]


class TestTheSameThing:
    def told(self, **cells: Value) -> list[str]:
        return spots(day(reissue=[REISSUE, REISSUE | cells]), "duplicate-row")

    @pytest.mark.parametrize(
        "cells", [{}, {"补发原因": "坏了"}, {"补发类型": "网线，网线"}, {"登记日期": "2026年3月9日"}, {"备注": "急"}]
    )
    def test_again(self, cells: Cells) -> None:
        assert self.told(**cells) == ["reissue B3 E order_no"]

    @pytest.mark.parametrize(
        "cells",
        [
            {"补发类型": "电源"}, {"补发类型": "网线+发票"}, {"补发类型": None}, {"登记日期": date(2026, 3, 10)},
            {"登记日期": None}, {"订单号": O2}, {"订单号": UNCACHED},
        ],
    )  # fmt: skip
    def test_another(self, cells: Cells) -> None:
        assert self.told(**cells) == []

    def test_the_order_of_the_items_does_not_matter(self) -> None:
        rows = [REISSUE | {"补发类型": "网线+发票"}, REISSUE | {"补发类型": "发票、网线"}]
        assert spots(day(reissue=rows), "duplicate-row") == ["reissue B3 E order_no"]


def test_a_desk_teaches_its_own_words(tmp_path: Path) -> None:
    settings = '[registers.reissue]\npath = "补发.xlsx"\n[registers.reissue.values]\n'
    settings += 'items = { "水晶头" = "cable" }\nproblem = { "丢了" = "missing", "烧了" = "broken" }\n'
    rows = [
        REISSUE | {"补发类型": "水晶头+发票", "补发原因": "烧了"},
        REISSUE | {"补发类型": "水晶头", "补发原因": "丢了"},
    ]
    home = make_desk(tmp_path, settings=settings, files={"补发.xlsx": rows})
    settled = load(home, known())
    _, verdict = check(Request(home, settled, date(2026, 3, 31), Passwords(home, settled, {})))
    assert [(f.code, f.place, f.value) for f in verdict.findings if f.register == "reissue"] == [
        ("cable-broken-reissue", "补发.xlsx 3月!C2", "发票、网线")
    ]
