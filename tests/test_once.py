"""What is done only once: known by what a row is about, and known again when the row is corrected or moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from tests.build import O1, O2, O3, QUALITY, T1, T2, day
from tests.clean_parcels import INVOICE, LOST
from xlflow.event import Event
from xlflow.grid import Value
from xlflow.once import done, fold, when_done
from xlflow.registers.invoice import Invoice
from xlflow.registers.lost import Lost
from xlflow.registers.quality import Quality
from xlflow.table.columns import Row

Cells = dict[str, Value]
TABLES: dict[str, type[Row]] = {"lost": Lost, "quality": Quality, "invoice": Invoice}
CLEAN: dict[str, Cells] = {"lost": LOST, "quality": QUALITY, "invoice": INVOICE}


def digest(text: str) -> str:
    return f"<{text}>"


def rows(register: str, given: Sequence[Cells], **options: Any) -> list[Row]:
    """The rows of a register."""
    return day(**{register: list(given)}, **options).all(TABLES[register])


def remembered(register: str, given: Sequence[Cells]) -> list[Event]:
    return [done("told", row, f"day {row.number}", digest) for row in rows(register, given)]


def again(register: str, before: Sequence[Cells], now: Sequence[Cells]) -> list[str | None]:
    """When each row of today was done, None for a new one."""
    found = rows(register, now)
    known = when_done("told", found, fold("told", remembered(register, before)), digest)
    return [known.get(row) for row in found]


def test_an_event_holds_what_the_row_is_known_by() -> None:
    (event,) = remembered("lost", [LOST])
    assert (event.kind, event.unique) == ("told", (f"told/lost/<{T1}\n路由器>",))
    assert event.body["when"] == "day 2"
    assert {name: event.body["row"][name] for name in ("order_no", "tracking")} == {"order_no": O1, "tracking": T1}  # type: ignore[index,call-overload]


def test_events_of_others_are_passed_over() -> None:
    assert fold("told", [Event("made", {"kind": "monthly"}), *remembered("lost", [LOST])])[0].when == "day 2"
    assert fold("told", [Event("made", {"kind": "monthly"})]) == ()


@pytest.mark.parametrize("register", CLEAN)
def test_nothing_was_done_on_a_new_desk(register: str) -> None:
    assert again(register, [], [CLEAN[register]]) == [None]


@pytest.mark.parametrize(
    ("register", "change"),
    [
        ("lost", {}),
        ("lost", {"索赔日期": date(2026, 3, 31), "备注": "已发给快递"}),
        ("lost", {"产品": "路由器 AX3000"}),
        ("lost", {"订单编号": O2}),  # the parcel stayed
        ("lost", {"订单编号": O1[:-1] + "8", "产品": None}),
        ("quality", {"质量问题": "指示灯不亮了"}),
        ("quality", {"供应商": "样板电子厂", "批次": "B1"}),
        ("invoice", {"价税合计": 130}),
        ("invoice", {"发票抬头": "样板科技（杭州）有限公司"}),
    ],
)
def test_a_corrected_row_is_the_row_it_was(register: str, change: Cells) -> None:
    clean = CLEAN[register]
    other = clean | {
        "订单号" if register == "quality" else "订单编号": O3,
        **({"快递单号": "YT9"} if register == "lost" else {}),
    }
    assert again(register, [clean], [other, clean | change]) == [None, "day 2"]


@pytest.mark.parametrize(
    ("register", "change"),
    [
        ("lost", {"订单编号": O2, "快递单号": T2}),
        ("lost", {"快递单号": T2}),  # another parcel of the order
        ("quality", {"订单号": O2}),
        ("invoice", {"订单编号": O2}),
    ],
)
def test_another_case_is_another_row(register: str, change: Cells) -> None:
    clean = CLEAN[register]
    assert again(register, [clean], [clean | change]) == [None]
    assert again(register, [clean], [clean, clean | change]) == ["day 2", None]


def test_two_things_of_one_order_are_two() -> None:
    both = [QUALITY, QUALITY | {"质量问题": "断网"}]
    assert again("quality", both[:1], both) == ["day 2", None]
    assert again("quality", both[1:], both) == [None, "day 2"]
    assert again("quality", both, [both[1], both[0]]) == ["day 3", "day 2"]


def test_the_same_thing_in_a_second_row_was_done_too() -> None:
    assert again("lost", [LOST], [LOST, LOST | {"备注": "又登记了一次"}]) == ["day 2", "day 2"]


def test_a_row_that_was_deleted_claims_no_other() -> None:
    assert again("lost", [LOST, LOST | {"快递单号": T2, "订单编号": O2}], [LOST]) == ["day 2"]
    assert again("lost", [LOST], []) == []
