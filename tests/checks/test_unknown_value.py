"""``unknown-value``: a choice, a courier or a reason in a spelling nothing knows (contract §4)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import EXCHANGE, FREIGHT, RECEIVING, day, findings, said, spots
from xlflow.fields import choices
from xlflow.grid import Value
from xlflow.registers import freight

CODE = "unknown-value"
Cells = dict[str, Value]


def test_it_names_the_nearest_known_spelling() -> None:
    found = findings(day(receiving=[RECEIVING | {"类型": "拒收件"}]), CODE)
    assert [(said(f), f.owner) for f in found] == [
        (
            "receiving.xlsx 3月!G2 unknown-value E kind=拒收件: 拒收件 is not a known spelling; write 拒收 if that is "
            "meant, or teach this spelling in the fix list",
            "warehouse",
        )
    ]


def test_without_a_near_one_it_names_all() -> None:
    found = findings(day(receiving=[RECEIVING | {"类型": "维修"}]), CODE)
    assert [said(f) for f in found] == [
        "receiving.xlsx 3月!G2 unknown-value E kind=维修: 维修 is not a known spelling; write one of these: "
        "退货、换货、拒收、拒签、无理件; or teach this spelling in the fix list"
    ]


@pytest.mark.parametrize(
    ("register", "change", "level"),
    [
        ("receiving", {"类型": "维修"}, "E"),  # ★
        ("receiving", {"快递公司": "某某快递"}, "W"),
        ("receiving", {"原因": "看心情"}, "W"),
        ("exchange", {"换出快递": "某某快递"}, "W"),
        ("exchange", {"原因": "看心情"}, "W"),
        ("freight", {"类型": "维修"}, "W"),
        ("freight", {"打款状态": "等等看"}, "E"),  # a status
        ("freight", {"原因": "看心情"}, "E"),  # freight's reason
    ],
)
def test_what_it_holds(register: str, change: Cells, level: str) -> None:
    clean = {"receiving": RECEIVING, "exchange": EXCHANGE, "freight": FREIGHT}[register]
    found = findings(day(**{register: [clean | change]}), CODE)  # type: ignore[arg-type]
    assert [(f.heading, f.level) for f in found] == [(next(iter(change)), level)]


def test_a_field_that_the_desk_requires_holds() -> None:
    own = {"receiving": {"required": ("received_on", "courier")}}
    made = day(receiving=[RECEIVING | {"快递公司": "某某快递", "类型": "维修"}], own=own)
    assert spots(made, CODE) == ["receiving G2 W kind", "receiving H2 E courier"]


def test_freight_s_reason_holds_although_the_desk_does_not_require_it() -> None:
    own = {"freight": {"required": ("order_no",)}}
    assert spots(day(freight=[FREIGHT | {"原因": "看心情"}], own=own), CODE) == ["freight F2 E reason"]


@pytest.mark.parametrize(
    "change",
    [
        {"类型": " 退 货 "},
        {"类型": None},
        {"快递公司": "顺丰速运"},
        {"快递公司": "ｓｆ"},
        {"原因": "路由器坏了"},
        {"类型": "维修", "收货日期": date(2026, 2, 28)},
    ],
)
def test_what_is_known_or_not_judged_is_quiet(change: Cells) -> None:
    assert spots(day(receiving=[RECEIVING | change]), CODE) == []


def test_a_spelling_taught_by_the_desk_is_known() -> None:
    types = {"kind": freight.KINDS.with_spellings({"维修": "return"})}
    rows = [FREIGHT | {"类型": "维修"}, FREIGHT | {"类型": "保修", "订单号": "2345678901234567891"}]
    assert isinstance(types["kind"], choices.Choice)
    assert spots(day(freight=rows, own={"freight": {"types": types}}), CODE) == ["freight H3 W kind"]


def freight_rows(*reasons: Value, **change: Value) -> list[Cells]:
    """A row a reason, each of an order and a day of its own."""
    return [
        FREIGHT
        | {"登记日期": date(2026, 3, 2 + i), "订单号": f"100000000000000{i}111", "退回单号": None, "原因": reason}
        for i, reason in enumerate(reasons)
    ]


class TestReasonsAreToldOnceASpelling:
    def test_at_the_first_row_with_the_others_beside_it_and_held(self) -> None:
        rows = freight_rows("看心情", "看天气", "看心情", "看心情")
        found = findings(day(freight=rows), CODE)
        assert [(f.cell, f.related, [row.number for row in f.rows]) for f in found] == [
            ("F2", ("freight.xlsx 3月!F4", "freight.xlsx 3月!F5"), [2, 4, 5]),
            ("F3", (), [3]),
        ]

    def test_the_first_by_date_then_by_place_over_the_desk_s_files(self) -> None:
        first, second, third = freight_rows("看心情", "看心情", "看心情")
        made = day(freight={"a.xlsx": [third, second], "b.xlsx": [first]})
        assert [(f.place, f.related) for f in findings(made, CODE)] == [
            ("b.xlsx 3月!F2", ("a.xlsx 3月!F3", "a.xlsx 3月!F2"))
        ]

    def test_from_the_first_judged_row(self) -> None:
        old, new = freight_rows("看心情", "看心情")
        made = day(freight=[old | {"登记日期": date(2026, 2, 20)}, new])
        assert [(f.cell, f.related) for f in findings(made, CODE)] == [("F3", ())]

    @pytest.mark.parametrize("again", [" 看心情", "看心情\u200b", "看 心情"])
    def test_white_space_makes_no_other_spelling(self, again: str) -> None:
        assert spots(day(freight=freight_rows("看心情", again)), CODE) == ["freight F2 E reason"]

    def test_each_register_has_its_own(self) -> None:
        made = day(freight=freight_rows("看心情"), receiving=[RECEIVING | {"原因": "看心情"}])
        assert spots(made, CODE) == ["freight F2 E reason", "receiving H2 W reason"]

    def test_other_choices_are_told_cell_by_cell(self) -> None:
        rows = [RECEIVING | {"类型": "维修"}, RECEIVING | {"类型": "维修", "退回单号": None}]
        assert spots(day(receiving=rows), CODE) == ["receiving G2 E kind", "receiving G3 E kind"]
