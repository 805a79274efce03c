"""What one day's registers make of money: entries, and what holds them (contract §5)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.build import EXCHANGE, FREIGHT, O1, O2, O3, RECEIVING, REFUND, T1, T2, T3, day, verdict
from tests.money.ledgers import gathered
from xlflow import codes
from xlflow.day import Day
from xlflow.grid import UNCACHED, CellError, Value
from xlflow.money.entry import Entry, State
from xlflow.money.gather import gather
from xlflow.money.plan import total
from xlflow.standing import unkeyed

Cells = dict[str, Value]
BACK = [RECEIVING, RECEIVING | {"订单号": O2, "退回单号": T2}, RECEIVING | {"订单号": O3, "退回单号": T3}]
SECOND = FREIGHT | {"订单号": O2, "退回单号": T2, "支付宝账号": "second@example.com"}
THIRD = FREIGHT | {"订单号": O3, "退回单号": T3, "支付宝账号": "third@example.com"}
UNRELATED = EXCHANGE | {"订单号": O3, "退回单号": None}
WHOLE_DESK: dict[str, Any] = {"receiving": BACK, "exchange": [UNRELATED], "taobao_refunds": []}


def made(*rows: Cells, off: tuple[str, ...] = (), **registers: Any) -> list[Entry]:
    """The entries of these freight rows on a desk that has everything else."""
    return entries(day(freight=list(rows), **{**WHOLE_DESK, **registers}), off)


def entries(desk: Day, off: tuple[str, ...] = ()) -> list[Entry]:
    return list(gathered(desk, off).money.entries.values())


def states(*rows: Cells, **options: Any) -> list[tuple[str, tuple[str, ...]]]:
    return [(entry.state.value, entry.reasons) for entry in made(*rows, **options)]


OPEN = ("open", ())


def test_a_clean_row_is_payable() -> None:
    (entry,) = made(FREIGHT)
    assert (entry.state, entry.reasons, entry.source) == (State.OPEN, (), "freight.xlsx 3月!2")
    assert (entry.kind, entry.order_no, entry.tracking, entry.payee_masked, entry.amount, entry.registered_on) == (
        "freight", O1, T1, "bu***@example.com", 1200, date(2026, 3, 8),
    )  # fmt: skip
    assert (entry.payee, entry.name) == (unkeyed("buyer@example.com"), unkeyed("张三"))


class TestWhichRowsHaveOne:
    @pytest.mark.parametrize(
        "cells",
        [
            {"订单号": None},
            {"订单号": "看不清"},
            {"订单号": Decimal("1.23456789012345E+18")},
            {"支付宝账号": None},
            {"支付宝账号": "微信"},
            {"运费金额": None},
            {"运费金额": 0},
            {"运费金额": "十二"},
            {"运费金额": UNCACHED},
            {"运费金额": CellError("#N/A")},
            {"登记日期": date(2026, 2, 28)},
        ],
    )
    def test_without_an_order_a_payee_or_an_amount_there_is_none(self, cells: Cells) -> None:
        assert made(FREIGHT | cells) == []

    @pytest.mark.parametrize(
        "cells",
        [
            {"登记日期": None},
            {"登记日期": "昨天"},
            {"原因": "看心情"},
            {"退回单号": "看不清"},
            {"收款人姓名": None},
            {"原因": "其他"},
        ],
    )
    def test_whatever_else_is_wrong_there_is_one(self, cells: Cells) -> None:
        assert len(made(FREIGHT | cells)) == 1

    def test_in_a_sheet_without_the_column_there_is_none(self) -> None:
        assert made({name: value for name, value in FREIGHT.items() if name != "运费金额"}) == []


@pytest.mark.parametrize(
    ("cells", "reasons"),
    [
        ({"登记日期": None}, ("missing",)),
        ({"登记日期": date(2026, 4, 1)}, ("date-out-of-range",)),
        ({"收款人姓名": None}, ()),  # a warning
        ({"原因": None}, ("missing",)),
        ({"原因": "看心情"}, ("unknown-value",)),
        ({"类型": "维修"}, ()),  # a warning
        ({"打款状态": "等等看"}, ("unknown-value",)),
        ({"打款日期": "昨天"}, ("unreadable",)),
        ({"退回单号": UNCACHED}, ("uncached-formula",)),
        ({"备注": CellError("#REF!")}, ("error-cell",)),
        ({"退回单号": T3}, ("tracking-differs",)),  # another order's parcel
        ({"退回单号": "YT9999999999999"}, ()),  # a warning
        ({"原因": "非质量问题"}, ("not-quality",)),
        ({"原因": "少件"}, ("shop-fault",)),
        ({"运费金额": 60}, ("freight-too-high",)),
        ({"备注": "改评"}, ("paid-review",)),
        ({"类型": "换货"}, ("exchange-freight",)),
        ({"类型": "换货", "备注": "平台申请不了"}, ()),
        ({"原因": "其他", "运费金额": 60}, ("freight-too-high", "not-quality")),
    ],
)
def test_what_holds_an_entry(cells: Cells, reasons: tuple[str, ...]) -> None:
    assert states(FREIGHT | cells) == [("held", reasons) if reasons else OPEN]


class TestWhatOtherRegistersHold:
    def test_not_received(self) -> None:
        assert states(FREIGHT, receiving=BACK[1:]) == [("held", ("not-received",))]

    def test_a_quantity_that_differs_is_among_the_reasons_of_the_order_s_freight(self) -> None:
        rows = [RECEIVING | {"申请数量": 2}, *BACK[1:]]
        assert states(FREIGHT, SECOND, receiving=rows) == [("held", ("quantity-mismatch",)), OPEN]

    def test_what_else_is_wrong_with_a_parcel_holds_nothing(self) -> None:
        assert states(FREIGHT, receiving=[RECEIVING | {"数量": None, "产品": None}]) == [OPEN]

    def test_refunded_by_the_platform(self) -> None:
        assert states(FREIGHT, SECOND, taobao_refunds=[REFUND]) == [("held", ("paid-by-platform",)), OPEN]

    def test_a_parcel_s_reason_that_cannot_be_read(self) -> None:
        for reason, code in (("看心情", "unknown-value"), (UNCACHED, "uncached-formula")):
            rows = [RECEIVING | {"原因": reason}]
            assert states(FREIGHT | {"原因": None}, receiving=rows) == [("held", (code,))]
            assert states(FREIGHT, receiving=rows) == [OPEN]

    def test_one_of_the_parcel_s_rows_that_can_be_read_is_enough(self) -> None:
        rows = [RECEIVING | {"原因": "看心情"}, RECEIVING | {"原因": "质量问题", "产品": "电源"}]
        assert states(FREIGHT | {"原因": None}, receiving=rows) == [OPEN]

    def test_a_reason_told_once_holds_every_row_that_has_it(self) -> None:
        rows = [row | {"原因": "看心情"} for row in (FREIGHT, SECOND, THIRD)]
        assert states(*rows) == [("held", ("unknown-value",))] * 3


def test_a_column_that_is_missing_holds_every_row() -> None:
    rows = [{name: value for name, value in row.items() if name != "登记日期"} for row in (FREIGHT, SECOND)]
    assert states(*rows) == [("held", ("missing-column",))] * 2


class TestCheckNotRun:
    NOTHING = ("check-not-run",)

    def test_without_receiving_everything_waits(self) -> None:
        desk = day(freight=[FREIGHT, SECOND | {"打款状态": "已打款"}], exchange=[UNRELATED], taobao_refunds=[])
        found = entries(desk)
        assert [(entry.state, entry.reasons) for entry in found] == [
            (State.HELD, self.NOTHING),
            (State.PAID, ()),
        ]

    def test_with_a_part_of_receiving_too(self) -> None:
        assert states(FREIGHT, broken=["receiving"]) == [("held", self.NOTHING)]

    def test_switched_off_by_name_nothing_waits(self) -> None:
        desk = day(freight=[FREIGHT], taobao_refunds=[])
        off = ("not-received", "replacement-too-late", "tracking-differs")
        assert [entry.state for entry in entries(desk, off)] == [State.OPEN]

    @pytest.mark.parametrize(
        ("cells", "held"),
        [({"类型": "退货"}, False), ({"类型": "换货", "备注": "申请不了"}, True), ({"类型": None}, True)],
    )
    def test_with_a_part_of_exchange_only_exchanges_wait(self, cells: Cells, held: bool) -> None:
        assert states(FREIGHT | cells, broken=["exchange"]) == [("held", self.NOTHING) if held else OPEN]

    @pytest.mark.parametrize(
        ("cells", "held"), [({"类型": "退货"}, False), ({"类型": "换货", "备注": "申请不了"}, True), ({}, False)]
    )
    def test_without_exchange_too(self, cells: Cells, held: bool) -> None:
        desk = day(freight=[FREIGHT | cells], receiving=BACK, taobao_refunds=[])
        found = [(entry.state.value, entry.reasons) for entry in entries(desk)]
        assert found == [("held", self.NOTHING) if held else OPEN]

    def test_a_check_that_judges_no_money_may_be_missing(self) -> None:
        desk = day(freight=[FREIGHT | {"类型": "退货"}], receiving=BACK, exchange=[EXCHANGE])
        assert [entry.state for entry in entries(desk)] == [State.OPEN]  # paid-by-platform did not run


class TestPaid:
    @pytest.mark.parametrize(
        "cells",
        [
            {"打款日期": date(2026, 3, 20)},
            {"打款日期": "2026/3/20"},
            {"打款状态": "已打款"},
            {"打款状态": "√"},
            {"打款状态": "已转账"},
            {"打款状态": "未打款", "打款日期": date(2026, 3, 20)},
            {"打款状态": "已付", "原因": "非质量问题"},  # whatever else is found
        ],
    )
    def test_a_row_marked_paid_is_never_a_payout(self, cells: Cells) -> None:
        assert [entry.state for entry in made(FREIGHT | cells)] == [State.PAID]

    @pytest.mark.parametrize("status", [None, "未打款", "待打款", "未付"])
    def test_a_row_not_marked_paid_is(self, status: str | None) -> None:
        assert [entry.state for entry in made(FREIGHT | {"打款状态": status})] == [State.OPEN]

    @pytest.mark.parametrize("cells", [{"打款日期": "昨天"}, {"打款日期": date(2026, 4, 1)}, {"打款状态": "已经打过"}])
    def test_a_mark_that_cannot_be_read_pays_nothing_out(self, cells: Cells) -> None:
        assert [entry.state for entry in made(FREIGHT | cells)] == [State.HELD]


class TestNeverTwice:
    def test_a_second_row_is_held_and_finance_sees_it(self) -> None:
        assert states(FREIGHT, FREIGHT) == [OPEN, ("held", ("duplicate-row",))]

    def test_also_with_a_corrected_amount_or_another_payee(self) -> None:
        again = FREIGHT | {"登记日期": date(2026, 3, 9), "运费金额": 15, "支付宝账号": "13800001111"}
        assert states(FREIGHT, again) == [OPEN, ("held", ("duplicate-row",))]

    def test_a_second_parcel_of_the_order_is_another_freight(self) -> None:
        rows = [RECEIVING, RECEIVING | {"退回单号": T2}]
        other = FREIGHT | {"退回单号": T2}
        assert states(FREIGHT, other | {"运费金额": 13}, receiving=rows) == [OPEN, OPEN]
        assert states(FREIGHT, other, receiving=rows) == [OPEN, ("held", ("possible-duplicate",))]

    @pytest.mark.parametrize("paid", [{"打款状态": "已打款"}, {"打款日期": date(2026, 3, 9)}])
    def test_after_a_row_that_was_paid(self, paid: Cells) -> None:
        assert [state for state, _ in states(FREIGHT | paid, FREIGHT)] == ["paid", "held"]
        assert [state for state, _ in states(FREIGHT | paid | {"登记日期": date(2026, 2, 20)}, FREIGHT)] == ["held"]

    @pytest.mark.parametrize("paid", [{"打款状态": "已打款"}, {"打款日期": date(2026, 3, 9)}])
    def test_before_a_row_that_was_paid(self, paid: Cells) -> None:
        """One obligation has at most one living entry: that of the row that was paid."""
        assert [state for state, _ in states(FREIGHT, FREIGHT | paid)] == ["held", "paid"]

    def test_nor_is_a_row_payable_that_lies_between_two(self) -> None:
        rows = [FREIGHT, FREIGHT | {"退回单号": None}, FREIGHT | {"打款状态": "已打款"}]
        assert [state for state, _ in states(*rows)] == ["held", "held", "paid"]


class TestIds:
    def test_well_formed(self) -> None:
        for entry in made(FREIGHT, SECOND, THIRD):
            assert re.fullmatch(f"XF[{codes.ALPHABET}]{{8}}", entry.id)
            assert codes.check_character(entry.id[2:-1]) == entry.id[-1]

    def test_no_two_are_the_same(self) -> None:
        rows = [FREIGHT, FREIGHT, FREIGHT | {"运费金额": 13}, FREIGHT | {"退回单号": None}, SECOND, THIRD]
        assert len({entry.id for entry in made(*rows)}) == len(rows)

    def test_drawn_again_where_it_is_taken(self) -> None:
        drawn = iter(["AAAAAAA", "AAAAAAA", "BBBBBBB"])
        desk = day(freight=[FREIGHT, SECOND], **WHOLE_DESK)
        found = gather(desk, verdict(desk), lambda: next(drawn))
        assert [entry_id[2:9] for entry_id in found.new] == ["AAAAAAA", "BBBBBBB"]


class TestTotals:
    def test_exact_to_the_cent(self) -> None:
        amounts = [Decimal("0.10"), Decimal("0.20"), Decimal("49.99")]
        rows = [row | {"运费金额": amount} for row, amount in zip((FREIGHT, SECOND, THIRD), amounts, strict=True)]
        assert str(total(made(*rows))) == "50.29"

    def test_of_one_state_only(self) -> None:
        found = made(FREIGHT | {"打款状态": "已付"}, SECOND, THIRD | {"原因": "其他", "运费金额": 7})
        states = (State.HELD, State.OPEN, State.PAID, State.VOID)
        assert [str(total(found, state)) for state in states] == ["7.00", "12.00", "12.00", "0.00"]

    def test_of_nothing(self) -> None:
        assert str(total([])) == "0.00"
