"""Which checks run, which could not, and in what order findings come (contract §4)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import (
    BADREVIEW,
    COMPENSATION,
    EXCHANGE,
    FREIGHT,
    O1,
    O2,
    RECEIVING,
    REFUND,
    REISSUE,
    T2,
    day,
    findings,
    sheet,
    spots,
    verdict,
)
from tests.clean_parcels import LOST
from xlflow.discover import exports, registers
from xlflow.judge import checks
from xlflow.model import Level

#: The codes of contract §4 with level and owner (None: the register's): those of the core registers …
CODES = {
    "missing": ("E", None),
    "missing-column": ("E", None),
    "unreadable": ("E", None),
    "unknown-value": ("W", None),
    "damaged-number": ("E", None),
    "suspect-number": ("W", None),
    "error-cell": ("E", None),
    "uncached-formula": ("E", None),
    "merged-cells": ("E", None),
    "date-out-of-range": ("E", None),
    "duplicate-row": ("E", None),
    "control-total": ("W", None),
    "unclaimed-column": ("I", None),
    "hidden-rows": ("I", None),
    "carrier-mismatch": ("W", None),
    "not-received": ("E", None),
    "tracking-differs": ("W", None),
    "not-quality": ("E", None),
    "shop-fault": ("H", "manager"),
    "exchange-freight": ("E", None),
    "replacement-too-late": ("E", None),
    "third-exchange": ("W", "manager"),
    "paid-by-platform": ("E", None),
    "already-paid": ("E", None),
    "possible-duplicate": ("H", "finance"),
    "freight-too-high": ("H", "manager"),
    "quantity-mismatch": ("E", "after_sales"),
    "not-inspected": ("W", None),
    "unmatched-parcel": ("W", "after_sales"),
    "exchange-not-shipped": ("W", None),
    "paid-review": ("H", "manager"),
}
#: … and those of the others.
FURTHER = {
    "cable-over-unit": ("W", None),
    "cable-over-cap": ("E", None),
    "cable-late": ("E", None),
    "cable-broken-reissue": ("E", None),
    "cable-invoice": ("W", None),
    "adapter-amount": ("E", None),
    "adapter-late": ("E", None),
    "adapter-evidence": ("W", None),
    "serial-missing": ("E", None),
    "compensation-channel": ("H", "manager"),
    "reissue-and-compensation": ("E", None),
    "intercept-carrier": ("W", None),
    "roundtrip-not-deducted": ("E", None),
    "intercept-unconfirmed": ("W", None),
    "intercept-not-returning": ("E", None),
    "lost-chase": ("W", None),
    "lost-claim": ("W", None),
    "lost-found": ("W", None),
    "reissue-and-refund": ("E", None),
    "no-picture": ("W", None),
    "tax-number": ("E", None),
    "invoice-incomplete": ("W", None),
    "invoice-due": ("W", "finance"),
    "invoice-not-posted": ("I", None),
}
OFF = {"not-inspected", "exchange-not-shipped", "no-picture", "invoice-not-posted"}


def test_every_code_is_there_with_its_level_and_owner() -> None:
    declared = {code: (check.level.value, check.owner) for code, check in checks().items()}
    assert declared == CODES | FURTHER
    assert {code for code, check in checks().items() if not check.on} == OFF


def test_every_check_says_what_it_is_about() -> None:
    tables = {*registers().values(), *exports().values()}
    for check in checks().values():
        assert check.doc.partition("\n")[0].endswith((".", ":", "?")), check.code
        assert set(check.needs) <= tables, check.code


def test_levels_hold_or_do_not() -> None:
    assert [(level.value, level.severity, level.holds) for level in Level] == [
        ("E", "error", True),
        ("H", "warning", True),
        ("W", "warning", False),
        ("I", "info", False),
    ]


def not_run(*, on: tuple[str, ...] = (), off: tuple[str, ...] = (), **desk: object) -> dict[str, tuple[str, ...]]:
    """What the checks of the core registers lack."""
    return {n.code: n.needs for n in verdict(day(**desk), on, off).not_run if n.code in CODES}  # type: ignore[arg-type]


class TestNotRun:
    def test_a_desk_with_everything_runs_everything(self) -> None:
        assert not_run(freight=[FREIGHT], receiving=[RECEIVING], exchange=[EXCHANGE], taobao_refunds=[]) == {}

    def test_without_receiving(self) -> None:
        assert not_run(freight=[FREIGHT], exchange=[EXCHANGE]) == {
            "not-received": ("receiving",),
            "paid-by-platform": ("taobao_refunds",),
            "quantity-mismatch": ("receiving",),
            "replacement-too-late": ("receiving",),
            "tracking-differs": ("receiving",),
            "unmatched-parcel": ("receiving",),
        }

    def test_without_exchange(self) -> None:
        assert not_run(freight=[FREIGHT], receiving=[RECEIVING], taobao_refunds=[]) == {
            "replacement-too-late": ("exchange",),
            "third-exchange": ("exchange",),
        }

    def test_without_freight(self) -> None:
        left = set(CODES) - OFF
        lacking = not_run(receiving=[RECEIVING], exchange=[EXCHANGE])
        assert {code for code, needs in lacking.items() if "freight" in needs} == {
            code for code in left if checks()[code].needs[:1] == (registers()["freight"],)
        }

    def test_a_register_that_cannot_be_used_is_as_if_it_were_not_there(self) -> None:
        lacking = not_run(freight=[FREIGHT], exchange=[EXCHANGE], taobao_refunds=[], broken=["receiving"])
        assert lacking["not-received"] == ("receiving",)

    def test_one_file_of_two_that_cannot_be_used_proves_nothing_absent(self) -> None:
        lacking = not_run(
            freight=[FREIGHT], receiving=[RECEIVING], exchange=[EXCHANGE], taobao_refunds=[], broken=["receiving"]
        )
        assert lacking == {
            "duplicate-row": ("receiving",),
            "not-received": ("receiving",),
            "replacement-too-late": ("receiving",),
            "tracking-differs": ("receiving",),
        }

    def test_the_rest_of_its_own_register_is_judged(self) -> None:
        made = day(freight=[FREIGHT | {"运费金额": 60}], receiving=[RECEIVING], broken=["freight"])
        assert spots(made, "freight-too-high") == ["freight E2 H amount"]

    def test_a_check_switched_off_by_name_is_not_listed_and_says_nothing(self) -> None:
        assert "not-received" not in not_run(freight=[FREIGHT], off=("not-received",))
        row = FREIGHT | {"运费金额": 60}
        made = day(freight=[row], receiving=[RECEIVING])
        assert {f.code for f in verdict(made, off=("freight-too-high",)).findings} == set()

    def test_one_that_is_turned_on_needs_its_registers(self) -> None:
        assert not_run(freight=[FREIGHT], on=("not-inspected",))["not-inspected"] == ("receiving",)
        lacking = not_run(exchange=[EXCHANGE], on=("exchange-not-shipped",))
        assert lacking["exchange-not-shipped"] == ("receiving",)


class TestSeveralRegisters:
    """A check about several registers, and one that looks into several."""

    REVIEWS, REFUNDS, EVIDENCE = "paid-review", "reissue-and-refund", "adapter-evidence"

    def lacks(self, code: str, **desk: object) -> list[tuple[str, ...]]:
        return [n.needs for n in verdict(day(**desk)).not_run if n.code == code]  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "desk", [{"freight": [FREIGHT]}, {"compensation": [COMPENSATION]}, {"badreview": [BADREVIEW]}]
    )
    def test_one_of_those_it_is_about_is_enough(self, desk: dict[str, object]) -> None:
        assert self.lacks(self.REVIEWS, **desk) == []

    def test_without_any_it_could_not_run(self) -> None:
        assert self.lacks(self.REVIEWS, reissue=[REISSUE]) == [("freight", "compensation", "badreview")]

    def test_one_that_could_not_be_used_is_listed_and_the_other_judged(self) -> None:
        made = day(freight=[FREIGHT | {"备注": "改评"}], broken=["compensation"])
        assert [n.needs for n in verdict(made).not_run if n.code == self.REVIEWS] == [("compensation",)]
        assert spots(made, self.REVIEWS) == ["freight H2 H memo"]

    def test_the_sheets_without_its_column_are_listed_of_each(self) -> None:
        made = day(reissue=[REISSUE], compensation=[COMPENSATION | {"图片": None}])
        assert [(n.needs, n.file, n.sheet) for n in verdict(made).not_run if n.code == self.EVIDENCE] == [
            (("evidence",), "reissue.xlsx", "3月")
        ]

    def test_half_of_what_it_adds_up_is_listed(self) -> None:
        assert self.lacks("cable-over-cap", compensation=[COMPENSATION], broken=["compensation"]) == [("compensation",)]
        assert self.lacks("cable-over-cap", compensation=[COMPENSATION], broken=["reissue"]) == []

    def test_one_of_those_it_looks_into_is_enough_to_speak(self) -> None:
        made = day(reissue=[REISSUE | {"补发类型": "产品"}], lost=[LOST | {"退款日期": date(2026, 3, 30)}])
        assert spots(made, self.REFUNDS) == ["reissue C2 E items"]
        assert [n.needs for n in verdict(made).not_run if n.code == self.REFUNDS] == [("taobao_refunds",)]

    def test_none_of_them_is_not(self) -> None:
        assert self.lacks(self.REFUNDS, reissue=[REISSUE]) == [("lost", "taobao_refunds")]
        assert self.lacks(self.REFUNDS, lost=[LOST], taobao_refunds=[REFUND]) == [("reissue",)]


class TestOrder:
    def test_register_file_sheet_row_column_code(self) -> None:
        bad = FREIGHT | {"运费金额": "很多", "支付宝账号": None, "原因": "非质量问题", "订单号": O2}
        made = day(
            receiving={
                "b.xlsx": [RECEIVING | {"数量": "几个"}],
                "a.xlsx": [RECEIVING | {"数量": None, "退回单号": T2}],
            },
            freight=[sheet([bad], "9月"), sheet([FREIGHT | {"旺旺": "小鱼", "货架": "A"}, bad], "3月")],
        )
        found = [(f.place, f.code) for f in findings(made)]
        assert found == [
            ("freight.xlsx 9月!C2", "missing"),
            ("freight.xlsx 9月!E2", "unreadable"),
            ("freight.xlsx 9月!F2", "not-quality"),
            ("freight.xlsx 9月!G2", "tracking-differs"),
            ("freight.xlsx 3月!I1", "unclaimed-column"),
            ("freight.xlsx 3月!B3", "duplicate-row"),
            ("freight.xlsx 3月!C3", "missing"),
            ("freight.xlsx 3月!E3", "unreadable"),
            ("freight.xlsx 3月!F3", "not-quality"),
            ("freight.xlsx 3月!G3", "tracking-differs"),
            ("a.xlsx 3月!F2", "missing"),
            ("b.xlsx 3月!F2", "unreadable"),
        ]


def test_of_rows_before_the_start_nothing_is_said() -> None:
    old = date(2026, 2, 28)
    made = day(
        receiving=[
            RECEIVING | {"收货日期": old, "数量": None, "快递公司": "某某", "申请数量": 5},
            RECEIVING | {"收货日期": old, "类型": "无理件", "退回单号": None},
        ],
        exchange=[EXCHANGE | {"登记日期": old, "换出日期": date(2026, 4, 9)}] * 4,
        freight=[FREIGHT | {"登记日期": old, "原因": "看心情", "运费金额": 99, "备注": "改评", "订单号": O1}] * 2,
    )
    assert findings(made, on=["not-inspected", "exchange-not-shipped"]) == []


def test_a_clean_desk_says_nothing() -> None:
    made = day(receiving=[RECEIVING], exchange=[EXCHANGE], freight=[FREIGHT | {"类型": "退货"}], taobao_refunds=[])
    assert verdict(made, on=["exchange-not-shipped"]).findings == ()
