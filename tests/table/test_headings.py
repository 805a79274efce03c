"""Where headings stand and which column serves which field (contract §3, "Headings")."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.build import FREIGHT, RECEIVING, grid, read, sheet
from xlflow.discover import registers
from xlflow.grid import Value
from xlflow.locale import render
from xlflow.table.headings import AmbiguousHeading, Heading, Spellings, find_heading

Rows = list[list[Value]]
RECEIVED: list[Value] = ["收货日期", "退回单号", "订单号", "产品", "数量", "类型"]


def heading(register: str, *rows: list[Value], extra: dict[str, tuple[str, ...]] | None = None) -> Heading | None:
    return find_heading(grid(list(rows)).lines, Spellings.of(registers()[register], extra or {}))


def claims(register: str, *headings: Value, extra: dict[str, tuple[str, ...]] | None = None) -> dict[str, str]:
    found = heading(register, list(headings), extra=extra)
    assert found is not None
    return {name: claim.heading for name, claim in found.claims.items()}


FREIGHT_HEADINGS = ["登记日期", "订单号", "支付宝账号", "收款人姓名", "运费金额", "原因"]


@pytest.mark.parametrize(
    "written",
    [
        "运费金额",
        "运费金额（元）*",
        " 运费 金额 ",
        "运费\n金额",
        "运费_金额",
        "*运费金额：",
        "＊运费金额(必填)",
        "运费/金额",
        "运费—金额、",
        "运费金额【元】",
        "运费金额\u200b",
    ],
)
def test_how_one_heading_may_be_written(written: str) -> None:
    assert claims("freight", *FREIGHT_HEADINGS[:4], written, "原因")["amount"] == written


@pytest.mark.parametrize("written", ["运费的金额", "（元）运费金额", "运费金额元", "运费金额2", "费金额"])
def test_what_is_another_heading(written: str) -> None:
    assert "amount" not in claims("freight", *FREIGHT_HEADINGS[:4], written, "原因")


def test_full_width_and_latin_letters_are_one() -> None:
    assert claims("receiving", *RECEIVED, "顾客ＩＤ")["buyer"] == "顾客ＩＤ"
    assert claims("receiving", *RECEIVED, "顾客Id")["buyer"] == "顾客Id"


@pytest.mark.parametrize("register", ["receiving", "exchange", "freight"])
def test_every_spelling_of_the_contract_claims_its_field(register: str) -> None:
    for name, column in registers()[register].columns.items():
        for spelling in column.headings:
            spellings = Spellings.of(registers()[register], {})
            found = find_heading(grid([[*_required(register, name), spelling]]).lines, spellings)
            assert found is not None
            assert found.claims[name].heading == spelling


def _required(register: str, but: str) -> list[Value]:
    return [c.headings[0] for n, c in registers()[register].columns.items() if c.required and n != but]


def test_position_means_nothing() -> None:
    for headings in (FREIGHT_HEADINGS, FREIGHT_HEADINGS[::-1]):
        assert set(claims("freight", *headings)) == {
            "registered_on", "order_no", "payee_account", "payee_name", "amount", "reason",
        }  # fmt: skip


class TestSeveralColumnsForOneField:
    def test_the_earliest_spelling_in_the_list_wins(self) -> None:
        found = heading("freight", ["金额", *FREIGHT_HEADINGS[:4], "退运费", "运费金额", "原因"])
        assert found is not None
        assert found.claims["amount"].heading == "运费金额"
        assert [claim.heading for claim in found.unclaimed] == ["金额", "退运费"]

    def test_the_same_spelling_twice_is_ambiguous(self) -> None:
        with pytest.raises(AmbiguousHeading) as refused:
            read("freight", sheet([FREIGHT | {" 订单 号": None, "订单号（必填）": None}]))
        assert refused.value.code == "ambiguous-heading"
        fix = refused.value.fix
        assert fix is not None
        assert render(refused.value.message, "en") == "the headings in B1 and H1 are the same: 订单号"
        assert render(fix, "en") == "rename one of the two columns, so that it is clear which one counts"

    def test_two_headings_of_no_field_may_be_the_same(self) -> None:
        rows: Rows = [[*FREIGHT_HEADINGS, "货架", "货架"]]
        found = heading("freight", *rows)
        assert found is not None
        found.ensure_unambiguous()
        assert [claim.column for claim in found.unclaimed] == [6, 7]


class TestTheHeadingRow:
    def test_it_has_most_known_headings(self) -> None:
        found = heading("receiving", ["收货登记", "日期"], ["订单号", "备注", None], RECEIVED, ["退货", "换货"])
        assert found is not None
        assert found.row == 3

    def test_of_equals_it_is_the_first(self) -> None:
        found = heading("receiving", ["标题"], RECEIVED, RECEIVED)
        assert found is not None
        assert found.row == 2

    @pytest.mark.parametrize(("row", "found"), [(20, True), (21, False)])
    def test_it_is_among_the_first_twenty(self, row: int, found: bool) -> None:
        rows: Rows = [["标题"]] * (row - 1)
        assert (heading("receiving", *rows, RECEIVED) is not None) is found


class TestWhoseSheetItIs:
    @pytest.mark.parametrize(
        ("headings", "share"),
        [
            (RECEIVED, 1),
            (RECEIVED[:3], Fraction(1, 2)),
            ([*RECEIVED[:2], "型号"], Fraction(1, 2)),  # the model will do for the product
            ([*RECEIVED[:2], "型号", "产品"], Fraction(1, 2)),
            (RECEIVED[:2], None),
            ([*RECEIVED[:2], "旺旺", "电话", "备注"], None),  # only ★ count
            (["说明"], None),
            ([], None),
        ],
    )
    def test_half_of_its_required_headings(self, headings: list[Value], share: Fraction | None) -> None:
        found = heading("receiving", headings)
        assert (found.share if found is not None else None) == share

    def test_wanted_headings_do_not_count(self) -> None:
        assert heading("freight", ["订单号", "收款人姓名", "金额"]) is None
        assert heading("freight", ["订单号", "支付宝账号", "金额"]) is not None


class TestTheDesksOwnSpellings:
    def test_they_go_before_the_built_in_ones(self) -> None:
        found = claims("receiving", *RECEIVED, "回来的单号", extra={"tracking_no": ("回来的单号",)})
        assert found["tracking_no"] == "回来的单号"

    def test_the_first_of_them_first(self) -> None:
        extra = {"tracking_no": ("回来的 单号", "旧单号")}
        found = claims("receiving", "旧单号", *RECEIVED, "回来的单号（新）", extra=extra)
        assert found["tracking_no"] == "回来的单号（新）"

    def test_a_spelling_taken_for_one_field_is_no_other_s(self) -> None:
        found = claims("receiving", *RECEIVED, extra={"memo": ("产品",)})
        assert found["memo"] == "产品"
        assert "product" not in found


def test_a_number_for_a_heading_is_no_heading_of_ours() -> None:
    found = heading("receiving", [*RECEIVED, 2026, None, " "])
    assert found is not None
    assert [(claim.column, claim.heading) for claim in found.unclaimed] == [(6, "2026")]


def test_places_are_those_of_the_sheet() -> None:
    (made,) = read("receiving", grid([["收货"], list(RECEIVING), list(RECEIVING.values())]))
    assert (made.cell("quantity", 3), made.cell("memo", 3)) == ("F3", None)
    assert (made.place("quantity", 3), made.place("memo", 3), made.place(None, 3)) == (
        "receiving.xlsx 3月!F3",
        "receiving.xlsx 3月!3",
        "receiving.xlsx 3月!3",
    )
