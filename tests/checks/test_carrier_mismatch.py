"""``carrier-mismatch``: the number fits no pattern of the named carrier (contract §4, domain.md B.2)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import EXCHANGE, RECEIVING, day, findings, said, sheet, spots
from xlflow.grid import UNCACHED, Value

CODE = "carrier-mismatch"
Cells = dict[str, Value]
ZTO, SF, STO = "78901234567890", "SF1234567890123", "773123456789012"


def ask(register: str, change: Cells, name: str = "3月") -> list[str]:
    clean = {"receiving": RECEIVING, "exchange": EXCHANGE}[register]
    return spots(day(**{register: sheet([clean | change], name)}), CODE)  # type: ignore[arg-type]


def test_one_of_the_two_is_wrong() -> None:
    found = findings(day(receiving=[RECEIVING | {"快递公司": "顺丰速运"}]), CODE)
    assert [(said(f), f.owner) for f in found] == [
        (
            "receiving.xlsx 3月!B2 carrier-mismatch W tracking_no=YT1234567890123: YT1234567890123 does not look like "
            "a number of 顺丰; correct the number or the carrier",
            "warehouse",
        )
    ]


@pytest.mark.parametrize(
    ("courier", "number", "speaks"),
    [
        ("圆通", "YT1234567890123", False),
        ("中通快递", ZTO, False),
        ("中通", SF, True),
        ("顺丰", SF, False),
        ("SF", "680000123405", False),  # the wider pattern
        ("顺丰", ZTO, True),
        ("申通", STO, False),
        ("圆通", ZTO, False),  # so were its older ones
        ("韵达", ZTO, True),
        ("某某快递", ZTO, False),  # its `unknown-value` speaks
        (UNCACHED, ZTO, False),
        (None, ZTO, False),
        ("圆通", None, False),
        ("圆通", "看不清", False),
    ],
)
def test_the_carrier_of_the_row(courier: Value, number: Value, speaks: bool) -> None:
    change: Cells = {"快递公司": courier, "退回单号": number}
    assert ask("receiving", change) == (["receiving B2 W tracking_no"] if speaks else [])


@pytest.mark.parametrize(
    ("name", "change", "speaks"),
    [
        ("顺丰", {}, True),
        ("3月顺丰签收", {}, True),
        ("圆通", {}, False),
        ("3月", {}, False),
        ("顺丰和圆通", {}, False),
        ("顺丰", {"快递公司": "圆通"}, False),
        ("圆通", {"快递公司": "顺丰"}, True),
        ("顺丰", {"快递公司": "某某快递"}, False),
        ("顺丰", {"快递公司": None}, True),
    ],
)
def test_the_sheet_s_name_counts_as_naming(name: str, change: Cells, speaks: bool) -> None:
    assert ask("receiving", change, name) == (["receiving B2 W tracking_no"] if speaks else [])


def test_in_exchange_it_carries_what_was_sent() -> None:
    assert ask("exchange", {"换出快递": "顺丰"}) == ["exchange G2 W sent_tracking"]
    assert ask("exchange", {"换出快递": "顺丰", "换出单号": SF}) == []
    assert ask("exchange", {"换出快递": "顺丰", "换出单号": None}) == []
    assert ask("exchange", {}, "顺丰") == ["exchange G2 W sent_tracking"]


def test_not_before_the_start() -> None:
    assert ask("receiving", {"快递公司": "顺丰", "收货日期": date(2026, 2, 28)}) == []
