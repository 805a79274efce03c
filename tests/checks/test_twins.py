"""``possible-duplicate`` and ``already-paid``: obligations that look alike (contract §4, §5)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import EXCHANGE, FREIGHT, O1, O2, RECEIVING, T2, day, findings, said, spots
from tests.money.ledgers import gathered
from xlflow.day import Day
from xlflow.grid import Value
from xlflow.money.match import on_top

Cells = dict[str, Value]
OTHER = FREIGHT | {"订单号": O2, "退回单号": T2, "登记日期": date(2026, 3, 20)}
COMPENSATION: Cells = {
    "登记日期": date(2026, 3, 10), "订单号": O1, "补偿项目": "运费", "补偿金额": 5, "渠道": "支付宝",
    "支付宝账号": "other@example.com", "收款人姓名": "李四",
}  # fmt: skip


def desk(*rows: Cells, today: date = date(2026, 3, 31), **others: list[Cells]) -> Day:
    return day(freight=list(rows), receiving=[RECEIVING, RECEIVING | {"订单号": O2, "退回单号": T2}], today=today,
               exchange=[EXCHANGE | {"退回单号": None}], **others)  # fmt: skip


def on_the_ledger_of(first: Day, then: Day) -> Day:
    return on_top(then, gathered(first).money)


class TestAlreadyPaid:
    def test_the_ledger_has_it_from_a_row_that_is_gone(self) -> None:
        paid = gathered(desk(FREIGHT | {"打款状态": "已打款"}))
        again = {"freight.xlsx": [OTHER | {"登记日期": date(2026, 4, 25)}],
                 "四月.xlsx": [FREIGHT | {"登记日期": date(2026, 4, 20), "退回单号": None, "运费金额": 15}]}  # fmt: skip
        then = on_top(day(freight=again, receiving=[RECEIVING], today=date(2026, 4, 30)), paid.money)
        found = findings(then, "already-paid")
        assert found == []  # moved and corrected: it is the same row

    def test_two_rows_where_one_was_paid(self) -> None:
        paid = gathered(desk(FREIGHT | {"打款状态": "已打款"}))
        (entry,) = paid.money.entries.values()
        again = FREIGHT | {"登记日期": date(2026, 4, 20), "支付宝账号": "x@example.com"}
        then = on_top(desk(again, again | {"运费金额": 15}, today=date(2026, 4, 30)), paid.money)
        found = findings(then, "already-paid")
        assert [(said(f), f.owner, f.related) for f in found] == [
            (
                f"freight.xlsx 3月!B2 already-paid E order_no={O1}: this is owed already for {entry.id} "
                "(freight.xlsx 3月!2); delete one of the two rows; if they are two cases, correct what was typed wrong",
                "after_sales",
                (f"{entry.id} (freight.xlsx 3月!2)",),
            ),
            (
                f"freight.xlsx 3月!B3 already-paid E order_no={O1}: this is owed already for {entry.id} "
                "(freight.xlsx 3月!2); delete one of the two rows; if they are two cases, correct what was typed wrong",
                "after_sales",
                (f"{entry.id} (freight.xlsx 3月!2)",),
            ),
        ]

    def test_an_earlier_day_typed_later_is_the_second_one_when_the_first_is_paid(self) -> None:
        """``duplicate-row`` looks at the days only, and would let it through."""
        made = desk(FREIGHT | {"打款状态": "已打款"}, FREIGHT | {"登记日期": date(2026, 3, 7)})
        assert spots(made, "already-paid") == ["freight B3 E order_no"]
        assert spots(made, "duplicate-row") == ["freight B2 E order_no"]

    def test_freight_as_a_compensation_is_the_same_freight(self) -> None:
        made = desk(FREIGHT, compensation=[COMPENSATION])
        assert [(said(f), f.related) for f in findings(made, "already-paid")] == [
            (
                f"compensation.xlsx 3月!B2 already-paid E order_no={O1}: this is owed already for freight.xlsx 3月!B2; "
                "delete one of the two rows; if they are two cases, correct what was typed wrong",
                ("freight.xlsx 3月!B2",),
            )
        ]

    @pytest.mark.parametrize("change", [{"补偿项目": "网线"}, {"渠道": "平台"}, {"订单号": O2}])
    def test_other_compensations_are_not(self, change: Cells) -> None:
        assert spots(desk(FREIGHT, compensation=[COMPENSATION | change]), "already-paid") == []

    def test_the_same_item_of_an_order_is_compensated_once(self) -> None:
        price = COMPENSATION | {"补偿项目": "差价"}
        later = {"登记日期": date(2026, 3, 15), "补偿金额": 6}
        made = desk(FREIGHT, compensation=[price, price | later])
        assert spots(made, "already-paid") == ["compensation B3 E order_no"]

    def test_where_duplicate_row_speaks_it_is_silent_now_and_later(self) -> None:
        made = desk(FREIGHT, FREIGHT)
        assert spots(made, "already-paid") == spots(on_the_ledger_of(made, made), "already-paid") == []
        assert spots(made, "duplicate-row") == ["freight B3 E order_no"]


class TestPossibleDuplicate:
    def test_what_only_looks_like_it_is_finance_s(self) -> None:
        found = findings(desk(FREIGHT, OTHER), "possible-duplicate")
        assert [(said(f), f.owner, f.related) for f in found] == [
            (
                "freight.xlsx 3月!E3 possible-duplicate H amount=12.00: this looks like freight.xlsx 3月!B2; "
                "compare the two, and release this one if both are owed",
                "finance",
                ("freight.xlsx 3月!B2",),
            )
        ]

    @pytest.mark.parametrize(
        "change",
        [
            {"登记日期": date(2026, 4, 7)},  # the 30th day
            {"登记日期": date(2026, 3, 1)},
            {"订单号": O1, "退回单号": T2},  # the same order, another parcel
            {"订单号": O2, "退回单号": FREIGHT["退回单号"], "支付宝账号": "z@example.com", "运费金额": 99},
            {"订单号": O1[:-1] + "0", "运费金额": 99, "登记日期": date(2026, 4, 20)},
        ],
    )
    def test_near(self, change: Cells) -> None:
        assert len(spots(desk(FREIGHT, OTHER | change, today=date(2026, 4, 30)), "possible-duplicate")) == 1

    @pytest.mark.parametrize(
        "change",
        [
            {"登记日期": date(2026, 4, 8)},  # 31 days later
            {"支付宝账号": "other@example.com"},
            {"运费金额": 13},
            {"订单号": O1, "退回单号": T2, "运费金额": 13},
        ],
    )
    def test_what_differs_is_honest(self, change: Cells) -> None:
        made = desk(FREIGHT, OTHER | change, today=date(2026, 4, 30))
        assert spots(made, "possible-duplicate") == spots(on_the_ledger_of(made, made), "possible-duplicate") == []

    def test_an_old_day_typed_today_is_still_near_to_what_was_seen_yesterday(self) -> None:
        first = desk(FREIGHT | {"登记日期": date(2026, 4, 20)}, today=date(2026, 4, 29))
        then = desk(FREIGHT | {"登记日期": date(2026, 4, 20)}, OTHER | {"登记日期": date(2026, 3, 2)},
                    today=date(2026, 4, 30))  # fmt: skip
        assert spots(then, "possible-duplicate") == []  # on the first day nobody saw the one before the other
        assert spots(on_the_ledger_of(first, then), "possible-duplicate") == ["freight E2 H amount"]

    def test_what_is_paid_counts_and_comes_first(self) -> None:
        made = desk(FREIGHT, OTHER | {"打款日期": date(2026, 3, 21)})
        assert spots(made, "possible-duplicate") == ["freight E2 H amount"]

    def test_a_row_before_the_start_counts(self) -> None:
        made = desk(FREIGHT | {"登记日期": date(2026, 2, 20)}, OTHER)
        assert spots(made, "possible-duplicate") == ["freight E3 H amount"]
