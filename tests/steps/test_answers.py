"""Returned lists are taken into registers: by a run, by hand, and what becomes of the files (contract §1, §2, §4, §6)."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.build import FREIGHT, O2, RECEIVING, T2
from tests.desks import TODAY, make_desk, sheets_of, workbook, xlflow
from tests.fixes.people import FilledList
from xlflow.cli import main
from xlflow.excel.seal import seal

REGISTER, LIST = "退运费表.xlsx", "待补录-售后.xlsx"
PLACE = f"{REGISTER} 3月!{{0}}".format
#: Two rows that lack their account, and one in a spelling that nobody knows.
ROWS = (
    FREIGHT | {"支付宝账号": None},
    FREIGHT | {"支付宝账号": None, "订单号": O2, "退回单号": T2, "运费金额": 8},
    FREIGHT
    | {"订单号": "3456789012345678912", "退回单号": "YT3456789012345", "原因": "看心情", "支付宝账号": "c@example.com"},
    FREIGHT
    | {"订单号": "4567890123456789123", "退回单号": "YT4567890123456", "原因": "看心情", "支付宝账号": "d@example.com"},
)
PARCELS = tuple(RECEIVING | {"订单号": row["订单号"], "退回单号": row["退回单号"], "原因": None} for row in ROWS)

Capture = pytest.CaptureFixture[str]


def small(folder: Path, **options: Any) -> Path:
    return make_desk(folder / "desk", freight=ROWS, receiving=PARCELS, **options)


def run(capsys: Capture, home: Path, *options: object) -> Any:
    return xlflow(capsys, "run", "--desk", home, "--date", TODAY, "--json", *options)


def take(capsys: Capture, home: Path, *files: Path) -> Any:
    return xlflow(capsys, "fixes", "import", *files, "--desk", home, "--date", TODAY, "--json")


def outcomes(document: dict[str, Any]) -> dict[str, Any]:
    """The lists of an import that are not empty, and how many rows were unchanged."""
    names = ("applied", "accepted", "taught", "conflicts", "rejected", "unchanged")
    return {name: document[name] for name in names if document[name]}


def account(home: Path, row: int = 2) -> Any:
    page = sheets_of(home / REGISTER)["3月"]
    return page[row - 1][page[0].index("支付宝账号")]


@pytest.fixture(scope="module")
def put_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk whose day was done once."""
    desk = small(tmp_path_factory.mktemp("answers"))
    (desk / "inbox").mkdir()
    assert main(["run", "--desk", str(desk), "--date", TODAY, "--quiet"]) == 0
    return desk


@pytest.fixture
def home(put_out: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(put_out, tmp_path / "desk"))


def filled(home: Path, to: Path, row: int = 2, **cells: object) -> Path:
    """The list of the day with one row filled in, saved under a new name."""
    made = FilledList(home / "out" / TODAY / LIST)
    made.fill(PLACE(row), **cells)
    return made.save(to)


class TestByHand:
    def test_applied(self, home: Path, tmp_path: Path, capsys: Capture) -> None:
        back = filled(home, tmp_path / "附件.xlsx", 支付宝账号="13800001234")
        told = take(capsys, home, back)
        document = told.document
        assert (told.code, document["command"], document["errors"], document["outputs"]) == (0, "fixes import", [], [])
        (applied,) = document["applied"]
        assert len(applied.pop("id")) == len("K3F-0017-X")
        assert applied.pop("answer").startswith(f"{back.as_posix()} 待补录!")
        assert applied == {
            "register": "freight", "file": REGISTER, "sheet": "3月", "row": 2, "cell": "C2",
            "field": "payee_account", "heading": "支付宝账号", "old": None, "new": "13800001234",
        }  # fmt: skip
        assert (document["unchanged"], account(home), back.exists()) == (2, "13800001234", True)

    def test_the_same_file_again_does_nothing(self, home: Path, tmp_path: Path, capsys: Capture) -> None:
        back = filled(home, tmp_path / "附件.xlsx", 支付宝账号="13800001234", 收款人姓名="别人")
        assert set(outcomes(take(capsys, home, back).document)) == {"applied", "rejected", "unchanged"}
        data = (home / REGISTER).read_bytes()
        again = take(capsys, home, back)
        assert (again.code, outcomes(again.document), again.document["outputs"]) == (0, {"unchanged": 3}, [])
        assert (home / REGISTER).read_bytes() == data

    def test_the_same_answers_in_another_file_do_nothing(self, home: Path, tmp_path: Path, capsys: Capture) -> None:
        take(capsys, home, filled(home, tmp_path / "a.xlsx", 支付宝账号="13800001234"))
        back = filled(home, tmp_path / "b.xlsx", 支付宝账号="13800001234", 说明="再发一次")
        assert outcomes(take(capsys, home, back).document) == {"unchanged": 3}

    def test_a_conflict_goes_to_people(self, home: Path, tmp_path: Path, capsys: Capture) -> None:
        back = filled(home, tmp_path / "a.xlsx", 支付宝账号="13800001234")
        rows = [{**ROWS[0], "支付宝账号": "other@example.com"}, *ROWS[1:]]
        (home / REGISTER).write_bytes(workbook(rows))
        told = take(capsys, home, back)
        assert told.code == 0
        assert [(c["cell"], c["now"], c["returned"]) for c in told.document["conflicts"]] == [
            ("C2", "other@example.com", "13800001234")
        ]
        (output,) = told.document["outputs"]
        assert output == {"kind": "fix-list", "owner": "after_sales", "path": f"out/{TODAY}/冲突-售后.xlsx"}
        shown = sheets_of(home / output["path"])["冲突"]
        assert shown[0][0] == f"Conflicts of {TODAY}: 1 cells"
        assert shown[3][:5] == ("编号", "来源", "列", "登记表现在", "退回的")
        assert shown[4][1:5] == (PLACE("C2"), "支付宝账号", "other@example.com", "13800001234")
        assert account(home) == "other@example.com"

    def test_a_file_that_is_no_list(self, home: Path, capsys: Capture) -> None:
        told = take(capsys, home, home / REGISTER, home / "没有.xlsx")
        assert (told.code, [(e["code"], e["file"]) for e in told.document["errors"]]) == (
            4,
            [("no-sheet", REGISTER), ("file-missing", "没有.xlsx")],
        )

    def test_a_list_of_another_desk(self, home: Path, tmp_path: Path, capsys: Capture) -> None:
        other = make_desk(tmp_path / "other", freight=[FREIGHT | {"收款人姓名": None, "订单号": O2}])
        assert run(capsys, other).code == 0
        told = take(capsys, home, other / "out" / TODAY / LIST)
        assert told.code == 0
        assert {line["reason"] for line in told.document["rejected"]} == {"nobody knows which row this is"}

    def test_a_csv_of_the_tab(self, home: Path, tmp_path: Path, capsys: Capture) -> None:
        made = FilledList(home / "out" / TODAY / LIST)
        made.fill(PLACE(2), 支付宝账号=13800001234)
        lines = (",".join(_quoted(cell) for cell in row) for row in made.page().iter_rows(values_only=True))
        back = tmp_path / "待补录.csv"
        back.write_bytes("\r\n".join(lines).encode("gb18030"))
        document = take(capsys, home, back).document
        assert [(a["cell"], a["new"]) for a in document["applied"]] == [("C2", "13800001234")]
        assert (document["rejected"], document["unchanged"]) == ([], 2)

    def test_teaching_mends_all_rows(self, home: Path, tmp_path: Path, capsys: Capture) -> None:
        first = run(capsys, home).document
        assert [f["row"] for f in first["findings"] if f["code"] == "unknown-value"] == [4]
        data = (home / REGISTER).read_bytes()
        told = take(capsys, home, filled(home, tmp_path / "a.xlsx", 4, 原因="看心情=产品质量问题"))
        assert [(t["field"], t["spelling"], t["value"]) for t in told.document["taught"]] == [
            ("reason", "看心情", "quality")
        ]
        assert (home / REGISTER).read_bytes() == data
        second = run(capsys, home).document
        assert [f for f in second["findings"] if f["code"] in ("unknown-value", "not-quality")] == []
        assert (first["payouts"]["total"], second["payouts"]["total"]) == ("0.00", "24.00")
        assert (
            xlflow(capsys, "check", "--desk", home, "--date", TODAY, "--json").document["findings"]
            == second["findings"]
        )

    def test_accepted_is_not_told_and_still_holds(self, home: Path, tmp_path: Path, capsys: Capture) -> None:
        first = run(capsys, home).document
        back = filled(home, tmp_path / "a.xlsx", 处理结果="情况属实", 说明="客户没有支付宝")
        told = take(capsys, home, back).document
        assert [(a["code"], a["cell"], a["note"]) for a in told["accepted"]] == [("missing", "C2", "客户没有支付宝")]
        second = run(capsys, home).document
        assert [(f["code"], f["cell"]) for f in first["findings"] if f not in second["findings"]] == [("missing", "C2")]
        assert (second["accepted"], second["payouts"]) == (1, first["payouts"])
        check = xlflow(capsys, "check", "--desk", home, "--date", TODAY, "--json").document
        assert (check["accepted"], len(check["findings"])) == (1, len(second["findings"]))

    def test_until_the_row_changes(self, home: Path, tmp_path: Path, capsys: Capture) -> None:
        take(capsys, home, filled(home, tmp_path / "a.xlsx", 处理结果="情况属实", 说明="客户没有支付宝"))
        moved = [ROWS[1], ROWS[2], ROWS[3], {**ROWS[0], "打款日期": None}]
        (home / REGISTER).write_bytes(workbook(moved))
        assert run(capsys, home).document["accepted"] == 1
        (home / REGISTER).write_bytes(workbook([{**ROWS[0], "运费金额": 13}, *ROWS[1:]]))
        assert run(capsys, home).document["accepted"] == 0


def _quoted(value: object) -> str:
    text = "" if value is None else str(value).removesuffix(" 00:00:00")
    return '"' + text.replace('"', '""') + '"'


class TestARun:
    def test_takes_what_lies_in_the_inbox_and_judges_the_mended_rows(self, home: Path, capsys: Capture) -> None:
        before = run(capsys, home).document
        filled(home, home / "inbox" / "发回.xlsx", 支付宝账号="13800001234")
        told = run(capsys, home)
        assert (told.code, account(home)) == (0, "13800001234")
        gone = [(f["code"], f["cell"]) for f in before["findings"] if f not in told.document["findings"]]
        assert gone == [("missing", "C2")]
        assert (before["payouts"]["total"], told.document["payouts"]["total"]) == ("0.00", "12.00")
        assert [path.name for path in (home / "inbox" / "done" / TODAY).iterdir()] == ["发回.xlsx"]
        assert list((home / "inbox").glob("*.xlsx")) == []

    def test_tells_what_came_of_it_without_what_stands_in_the_cells(self, home: Path, capsys: Capture) -> None:
        filled(home, home / "inbox" / "发回.xlsx", 支付宝账号="13800001234", 收款人姓名="金丝雀")
        told = xlflow(capsys, "run", "--desk", home, "--date", TODAY, "--lang", "en")
        assert f"{PLACE('D2')}: not taken: this cell was not asked for (inbox/发回.xlsx 待补录!3)" in told.out
        assert (
            "answers: 1 cells written, 0 problems accepted, 0 spellings taught, 0 conflicts, 1 not taken; 2 rows unchanged"
            in told.err
        )
        assert [word for word in ("13800001234", "金丝雀") if word in told.out + told.err] == []

    def test_never_over_a_file_that_is_done_with(self, home: Path, capsys: Capture) -> None:
        lists = [filled(home, home / f"{n}.xlsx", 支付宝账号="13800001234", 说明=f"第{n}次") for n in range(3)]
        for made in (*lists, lists[0]):
            (home / "inbox" / "发回.xlsx").write_bytes(made.read_bytes())
            assert run(capsys, home).code == 0
        names = sorted(path.name for path in (home / "inbox" / "done" / TODAY).iterdir())
        assert names == ["发回-2.xlsx", "发回-3.xlsx", "发回-4.xlsx", "发回.xlsx"]

    def test_a_list_filled_in_where_it_lies(self, home: Path, capsys: Capture) -> None:
        there = home / "out" / TODAY / LIST
        data = filled(home, there, 支付宝账号="13800001234").read_bytes()
        told = run(capsys, home)
        assert [o["path"] for o in told.document["outputs"] if o["kind"] == "fix-list"] == [
            f"out/{TODAY}/待补录-售后-2.xlsx"
        ]
        assert (there.read_bytes(), account(home)) == (data, "13800001234")
        places = [row["来源"].value for row in FilledList(home / "out" / TODAY / "待补录-售后-2.xlsx").rows()]
        assert places == [PLACE(3), PLACE(4)]
        new = told.document["payouts"] | {"new": 0}
        assert run(capsys, home).document == told.document | {"payouts": new}

    def test_export_takes_it_first_too(self, home: Path, capsys: Capture) -> None:
        filled(home, home / "out" / TODAY / LIST, 支付宝账号="13800001234")
        told = xlflow(capsys, "fixes", "export", "--desk", home, "--date", TODAY, "--json")
        assert (told.code, [o["path"] for o in told.document["outputs"]]) == (0, [f"out/{TODAY}/待补录-售后-2.xlsx"])
        assert account(home) == "13800001234"

    def test_export_writes_nothing_but_lists(self, tmp_path: Path, capsys: Capture) -> None:
        desk = small(tmp_path)
        told = xlflow(capsys, "fixes", "export", "--desk", desk, "--date", TODAY, "--json")
        assert (told.code, [o["path"] for o in told.document["outputs"]]) == (0, [f"out/{TODAY}/{LIST}"])
        assert [path.name for path in (desk / "out" / TODAY).iterdir()] == [LIST]

    def test_answers_are_taken_out_of_people_s_folders(self, tmp_path: Path, capsys: Capture) -> None:
        folder = tmp_path / "售后"
        folder.mkdir()
        (folder / "别的.xlsx").write_bytes(seal(workbook(PARCELS), "sample-pass-9"))
        desk = small(tmp_path, settings=f'[people.after_sales]\nfolder = "{folder}"')
        assert run(capsys, desk).code == 0
        assert run(capsys, desk).code == 0
        assert sorted(path.name for path in folder.iterdir()) == ["别的.xlsx", LIST]
        made = FilledList(folder / LIST)
        made.fill(PLACE(2), 支付宝账号="13800001234")
        made.save(folder / LIST)
        assert run(capsys, desk).code == 0
        assert account(desk) == "13800001234"
        assert [path.name for path in (desk / "inbox" / "done" / TODAY).iterdir()] == [LIST]
        assert [row["来源"].value for row in FilledList(folder / LIST).rows()] == [PLACE(3), PLACE(4)]

    def test_a_register_that_is_open_takes_nothing_and_the_list_waits(self, home: Path, capsys: Capture) -> None:
        back = filled(home, home / "inbox" / "发回.xlsx", 支付宝账号="13800001234")
        lock = home / f"~${REGISTER}"
        lock.write_bytes(b"\x04Wang".ljust(55, b" ") + (3).to_bytes(2, "little") + "王小明".encode("utf-16-le"))
        for told in (take(capsys, home, back), run(capsys, home)):
            assert (told.code, [e["code"] for e in told.document["errors"]]) == (4, ["file-open"])
            assert (account(home), back.exists()) == (None, True)
        lock.unlink()
        assert run(capsys, home).code == 0
        assert (account(home), back.exists()) == ("13800001234", False)

    def test_a_register_that_cannot_be_read_lets_the_list_wait(self, home: Path, capsys: Capture) -> None:
        back = filled(home, home / "inbox" / "发回.xlsx", 支付宝账号="13800001234")
        data = (home / REGISTER).read_bytes()
        (home / REGISTER).write_bytes(data[:-100])
        assert run(capsys, home).code == 4
        assert back.exists()
        (home / REGISTER).write_bytes(data)
        assert run(capsys, home).code == 0
        assert (account(home), back.exists()) == ("13800001234", False)

    def test_a_list_that_somebody_has_open_waits(self, home: Path, capsys: Capture) -> None:
        back = filled(home, home / "inbox" / "发回.xlsx", 支付宝账号="13800001234")
        lock = home / "inbox" / ".~lock.发回.xlsx#"
        lock.write_text(",阿玲,PC,31.03.2026 10:00,file:///;", encoding="utf-8")
        told = run(capsys, home)
        assert (told.code, [(e["code"], e["file"]) for e in told.document["errors"]]) == (
            4,
            [("file-open", "inbox/发回.xlsx")],
        )
        lock.unlink()
        assert run(capsys, home).code == 0
        assert not back.exists()

    def test_a_list_under_another_password_is_told_of(self, home: Path, capsys: Capture) -> None:
        back = filled(home, home / "inbox" / "发回.xlsx", 支付宝账号="13800001234")
        back.write_bytes(seal(back.read_bytes(), "sample-pass-9"))
        told = run(capsys, home)
        assert (told.code, [(e["code"], e["file"]) for e in told.document["errors"]]) == (
            4,
            [("no-password", "inbox/发回.xlsx")],
        )
        assert back.exists()

    def test_a_damaged_list_is_told_of_and_other_files_are_not(self, home: Path, capsys: Capture) -> None:
        (home / "inbox" / "别的.xlsx").write_bytes(b"PK\x03\x04 broken")
        (home / "inbox" / LIST).write_bytes((home / "out" / TODAY / LIST).read_bytes()[:-200])
        told = run(capsys, home)
        assert (told.code, [(e["code"], e["file"]) for e in told.document["errors"]]) == (
            4,
            [("damaged-file", f"inbox/{LIST}")],
        )

    def test_a_dry_run_takes_nothing(self, home: Path, capsys: Capture) -> None:
        filled(home, home / "inbox" / "发回.xlsx", 支付宝账号="13800001234")
        before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
        told = xlflow(capsys, "run", "--desk", home, "--date", TODAY, "--dry-run", "--lang", "en")
        assert (told.code, "would take the answers of inbox/发回.xlsx" in told.out) == (0, True)
        assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before

    def test_the_state_is_kept_with_the_desk(self, home: Path, capsys: Capture) -> None:
        filled(home, home / "inbox" / "发回.xlsx", 支付宝账号="13800001234")
        run(capsys, home)
        (backup,) = (home / ".xlflow" / "backups").glob("退运费表-*")
        page = sheets_of(backup)["3月"]
        assert page[1][page[0].index("支付宝账号")] is None
        assert sorted(path.name for path in home.iterdir() if path.name.startswith(".")) == [".xlflow", ".xlflow-owner"]


class TestALackingColumn:
    def test_is_added_to_the_register(self, tmp_path: Path, capsys: Capture) -> None:
        bare = [{name: value for name, value in row.items() if name != "运费金额"} for row in ROWS[:2]]
        desk = make_desk(tmp_path / "desk", freight=bare, receiving=PARCELS)
        assert run(capsys, desk).code == 0
        made = FilledList(desk / "out" / TODAY / LIST)
        made.fill(PLACE(2), 运费金额="12元", 支付宝账号="13800001234")
        told = take(capsys, desk, made.save(tmp_path / "a.xlsx"))
        assert [(a["cell"], a["new"]) for a in told.document["applied"]] == [("C2", "13800001234"), ("G2", "12.00")]
        page = sheets_of(desk / REGISTER)["3月"]
        assert [(row[2], row[6]) for row in page] == [("支付宝账号", "运费金额"), ("13800001234", 12), (None, None)]
        after = run(capsys, desk).document
        assert [(f["code"], f["cell"]) for f in after["findings"] if f["field"] == "amount"] == [("missing", "G3")]


class TestCellsThatCannotBeChanged:
    def test_a_merged_cell_is_rejected_and_the_others_are_taken(self, tmp_path: Path, capsys: Capture) -> None:
        import openpyxl

        desk = small(tmp_path)
        book = openpyxl.load_workbook(desk / REGISTER)
        sheet = book["3月"]
        sheet["E2"], sheet["E3"] = 20, None
        sheet.merge_cells("E2:E3")
        book.save(desk / REGISTER)
        assert run(capsys, desk).code == 0
        made = FilledList(desk / "out" / TODAY / LIST)
        made.fill(PLACE(2), 运费金额=12, 支付宝账号="13800001234")
        made.fill(PLACE(3), 运费金额=8)
        told = take(capsys, desk, made.save(tmp_path / "a.xlsx"))
        assert told.code == 0
        assert [a["cell"] for a in told.document["applied"]] == ["C2"]
        assert [(r["cell"], r["reason"].partition(",")[0]) for r in told.document["rejected"]] == [
            ("E2", "the cell is merged over several rows"),
            ("E3", "the cell is merged over several rows"),
        ]
        assert [a.value for a in openpyxl.load_workbook(desk / REGISTER)["3月"]["E"][1:3]] == [20, None]
