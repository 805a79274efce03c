"""Power adapters: 10.00 each, within three months, with a picture and the router's number (contract §4, C6–C8)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.build import COMPENSATION, REISSUE, TODAY, day, findings, said, sheet, spots
from xlflow.grid import UNCACHED, Value

Cells = dict[str, Value]
ADAPTER = COMPENSATION | {
    "补偿项目": "电源", "补偿金额": 10, "签收日期": date(2025, 12, 20), "反馈日期": date(2026, 3, 20), "原因": "灯不亮",
}  # fmt: skip
AGAIN = REISSUE | {"补发类型": "电源", "补发原因": "没收到", "序列号": "SN001", "图片": None}


def told(code: str, row: Cells, clean: Cells = ADAPTER) -> list[str]:
    return spots(day(compensation=[clean | row]), code)


class TestAmount:
    CODE = "adapter-amount"

    def test_an_adapter_is_10_yuan(self) -> None:
        made = day(compensation=[ADAPTER | {"补偿金额": 15}])
        assert [(said(f), f.owner) for f in findings(made, self.CODE)] == [
            (
                "compensation.xlsx 3月!D2 adapter-amount E amount=15.00: 15.00 yuan for 1, and one adapter is 10.00 yuan; "
                "correct the amount or the quantity",
                "after_sales",
            )
        ]

    @pytest.mark.parametrize(
        ("row", "speaks"),
        [
            ({}, False),
            ({"补偿金额": Decimal("10.01")}, True),
            ({"补偿金额": 20, "数量": 2}, False),
            ({"补偿金额": Decimal("20.01"), "数量": 2}, True),
            ({"补偿金额": 20, "数量": "两个"}, False),
            ({"补偿金额": "很多"}, False),
            ({"补偿金额": 11, "补偿项目": "差价"}, False),
            ({"补偿金额": 11, "登记日期": date(2026, 2, 28)}, False),
        ],
    )
    def test_when_it_speaks(self, row: Cells, speaks: bool) -> None:
        assert told(self.CODE, row) == (["compensation D2 E amount"] if speaks else [])

    def test_the_desk_s_own_number(self) -> None:
        made = day(compensation=[ADAPTER | {"补偿金额": 12}], policies={"adapter.per_unit": (Decimal(12),)})
        assert spots(made, self.CODE) == []


class TestLate:
    CODE = "adapter-late"

    def test_after_three_months_there_is_no_money(self) -> None:
        made = day(compensation=[ADAPTER | {"反馈日期": date(2026, 3, 21)}])
        assert [said(f) for f in findings(made, self.CODE)] == [
            "compensation.xlsx 3月!G2 adapter-late E feedback_on=2026-03-21: complained on 2026-03-21, more than 3 "
            "months after signing for the goods on 2025-12-20; too late for money: take the row out, or correct the "
            "dates"
        ]

    @pytest.mark.parametrize(
        ("signed", "last"),
        [
            (date(2025, 12, 20), date(2026, 3, 20)),
            (date(2025, 11, 30), date(2026, 2, 28)),  # no such day: the month's last
            (date(2025, 11, 28), date(2026, 2, 28)),
            (date(2023, 11, 30), date(2024, 2, 29)),
            (date(2025, 12, 31), date(2026, 3, 31)),
            (date(2025, 9, 1), date(2025, 12, 1)),
            (date(2025, 10, 15), date(2026, 1, 15)),
        ],
    )
    def test_calendar_months(self, signed: date, last: date) -> None:
        dates: Cells = {"签收日期": signed, "反馈日期": last}
        assert told(self.CODE, dates) == []
        after = last.fromordinal(last.toordinal() + 1)
        if after <= TODAY:
            assert told(self.CODE, dates | {"反馈日期": after}) == ["compensation G2 E feedback_on"]

    @pytest.mark.parametrize(
        ("row", "speaks"),
        [
            ({}, True),
            ({"原因": "有声音"}, True),
            ({"原因": "没收到电源"}, False),
            ({"原因": "换个颜色"}, False),
            ({"原因": None}, False),
            ({"补偿项目": "网线"}, False),
            ({"反馈日期": None}, False),  # registered on 8 March
            ({"反馈日期": None, "登记日期": date(2026, 3, 21)}, True),
            ({"反馈日期": "上周", "登记日期": date(2026, 3, 21)}, False),
            ({"签收日期": None}, False),
            ({"签收日期": "去年"}, False),
        ],
    )
    def test_when_it_speaks(self, row: Cells, speaks: bool) -> None:
        late = told(self.CODE, {"反馈日期": date(2026, 3, 21)} | row)
        assert late == (["compensation G2 E feedback_on"] if speaks else [])

    def test_the_desk_s_own_number(self) -> None:
        made = day(
            compensation=[ADAPTER | {"签收日期": date(2025, 3, 31), "反馈日期": date(2026, 3, 31)}],
            policies={"adapter.months": (Decimal(12),)},
        )
        assert spots(made, self.CODE) == []


class TestEvidence:
    CODE = "adapter-evidence"

    def test_a_picture_shows_that_it_is_broken(self) -> None:
        made = day(compensation=[ADAPTER | {"图片": None}], reissue=[AGAIN | {"补发原因": "坏了"}])
        assert [(said(f), f.owner, f.mends) for f in findings(made, self.CODE)] == [
            (
                f"{place} adapter-evidence W evidence=None: no picture of the broken adapter; ask the customer for a "
                "clear picture of the plug, the adapter and the dark router",
                "after_sales",
                True,
            )
            for place in ("compensation.xlsx 3月!I2", "reissue.xlsx 3月!G2")
        ]

    @pytest.mark.parametrize(
        ("row", "speaks"),
        [
            ({}, True),
            ({"图片": "照片/1.jpg"}, False),
            ({"图片": 3}, False),
            ({"图片": UNCACHED}, False),
            ({"原因": "响"}, False),
            ({"原因": "没收到"}, False),
            ({"补偿项目": "网线"}, False),
            ({"登记日期": date(2026, 2, 28)}, False),
        ],
    )
    def test_when_it_speaks(self, row: Cells, speaks: bool) -> None:
        assert told(self.CODE, {"图片": None} | row) == (["compensation I2 W evidence"] if speaks else [])

    def test_a_picture_over_the_cell_is_one(self) -> None:
        made = day(compensation=sheet([ADAPTER | {"图片": None}], pictures=frozenset({(2, 8)})))
        assert spots(made, self.CODE) == []

    def test_without_the_column_nothing_is_said(self) -> None:
        assert told(self.CODE, {}) == []


class TestSerial:
    CODE = "serial-missing"

    def test_an_adapter_is_sent_against_the_router_s_number(self) -> None:
        made = day(reissue=[AGAIN | {"序列号": None}])
        assert [(said(f), f.owner, f.mends) for f in findings(made, self.CODE)] == [
            (
                "reissue.xlsx 3月!F2 serial-missing E serial_no=None: an adapter is sent without the router's serial "
                "number; ask the customer for the number on the back of the router and fill it in",
                "after_sales",
                True,
            )
        ]

    @pytest.mark.parametrize(
        ("row", "speaks"),
        [
            ({}, True),
            ({"序列号": " "}, True),
            ({"序列号": "SN1"}, False),
            ({"序列号": UNCACHED}, False),
            ({"补发类型": "发票/电源适配器"}, True),
            ({"补发类型": "网线"}, False),
            ({"补发原因": "坏了"}, True),
            ({"登记日期": date(2026, 2, 28)}, False),
        ],
    )
    def test_when_it_speaks(self, row: Cells, speaks: bool) -> None:
        made = day(reissue=[AGAIN | {"序列号": None} | row])
        assert spots(made, self.CODE) == (["reissue F2 E serial_no"] if speaks else [])

    def test_without_the_column_it_is_blank(self) -> None:
        row = {name: value for name, value in AGAIN.items() if name != "序列号"}
        assert spots(day(reissue=[row]), self.CODE) == ["reissue 2 E serial_no"]
