"""打款清单: what xlflow writes into it, and what a person did to it since (contract §5, "Payout list")."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.build import EXCHANGE, FREIGHT, O1, O2, RECEIVING, T2, day, grid
from tests.money.ledgers import gathered
from xlflow.day import Day
from xlflow.grid import UNCACHED, CellError, Line, Sheet, Value
from xlflow.locale import render
from xlflow.model import XlflowError
from xlflow.money import events
from xlflow.money.entry import Batch, Entry, State, Why
from xlflow.money.fold import Money
from xlflow.money.list_acts import acts, unknown_to
from xlflow.money.listed import COLUMNS, Listed, is_entry_id, read_list
from xlflow.money.match import on_top
from xlflow.money.payout_list import CellChange, changes, new_list
from xlflow.money.plan import line

DAY = date(2026, 3, 31)
HEADINGS = [column.heading for column in COLUMNS]
SECOND = FREIGHT | {"订单号": O2, "退回单号": T2, "运费金额": "8.50", "支付宝账号": "13800001111"}
BACK = [RECEIVING, RECEIVING | {"订单号": O2, "退回单号": T2}]


def desk(*rows: dict[str, Value]) -> Day:
    """The day on top of its own first look."""
    made = day(freight=list(rows), receiving=BACK, exchange=[EXCHANGE | {"退回单号": None}], taobao_refunds=[])
    return gathered(made).day


def only(money: Money) -> Entry:
    (entry,) = money.entries.values()
    return entry


def row_of(entry: Entry, **cells: Value) -> dict[str, Value]:
    """An entry's row as xlflow wrote it, with what somebody changed."""
    return {
        "编号": entry.id, "登记日期": date(2026, 3, 8), "订单编号": O1, "收款人支付宝账号": "buyer@example.com",
        "收款人姓名": "张三", "金额": 12, "事由": "退运费 质量问题", "来源": "freight.xlsx 3月!2", "状态": "待批准",
        "批次号": None, "打款日期": None, "支付宝流水号": None, "备注": None, **cells,
    }  # fmt: skip


def listed(*rows: dict[str, Value], headings: list[str] = HEADINGS) -> Listed:
    return read_list(
        [grid([headings, *([row.get(name) for name in headings] for row in rows)], "打款清单")], "打款清单.xlsx"
    )


WRITTEN = {"状态": "待批准", "金额": "12.00"}


def told(money: Money, *rows: dict[str, Value]) -> tuple[list[Any], list[str]]:
    """The events and the remarks of what a person did."""
    happened, remarks = acts(money, listed(*rows), DAY)
    return happened, [render(remark.message, "en") for remark in remarks]


class TestRead:
    def test_columns_are_found_wherever_they_stand(self) -> None:
        found = listed({"编号": "XF1"}, headings=["备注", "我的列", "状态", "编号", "金额（元）*"])
        assert (found.columns, found.free, found.heading_row) == ({"备注": 0, "状态": 2, "编号": 3, "金额": 4}, 5, 1)
        assert found.missing == tuple(h for h in HEADINGS if h not in ("备注", "状态", "编号", "金额"))

    def test_titles_stand_above_and_other_tabs_beside(self) -> None:
        notes = Sheet("说明", [Line(1, ["看这里"])])
        found = read_list([notes, grid([["三月的打款"], HEADINGS, ["xf7k2m9qat"]], "清单")], "f")
        assert (found.sheet, found.heading_row, [(row.number, row.id) for row in found.rows]) == (
            "清单", 2, [(3, "XF7K2M9QAT")],
        )  # fmt: skip

    def test_a_workbook_without_ids_is_none(self) -> None:
        with pytest.raises(XlflowError) as caught:
            read_list([grid([["状态"], ["x"]])], "打款清单.xlsx")
        assert caught.value.code == "no-sheet"

    @pytest.mark.parametrize(
        ("text", "is_one"),
        [("XF00000000", True), ("XF00000001", False), ("XF0000000", False), ("XF0000000I", False), ("", False)],
    )
    def test_ids(self, text: str, is_one: bool) -> None:
        assert is_entry_id(text) is is_one


class TestNew:
    def test_a_list_of_all_that_were_ever_open(self) -> None:
        made = desk(
            FREIGHT, SECOND | {"原因": "其他"}, SECOND | {"订单号": "3456789012345678912", "打款状态": "已打款"}
        )
        book, written = new_list(made, made.standing.money)
        (block,) = book.sheets[0].blocks
        (entry,) = [entry for entry in made.standing.money.entries.values() if entry.state is State.OPEN]
        assert [list(row) for row in block.rows] == [
            [entry.id, date(2026, 3, 8), O1, "buyer@example.com", "张三", Decimal("12.00"), "退运费 质量问题",
             "freight.xlsx 3月!2", "待批准", None, None, None, None]
        ]  # fmt: skip
        assert written == {entry.id: WRITTEN}


class TestChanges:
    def test_nothing_where_it_is_up_to_date(self) -> None:
        made = desk(FREIGHT)
        money = made.standing.money.after([events.listed({only(made.standing.money).id: WRITTEN})])
        found = changes(made, money, listed(row_of(only(money))))
        assert (found.cells, found.rows, found.headings, found.written) == ((), (), (), {})

    def test_a_row_once(self) -> None:
        made = desk(FREIGHT)
        entry = only(made.standing.money)
        found = changes(made, made.standing.money, listed())
        assert [row["编号"] for row in found.rows] == [entry.id]
        assert found.written == {entry.id: WRITTEN}
        known = made.standing.money.after([events.listed({entry.id: WRITTEN})])
        assert changes(made, known, listed()).rows == ()  # somebody deleted it
        assert changes(made, made.standing.money, listed(row_of(entry))).rows == ()  # killed after it was saved

    def test_what_became_of_it(self) -> None:
        made = desk(FREIGHT)
        money = made.standing.money
        entry = only(money)
        batch = Batch("B20260331001", "out/x.csv", "ab", (entry.id,), 1200, "", DAY)
        plan = [
            events.planned("P", {entry.id: line(entry)}, 1200, "甲"),
            events.approved("P", [entry.id], 1200, "乙", DAY),
        ]
        steps = {
            "已批准": plan,
            "已导出": [events.exported(batch)],
            "已打款": [events.paid(entry.id, DAY, 1200, "T1", "statement")],
            "打款失败": [events.failed(entry.id, Why("退回", "对账单", DAY))],
        }
        extra: dict[str, Value] = {}
        state = "待批准"
        for name, happened in steps.items():
            money = money.after(happened)
            found = changes(on_top(made, money), money, listed(row_of(entry, 状态=state, **extra)))
            new = {cell.heading: cell.new for cell in found.cells}
            assert new.pop("状态") == name
            extra, state = {**extra, **new}, name
        assert extra == {"批次号": "B20260331001", "打款日期": DAY, "支付宝流水号": "T1"}

    def test_amount_and_payee_follow_until_exported(self) -> None:
        first = desk(FREIGHT)
        entry = only(first.standing.money)
        changed = day(
            freight=[FREIGHT | {"运费金额": 15, "支付宝账号": "13800001111", "收款人姓名": "李四"}], receiving=BACK
        )
        then = gathered(on_top(changed, first.standing.money), off=("replacement-too-late",)).day
        found = changes(then, then.standing.money, listed(row_of(entry)))
        assert {cell.heading: (cell.old, cell.new) for cell in found.cells} == {
            "金额": (12, Decimal("15.00")),
            "收款人支付宝账号": ("buyer@example.com", "13800001111"),
            "收款人姓名": ("张三", "李四"),
        }

    @pytest.mark.parametrize("there", [CellError("#N/A"), UNCACHED])
    def test_what_a_formula_gives_is_left_alone(self, there: Value) -> None:
        made = desk(FREIGHT)
        entry = only(made.standing.money)
        assert changes(made, made.standing.money, listed(row_of(entry, 状态=there))).cells == ()
        cells = [row_of(entry, 状态="什么")[name] for name in HEADINGS]
        formula = Sheet("打款清单", [Line(1, list(HEADINGS)), Line(2, cells, (HEADINGS.index("状态"),))])
        assert changes(made, made.standing.money, read_list([formula], "f")).cells == ()

    def test_missing_columns_are_added(self) -> None:
        made = desk(FREIGHT)
        entry = only(made.standing.money)
        found = changes(
            made, made.standing.money, listed({"编号": entry.id, "状态": "待批准"}, headings=["编号", "状态"])
        )
        assert found.headings[:3] == ("登记日期", "订单编号", "收款人支付宝账号")
        assert CellChange(2, "金额", None, Decimal("12.00")) in found.cells


class TestActs:
    @pytest.fixture
    def money(self) -> Money:
        found = desk(FREIGHT).standing.money
        return found.after([events.listed({only(found).id: WRITTEN})])

    @pytest.mark.parametrize("typed", ["已打款", "√", "已付", " 已转账 "])
    def test_paid(self, money: Money, typed: str) -> None:
        entry = only(money)
        assert told(money, row_of(entry, 状态=typed)) == ([events.paid(entry.id, None, None, None, "list")], [])

    def test_paid_on_a_day_with_a_transaction(self, money: Money) -> None:
        entry = only(money)
        row = row_of(entry, 状态="已打款", 打款日期="2026/3/30", 支付宝流水号="2026033022001")
        assert told(money, row) == ([events.paid(entry.id, date(2026, 3, 30), None, "2026033022001", "list")], [])

    def test_a_day_alone_says_it_too(self, money: Money) -> None:
        entry = only(money)
        row = row_of(entry, 打款日期=date(2026, 3, 30))
        assert told(money, row) == ([events.paid(entry.id, date(2026, 3, 30), None, None, "list")], [])

    @pytest.mark.parametrize("state", ["待批准", "", None, "已导出", "打款失败", "未打款", "不知道"])
    def test_everything_else_says_nothing(self, money: Money, state: str | None) -> None:
        assert told(money, row_of(only(money), 状态=state)) == ([], [])

    def test_what_xlflow_wrote_itself_says_nothing(self, money: Money) -> None:
        entry = only(money)
        paid = money.after([events.paid(entry.id, DAY, 1200, "T1", "statement")])
        wrote = {"状态": "已打款", "打款日期": DAY.isoformat(), "支付宝流水号": "T1", "金额": "12.00"}
        back = paid.after([events.listed({entry.id: wrote}), events.failed(entry.id, Why("退回", "x", DAY))])
        row = row_of(entry, 状态="已打款", 打款日期=DAY, 支付宝流水号="T1")
        assert told(back, row) == ([], [])

    def test_not_to_be_paid_with_a_reason(self, money: Money) -> None:
        entry = only(money)
        happened, remarks = told(money, row_of(entry, 状态="不付", 备注="客户不要了"))
        assert (happened, remarks) == ([events.voided(entry.id, Why("客户不要了", "打款清单", DAY))], [])

    def test_without_a_reason_it_waits_for_one(self, money: Money) -> None:
        entry = only(money)
        row = row_of(entry, 状态="不付")
        assert told(money, row) == ([], ["the payout list says 不付 without a reason: write it into 备注"])
        made = on_top(desk(FREIGHT), money)
        found = changes(made, money, listed(row))
        assert (found.cells, found.written) == ((), {})

    def test_once_exported_it_is_too_late(self, money: Money) -> None:
        entry = only(money)
        batch = Batch("B20260331001", "out/x.csv", "ab", (entry.id,), 1200, "", DAY)
        sent = money.after([
            events.planned("P", {entry.id: line(entry)}, 1200, "甲"), events.approved("P", [entry.id], 1200, "乙", DAY),
            events.exported(batch),
        ])  # fmt: skip
        assert told(sent, row_of(entry, 状态="不付", 备注="不要了")) == (
            [], ["the payout list says 不付, and the ledger says exported: that is no longer possible"],
        )  # fmt: skip
        assert told(sent, row_of(entry, 状态="已打款"))[0] == [events.paid(entry.id, None, None, None, "list")]

    def test_paid_by_hand_and_void_is_for_people(self, money: Money) -> None:
        entry = only(money)
        gone = money.after([events.voided(entry.id, Why("x", "y", DAY))])
        assert told(gone, row_of(entry, 状态="已打款")) == (
            [], ["the payout list says it is paid, and the ledger says void: look at the statement"],
        )  # fmt: skip

    def test_an_amount_by_hand_is_reported_and_the_ledger_decides(self, money: Money) -> None:
        entry = only(money)
        row = row_of(entry, 金额=15)
        assert told(money, row) == (
            [], ["the payout list says 15.00 yuan and the ledger 12.00, which is what is paid"],
        )  # fmt: skip
        (cell,) = changes(on_top(desk(FREIGHT), money), money, listed(row)).cells
        assert (cell.heading, cell.new) == ("金额", Decimal("12.00"))

    def test_a_deleted_row_is_reported(self, money: Money) -> None:
        assert told(money) == ([], ["its row was deleted from the payout list; the ledger goes on having it"])

    def test_a_row_of_nobody_is_reported(self, money: Money) -> None:
        entry = only(money)
        assert told(money, row_of(entry), {"编号": "手工加的"}) == ([], ["row 3 of the payout list is of no entry"])

    def test_one_transaction_typed_twice_pays_once(self) -> None:
        money = desk(FREIGHT, SECOND).standing.money
        rows = [row_of(entry, 状态="已打款", 支付宝流水号="T1") for entry in money.entries.values()]
        happened, _ = told(money, *rows)
        assert [event.body["transaction"] for event in happened] == ["T1", None]
        assert {entry.state for entry in money.after(happened).entries.values()} == {State.PAID}

    def test_a_row_copied_by_hand_counts_once(self, money: Money) -> None:
        entry = only(money)
        happened, _ = told(money, row_of(entry, 状态="已打款"), row_of(entry, 状态="已打款"))
        assert len(happened) == 1


class TestWhoKnowsMore:
    def test_ids_and_batches_that_the_ledger_does_not_know(self) -> None:
        money = desk(FREIGHT).standing.money
        rows = [
            row_of(only(money)),
            {"编号": "XF00000000"},
            {"编号": "XF00000001"},
            {"编号": only(money).id, "批次号": "B20260301001"},
        ]
        assert unknown_to(money, listed(*rows)) == ("XF00000000", "B20260301001")

    def test_nothing_of_ones_own(self) -> None:
        money = desk(FREIGHT).standing.money
        assert unknown_to(money, listed(row_of(only(money)), {"编号": "手工"})) == ()


def test_a_compensation_says_what_for() -> None:
    compensation = {
        "登记日期": date(2026, 3, 10), "订单号": O2, "补偿项目": "差价", "补偿金额": 5, "渠道": "支付宝",
        "支付宝账号": "other@example.com", "收款人姓名": "李四",
    }  # fmt: skip
    made = gathered(day(freight=[FREIGHT], receiving=BACK, exchange=[EXCHANGE | {"退回单号": None}],
                        taobao_refunds=[], compensation=[compensation])).day  # fmt: skip
    book, _ = new_list(made, made.standing.money)
    assert [row[6] for row in book.sheets[0].blocks[0].rows] == ["退运费 质量问题", "补偿 差价"]
    entries = {entry.kind: entry for entry in made.standing.money.entries.values()}
    assert (entries["compensation"].item, dataclasses.replace(entries["compensation"]).amount) == ("price", 500)
