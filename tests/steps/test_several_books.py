"""Registers as desks keep them: several in one workbook, one in several files, a folder of months (contract §1, §3)."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.build import O2, O3, RECEIVING, T2, T3
from tests.clean_parcels import INTERCEPTION, INVOICE, LOST
from tests.desks import Rows, workbook, xlflow
from xlflow.excel.seal import seal

Capture = pytest.CaptureFixture[str]
Cells = Mapping[str, Any]


def book(**sheets: Rows) -> bytes:
    """A workbook of several sheets."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        source = openpyxl.load_workbook(io.BytesIO(workbook(rows))).worksheets[0]
        page = made.create_sheet(name)
        for row in source.iter_rows(values_only=True):
            page.append(list(row))
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def desk(home: Path, files: Mapping[str, bytes], settings: str = "", **registers: str) -> Path:
    """A desk of these files; of each register its lines in the settings."""
    for name, data in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(data)
    tables = [f"[registers.{name}]\n{lines}" for name, lines in registers.items()]
    head = '[desk]\nname = "测试店"\nstart = 2026-03-01\nlanguage = "en"'
    (home / "xlflow.toml").write_text("\n".join([head, *tables, settings]), encoding="utf-8")
    return home


def check(capsys: Capture, home: Path) -> Any:
    return xlflow(capsys, "check", "--desk", home, "--date", "2026-03-31", "--json")


def read(document: Any) -> list[tuple[str, str, str, int]]:
    return [(r["register"], r["file"], r["sheet"], r["rows"]) for r in document["registers"]]


def found(document: Any) -> list[tuple[str, str, str]]:
    return [(f["code"], f"{f['file']} {f['sheet']}!{f['cell'] or f['row']}", f["field"]) for f in document["findings"]]


def without(row: Cells, *headings: str) -> dict[str, Any]:
    return {heading: value for heading, value in row.items() if heading not in headings}


class TestTwoRegistersInOneWorkbook:
    BOTH = 'path = "物流.xlsx"'

    def test_are_told_apart_by_their_headings(self, tmp_path: Path, capsys: Capture) -> None:
        made = book(丢件=[LOST], 撤件=[INTERCEPTION | {"快递单号": T2}], 说明=[{"怎么填": "一行一个包裹"}])
        told = check(capsys, desk(tmp_path, {"物流.xlsx": made}, lost=self.BOTH, interception=self.BOTH))
        assert read(told.document) == [
            ("interception", "物流.xlsx", "撤件", 1),
            ("lost", "物流.xlsx", "丢件", 1),
        ]
        assert (told.code, told.document["errors"], found(told.document)) == (0, [], [])
        assert told.document["skipped"] == [{"file": "物流.xlsx", "sheet": "说明", "reason": "no-headings"}]

    def test_headings_that_fit_both_are_an_error_until_the_sheets_are_named(
        self, tmp_path: Path, capsys: Capture
    ) -> None:
        rows = [{"日期": date(2026, 3, 30), "订单编号": O2, "快递公司": "圆通", "快递单号": T2}]
        made = book(丢件=rows, 撤件=rows)
        told = check(capsys, desk(tmp_path, {"物流.xlsx": made}, lost=self.BOTH, interception=self.BOTH))
        assert (told.code, {error["code"] for error in told.document["errors"]}) == (4, {"ambiguous-heading"})
        named = {"lost": f'{self.BOTH}\nsheets = ["丢件*"]', "interception": f'{self.BOTH}\nsheets = ["*撤件"]'}
        told = check(capsys, desk(tmp_path, {"物流.xlsx": made}, **named))
        assert read(told.document) == [("interception", "物流.xlsx", "撤件", 1), ("lost", "物流.xlsx", "丢件", 1)]
        assert (told.code, told.document["errors"]) == (0, [])

    def test_either_s_password_opens_it(self, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        made = seal(book(丢件=[LOST], 撤件=[INTERCEPTION]), "invented-word")
        home = desk(tmp_path, {"物流.xlsx": made}, lost=self.BOTH, interception=self.BOTH)
        monkeypatch.setenv("XLFLOW_PASSWORD_INTERCEPTION", "invented-word")
        told = check(capsys, home)
        assert [register for register, *_ in read(told.document)] == ["interception", "lost"]
        assert told.document["errors"] == []


class TestOneRegisterInSeveralFiles:
    def test_a_list_of_files(self, tmp_path: Path, capsys: Capture) -> None:
        again = LOST | {"登记日期": date(2026, 3, 30)}
        files = {"中通.xlsx": workbook([LOST | {"快递单号": T2}]), "圆通.xlsx": workbook([LOST, again])}
        told = check(capsys, desk(tmp_path, files, lost='path = ["圆通.xlsx", "中通.xlsx"]'))
        assert read(told.document) == [("lost", "中通.xlsx", "3月", 1), ("lost", "圆通.xlsx", "3月", 2)]
        assert found(told.document) == [("duplicate-row", "圆通.xlsx 3月!C3", "tracking_no")]

    def test_a_folder_of_months(self, tmp_path: Path, capsys: Capture) -> None:
        """The later row of another file is the later one by its date; lock files are skipped."""
        late = LOST | {"登记日期": date(2026, 3, 30), "快递单号": T2}
        files = {
            "丢件/2026-02.xlsx": workbook([LOST | {"登记日期": date(2026, 2, 20), "快递单号": T2}], "2月"),
            "丢件/2026-03.xlsx": workbook([LOST, late]),
            "丢件/~$2026-03.xlsx": b"locked",
            "丢件/.~2026-03.xlsx": b"locked",
        }
        told = check(capsys, desk(tmp_path, files, lost='path = "丢件/*.xlsx"'))
        assert read(told.document) == [("lost", "丢件/2026-02.xlsx", "2月", 1), ("lost", "丢件/2026-03.xlsx", "3月", 2)]
        (finding,) = told.document["findings"]
        assert (finding["code"], finding["cell"], finding["related"]) == (
            "duplicate-row",
            "C3",
            ["丢件/2026-02.xlsx 2月!C2"],
        )

    def test_a_sheet_a_carrier(self, tmp_path: Path, capsys: Capture) -> None:
        row = without(LOST, "快递公司") | {"快递单号": "78901234567890", "最后物流日期": date(2026, 3, 22)}
        made = book(中通丢件登记=[row], 顺丰丢件登记=[row | {"快递单号": "SF1234567890123"}])
        files = {"丢件.xlsx": made, "收货.xlsx": workbook([RECEIVING])}
        own = '[policies]\n"lost.claim_days.顺丰" = 3'
        home = desk(tmp_path, files, own, lost='path = "丢件.xlsx"', receiving='path = "收货.xlsx"')
        told = check(capsys, home)
        assert found(told.document) == [
            ("lost-chase", "丢件.xlsx 中通丢件登记!C2", "tracking_no"),
            ("lost-claim", "丢件.xlsx 顺丰丢件登记!C2", "tracking_no"),
        ]

    def test_one_that_cannot_be_used_leaves_the_others(self, tmp_path: Path, capsys: Capture) -> None:
        """What is not found in half a register may be in the other half: those checks are not run."""
        files = {
            "收货/1.xlsx": workbook([RECEIVING]),
            "收货/2.xlsx": b"PK broken",
            "丢件.xlsx": workbook([LOST | {"最后物流日期": date(2026, 3, 20)}]),
        }
        told = check(capsys, desk(tmp_path, files, lost='path = "丢件.xlsx"', receiving='path = "收货/*.xlsx"'))
        assert [(error["file"], error["register"]) for error in told.document["errors"]] == [
            ("收货/2.xlsx", "receiving")
        ]
        unrun = {n["code"] for n in told.document["not_run"] if n["needs"] == ["receiving"]}
        assert unrun >= {"lost-chase", "lost-claim", "lost-found"}
        assert told.code == 4


class TestAnAbsentColumn:
    """It counts as blank, but for evidence and inspection (contract §3)."""

    def test_counts_as_blank(self, tmp_path: Path, capsys: Capture) -> None:
        refunded = without(INTERCEPTION, "数量") | {"数量": 6, "退款金额": 500, "订单编号": O3, "快递单号": T3}
        files = {
            "撤件.xlsx": workbook([refunded]),
            "丢件.xlsx": workbook([without(LOST, "最后物流日期", "类型") | {"登记日期": date(2026, 3, 20)}]),
            "收货.xlsx": workbook([RECEIVING | {"退回单号": T2, "订单号": O2}]),
            "发票.xlsx": workbook([without(INVOICE, "地址电话", "开户行及账号", "开票日期", "税号")]),
        }
        registers = {"interception": "撤件", "lost": "丢件", "receiving": "收货", "invoice": "发票"}
        told = check(capsys, desk(tmp_path, files, **{n: f'path = "{f}.xlsx"' for n, f in registers.items()}))
        assert found(told.document) == [
            ("roundtrip-not-deducted", "撤件.xlsx 3月!F2", "refund_amount"),
            ("missing", "发票.xlsx 3月!2", "tax_no"),
            ("invoice-due", "发票.xlsx 3月!A2", "requested_on"),
            ("invoice-incomplete", "发票.xlsx 3月!D2", "title"),
            ("invoice-incomplete", "发票.xlsx 3月!D2", "title"),
            ("lost-claim", "丢件.xlsx 3月!C2", "tracking_no"),
        ]
        assert [n for n in told.document["not_run"] if "sheet" in n] == []

    def test_inspection_s_check_is_not_run_for_that_sheet(self, tmp_path: Path, capsys: Capture) -> None:
        made = book(**{"1": [RECEIVING], "2": [RECEIVING | {"退回单号": T2, "质检结果": None}]})
        own = '[checks]\non = ["not-inspected"]'
        home = desk(tmp_path, {"收货.xlsx": made}, own, receiving='path = "收货.xlsx"')
        told = check(capsys, home)
        assert found(told.document) == [("not-inspected", "收货.xlsx 2!H2", "inspection")]
        assert [n for n in told.document["not_run"] if n["code"] == "not-inspected"] == [
            {"code": "not-inspected", "needs": ["inspection"], "file": "收货.xlsx", "sheet": "1"}
        ]
