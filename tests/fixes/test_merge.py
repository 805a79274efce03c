"""Answers are merged with what was sent and what stands now (contract §4, "Fix lists")."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

import pytest

from tests.build import EXCHANGE, FREIGHT, O1, O2, O3, RECEIVING, T1, T2, T3, TODAY, day, grid
from tests.fixes.lists import TYPES, Out, back, read_now, recorded, send, told
from xlflow.event import Event
from xlflow.fields import choices
from xlflow.fixes.memory import fold
from xlflow.fixes.merge import merge
from xlflow.fixes.remember import answered
from xlflow.grid import UNCACHED, CellError, Line, Sheet, Value
from xlflow.registers.receiving import KINDS

Cells = dict[str, Value]

OPEN = RECEIVING | {"数量": None}
OTHER = RECEIVING | {"退回单号": T2, "订单号": O2, "型号": "AX1500", "数量": None}


def received(*rows: Cells, **more: Any) -> Any:
    return day(receiving=list(rows), **more)


class TestACell:
    def test_nothing_came_back(self) -> None:
        out = send(received(OPEN, OTHER))
        made = back(out, received(OPEN, OTHER))
        assert (told(made), made.unchanged) == ({}, 2)

    def test_changed_in_the_list_is_taken(self) -> None:
        made = back(send(received(OPEN)).fill(数量=2), received(OPEN))
        assert (told(made), made.unchanged) == ({"applied": ["F2 None→2"]}, 0)

    def test_changed_in_the_register_is_left(self) -> None:
        assert told(back(send(received(OPEN)), received(OPEN | {"数量": 3}))) == {}

    def test_the_same_change_is_fine(self) -> None:
        assert told(back(send(received(OPEN)).fill(数量="2个"), received(OPEN | {"数量": 2}))) == {"same": ["F2"]}

    def test_changed_on_both_sides_is_a_conflict(self) -> None:
        made = back(send(received(OPEN)).fill(数量=2), received(OPEN | {"数量": 3}))
        assert told(made) == {"conflicts": ["F2 3|2"]}

    def test_what_was_not_asked_for_is_rejected(self) -> None:
        made = back(send(received(OPEN)).fill(数量=2, 型号="AX9"), received(OPEN))
        assert told(made) == {
            "applied": ["F2 None→2"],
            "rejected": ["receiving.xlsx 3月!E2 AX9: this cell was not asked for"],
        }

    @pytest.mark.parametrize(
        ("value", "why"),
        [
            ("几个", "几个 is not a whole number of 0 or more"),
            (Decimal("1.5"), "1.5 is not a whole number of 0 or more"),
            (CellError("#N/A"), "the cell shows #N/A"),
            (UNCACHED, "the formula was saved without its result"),
        ],
    )
    def test_what_does_not_read_as_its_type_is_rejected(self, value: Value, why: str) -> None:
        (line,) = told(back(send(received(OPEN)).fill(数量=value), received(OPEN)))["rejected"]
        assert line.endswith(f": {why}")

    def test_a_date_out_of_range_is_rejected(self) -> None:
        out = send(received(OPEN | {"收货日期": "昨天"})).fill(收货日期=date(2026, 4, 1))
        assert told(back(out, received(OPEN | {"收货日期": "昨天"}))) == {
            "rejected": ["receiving.xlsx 3月!A2 2026-04-01: 2026-04-01 is after 2026-03-31"]
        }

    def test_a_required_cell_cannot_be_emptied(self) -> None:
        row = OPEN | {"数量": "几个"}
        made = back(send(received(row)).fill(数量=None), received(row))
        assert told(made) == {"rejected": ["receiving.xlsx 3月!F2 None: this cell may not be blank"]}

    def test_another_cell_can(self) -> None:
        row = FREIGHT | {"类型": "维修"}
        made = back(send(day(freight=[row], receiving=[RECEIVING])).fill(类型=None), day(freight=[row]))
        assert told(made) == {"applied": ["H2 维修→None"]}


class TestWhatIsWritten:
    """The cleaned value: ids as text, money and counts as numbers, dates as dates, choices as spelt in the drop-down."""

    @pytest.mark.parametrize(
        ("heading", "wrong", "answer", "written"),
        [
            ("退回单号", None, 77712345678901, "77712345678901"),
            ("退回单号", None, " 圆通 yt1234567890123 ", "YT1234567890123"),
            ("订单号", None, 123456789012345, "123456789012345"),
            ("订单号", None, "'１２３４５６７８９０１２３４５６７８９", O1),
            ("数量", None, "２个", 2),
            ("数量", None, Decimal("2"), 2),
            ("收货日期", None, "2026/3/2", date(2026, 3, 2)),
            ("收货日期", None, 46083, date(2026, 3, 2)),
            ("收货日期", None, datetime(2026, 3, 2, 14, 5), date(2026, 3, 2)),
            ("类型", None, "客户拒收", "拒收"),
            ("类型", "维修", " 退货 ", "退货"),
        ],
    )
    def test_in_receiving(self, heading: str, wrong: Value, answer: Value, written: object) -> None:
        row = RECEIVING | {heading: wrong}
        (made,) = back(send(received(row)).fill(**{heading: answer}), received(row)).applied
        assert (made.new, type(made.new)) == (written, type(written))

    @pytest.mark.parametrize(
        ("heading", "answer", "written"),
        [
            ("运费金额", "¥1,234.5元", Decimal("1234.50")),
            ("运费金额", 12, Decimal("12.00")),
            ("支付宝账号", " Buyer@Example.com", "buyer@example.com"),
            ("支付宝账号", 13800000000, "13800000000"),
            ("收款人姓名", " 张三 ", "张三"),
            ("原因", "质量 问题", "质量问题"),
            ("原因", "买回来就坏了", "买回来就坏了"),
        ],
    )
    def test_in_freight(self, heading: str, answer: Value, written: object) -> None:
        row = FREIGHT | {heading: None}
        parcel = RECEIVING | {"原因": None}
        out = send(day(freight=[row], receiving=[parcel])).fill(**{heading: answer})
        (made,) = back(out, day(freight=[row])).applied
        assert (made.new, type(made.new)) == (written, type(written))

    def test_the_name_beside_an_account_is_kept_where_there_is_none(self) -> None:
        row = FREIGHT | {"支付宝账号": None}
        out = send(day(freight=[row], receiving=[RECEIVING])).fill(支付宝账号="李四 13800000000")
        assert told(back(out, day(freight=[row]))) == {"applied": ["C2 None→'13800000000'"]}
        bare = row | {"收款人姓名": None}
        out = send(day(freight=[bare], receiving=[RECEIVING])).fill(支付宝账号="李四 13800000000")
        assert told(back(out, day(freight=[bare]))) == {"applied": ["C2 None→'李四 13800000000'"]}


class TestIdsAsNumbers:
    """An id of up to 15 digits that came back as a number is that id; a longer one has lost its end."""

    LONG = Decimal("1.23456789012346E+18")

    def test_a_long_one_is_rejected(self) -> None:
        row = OPEN | {"订单号": None}
        made = back(send(received(row)).fill(订单号=self.LONG), received(row))
        assert told(made) == {
            "rejected": [
                "receiving.xlsx 3月!C2 1.23456789012346E+18: 1.23456789012346E+18 is stored as a number, and the digits "
                "after the 15th are gone"
            ]
        }

    def test_unless_it_equals_what_was_sent(self) -> None:
        assert told(back(send(received(OPEN)).fill(订单号=self.LONG), received(OPEN))) == {}
        damaged = OPEN | {"订单号": "3.30604E+18"}
        made = back(send(received(damaged)).fill(订单号=Decimal("3.30604E+18")), received(damaged))
        assert told(made) == {}


class TestTypesOnly:
    """A cell that was not asked for and differs only in type is left alone."""

    @pytest.mark.parametrize(
        ("heading", "sent", "returned"),
        [
            ("型号", "3000", 3000),
            ("型号", "03000", 3000),
            ("型号", "2026/3/5", date(2026, 3, 5)),
            ("收货日期", date(2026, 3, 5), "2026-03-05"),
            ("收货日期", date(2026, 3, 5), 46086),
            ("数量", 2, "2"),
            ("退回单号", "773123456789012", 773123456789012),
            ("联系电话", "13800001111", 13800001111),
            ("备注", "一\r\n二", "一\n二"),
            ("类型", "退货", " 退货"),
        ],
    )
    def test_is_nothing(self, heading: str, sent: Value, returned: Value) -> None:
        row = RECEIVING | {"申请数量": "几个", heading: sent}
        made = back(send(received(row)).fill(**{heading: returned}), received(row))
        assert (told(made), made.unchanged) == ({}, 1)

    def test_another_number_is_something(self) -> None:
        row = OPEN | {"型号": "03000"}
        made = back(send(received(row)).fill(型号=3001), received(row))
        assert told(made) == {"rejected": ["receiving.xlsx 3月!E2 3001: this cell was not asked for"]}


class TestTheRow:
    def out(self) -> Out:
        return send(received(OPEN, OTHER)).fill(0, 数量=1).fill(1, 数量=2)

    BOTH = ("F2 None→1", "F3 None→2")

    def test_by_its_id_in_any_order(self) -> None:
        out = self.out()
        lines = out.page().lines
        lines[-1], lines[-2] = lines[-2], lines[-1]
        assert sorted(told(back(out, received(OPEN, OTHER)))["applied"]) == sorted(self.BOTH)

    @pytest.mark.parametrize("typed", ["{0} ", " {0}", "'{0}", "{1}"])
    def test_however_the_id_was_typed(self, typed: str) -> None:
        out = self.out()
        for row in out.rows():
            row[0] = typed.format(row[0], str(row[0]).lower().replace("0", "O").replace("-", "－"))
        assert told(back(out, received(OPEN, OTHER)))["applied"] == list(self.BOTH)

    @pytest.mark.parametrize("lost", [("编号",), ("编号", "来源"), ("编号", "来源", "处理结果"), ("来源", "待了几天")])
    def test_without_columns(self, lost: tuple[str, ...]) -> None:
        out = self.out()
        for column in sorted((out.column(heading) for heading in lost), reverse=True):
            for line in out.page().lines:
                if len(line.values) > column:
                    del line.values[column]
        assert told(back(out, received(OPEN, OTHER)))["applied"] == list(self.BOTH)

    def test_a_mistyped_id_is_none(self) -> None:
        out = self.out()
        first, second = out.rows()
        first[0], first[1] = str(second[0])[:-1] + "0", None
        assert sorted(told(back(out, received(OPEN, OTHER)))["applied"]) == sorted(self.BOTH)

    def test_columns_moved(self) -> None:
        out = self.out()
        for line in out.page().lines:
            line.values.extend([None] * (13 - len(line.values)))
            line.values.reverse()
        assert told(back(out, received(OPEN, OTHER)))["applied"] == list(self.BOTH)

    def test_a_heading_renamed(self) -> None:
        out = self.out()
        out.heading_line()[out.column("数量")] = "实际件数"
        assert [line.partition(": ") for line in told(back(out, received(OPEN, OTHER)))["rejected"]] == [
            ("receiving.xlsx 3月!2 1", ": ", "no column of the register has this heading"),
            ("receiving.xlsx 3月!3 2", ": ", "no column of the register has this heading"),
        ]

    def test_a_column_of_their_own(self) -> None:
        out = self.out()
        for line, note in zip(out.page().lines, [None, "我的备注", "甲", "乙"], strict=False):
            line.values.extend([None] * (13 - len(line.values)))
            line.values.append(note)
        assert told(back(out, received(OPEN, OTHER))) == {"applied": list(self.BOTH)}

    def test_other_tabs_and_a_copy_of_the_list_from_before(self) -> None:
        out = send(received(OPEN, OTHER))
        page = out.page()
        copy = Sheet("待补录 (2)", [line._replace(values=list(line.values)) for line in page.lines], hidden=True)
        out.sheets += [copy, Sheet("算一算", [Line(1, ["编号", "来源", "合计"]), Line(2, [1, 2, 3])])]
        out.fill(0, 数量=1).fill(1, 数量=2)
        made = back(out, received(OPEN, OTHER))
        assert (told(made), made.unchanged) == ({"applied": list(self.BOTH)}, 2)

    def test_rows_deleted(self) -> None:
        out = self.out()
        del out.page().lines[-1]
        assert told(back(out, received(OPEN, OTHER))) == {"applied": [self.BOTH[0]]}

    def test_ids_sorted_without_their_rows(self) -> None:
        """The classic slip: one column sorted alone. 来源 still stands where it was."""
        out = self.out()
        first, second = out.rows()
        first[0], second[0] = second[0], first[0]
        assert told(back(out, received(OPEN, OTHER)))["applied"] == list(self.BOTH)
        first[1], second[1] = second[1], first[1]
        made = told(back(out, received(OPEN, OTHER)))
        assert list(made) == ["rejected"]
        assert all(line.endswith("nobody knows which row this is") for line in made["rejected"])

    def test_a_number_that_somebody_corrected_unasked_is_no_such_slip(self) -> None:
        out = self.out().fill(订单号=O3)
        assert told(back(out, received(OPEN, OTHER))) == {
            "applied": list(self.BOTH),
            "rejected": [f"receiving.xlsx 3月!C2 {O3}: this cell was not asked for"],
        }

    def test_nobody_knows_it(self) -> None:
        out = self.out()
        row = out.rows()[0]
        row[:5] = ["ABC-0001-X", "别的表.xlsx 3月!7", date(2026, 3, 5), T3, O3]
        assert told(back(out, received(OPEN, OTHER)))["rejected"] == [
            "back.xlsx 待补录!3 别的表.xlsx 3月!7: nobody knows which row this is"
        ]

    def test_a_number_that_two_rows_have_tells_neither(self) -> None:
        twin = OPEN | {"产品": "电源"}
        out = send(received(OPEN, twin)).fill(0, 数量=1)
        out.rows()[0][:2] = [None, None]
        assert "applied" not in told(back(out, received(OPEN, twin)))

    def test_a_number_of_another_row_beside_one_of_its_own(self) -> None:
        """Without 编号 and 来源, a row that got the parcel of another is not that other one."""
        wrong = OPEN | {"订单号": "123"}
        out = send(received(wrong, OTHER)).fill(0, 退回单号=T2, 数量=7)
        for row in out.rows():
            row[:2] = [None, None]
        made = told(back(out, received(wrong, OTHER)))
        assert list(made) == ["rejected"]

    def test_a_number_that_two_rows_of_the_list_bear(self) -> None:
        blank = OPEN | {"订单号": None}
        out = send(received(blank, OTHER)).fill(0, 数量=1).fill(1, 退回单号=T1, 订单号=O3, 数量=7)
        for row in out.rows():
            row[:2] = [None, None]
        made = told(back(out, received(blank, OTHER)))
        assert [line.rpartition(": ")[2] for line in made.pop("rejected")] == ["nobody knows which row this is"] * 2
        assert made == {}

    @pytest.mark.parametrize("lost", [(), (0,), (0, 1)])
    def test_numbers_that_lost_their_end(self, lost: tuple[int, ...]) -> None:
        """A program made numbers of the orders: the rows are found all the same, and nothing is said of it."""
        out = self.out().fill(0, 订单号=Decimal("1.23456789012346E+18")).fill(1, 订单号=Decimal("2.34567890123457E+18"))
        for row in out.rows():
            for column in lost:
                row[column] = None
        assert told(back(out, received(OPEN, OTHER))) == {"applied": list(self.BOTH)}

    def test_an_added_row_is_told_of(self) -> None:
        out = self.out()
        out.page().lines[-1].values[:2] = ["新的一行", None]
        out.page().lines[-1].values[2:5] = [None, None, None]
        assert "nobody knows which row this is" in told(back(out, received(OPEN, OTHER)))["rejected"][0]


class TestTheRegistersRow:
    def out(self) -> Out:
        return send(received(OPEN, OTHER)).fill(0, 数量=1).fill(1, 数量=2)

    def test_moved(self) -> None:
        now = received(RECEIVING | {"退回单号": T3, "订单号": O3}, OTHER, OPEN)
        assert told(back(self.out(), now))["applied"] == ["F4 None→1", "F3 None→2"]

    def test_moved_to_another_file(self) -> None:
        out = self.out()
        now = day(receiving={"a.xlsx": [OPEN], "b.xlsx": [OTHER]})
        assert [one.spot.place for one in back(out, now).applied] == ["a.xlsx 3月!F2", "b.xlsx 3月!F2"]

    def test_corrected(self) -> None:
        now = received(OPEN | {"型号": "AX9000", "备注": "看过"}, OTHER)
        assert told(back(self.out(), now))["applied"] == ["F2 None→1", "F3 None→2"]

    def test_deleted(self) -> None:
        made = back(self.out(), received(OTHER))
        assert told(made) == {
            "applied": ["F2 None→2"],
            "rejected": [
                "receiving.xlsx 3月!2 receiving.xlsx 3月!2: the row is not in the register any more, or can be one of "
                "several"
            ],
        }

    def test_deleted_and_not_answered(self) -> None:
        made = back(send(received(OPEN, OTHER)).fill(1, 数量=2), received(OTHER))
        assert (told(made), made.unchanged) == ({"applied": ["F2 None→2"]}, 1)

    def test_deleted_and_the_next_of_the_same_parcel_has_moved_into_its_place(self) -> None:
        twin = RECEIVING | {"产品": "电源"}
        out = send(received(OPEN, twin)).fill(数量=1)
        assert "applied" not in told(back(out, received(twin | {"数量": None})))

    def test_answered_already_and_another_of_the_same_parcel_has_come_into_its_place(self) -> None:
        """The list again: its row has changed since, and the new one is as blank as it was."""
        row = RECEIVING | {"产品": None}
        out = send(received(row)).fill(产品="路由器")
        new = row | {"数量": 2}
        assert told(back(out, received(new, row)))["applied"] == ["D3 None→'路由器'"]
        assert "applied" not in told(back(out, received(new, row | {"产品": "路由器"})))

    def test_answered_already_beside_another_of_the_same_parcel(self) -> None:
        row, twin = RECEIVING | {"产品": None}, RECEIVING | {"产品": "电源"}
        out = send(received(row, twin)).fill(产品="路由器")
        assert told(back(out, received(row | {"产品": "路由器"}, twin))) == {"same": ["D2"]}
        assert list(told(back(out, received(row | {"产品": "光猫"}, twin)))) == ["rejected"]

    def test_without_a_number_it_is_known_by_its_place_and_all_that_was_not_asked(self) -> None:
        bare = RECEIVING | {"退回单号": None, "订单号": None, "类型": "无理件"}
        out = send(received(bare), owner="warehouse").fill(退回单号="YT1234567890123")
        assert told(back(out, received(bare | {"备注": None}))) == {"applied": ["B2 None→'YT1234567890123'"]}
        assert "applied" not in told(back(out, received(bare | {"型号": "AX9"})))

    def test_two_registers(self) -> None:
        exchanged = EXCHANGE | {"数量": None}
        out = send(day(receiving=[OPEN], exchange=[exchanged]))
        headings = [line.values for line in out.page().lines if "编号" in line.values]
        for row, head in zip(out.rows(), headings, strict=True):
            row[head.index("数量")] = 2
        made = back(out, day(receiving=[OPEN], exchange=[exchanged]))
        assert [f"{one.spot.place} {one.new}" for one in made.applied] == [
            "exchange.xlsx 3月!E2 2",
            "receiving.xlsx 3月!F2 2",
        ]

    def test_sorted_under_the_headings_of_another_register(self) -> None:
        exchanged = EXCHANGE | {"数量": None}
        now = day(receiving=[OPEN, OTHER], exchange=[exchanged])
        out = send(now)
        lines = out.page().lines
        stray = next(line for line in lines if "exchange.xlsx 3月!2" in line.values)
        lines.remove(stray)
        lines.append(stray)
        stray.values[5] = "被动了"
        assert told(back(out, now)) == {
            "rejected": ["exchange.xlsx 3月!2 None: the row stands under the headings of another register"]
        }


class TestALackingColumn:
    BARE: ClassVar[Cells] = {name: value for name, value in RECEIVING.items() if name not in ("数量", "类型")}

    def test_is_added_at_the_right(self) -> None:
        rows = [self.BARE, self.BARE | {"退回单号": T2, "订单号": O2}]
        out = send(received(*rows)).fill(1, 数量=2, 类型="退货")
        assert told(back(out, received(*rows))) == {
            "applied": ["F3 None→2", "G3 None→'退货'"],
            "columns": ["F1 数量", "G1 类型"],
        }

    def test_behind_all_that_is_there(self) -> None:
        rows = [["收货登记"], list(self.BARE), [*self.BARE.values(), None, None, "随手记"]]
        now = day(receiving=[grid(rows)])
        out = send(now).fill(数量=2)
        assert told(back(out, now)) == {"applied": ["I3 None→2"], "columns": ["I2 数量"]}

    def test_not_without_an_answer(self) -> None:
        assert told(back(send(received(self.BARE)), received(self.BARE))) == {}

    def test_accepting_it_row_by_row_makes_no_sense(self) -> None:
        out = send(received(self.BARE)).fill(处理结果="情况属实", 说明="不数")
        assert [line.rpartition(": ")[2] for line in told(back(out, received(self.BARE)))["rejected"]] == [
            "it is the sheet that lacks a column, not this row"
        ] * 2


class TestHeadingsOfTheListsOwn:
    def test_a_register_s_column_of_the_same_name_is_told_apart(self) -> None:
        row: Cells = {
            "登记日期": date(2026, 3, 8), "订单号": O1, "补偿项目": "网线", "补偿金额": None, "渠道": "平台",
            "问题": "没收到", "数量": 1,
        }  # fmt: skip
        out = send(day(compensation=[row]))
        assert "登记的问题" in out.heading_line()
        assert told(back(out.fill(补偿金额=2, 登记的问题="坏了"), day(compensation=[row]))) == {
            "applied": ["D2 None→Decimal('2.00')"],
            "rejected": ["compensation.xlsx 3月!F2 坏了: this cell was not asked for"],
        }


def test_a_list_sent_before_a_field_was_known() -> None:
    out = send(received(OPEN)).fill(数量=2)
    for event in out.events:
        for row in event.body["new"].values():  # type: ignore[union-attr]
            del row["cells"]["memo"]  # type: ignore[index, call-overload, union-attr]
    assert told(back(out, received(OPEN))) == {"applied": ["F2 None→2"]}


class TestTwoLists:
    def twice(self, first: Value, second: Value) -> dict[str, list[str]]:
        out = send(received(OPEN)).fill(数量=first)
        again = send(received(OPEN)).fill(数量=second)
        blocks = [*out.blocks(), *again.blocks()]
        return told(merge(fold(recorded(out.events)), read_now(received(OPEN)), blocks, TODAY))

    def test_that_say_the_same(self) -> None:
        assert self.twice(2, "2") == {"applied": ["F2 None→2"], "same": ["F2"]}

    def test_that_say_different_things(self) -> None:
        assert self.twice(2, 3) == {"conflicts": ["F2 None|2", "F2 None|3"]}

    def test_an_old_list_after_a_new_one(self) -> None:
        wrong, mended = OPEN | {"订单号": "123"}, OPEN | {"订单号": O1}
        old = send(received(wrong)).fill(订单号=O2)
        new = send(received(mended), old.events).fill(数量=2)
        assert told(back(new, received(mended))) == {"applied": ["F2 None→2"]}
        assert told(back(old, received(mended | {"数量": 2}))) == {"conflicts": [f"C2 {O1}|{O2}"]}

    def test_an_old_list_without_ids_after_a_new_one(self) -> None:
        """What stands in it unchanged is no answer to what was asked later."""
        first, later = RECEIVING | {"快递公司": "顺丰"}, RECEIVING | {"快递公司": "顺丰", "退回单号": "YT7654321098765"}
        old = send(received(first))
        new = send(received(later), old.events)
        for row in old.rows():
            row[0] = None
        memory = fold(recorded(new.events))
        assert told(back(old, received(later), memory=memory)) == {}

    def test_what_was_taken_once_is_not_taken_again_when_somebody_has_taken_it_back(self) -> None:
        out = send(received(OPEN)).fill(数量=2)
        made = back(out, received(OPEN))
        taken = [(one.spot.id or "", one.spot.field or "", one.digest) for one in made.applied]
        memory = fold(recorded([*out.events, answered("back.xlsx", None, "2026-03-31", taken)]))
        assert told(back(out, received(OPEN), memory=memory)) == {}
        assert told(back(out, received(OPEN | {"数量": 5}), memory=memory)) == {}


class TestTeaching:
    ROW = RECEIVING | {"类型": "维修"}

    def test_a_spelling(self) -> None:
        out = send(received(self.ROW)).fill(类型="维修=换货")
        assert told(back(out, received(self.ROW))) == {"taught": ["kind 维修=exchange"]}

    def test_a_reason_to_its_group(self) -> None:
        row = FREIGHT | {"原因": "看心情"}
        out = send(day(freight=[row], receiving=[RECEIVING])).fill(原因="看心情=非质量问题")
        assert told(back(out, day(freight=[row]))) == {"taught": ["reason 看心情=non_quality"]}

    def test_only_the_spelling_that_was_sent(self) -> None:
        out = send(received(self.ROW)).fill(类型="修理=换货")
        assert told(back(out, received(self.ROW))) == {
            "rejected": ["receiving.xlsx 3月!G2 修理=换货: it is not the spelling that was sent"]
        }

    def test_only_where_a_spelling_is_unknown(self) -> None:
        row = RECEIVING | {"类型": None}
        (line,) = told(back(send(received(row)).fill(类型="维修=换货"), received(row)))["rejected"]
        assert "is not a known spelling" in line

    def test_twice_in_one_way_and_in_two(self) -> None:
        other = self.ROW | {"退回单号": T2, "订单号": O2}
        out = send(received(self.ROW, other)).fill(0, 类型="维修=换货").fill(1, 类型="维修＝换货")
        assert told(back(out, received(self.ROW, other)))["taught"] == ["kind 维修=exchange"]
        out.fill(1, 类型="维修=退货")
        assert [line.rpartition(": ")[2] for line in told(back(out, received(self.ROW, other)))["rejected"]] == [
            "the spelling was taught to mean two things"
        ] * 2

    def test_what_is_known_by_now_is_the_same(self) -> None:
        out = send(received(self.ROW)).fill(类型="维修=换货")
        taught = KINDS.with_spellings({"维修": "exchange"})
        now = day(receiving=[self.ROW], own={"receiving": {"types": {"kind": taught}}})
        types = TYPES | {"receiving": {**TYPES["receiving"], "kind": taught}}
        memory = fold(recorded(out.events))
        assert told(merge(memory, read_now(now, types), out.blocks(), TODAY)) == {"same": ["G2"]}
        assert isinstance(taught, choices.Choice)


class TestAccepting:
    def test_needs_a_note(self) -> None:
        out = send(received(OPEN)).fill(处理结果="情况属实", 说明="箱子是空的")
        assert told(back(out, received(OPEN))) == {"accepted": ["receiving.xlsx 3月!F2 missing: 箱子是空的"]}
        out.fill(说明=None)
        assert told(back(out, received(OPEN))) == {
            "rejected": ["receiving.xlsx 3月!2 情况属实: 情况属实 needs a reason"]
        }

    def test_not_what_was_answered(self) -> None:
        row = OPEN | {"类型": None}
        out = send(received(row)).fill(数量=2, 处理结果="情况属实", 说明="没写")
        assert told(back(out, received(row))) == {
            "applied": ["F2 None→2"],
            "accepted": ["receiving.xlsx 3月!G2 missing: 没写"],
        }

    def test_of_what_needs_an_action(self) -> None:
        rows = [FREIGHT | {"原因": "其他"}]
        out = send(day(freight=rows, receiving=[RECEIVING])).fill(page="待处理", 处理结果="情况属实", 说明="店长同意")
        assert told(back(out, day(freight=rows))) == {"accepted": ["freight.xlsx 3月!F2 not-quality: 店长同意"]}

    def test_of_a_total(self) -> None:
        rows = [list(RECEIVING), list(RECEIVING.values()), ["合计", None, None, None, None, 5]]
        now = day(receiving=[grid(rows)])
        out = send(now).fill(page="待处理", 处理结果="情况属实", 说明="手工加的")
        assert told(back(out, now)) == {"accepted": ["receiving.xlsx 3月!3 control-total: 手工加的"]}

    def test_done_says_nothing(self) -> None:
        out = send(received(OPEN)).fill(处理结果="已改")
        assert told(back(out, received(OPEN))) == {}

    def test_other_words_are_not_understood(self) -> None:
        out = send(received(OPEN)).fill(处理结果="好的")
        assert told(back(out, received(OPEN))) == {
            "rejected": ["receiving.xlsx 3月!2 好的: this is neither 已改 nor 情况属实"]
        }
        assert told(back(out.fill(数量=1), received(OPEN))) == {"applied": ["F2 None→1"]}


def test_events_hold_no_cell() -> None:
    row = FREIGHT | {"收款人姓名": "金丝雀", "支付宝账号": "canary@example.com", "原因": "其他", "备注": "金丝雀备注"}
    events: list[Event] = send(day(freight=[row], receiving=[RECEIVING])).events
    assert "金丝雀" not in repr(events)
    assert "canary" not in repr(events)
    assert O1 in repr(events)
    assert T1 in repr(events)
