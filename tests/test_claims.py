"""What is to be claimed from whom, for how much, and only once (contract §6 ``claim-sheet``, §8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.build import O2, O3, QUALITY, RECEIVING, T1, T2, T3, TODAY, day, verdict
from tests.clean_parcels import INTERCEPTION, LOST
from xlflow.claims import CLAIMED, Claims, claimed, claims
from xlflow.day import Day
from xlflow.event import Event
from xlflow.grid import UNCACHED, Value
from xlflow.once import fold
from xlflow.period import Period, parse

Cells = dict[str, Value]
MARCH, FEBRUARY, APRIL = parse("2026-03"), parse("2026-02"), parse("2026-04")
ELSEWHERE: Cells = RECEIVING | {"退回单号": T2, "订单号": O2}
#: Silent for long enough, with a value.
GONE: Cells = LOST | {"登记日期": date(2026, 3, 10), "最后物流日期": date(2026, 3, 9), "货值": 129, "运费": 8}
BAD: Cells = QUALITY | {"供应商": "样板电子厂", "单价": Decimal("45.5")}


def digest(text: str) -> str:
    return f"<{text}>"


def claims_of(made: Day, period: Period = MARCH, events: Sequence[Event] = ()) -> Claims:
    return claims(made, verdict(made), period, fold(CLAIMED, events), digest)


def remembered(made: Claims, events: Sequence[Event] = ()) -> list[Event]:
    return [*events, *claimed(made, fold(CLAIMED, events), digest)]


def told(found: Claims) -> list[str]:
    """``party: type place amount missing`` of each claim."""
    return [
        f"{sheet.party}: {claim.type} {claim.row.register}!{claim.row.number} {claim.amount:.2f} {'+'.join(claim.missing)}".strip()
        for sheet in found.sheets
        for claim in sheet.claims
    ]


def lost(*changes: Cells, received: Any = None, **options: Any) -> Day:
    rows = [GONE | change for change in changes]
    return day(lost=rows, receiving=[ELSEWHERE] if received is None else received, **options)


CLAIM = ["圆通: lost lost!2 137.00"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, CLAIM),
        ({"类型": None}, CLAIM),
        ({"类型": "拦截"}, ["圆通: intercepted lost!2 137.00"]),
        ({"类型": "破损"}, ["圆通: damaged lost!2 137.00"]),
        ({"类型": "短少"}, ["圆通: short lost!2 137.00"]),
        ({"类型": "延误"}, []),
        ({"最后物流日期": date(2026, 3, 21)}, CLAIM),
        ({"最后物流日期": date(2026, 3, 22)}, []),  # 9 days
        ({"类型": "破损", "最后物流日期": date(2026, 3, 31)}, ["圆通: damaged lost!2 137.00"]),
        ({"登记日期": date(2026, 3, 31)}, CLAIM),
        ({"登记日期": date(2026, 3, 1)}, CLAIM),
        ({"登记日期": date(2026, 2, 28)}, []),  # before the start
        ({"索赔日期": date(2026, 3, 20)}, []),
        ({"赔付日期": date(2026, 3, 20)}, []),
        ({"赔付金额": 100}, []),
        ({"赔付金额": 0}, CLAIM),
        ({"类型": "破损", "索赔日期": date(2026, 3, 20)}, []),
        ({"类型": "短少", "赔付金额": 5}, []),
        ({"快递公司": "中通", "快递单号": "78901234567890"}, ["中通: lost lost!2 137.00"]),
        ({"货值": 99}, ["圆通: lost lost!2 107.00"]),
        ({"运费": None}, ["圆通: lost lost!2 129.00 freight"]),
        ({"货值": None}, ["圆通: lost lost!2 8.00 goods_value"]),
        ({"货值": None, "运费": None}, ["圆通: lost lost!2 0.00 goods_value+freight"]),
        ({"保价金额": 300}, ["圆通: lost lost!2 300.00"]),
        ({"保价金额": 300, "索赔金额": 250}, ["圆通: lost lost!2 250.00"]),
        ({"保价金额": 300, "货值": None}, ["圆通: lost lost!2 300.00"]),
        ({"索赔金额": 0}, ["圆通: lost lost!2 0.00"]),
        ({"运费": Decimal("8.55")}, ["圆通: lost lost!2 137.55"]),
    ],
)
def test_which_parcels_for_how_much(change: Cells, expected: list[str]) -> None:
    assert told(claims_of(lost(change))) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("丢失", []), ("拦截", []), ("破损", ["圆通: damaged lost!2 137.00"]), ("短少", ["圆通: short lost!2 137.00"])],
)
def test_what_was_found_again_is_left_out_unless_it_is_spoilt(kind: str, expected: list[str]) -> None:
    back = RECEIVING | {"退回单号": T1, "订单号": O2}
    assert told(claims_of(lost({"类型": kind}, received=[back]))) == expected


@pytest.mark.parametrize("field", ["索赔日期", "赔付日期", "赔付金额"])
def test_what_cannot_be_read_is_no_claim(field: str) -> None:
    for kind in ("丢失", "破损"):
        found = claims_of(lost({"类型": kind, field: UNCACHED}))
        assert found.sheets == ()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ["样板电子厂: quality quality!2 45.50"]),
        ({"数量": 3}, ["样板电子厂: quality quality!2 136.50"]),
        ({"数量": 0}, ["样板电子厂: quality quality!2 0.00"]),
        ({"单价": None}, ["样板电子厂: quality quality!2 0.00 unit_price"]),
        ({"供应商": None}, []),
        ({"登记日期": date(2026, 4, 1)}, []),
        ({"登记日期": date(2026, 2, 1)}, []),
    ],
)
def test_which_products_for_how_much(change: Cells, expected: list[str]) -> None:
    made = day(quality=[BAD | change])
    assert told(claims_of(made)) == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [("2026-02", []), ("2026-03", CLAIM), ("2026-04", CLAIM)],
)
def test_what_was_registered_in_the_month_or_earlier(period: str, expected: list[str]) -> None:
    assert told(claims_of(lost({}), parse(period))) == expected


def test_the_days_are_counted_to_the_last_of_the_month() -> None:
    made = lost({"登记日期": date(2026, 2, 20), "最后物流日期": date(2026, 2, 19)}, start=date(2026, 1, 1))
    assert (told(claims_of(made, FEBRUARY)), told(claims_of(made, MARCH))) == ([], CLAIM)


def test_one_sheet_a_courier_and_a_supplier_in_a_fixed_order() -> None:
    made = day(
        lost=[GONE, GONE | {"快递公司": "中通", "快递单号": "78901234567890"}, GONE | {"快递单号": T3, "订单编号": O3, "登记日期": date(2026, 3, 2)}],
        quality=[BAD, BAD | {"订单号": O2, "供应商": " 样板电子厂\u3000"}, BAD | {"订单号": O3, "供应商": "A 厂"}],
        receiving=[ELSEWHERE],
    )  # fmt: skip
    found = claims_of(made)
    assert told(found) == [
        "中通: lost lost!3 137.00",
        "圆通: lost lost!4 137.00",
        "圆通: lost lost!2 137.00",
        "A 厂: quality quality!4 45.50",
        "样板电子厂: quality quality!2 45.50",
        "样板电子厂: quality quality!3 45.50",
    ]
    assert [(sheet.party_type.value, sheet.total) for sheet in found.sheets] == [
        ("courier", 137),
        ("courier", 274),
        ("supplier", Decimal("45.5")),
        ("supplier", 91),
    ]


class TestHeldBack:
    """An error holds a row back from claims (contract §4)."""

    @pytest.mark.parametrize(
        ("change", "codes"),
        [
            ({"订单编号": None}, ("missing",)),
            ({"快递公司": None}, ("missing",)),
            ({"货值": "很贵"}, ("unreadable",)),
            ({"订单编号": Decimal("1.23456789012345E+18")}, ("damaged-number",)),
        ],
    )
    def test_by_an_error(self, change: Cells, codes: tuple[str, ...]) -> None:
        found = claims_of(lost(change))
        assert (found.sheets, [(row.number, why) for row, why in found.held]) == ((), [(2, codes)])

    def test_the_second_of_two_equal_rows(self) -> None:
        found = claims_of(lost({}, {}))
        assert (told(found), [(row.number, why) for row, why in found.held]) == (CLAIM, [(3, ("duplicate-row",))])

    def test_what_was_never_to_be_claimed_is_not_held(self) -> None:
        assert claims_of(lost({"订单编号": None, "类型": "延误"})).held == ()

    def test_an_intercepted_parcel_that_nobody_promised_to_bring(self) -> None:
        promised = {"类型": "拦截", "快递单号": T3, "订单编号": O3, "承诺退回": "是"}
        made = lost({"类型": "拦截", "承诺退回": None}, promised, interception=[INTERCEPTION | {"快递单号": T2}])
        found = claims_of(made)
        assert [(row.number, why) for row, why in found.held] == [(2, ("intercept-not-returning",))]
        assert told(found) == ["圆通: intercepted lost!3 137.00"]

    def test_a_warning_holds_nothing(self) -> None:
        assert told(claims_of(lost({"最后物流日期": None}))) == CLAIM

    def test_a_courier_that_nobody_wants_to_know(self) -> None:
        made = lost({"快递公司": None}, own={"lost": {"required": ("order_no", "tracking_no")}})
        found = claims_of(made)
        assert (found.sheets, [why for _, why in found.held]) == ((), [("missing",)])


@pytest.mark.parametrize("options", [{"broken": ["receiving"]}, {"received": "none"}])
def test_without_knowing_what_came_back_no_parcel_is_gone(options: dict[str, Any]) -> None:
    if options == {"received": "none"}:
        made = day(lost=[GONE, GONE | {"类型": "破损", "快递单号": T3}], quality=[BAD])
    else:
        made = lost({}, {"类型": "破损", "快递单号": T3}, quality=[BAD], **options)
    found = claims_of(made)
    assert told(found) == ["圆通: damaged lost!3 137.00", "样板电子厂: quality quality!2 45.50"]
    assert not found.whole
    assert claims_of(lost({})).whole
    assert claims_of(day(quality=[BAD])).whole


class TestOnce:
    """What was claimed is not claimed again, but stands in the sheet of its month."""

    def test_another_month_leaves_it_out(self) -> None:
        made = lost({}, quality=[BAD])
        events = remembered(claims_of(made))
        assert len(events) == 2
        assert told(claims_of(made, APRIL, events)) == []
        assert told(claims_of(made, MARCH, events)) == told(claims_of(made))

    def test_the_sheet_made_again_has_what_the_register_says_was_claimed(self) -> None:
        events = remembered(claims_of(lost({}, {"类型": "破损", "快递单号": T3})))
        later = lost({"索赔日期": TODAY}, {"类型": "破损", "快递单号": T3, "索赔日期": TODAY})
        assert told(claims_of(later, MARCH, events)) == [*CLAIM, "圆通: damaged lost!3 137.00"]
        assert claims_of(later).sheets == ()

    def test_what_came_back_meanwhile_leaves_it(self) -> None:
        events = remembered(claims_of(lost({})))
        assert claims_of(lost({}, received=[RECEIVING]), MARCH, events).sheets == ()

    def test_what_has_no_amount_is_carried_over_until_it_has_one(self) -> None:
        nothing = claims_of(lost({"货值": None, "运费": None}))
        assert remembered(nothing) == []
        assert told(claims_of(lost({"货值": 50, "运费": None}), APRIL, remembered(nothing))) == [
            "圆通: lost lost!2 50.00 freight"
        ]

    def test_what_lacks_a_part_is_claimed(self) -> None:
        partly = claims_of(lost({"运费": None}))
        assert claims_of(lost({}), APRIL, remembered(partly)).sheets == ()

    def test_a_row_corrected_since_is_not_claimed_again(self) -> None:
        events = remembered(claims_of(lost({}, quality=[BAD])))
        later = lost({"产品": "路由器 AX3000", "备注": "已联系"}, quality=[BAD | {"质量问题": "灯不亮"}])
        assert claims_of(later, APRIL, events).sheets == ()

    def test_the_order_alone_tells_nothing(self) -> None:
        events = remembered(claims_of(lost({})))
        both = lost({}, {"快递单号": T3, "登记日期": date(2026, 3, 11)})
        assert told(claims_of(both, APRIL, events)) == ["圆通: lost lost!3 137.00"]

    def test_remembering_twice_takes_no_name_twice(self) -> None:
        made = lost({}, quality=[BAD])
        events = remembered(claims_of(made))
        assert claimed(claims_of(made, MARCH, events), fold(CLAIMED, events), digest) == []
        assert len({event.unique for event in events}) == len(events) == 2

    def test_equal_rows_that_no_check_tells_apart_are_remembered_once(self) -> None:
        made = lost({}, {})
        found = claims(made, verdict(made, off=["duplicate-row"]), MARCH, (), digest)
        assert (len(told(found)), len(remembered(found))) == (2, 1)
        assert (
            claims(made, verdict(made, off=["duplicate-row"]), APRIL, fold(CLAIMED, remembered(found)), digest).sheets
            == ()
        )


def test_nobody_is_named_in_the_ledger() -> None:
    rows = [GONE | {"备注": "李四 13800000000"}]
    made = day(quality=[BAD | {"序列号": "张三的", "备注": "王五"}], lost=rows, receiving=[ELSEWHERE])
    found = claims_of(made)
    said = repr(claimed(found, (), lambda text: f"{len(text)}"))
    assert [word for word in ("张三", "李四", "王五", "138") if word in said] == []
