"""Who is asked to mend what (contract §4, "Fix lists")."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from tests.build import EXCHANGE, FREIGHT, O2, RECEIVING, T2, T3, day, findings, grid, sheet
from xlflow import codes
from xlflow.fixes.offer import Offer, OfferRow, cells, offers
from xlflow.grid import UNCACHED, Value

Cells = dict[str, Value]


def made(**registers: Any) -> dict[str, Offer]:
    """The lists of a desk by owner."""
    desk = day(**registers)
    return {offer.owner: offer for offer in offers(desk, findings(desk))}


def only(**registers: Any) -> Offer:
    (offer,) = made(**registers).values()
    return offer


def mend(offer: Offer) -> list[OfferRow]:
    return [row for block in offer.mend for row in block.rows]


def act(offer: Offer) -> list[OfferRow]:
    return [row for block in offer.act for row in block.rows]


def problems(row: OfferRow) -> list[str]:
    return [finding.code for finding in row.findings]


class TestOwners:
    def test_each_gets_his_own(self) -> None:
        lists = made(
            receiving=[RECEIVING | {"数量": None, "类型": None}],
            freight=[FREIGHT | {"支付宝账号": None}],
            exchange=[EXCHANGE | {"产品": None, "退回单号": None}],
        )
        assert list(lists) == ["warehouse", "after_sales"]
        assert [row.place for row in lists["warehouse"].rows] == ["exchange.xlsx 3月!2", "receiving.xlsx 3月!2"]
        assert [(row.place, problems(row)) for row in lists["after_sales"].rows] == [
            ("freight.xlsx 3月!2", ["not-received", "missing"])
        ]

    def test_a_named_owner_goes_before_the_register_s(self) -> None:
        lists = made(receiving=[RECEIVING | {"申请数量": 2, "类型": "无理件", "订单号": None, "型号": UNCACHED}])
        assert {owner: [problems(row) for row in offer.rows] for owner, offer in lists.items()} == {
            "warehouse": [["uncached-formula"]],
            "after_sales": [["unmatched-parcel", "quantity-mismatch"]],
        }

    def test_the_manager_s_are_left_out(self) -> None:
        rows = [FREIGHT | {"原因": "少件", "运费金额": 99, "备注": "改评"}]
        again = [EXCHANGE | {"登记日期": date(2026, 3, day), "退回单号": None} for day in (6, 7, 8)]
        assert made(freight=rows, receiving=[RECEIVING], exchange=again) == {}

    def test_infos_are_left_out(self) -> None:
        rows = sheet([RECEIVING | {"货架": "A"}], hidden_rows=frozenset({2}))
        assert made(receiving=rows) == {}

    def test_warnings_and_what_holds_until_released_are_in(self) -> None:
        offer = only(freight=[FREIGHT | {"收款人姓名": None}], receiving=[RECEIVING | {"订单号": O2}])
        assert [problems(row) for row in offer.rows] == [["missing", "tracking-differs"]]

    def test_a_clean_desk_asks_nobody(self) -> None:
        assert made(freight=[FREIGHT], receiving=[RECEIVING]) == {}


class TestMendAndAct:
    @pytest.mark.parametrize(
        ("cells", "code"),
        [
            ({"支付宝账号": None}, "missing"),
            ({"收款人姓名": None}, "missing"),
            ({"运费金额": "十二"}, "unreadable"),
            ({"原因": "看心情"}, "unknown-value"),
            ({"类型": "维修"}, "unknown-value"),
            ({"运费金额": UNCACHED}, "uncached-formula"),
            ({"登记日期": date(2026, 4, 1)}, "date-out-of-range"),
            ({"订单号": "3.30604E+18"}, "damaged-number"),
        ],
    )
    def test_what_a_cell_mends(self, cells: Cells, code: str) -> None:
        offer = only(freight=[FREIGHT | cells], receiving=[RECEIVING])
        assert [(list(row.asked), problems(row)) for row in mend(offer)] == [
            ([row.findings[0].field for row in mend(offer)], [code])
        ]
        assert act(offer) == []

    @pytest.mark.parametrize(
        ("cells", "code"),
        [
            ({"原因": "其他"}, "not-quality"),
            ({"类型": "换货"}, "exchange-freight"),
            ({"订单号": O2, "退回单号": T2}, "not-received"),
        ],
    )
    def test_what_needs_an_action(self, cells: Cells, code: str) -> None:
        offer = only(freight=[FREIGHT | cells], receiving=[RECEIVING])
        assert mend(offer) == []
        assert [(row.place, problems(row)) for row in act(offer)] == [("freight.xlsx 3月!2", [code])]

    def test_a_row_with_both_stands_once_with_all_its_problems(self) -> None:
        offer = only(freight=[FREIGHT | {"支付宝账号": None, "原因": "其他"}], receiving=[RECEIVING])
        assert [(row.place, list(row.asked), problems(row)) for row in offer.rows] == [
            ("freight.xlsx 3月!2", ["payee_account"], ["missing", "not-quality"])
        ]
        assert act(offer) == []

    def test_two_problems_of_one_row_are_one_row(self) -> None:
        offer = only(freight=[FREIGHT | {"支付宝账号": None, "运费金额": "十二"}], receiving=[RECEIVING])
        assert [list(row.asked) for row in mend(offer)] == [["payee_account", "amount"]]

    def test_a_wrong_total_needs_an_action_at_its_row(self) -> None:
        rows = [list(RECEIVING), list(RECEIVING.values()), ["合计", None, None, None, None, 5]]
        offer = only(receiving=[grid(rows)])
        assert [(row.place, row.row, problems(row)) for row in act(offer)] == [
            ("receiving.xlsx 3月!3", None, ["control-total"])
        ]

    def test_a_reason_told_once_is_asked_once(self) -> None:
        rows = [
            FREIGHT | {"原因": "看心情"},
            FREIGHT | {"原因": "看心情", "订单号": O2, "退回单号": T2, "运费金额": 13},
        ]
        offer = only(freight=rows, receiving=[RECEIVING, RECEIVING | {"订单号": O2, "退回单号": T2}])
        assert [row.place for row in offer.rows] == ["freight.xlsx 3月!2"]

    def test_a_missing_column_asks_every_row_for_its_cell(self) -> None:
        row = {name: value for name, value in RECEIVING.items() if name != "数量"}
        offer = only(receiving=[row, row | {"退回单号": T2}])
        assert [(r.place, list(r.asked)) for r in mend(offer)] == [
            ("receiving.xlsx 3月!2", ["quantity"]),
            ("receiving.xlsx 3月!3", ["quantity"]),
        ]
        assert offer.mend[0].fields["quantity"] == "数量"

    def test_what_other_rows_a_finding_holds_is_not_asked(self) -> None:
        lists = made(receiving=[RECEIVING | {"申请数量": 2}], freight=[FREIGHT])
        assert [row.place for row in lists["after_sales"].rows] == ["receiving.xlsx 3月!2"]


class TestBlocks:
    def test_each_register_stands_in_its_own(self) -> None:
        offer = only(receiving=[RECEIVING | {"数量": None}], exchange=[EXCHANGE | {"数量": None}])
        assert [(block.table.register, [row.number for row in block.rows]) for block in offer.mend] == [
            ("exchange", [2]),
            ("receiving", [2]),
        ]

    def test_with_the_columns_its_sheets_have_under_the_desk_s_headings(self) -> None:
        row = {("快递 单号*" if name == "退回单号" else name): value for name, value in RECEIVING.items()}
        offer = only(receiving=[row | {"数量": None, "货架": "A"}])
        assert offer.mend[0].fields == {
            "received_on": "收货日期", "tracking_no": "快递 单号*", "order_no": "订单号", "product": "产品",
            "model": "型号", "quantity": "数量", "kind": "类型",
        }  # fmt: skip

    def test_the_cells_as_people_write_them(self) -> None:
        offer = only(receiving=[RECEIVING | {"数量": "几个", "类型": "客户拒收", "型号": None}])
        assert cells(offer.rows[0]) == {
            "received_on": date(2026, 3, 5), "tracking_no": "YT1234567890123", "order_no": "1234567890123456789",
            "product": "路由器", "quantity": "几个", "kind": "拒收",
        }  # fmt: skip

    def test_in_order_of_place(self) -> None:
        rows = [RECEIVING | {"数量": None, "退回单号": f"YT{i:013d}"} for i in range(3)]
        offer = only(receiving={"b.xlsx": rows[:1], "a.xlsx": [sheet(rows[1:], "9月"), sheet(rows[:1], "3月")]})
        assert [row.place for row in offer.rows] == ["a.xlsx 9月!2", "a.xlsx 9月!3", "a.xlsx 3月!2", "b.xlsx 3月!2"]


class TestDays:
    @pytest.mark.parametrize(("on", "days"), [(date(2026, 3, 8), 23), (date(2026, 3, 31), 0), (None, None)])
    def test_how_long_a_row_has_been_waiting(self, on: date | None, days: int | None) -> None:
        offer = only(freight=[FREIGHT | {"登记日期": on, "支付宝账号": None}], receiving=[RECEIVING])
        assert [row.days(date(2026, 3, 31)) for row in offer.rows] == [days]

    def test_what_is_not_due_yet_waits_and_the_rest_of_the_row_does_not(self) -> None:
        row = FREIGHT | {"登记日期": date(2026, 3, 30), "退回单号": T3, "订单号": O2}
        assert made(freight=[row], receiving=[RECEIVING]) == {}
        offer = only(freight=[row | {"支付宝账号": None}], receiving=[RECEIVING])
        assert [problems(r) for r in offer.rows] == [["missing"]]


class TestIds:
    ROWS = (RECEIVING | {"数量": None}, RECEIVING | {"申请数量": None, "类型": None, "退回单号": T2})

    def ids(self, *rows: Cells, **options: Any) -> list[str]:
        return [row.id for row in only(receiving=list(rows or self.ROWS), **options).rows]

    def test_export_row_and_check_character(self) -> None:
        offer = only(receiving=list(self.ROWS))
        form = rf"{offer.export}-(\d{{4}})-([{codes.ALPHABET}])"
        matched = [re.fullmatch(form, row.id) for row in offer.rows]
        assert [m and m[1] for m in matched] == ["0001", "0002"]
        assert [m and m[2] for m in matched] == [
            codes.check_character(row.id[:-2].replace("-", "")) for row in offer.rows
        ]
        assert re.fullmatch(f"[{codes.ALPHABET}]{{3}}", offer.export)

    def test_the_same_list_offered_twice_bears_the_same_ids(self) -> None:
        assert self.ids() == self.ids()

    def test_also_the_next_day(self) -> None:
        assert self.ids() == self.ids(today=date(2026, 4, 1))

    @pytest.mark.parametrize(
        "rows",
        [
            (ROWS[0],),
            (ROWS[1], ROWS[0]),
            (ROWS[0], ROWS[1] | {"型号": "AX1500"}),
            (ROWS[0] | {"收货日期": date(2026, 3, 6)}, ROWS[1]),
        ],
    )
    def test_another_list_bears_others(self, rows: tuple[Cells, ...]) -> None:
        assert not set(self.ids()) & set(self.ids(*rows))

    def test_what_is_clean_beside_it_does_not_matter(self) -> None:
        clean = RECEIVING | {"退回单号": T3}
        assert self.ids() == self.ids(*self.ROWS, clean)

    def test_mend_comes_before_act_and_numbers_go_on(self) -> None:
        rows = [RECEIVING, RECEIVING, RECEIVING | {"数量": None, "退回单号": T2}]
        offer = only(receiving=rows)
        assert [(row.number, row.id[4:8]) for row in offer.rows] == [(4, "0001"), (3, "0002")]
