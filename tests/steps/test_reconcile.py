"""Statements on a desk of files, through the command line: ledger, registers, payout list, workbook, inbox."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.build import FREIGHT, O1, O2, O3, RECEIVING, T1, T2, T3
from tests.desks import Told, make_desk, sheets_of, xlflow
from tests.exports.bills import Moved, ledger
from xlflow.ledger import read_ledger
from xlflow.passwords import Passwords
from xlflow.reconcile.marks import Marks
from xlflow.settings import load
from xlflow.steps.known import known
from xlflow.steps.reading import Request
from xlflow.steps.recall import recall
from xlflow.steps.reconcile import reconcile_waiting
from xlflow.steps.till import at_the_till

STATE = {"打款状态": None, "打款日期": None, "支付宝流水号": None}
FREIGHTS = [
    FREIGHT | {"订单号": order, "退回单号": parcel, "支付宝账号": account, "收款人姓名": name, "运费金额": amount} | STATE
    for order, parcel, account, name, amount in (
        (O1, T1, "buyer@example.com", "张三", 12),
        (O2, T2, "13800001111", "李四", 8.5),
        (O3, T3, "13900002222", "王五", 15),
    )
]  # fmt: skip
PARCELS = [RECEIVING | {"订单号": order, "退回单号": parcel} for order, parcel in ((O1, T1), (O2, T2), (O3, T3))]
HEAD = "#支付宝账务明细查询\r\n#账号：[20881234567890120156]\r\n#起始日期：[2026年03月01日 00:00:00]   终止日期：[2026年04月01日 00:00:00]\r\n"


class Desk:
    """A desk whose three freight rows are exported."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str], made: Path) -> None:
        """``made`` keeps the desk for the next test: to come so far takes long."""
        self.home, self.capsys = home, capsys
        if not made.exists():
            self._make()
            shutil.copytree(home, made)
        elif not home.exists():
            shutil.copytree(made, home)
        (batch,) = (home / "out/2026-03-10").glob("*.csv")
        rows = list(csv.reader(io.StringIO(batch.read_bytes().decode("gbk"))))[2:]
        self.ids = {row[1]: row[4] for row in rows}

    def _make(self) -> None:
        make_desk(self.home, receiving=PARCELS, freight=FREIGHTS)
        self.run("run")
        plan = self.run("payouts", "plan").document
        assert plan["count"] == 3, plan
        self.run("payouts", "approve", "--plan", plan["fingerprint"], "--total", plan["total"], "--by", "店长")
        assert self.run("payouts", "export").code == 0

    def run(self, *words: str, day: str = "2026-03-10") -> Told:
        return xlflow(self.capsys, *words, "--desk", self.home, "--date", day, "--json")

    def reconcile(self, *moved: Moved, name: str = "账务明细.csv", day: str = "2026-03-31") -> Told:
        path = self.home / "inbox" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(ledger(moved, head=HEAD))
        return self.run("reconcile", str(path), day=day)

    def states(self) -> dict[str, str]:
        return {entry["id"]: entry["state"] for entry in self.run("payouts", "status").document["entries"]}

    def cells(self) -> list[tuple[Any, ...]]:
        page = openpyxl.load_workbook(self.home / "退运费表.xlsx").active
        assert page is not None
        return [tuple(cell.value for cell in row[-3:]) for row in page.iter_rows(min_row=2)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("made") / "desk"


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], made: Path) -> Desk:
    return Desk(tmp_path / "desk", capsys, made)


def paid(desk: Desk) -> list[Moved]:
    one, two, _ = desk.ids.values()
    return [
        Moved("1001", "-12.00", "2026-03-11", "buyer@example.com", one), Moved("1002", "-9.00", "2026-03-11", "138****1111", two),
        Moved("1003", "-500.00", "2026-03-12", "", "房租"),
    ]  # fmt: skip


def test_a_statement_is_told_of_everywhere(desk: Desk) -> None:
    one, two, three = desk.ids.values()
    told = desk.reconcile(*paid(desk))
    assert told.code == 0, told.err
    assert told.document["statements"] == [
        {
            "file": "inbox/账务明细.csv",
            "format": "alipay_ledger",
            "from": "2026-03-01",
            "to": "2026-03-31",
            "rows": 3,
            "balanced": True,
        }
    ]
    shown = [
        (
            r["outcome"],
            r["entry"],
            r["order_no"],
            r["amount"],
            r["statement_amount"],
            r["statement_row"],
            r["transaction"],
        )
        for r in told.document["results"]
    ]
    assert shown == [
        ("unpaid", three, O3, "15.00", None, None, None),
        ("amount-differs", two, O2, "8.50", "9.00", 6, "1002"),
        ("matched", one, O1, "12.00", "12.00", 5, "1001"),
    ]
    assert told.document["counts"] == {"unpaid": 1, "amount-differs": 1, "matched": 1}
    assert told.document["other"] == {"count": 1, "in": "0.00", "out": "500.00"}
    assert desk.states() == {one: "paid", two: "paid", three: "exported"}
    assert desk.cells() == [
        ("已打款", desk.cells()[0][1], "1001"), ("已打款", desk.cells()[1][1], "1002"), (None, None, None),
    ]  # fmt: skip
    assert desk.cells()[0][1].date() == date(2026, 3, 11)
    assert [Path(o["path"]).name for o in told.document["outputs"]] == ["对账-2026-03-31.xlsx", "打款清单.xlsx"]
    book = openpyxl.load_workbook(desk.home / "out/2026-03-31/对账-2026-03-31.xlsx")
    assert book.sheetnames == ["Summary", "Not paid", "Amount differs", "Paid"]
    assert not (desk.home / "inbox/账务明细.csv").exists()
    assert (desk.home / "inbox/done/2026-03-31/账务明细.csv").exists()


def test_the_same_statement_again_changes_nothing(desk: Desk) -> None:
    first = desk.reconcile(*paid(desk))
    before = {path: path.read_bytes() for path in (desk.home / "退运费表.xlsx", desk.home / "打款清单.xlsx")}
    states, size = desk.states(), _events(desk)
    again = desk.reconcile(*paid(desk))
    assert (again.code, again.document["results"], again.document["other"]) == (
        0,
        first.document["results"],
        first.document["other"],
    )
    assert (desk.states(), _events(desk)) == (states, size)
    assert {path: path.read_bytes() for path in before} == before
    assert desk.run("run", day="2026-03-31").code == 0
    assert desk.states() == states


def _events(desk: Desk) -> int:
    found = read_ledger(desk.home / ".xlflow")
    assert found is not None
    with found:
        return found.head.seq


def test_money_that_came_back_can_be_sent_again(desk: Desk) -> None:
    one, *_ = desk.ids.values()
    desk.reconcile(*paid(desk))
    back = Moved("1004", "12.00", "2026-03-13", "buyer@example.com", f"转账失败退回 {one}")
    told = desk.reconcile(*paid(desk), back, name="又.csv")
    assert told.document["counts"] == {"returned": 1, "unpaid": 1, "amount-differs": 1, "matched": 1}
    assert desk.states()[one] == "failed"
    assert desk.cells()[0] == ("打款失败", None, None)
    told = desk.run("payouts", "retry", one, "--reason", "改了账号", "--by", "店长", day="2026-03-31")
    assert told.code == 0, told.err
    assert sorted(desk.states().values()).count("open") == 1


def test_what_a_statement_shows_unpaid_may_be_given_up(desk: Desk) -> None:
    *_, three = desk.ids.values()
    refused = desk.run("payouts", "fail", three, "--reason", "银行未付", "--by", "店长")
    assert refused.code == 3
    desk.reconcile(*paid(desk))
    assert desk.run("payouts", "fail", three, "--reason", "银行未付", "--by", "店长").code == 0
    assert desk.states()[three] == "failed"


def test_what_a_person_typed_stays(desk: Desk) -> None:
    book = openpyxl.load_workbook(desk.home / "退运费表.xlsx")
    page = book.active
    assert page is not None
    column = {cell.value: cell.column for cell in page[1]}
    page.cell(2, column["打款日期"]).value = date(2026, 3, 20)
    page.cell(3, column["打款状态"]).value = "未打款"
    book.save(desk.home / "退运费表.xlsx")
    desk.reconcile(*paid(desk))
    cells = desk.cells()
    assert (cells[0][0], cells[0][1].date(), cells[0][2]) == ("已打款", date(2026, 3, 20), "1001")
    assert cells[1][0] == "已打款"


def test_a_person_thought_it_was_paid_and_it_came_back(desk: Desk) -> None:
    book = openpyxl.load_workbook(desk.home / "退运费表.xlsx")
    page = book.active
    assert page is not None
    column = {cell.value: cell.column for cell in page[1]}
    page.cell(2, column["打款状态"]).value = "已打款"
    book.save(desk.home / "退运费表.xlsx")
    one, *_ = desk.ids.values()
    desk.reconcile(Moved("1004", "12.00", "2026-03-13", "buyer@example.com", f"转账失败退回 {one}"))
    assert (desk.states()[one], desk.cells()[0]) == ("failed", ("打款失败", None, None))
    assert desk.run("run", day="2026-03-31").code == 0
    assert desk.states()[one] == "failed"


def test_files_that_cannot_be_used(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "damaged.csv").write_bytes(ledger([Moved("2.02603E+27", "-12.00")]))
    (tmp_path / "note.txt").write_text("hello")
    told = desk.run("reconcile", *(str(tmp_path / name) for name in ("damaged.csv", "note.txt", "none.csv")))
    assert told.code == 4
    assert [(e["code"], Path(e["file"]).name) for e in told.document["errors"]] == [
        ("damaged-file", "damaged.csv"), ("unsupported-file", "note.txt"), ("file-missing", "none.csv"),
    ]  # fmt: skip
    assert told.document["statements"] == told.document["outputs"][:-1] == []


def test_one_damaged_file_does_not_stop_the_others(desk: Desk) -> None:
    inbox = desk.home / "inbox"
    inbox.mkdir(exist_ok=True)
    (inbox / "坏.csv").write_bytes(ledger([Moved("2.02603E+27", "-12.00")]))
    with zipfile.ZipFile(inbox / "好.zip", "w") as archive:
        archive.writestr("明细.csv", ledger(paid(desk), head=HEAD))
    told = desk.run("reconcile", str(inbox / "坏.csv"), str(inbox / "好.zip"), day="2026-03-31")
    assert (told.code, told.document["counts"]["matched"]) == (4, 1)
    assert [(e["code"], e["file"]) for e in told.document["errors"]] == [("damaged-file", "inbox/坏.csv")]
    assert sorted(path.name for path in inbox.iterdir()) == ["done", "坏.csv"]


def test_a_register_that_is_open_is_marked_the_next_time(desk: Desk) -> None:
    lock = desk.home / "~$退运费表.xlsx"
    lock.write_bytes(b"\x02ab".ljust(165, b" "))
    told = desk.reconcile(*paid(desk))
    assert (told.code, [e["code"] for e in told.document["errors"]]) == (4, ["file-open"])
    assert (desk.cells()[0], next(iter(desk.states().values()))) == ((None, None, None), "paid")
    lock.unlink()
    assert desk.reconcile(*paid(desk)).code == 0
    assert desk.cells()[0][0] == "已打款"


def test_interrupted_before_it_remembered_its_marks(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    one, *_ = desk.ids.values()
    with monkeypatch.context() as patch:
        patch.setattr(Marks, "written", stop)
        assert desk.reconcile(*paid(desk)).code == 130
    assert (desk.cells()[0][0], marked(desk, one)) == ("已打款", {})
    assert not (desk.home / "out/2026-03-31").exists()
    assert desk.run("reconcile", str(desk.home / "inbox/账务明细.csv"), day="2026-03-31").code == 0
    assert marked(desk, one) == {"status": "paid", "paid_on": "2026-03-11", "transaction": "1001"}
    assert (desk.home / "out/2026-03-31/对账-2026-03-31.xlsx").exists()


def marked(desk: Desk, entry: str) -> Mapping[str, str]:
    return recall(request(desk.home).settings.state, None)[0].standing.money.entries[entry].marked or {}


def test_in_words(desk: Desk) -> None:
    path = desk.home / "账务明细.csv"
    path.write_bytes(ledger(paid(desk), head=HEAD))
    _, two, three = desk.ids.values()
    told = xlflow(desk.capsys, "reconcile", path, "--desk", desk.home, "--date", "2026-03-31")
    assert told.out.splitlines() == [
        "账务明细.csv: 3 rows, 2026-03-01 to 2026-03-31",
        f"Not paid  {three}  {O3}  15.00",
        f"Amount differs  {two}  {O2}  8.50  -> 9.00  账务明细.csv:6",
        "Not paid: 1", "Amount differs: 1", "Paid: 1",
        "out/2026-03-31/对账-2026-03-31.xlsx", "打款清单.xlsx",
    ]  # fmt: skip
    assert path.exists()


def test_what_lies_in_the_inbox_as_a_run_does_it(desk: Desk) -> None:
    inbox = desk.home / "inbox"
    inbox.mkdir(exist_ok=True)
    (inbox / "明细.csv").write_bytes(ledger(paid(desk), head=HEAD))
    (inbox / "别的.txt").write_text("不是对账单", encoding="utf-8")
    (inbox / "记账本.csv").write_text(
        "交易时间,交易分类,交易对方,商品说明,收/支,金额,交易状态\n2026-03-05 10:00:00,转账,李四,运费,支出,12.00,交易成功\n",
        encoding="utf-8",
    )
    with at_the_till(request(desk.home)) as till:
        settled = reconcile_waiting(till, till.look(), str)
    assert settled.found.counts == {"unpaid": 1, "amount-differs": 1, "matched": 1}
    assert [(t.code, t.file) for t in settled.troubles] == [("unsupported-file", "inbox/记账本.csv")]
    assert sorted(path.name for path in inbox.iterdir()) == ["done", "别的.txt", "记账本.csv"]
    with at_the_till(request(desk.home)) as till:
        settled = reconcile_waiting(till, till.look(), str)
    assert (settled.found.results, [o.output.kind for o in settled.published]) == ((), [])


def request(home: Path) -> Request:
    settings = load(home, known())
    return Request(home, settings, date(2026, 3, 31), Passwords(home, settings, {}), user="财务")


def test_a_platforms_refund_of_what_was_paid(desk: Desk) -> None:
    export = (
        "订单编号,退款编号,买家退款金额,退款状态,买家退款原因,退款的申请时间\n"
        f'="{O1}",="R1",12.00,退款成功,退运费,2026-03-12 10:00:00\n="{O2}",="R2",12.00,退款关闭,退运费,2026-03-12 10:00:00\n'
    )
    path = desk.home / "inbox" / "退款.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(export.encode("gbk"))
    told = desk.run("reconcile", str(path), day="2026-03-31")
    assert [(r["outcome"], r["order_no"], r["statement_row"], r["transaction"]) for r in told.document["results"]] == [
        ("paid-twice", O1, 2, "R1")
    ]
    assert told.document["statements"][0] | {"from": None, "to": None} == {
        "file": "inbox/退款.csv", "format": "taobao_refunds", "from": None, "to": None, "rows": 2, "balanced": True,
    }  # fmt: skip


@pytest.mark.slow
class TestSealed:
    def test_the_workbook_of_an_encrypted_register_is_encrypted(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        home = make_desk(tmp_path / "desk", passwords={"freight": "甲乙丙丁"}, receiving=PARCELS, freight=FREIGHTS)
        path = home / "明细.csv"
        path.write_bytes(ledger([Moved("1001", "-12.00", "2026-03-11", "buyer@example.com")], head=HEAD))
        words = ("reconcile", path, "--desk", home, "--date", "2026-03-31", "--json")
        before = {found: found.read_bytes() for found in home.rglob("*") if found.is_file()}
        assert xlflow(capsys, *words).code == 2
        assert {found: found.read_bytes() for found in home.rglob("*") if found in before} == before
        assert not (home / "out").exists()
        with (home / "passwords.toml").open("a", encoding="utf-8") as file:
            file.write('\noutputs = "outputs-word"\n')
        told = xlflow(capsys, *words)
        assert (told.code, told.document["counts"]) == (0, {"matched": 1}), told.err
        assert sheets_of(home / "out/2026-03-31/对账-2026-03-31.xlsx", "outputs-word").keys() == {"Summary", "Paid"}
        cells = sheets_of(home / "退运费表.xlsx", "甲乙丙丁")["3月"][1]
        assert cells[-3:][0] == "已打款"
