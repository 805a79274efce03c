"""Choices, several choices, yes and no."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fields.reading import CELLS, FEW, dirty, read
from xlflow.fields import Unreadable
from xlflow.fields.choices import FLAG, choice, several

KIND = choice({"return": ("退货",), "exchange": ("换货",), "refused": ("拒收", "客户拒收"), "special": ("Ａ类",)})
ITEMS = several({"invoice": ("发票",), "cable": ("网线",), "adapter": ("电源", "电源适配器")})


def unknown(value: str, nearest: str) -> str:
    return (
        f"unknown-value: {value} is not a known spelling; "
        f"write {nearest} if that is meant, or teach this spelling in the fix list"
    )


def strange(value: str, known: str) -> str:
    return (
        f"unknown-value: {value} is not a known spelling; "
        f"write one of these: {known}; or teach this spelling in the fix list"
    )


ALL = "退货、换货、拒收、Ａ类"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (None, None),
        (" \u200b", None),
        ("退货", "return"),
        (" 退\u3000货 ", "return"),
        ("'换货", "exchange"),
        ("客户拒收", "refused"),
        ("a类", "special"),
        ("退货吧", unknown("退货吧", "退货")),
        ("退", unknown("退", "退货")),
        ("退货/换货", unknown("退货/换货", "退货")),
        ("return", strange("return", ALL)),
        ("维修", strange("维修", ALL)),
        (1, strange("1", ALL)),
        (Decimal("2.5"), strange("2.5", ALL)),
        (True, strange("TRUE", ALL)),
        (date(2026, 3, 2), strange("2026-03-02", ALL)),
    ],
)
def test_choice(cell: object, value: str | None) -> None:
    assert read(KIND, cell) == value


def test_a_desks_own_spellings_go_before_the_built_in_ones() -> None:
    own = KIND.with_spellings({"退": "return", "1": "exchange", "拒 收": "return", "": "exchange"})
    assert [read(own, cell) for cell in ("退", "退货", 1, "拒收", "客户拒收", " ")] == [
        "return",
        "return",
        "exchange",
        "return",
        "refused",
        None,
    ]
    assert [own.shown(value) for value in own.spellings] == ["退货", "换货", "客户拒收", "Ａ类"]
    assert read(KIND, "退") == unknown("退", "退货")


def test_a_value_without_any_spelling_is_shown_as_it_is() -> None:
    assert KIND.with_spellings({"Ａ类": "return"}).shown("special") == "special"


def test_a_desk_cannot_teach_a_value_that_does_not_exist() -> None:
    with pytest.raises(ValueError) as caught:
        KIND.with_spellings({"修": "repair", "换": "exchange"})
    assert str(caught.value) == "not a value of this choice: repair"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (None, None),
        ("", None),
        ("网线", ("cable",)),
        ("网线+发票", ("invoice", "cable")),
        ("发票＋网线", ("invoice", "cable")),
        ("网线、发票，电源", ("invoice", "cable", "adapter")),
        ("网线/发票,电源", ("invoice", "cable", "adapter")),
        ("网线／发票", ("invoice", "cable")),
        ("网线和电源适配器", ("cable", "adapter")),
        ("网线 + 网线、", ("cable",)),
        ("网线 发票", unknown("网线 发票", "网线")),
        ("网线+鼠标", strange("鼠标", "发票、网线、电源")),
        ("网线2条+发票", unknown("网线2条", "网线")),
        ("+", strange("+", "发票、网线、电源")),
        (1, strange("1", "发票、网线、电源")),
    ],
)
def test_several(cell: object, value: object) -> None:
    assert read(ITEMS, cell) == value


def test_several_can_be_taught() -> None:
    assert read(ITEMS.with_spellings({"线": "cable"}), "线+发票") == ("invoice", "cable")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (None, None),
        ("", None),
        (" \u200b", None),
        *[
            (no, False)
            for no in ("否", "无", "不", "没有", "×", "0", "N", "n", "Ｎ", " 否 ", "没 有", "'0", 0, Decimal("0"))
        ],
        (False, False),
        *[(yes, True) for yes in ("是", "无法申请", "√", "1", "Y", "不能", "没", "no", "x", "✗", "00", 1, 2.0)],
        (True, True),
        (date(2026, 3, 2), True),
    ],
)
def test_flag(cell: object, value: bool | None) -> None:
    assert read(FLAG, cell) is value


@given(st.sampled_from([(word, value) for value, words in KIND.spellings.items() for word in words]), st.data())
def test_dirt_never_changes_a_choice(spelling: tuple[str, str], data: st.DataObject) -> None:
    word, value = spelling
    assert KIND.parse(data.draw(dirty(word))) == value
    assert KIND.parse(KIND.shown(value)) == value


@FEW
@given(CELLS)
def test_choices_read_everything(cell: object) -> None:
    assert KIND.parse(cell) is None or KIND.parse(cell) in KIND.spellings or isinstance(KIND.parse(cell), Unreadable)
    assert isinstance(ITEMS.parse(cell), tuple | Unreadable | None)
    assert FLAG.parse(cell) in (True, False, None)
