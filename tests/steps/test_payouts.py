"""Money on the command line: from the register to the batch file, and everything that must stop it (contract §5, §8)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.build import EXCHANGE, FREIGHT, O1, O2, RECEIVING, T2
from tests.desks import FILES, TODAY, Told, make_desk, sheets_of, workbook, xlflow
from xlflow.excel import Edit, open_book
from xlflow.excel.seal import seal

Capture = pytest.CaptureFixture[str]
BACK = [RECEIVING, RECEIVING | {"订单号": O2, "退回单号": T2}]
SECOND = FREIGHT | {"订单号": O2, "退回单号": T2, "支付宝账号": "13800001111", "运费金额": "8.50"}
LIST = "打款清单.xlsx"


class Desk:
    """A desk on the disk and its command line."""

    def __init__(self, home: Path, capsys: Capture, **options: Any) -> None:
        self.home, self.capsys = home, capsys
        rows = {"receiving": BACK, "exchange": [EXCHANGE | {"退回单号": None}], "freight": [FREIGHT, SECOND]}
        make_desk(home, **{**rows, **options})

    def __call__(self, *argv: object, day: str = TODAY) -> Told:
        return xlflow(self.capsys, *argv, "--desk", self.home, "--date", day, "--json")

    def pay(self, *argv: object, **options: Any) -> dict[str, Any]:
        """A money command that goes well."""
        told = self("payouts", *argv, **options)
        assert told.code == 0, told.out
        return told.document

    def approve(self, by: str = "张三") -> dict[str, Any]:
        plan = self.pay("plan")
        return self.pay("approve", "--plan", plan["fingerprint"], "--total", plan["total"], "--by", by)

    def states(self) -> dict[str, tuple[str, list[str]]]:
        """State and reasons by order."""
        found = self.pay("status")["entries"]
        return {entry["order_no"]: (entry["state"], entry["reasons"]) for entry in found}

    def id_of(self, order: str) -> str:
        return next(str(e["id"]) for e in reversed(self.pay("status")["entries"]) if e["order_no"] == order)

    def freight(self, *rows: Mapping[str, Any], file: str = FILES["freight"]) -> None:
        (self.home / file).write_bytes(workbook(rows))

    def listed(self) -> Sequence[tuple[Any, ...]]:
        return sheets_of(self.home / LIST)["打款清单"]

    def write_list(self, order: str, **cells: Any) -> None:
        """Type into the list's row of an order."""
        book = openpyxl.load_workbook(self.home / LIST)
        page = book["打款清单"]
        headings = [cell.value for cell in page[1]]
        for row in page.iter_rows(min_row=2):
            if row[headings.index("订单编号")].value == order:
                for heading, value in cells.items():
                    row[headings.index(heading)].value = value
        book.save(self.home / LIST)

    def files(self) -> list[str]:
        return sorted(path.name for path in self.home.rglob("*.csv"))


@pytest.fixture
def desk(tmp_path: Path, capsys: Capture) -> Desk:
    return Desk(tmp_path / "desk", capsys)


def refused(told: Told) -> str:
    """The code of what was refused, told the same everywhere."""
    document = told.document
    assert (told.code, document["entries"], document["batches"]) == (3, [], [])
    assert document["refused"]["code"] == document["errors"][0]["code"]
    return str(document["refused"]["code"])


class TestFromTheRegisterToTheBank:
    def test_plan_approve_and_export_agree_to_the_cent(self, desk: Desk) -> None:
        plan = desk.pay("plan")
        assert (plan["count"], plan["total"], plan["newest_export"]) == (2, "20.50", None)
        assert [
            (e["order_no"], e["state"], e["amount"], e["payee_account"], e["payee_name"]) for e in plan["entries"]
        ] == [
            (O1, "open", "12.00", "buyer@example.com", "张三"),
            (O2, "open", "8.50", "13800001111", "张三"),
        ]
        assert [output["kind"] for output in plan["outputs"]] == ["payout-plan"]
        approved = desk.pay("approve", "--plan", plan["fingerprint"], "--total", "20.5", "--by", "张三")
        assert (approved["count"], approved["total"]) == (2, "20.50")
        exported = desk.pay("export")
        (batch,) = exported["batches"]
        assert (batch["count"], batch["total"], exported["total"]) == (2, "20.50", "20.50")
        lines = (desk.home / batch["path"]).read_bytes().decode("gbk").split("\r\n")
        ids = {entry["order_no"]: entry["id"] for entry in plan["entries"]}
        assert lines[2:] == [
            f"1,buyer@example.com,张三,12.00,{ids[O1]}", f"2,13800001111,张三,8.50,{ids[O2]}", "",
        ]  # fmt: skip

    def test_again_is_once(self, desk: Desk) -> None:
        first, second = desk.pay("plan"), desk.pay("plan")
        assert first["fingerprint"] == second["fingerprint"]
        said = ("approve", "--plan", first["fingerprint"], "--total", "20.50", "--by", "张三")
        assert desk.pay(*said)["entries"] == desk.pay(*said)["entries"]
        assert len(desk.pay("export")["batches"]) == 1
        assert (desk.pay("export")["batches"], len(desk.files())) == ([], 1)
        assert desk("run").document["payouts"] == {"new": 0, "open": 0, "held": 0, "total": "0.00"}

    def test_the_list_says_where_everything_is(self, desk: Desk) -> None:
        desk("run")
        assert [(row[2], row[5], row[8]) for row in desk.listed()[1:]] == [(O1, 12, "待批准"), (O2, 8.5, "待批准")]
        desk.approve()
        assert [row[8] for row in desk.listed()[1:]] == ["已批准", "已批准"]
        (batch,) = desk.pay("export")["batches"]
        assert [(row[8], row[9]) for row in desk.listed()[1:]] == [("已导出", batch["batch"])] * 2

    def test_the_list_keeps_what_people_add(self, desk: Desk) -> None:
        desk("run")
        desk.write_list(O1, 备注="催过一次")
        desk.approve()
        assert desk.listed()[1][12] == "催过一次"

    def test_no_name_stays_beside_the_plan_and_is_named(self, desk: Desk) -> None:
        desk.freight(FREIGHT, SECOND | {"收款人姓名": None})
        plan = desk.pay("plan")
        assert (plan["count"], plan["total"]) == (1, "12.00")
        assert plan["left"] == [{"id": desk.id_of(O2), "reason": "the payee's name is blank: Alipay needs it"}]
        desk.approve()
        desk.freight(FREIGHT, SECOND)
        assert desk.pay("plan")["total"] == "8.50"
        assert desk.states() == {O1: ("approved", []), O2: ("open", [])}

    def test_compensations_are_paid_too(self, tmp_path: Path, capsys: Capture) -> None:
        settings = '[registers.compensation]\npath = "补偿登记表.xlsx"'
        desk = Desk(tmp_path / "desk", capsys, settings=settings)
        row = {"登记日期": date(2026, 3, 9), "订单号": O2, "补偿项目": "差价", "补偿金额": 5, "渠道": "支付宝",
               "支付宝账号": "z@example.com", "收款人姓名": "李四"}  # fmt: skip
        (desk.home / "补偿登记表.xlsx").write_bytes(workbook([row, row | {"渠道": "平台", "订单号": O1}]))
        assert [(e["kind"], e["amount"]) for e in desk.pay("plan")["entries"]] == [
            ("freight", "12.00"), ("freight", "8.50"), ("compensation", "5.00"),
        ]  # fmt: skip


class TestRefused:
    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ({"--total": "20.51"}, "total-differs"),
            ({"--plan": "AAAAAAAAAA"}, "unknown-plan"),
        ],
    )
    def test_what_was_not_seen(self, desk: Desk, said: dict[str, str], code: str) -> None:
        plan = desk.pay("plan")
        typed = {"--plan": plan["fingerprint"], "--total": "20.50", "--by": "张三", **said}
        told = desk("payouts", "approve", *(word for pair in typed.items() for word in pair))
        assert refused(told) == code
        assert desk.states() == {O1: ("open", []), O2: ("open", [])}

    def test_a_plan_that_changed_since(self, desk: Desk) -> None:
        plan = desk.pay("plan")
        desk.freight(FREIGHT | {"运费金额": 13}, SECOND)
        told = desk("payouts", "approve", "--plan", plan["fingerprint"], "--total", "20.50", "--by", "张三")
        assert refused(told) == "plan-changed"

    def test_what_came_since_changes_nothing(self, desk: Desk) -> None:
        desk.freight(FREIGHT)
        plan = desk.pay("plan")
        desk.freight(FREIGHT, SECOND)
        desk.pay("approve", "--plan", plan["fingerprint"], "--total", "12.00", "--by", "张三")
        assert desk.states() == {O1: ("approved", []), O2: ("open", [])}

    def test_who_may_not(self, tmp_path: Path, capsys: Capture) -> None:
        desk = Desk(tmp_path / "desk", capsys, settings='[payouts]\napprovers = { "张三" = "20.00", "李四" = "30.00" }')
        plan = desk.pay("plan")
        said = ("payouts", "approve", "--plan", plan["fingerprint"], "--total", "20.50", "--by")
        assert [refused(desk(*said, by)) for by in ("王五", "张三")] == ["not-approver", "above-limit"]
        assert desk(*said, "李四").code == 0
        entry = desk.id_of(O1)
        assert refused(desk("payouts", "void", entry, "--reason", "不要了", "--by", "王五")) == "not-approver"
        assert desk("payouts", "void", entry, "--reason", "不要了", "--by", "张三").code == 0

    def test_four_eyes(self, tmp_path: Path, capsys: Capture) -> None:
        desk = Desk(tmp_path / "desk", capsys, settings="[payouts]\nfour_eyes = true")
        plan = desk.pay("plan", "--by", "张三")
        said = ("payouts", "approve", "--plan", plan["fingerprint"], "--total", "20.50", "--by")
        assert refused(desk(*said, "张三")) == "four-eyes"
        assert desk(*said, "李四").code == 0

    def test_on_another_computer(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        desk.pay("plan")
        owner = json.loads((desk.home / ".xlflow-owner").read_text("utf-8"))
        (desk.home / ".xlflow-owner").write_text(json.dumps({**owner, "machine": "another"}), "utf-8")
        assert refused(desk("payouts", "export")) == "other-machine"
        told = desk("run")
        assert (told.code, [error["code"] for error in told.document["errors"]]) == (3, ["other-machine"])

    def test_an_older_ledger(self, desk: Desk) -> None:
        desk.pay("plan")
        old = (desk.home / ".xlflow" / "ledger.db").read_bytes()
        desk.approve()
        desk.pay("export")
        (desk.home / ".xlflow" / "ledger.db").write_bytes(old)
        assert refused(desk("payouts", "plan")) == "ledger-behind"
        (desk.home / ".xlflow-owner").unlink()  # nor does it help to forget who owns the desk
        assert refused(desk("payouts", "plan")) == "ledger-behind"
        (desk.home / LIST).unlink()
        assert refused(desk("payouts", "plan")) == "ledger-behind"
        for path in desk.home.rglob("*.csv"):
            path.unlink()
        assert desk("payouts", "plan").code == 0

    def test_verify_holds_batch_files_and_the_list_against_the_ledger(self, desk: Desk) -> None:
        desk.approve()
        (batch,) = desk.pay("export")["batches"]
        assert (desk("verify").code, desk("verify").document["problems"]) == (0, [])
        path = desk.home / batch["path"]
        sent = path.read_bytes()
        path.chmod(0o600)
        path.write_bytes(sent.replace(b".50", b".51"))
        (desk.home / "out" / TODAY / "支付宝批量付款_B20260101001.csv").write_bytes(sent)
        book = open_book(desk.home / LIST)
        cells = [cell for row in book.sheets[0].rows() for cell in row.cells if cell.ref.startswith("F")]
        amount = next(cell for cell in cells if isinstance(cell.value, int | Decimal))
        book.save([Edit(book.sheets[0].name, amount.ref, amount.value, 1)])
        told = desk("verify")
        assert [(one["code"], one["severity"], one["where"]) for one in told.document["problems"]] == [
            ("ledger-behind", "error", f"out/{TODAY}/支付宝批量付款_B20260101001.csv"),
            ("batch-changed", "error", batch["path"]),
            ("list-differs", "warning", LIST),
        ]
        assert told.code == 1
        path.unlink()  # it counts as sent
        assert "batch-changed" not in [one["code"] for one in desk("verify").document["problems"]]

    def test_a_synced_folder(self, tmp_path: Path, capsys: Capture) -> None:
        desk = Desk(tmp_path / "OneDrive" / "desk", capsys)
        assert refused(desk("payouts", "plan")) == "network-folder"

    def test_a_run_does_all_that_needs_no_ledger(self, tmp_path: Path, capsys: Capture) -> None:
        desk = Desk(tmp_path / "OneDrive" / "desk", capsys, freight=[FREIGHT, {**FREIGHT, "订单号": None}])
        told = desk("run")
        document = told.document
        assert (told.code, [error["code"] for error in document["errors"]]) == (3, ["network-folder"])
        assert {output["kind"] for output in document["outputs"]} == {"fix-list", "hand-over"}
        assert document["payouts"] == {"new": 0, "open": 0, "held": 0, "total": "0.00"}
        assert not (desk.home / LIST).exists()
        assert not list((desk.home / ".xlflow").glob("ledger*"))

    def test_a_register_that_cannot_be_read(self, desk: Desk) -> None:
        desk.approve()
        (desk.home / FILES["receiving"]).write_bytes(b"PK\x03\x04")
        assert refused(desk("payouts", "export")) == "register-unreadable"
        assert (desk.files(), desk("payouts", "status").document["entries"][0]["state"]) == ([], "approved")
        (desk.home / FILES["receiving"]).write_bytes(workbook(BACK))
        assert len(desk.pay("export")["batches"]) == 1

    def test_a_list_that_cannot_be_read(self, desk: Desk) -> None:
        desk.approve()
        good = (desk.home / LIST).read_bytes()
        (desk.home / LIST).write_bytes(b"PK\x03\x04")
        assert refused(desk("payouts", "export")) == "list-unreadable"
        told = desk("run")
        assert (told.code, [error["file"] for error in told.document["errors"]]) == (4, [LIST])
        (desk.home / LIST).write_bytes(good)
        assert len(desk.pay("export")["batches"]) == 1

    @pytest.mark.parametrize("command", [("void",), ("void", "X", "--batch", "B"), ("void", "--batch", "B")])
    def test_what_is_not_said_is_a_mistake(self, desk: Desk, command: tuple[str, ...]) -> None:
        reason = ("--reason", "x") if "B" not in command or "X" in command else ()
        assert desk("payouts", *command, *reason).code == 2


class TestSince:
    def test_a_row_that_changed_after_approval_stays_behind(self, desk: Desk) -> None:
        desk.approve()
        desk.freight(FREIGHT | {"运费金额": 13}, SECOND)
        exported = desk.pay("export")
        entry = desk.id_of(O1)
        assert (exported["total"], exported["left"]) == (
            "8.50", [{"id": entry, "reason": "it is held by now (row-changed)"}],
        )  # fmt: skip
        assert desk.states() == {O1: ("held", ["row-changed"]), O2: ("exported", [])}
        assert desk.pay("release", entry, "--reason", "金额改对了")["entries"][0]["state"] == "open"
        assert desk.pay("plan")["total"] == "13.00"

    def test_a_row_that_vanished(self, desk: Desk) -> None:
        desk.approve()
        desk.freight(SECOND)
        assert desk.pay("export")["total"] == "8.50"
        assert desk.states()[O1] == ("held", ["row-gone"])
        assert refused(desk("payouts", "release", desk.id_of(O1), "--reason", "x")) == "not-releasable"
        desk.freight(SECOND, FREIGHT)
        assert desk("run").document["payouts"]["open"] == 1

    def test_marked_paid_in_the_register(self, desk: Desk) -> None:
        desk.approve()
        desk.freight(FREIGHT | {"打款状态": "已打款"}, SECOND)
        assert desk.pay("export")["total"] == "8.50"
        assert desk.states()[O1] == ("paid", [])
        desk.freight(FREIGHT, SECOND)  # an emptied cell never reopens an entry
        desk("run")
        assert desk.states()[O1] == ("paid", [])

    def test_marked_paid_in_the_list(self, desk: Desk) -> None:
        desk.approve()
        desk.write_list(O1, 状态="已打款", 打款日期=date(2026, 3, 30))
        assert desk.pay("export")["total"] == "8.50"
        assert desk.states()[O1] == ("paid", [])

    def test_not_to_be_paid_says_the_list(self, desk: Desk) -> None:
        desk.approve()
        desk.write_list(O1, 状态="不付", 备注="客户不要了")
        assert desk.pay("export")["total"] == "8.50"
        assert desk.states()[O1] == ("void", [])
        assert desk.listed()[1][8] == "作废"

    def test_a_second_row_in_another_file_is_held(self, tmp_path: Path, capsys: Capture) -> None:
        desk = Desk(tmp_path / "desk", capsys)
        settings = (desk.home / "xlflow.toml").read_text("utf-8")
        (desk.home / "xlflow.toml").write_text(settings.replace('"退运费表.xlsx"', '"退运费表*.xlsx"'), "utf-8")
        desk.approve()
        desk.pay("export")
        again = FREIGHT | {"订单号": f"'{O1} ", "登记日期": date(2026, 4, 20), "退回单号": None, "运费金额": 12.5}
        desk.freight(again, file="退运费表4月.xlsx")
        desk("run", day="2026-04-30")
        found = [(e["state"], e["reasons"]) for e in desk.pay("status")["entries"] if e["order_no"] == O1]
        assert sorted(found) == [("exported", []), ("held", ["duplicate-row"])]

    def test_moved_sorted_and_retyped_it_is_the_same(self, desk: Desk) -> None:
        desk("run")
        ids = {order: desk.id_of(order) for order in (O1, O2)}
        desk.freight(SECOND | {"支付宝账号": "+86 138 0000 1111"}, FREIGHT | {"支付宝账号": "Buyer@Example.com"})
        told = desk("run", day="2026-04-01")
        assert told.document["payouts"]["new"] == 0
        assert {order: desk.id_of(order) for order in (O1, O2)} == ids

    def test_a_batch_that_was_never_uploaded(self, desk: Desk) -> None:
        desk.approve()
        (batch,) = desk.pay("export")["batches"]
        void = ("void", "--batch", batch["batch"], "--reason", "没有上传")
        assert refused(desk("payouts", *void)) == "not-shown-unpaid"
        assert refused(desk("payouts", *void, "--total", "20.00")) == "total-differs"
        assert {e["state"] for e in desk.pay(*void, "--total", "20.50")["entries"]} == {"failed"}
        assert [row[8] for row in desk.listed()[1:]] == ["打款失败", "打款失败"]
        entry = desk.id_of(O1)
        old, new = desk.pay("retry", entry, "--reason", "再付一次")["entries"]
        assert (old["id"], old["state"], new["replaces"], new["state"]) == (entry, "failed", entry, "open")
        assert refused(desk("payouts", "retry", entry, "--reason", "再付一次")) == "replaced"
        desk.approve()
        (second,) = desk.pay("export")["batches"]
        assert (second["batch"], second["total"]) == (f"B{TODAY.replace('-', '')}002", "12.00")
        assert refused(desk("payouts", "fail", new["id"], "--reason", "x")) == "not-shown-unpaid"

    def test_a_finding_somebody_answers_for(self, desk: Desk) -> None:
        desk.freight(FREIGHT | {"运费金额": 60}, SECOND | {"原因": "其他"})
        desk("run")
        assert desk.states() == {O1: ("held", ["freight-too-high"]), O2: ("held", ["not-quality"])}
        assert (
            desk.pay("release", desk.id_of(O1), "--reason", "远程件", "--by", "店长")["entries"][0]["state"] == "open"
        )
        assert refused(desk("payouts", "release", desk.id_of(O2), "--reason", "x")) == "not-releasable"
        desk("run")
        assert desk.states()[O1] == ("open", [])
        desk.freight(FREIGHT | {"运费金额": 600}, SECOND)  # that was not what they answered for
        desk("run")
        assert desk.states()[O1] == ("held", ["freight-too-high"])


class TestEncrypted:
    WORDS: Mapping[str, str] = {"freight": "sample-pass-1", "outputs": "sample-pass-2"}

    def test_the_list_and_the_plan_are_too(self, tmp_path: Path, capsys: Capture) -> None:
        desk = Desk(tmp_path / "desk", capsys, passwords=self.WORDS)
        desk.approve()
        (batch,) = desk.pay("export")["batches"]
        assert sheets_of(desk.home / LIST, "sample-pass-2")["打款清单"][1][8] == "已导出"
        assert (desk.home / batch["path"]).read_bytes().startswith("支付宝".encode("gbk"))

    def test_without_a_password_nothing_is_written(self, tmp_path: Path, capsys: Capture) -> None:
        desk = Desk(tmp_path / "desk", capsys, passwords={"freight": "sample-pass-1"})
        told = desk("payouts", "plan")
        assert (told.code, [error["code"] for error in told.document["errors"]]) == (2, ["no-password"])
        assert not (desk.home / LIST).exists()
        assert desk.pay("status")["entries"] == []

    def test_a_plain_list_does_not_get_cells_of_encrypted_registers(self, tmp_path: Path, capsys: Capture) -> None:
        desk = Desk(tmp_path / "desk", capsys)
        desk("run")
        (desk.home / FILES["freight"]).write_bytes(seal(workbook([FREIGHT, SECOND]), "sample-pass-1"))
        secrets = desk.home / "passwords.toml"
        secrets.write_text('freight = "sample-pass-1"\noutputs = "sample-pass-2"', "utf-8")
        secrets.chmod(0o600)
        told = desk("payouts", "plan")
        assert (told.code, [error["code"] for error in told.document["errors"]]) == (2, ["no-password"])


def test_a_list_of_ones_own_is_kept(desk: Desk) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "打款清单"
    page.append(["三月"])
    page.append(["我的备忘", "状态", "编号", "金额"])
    page.append(["先打这个", None, None, None])
    book.save(desk.home / LIST)
    assert desk("run").code == 0
    rows = desk.listed()
    assert rows[1] == (
        "我的备忘", "状态", "编号", "金额", "登记日期", "订单编号", "收款人支付宝账号", "收款人姓名", "事由", "来源", "批次号",
        "打款日期", "支付宝流水号", "备注",
    )  # fmt: skip
    assert (rows[2][0], [row[1:4:2] for row in rows[3:]]) == ("先打这个", [("待批准", 12), ("待批准", 8.5)])


def test_a_list_that_is_open_catches_up_later(desk: Desk) -> None:
    desk("run")
    lock = desk.home / f"~${LIST}"
    lock.write_bytes(
        bytes([5]) + b"Zhang".ljust(54, b" ") + (5).to_bytes(2, "little") + "Zhang".encode("utf-16-le").ljust(108)
    )
    plan = desk("payouts", "plan").document
    told = desk("payouts", "approve", "--plan", plan["fingerprint"], "--total", plan["total"], "--by", "张三")
    assert (told.code, [error["code"] for error in told.document["errors"]]) == (4, ["file-open"])
    assert [row[8] for row in desk.listed()[1:]] == ["待批准", "待批准"]
    lock.unlink()
    desk("run")
    assert [row[8] for row in desk.listed()[1:]] == ["已批准", "已批准"]


def test_read_only_commands_write_nothing(desk: Desk) -> None:
    for command in (("payouts", "status"), ("check",), ("run", "--dry-run")):
        assert desk(*command).code in (0, 1)
    assert not (desk.home / ".xlflow").exists()
    assert not (desk.home / LIST).exists()


def test_what_people_are_told(desk: Desk) -> None:
    desk.freight(FREIGHT, SECOND | {"收款人姓名": None})
    told = xlflow(desk.capsys, "payouts", "plan", "--desk", desk.home, "--date", TODAY)
    first, second, fingerprint = desk.id_of(O1), desk.id_of(O2), desk.pay("plan")["fingerprint"]
    assert told.out.splitlines() == [
        f"{first}  open       12.00  {O1}  bu***@example.com",
        f"left out: {second}: the payee's name is blank: Alipay needs it",
        "1 entries, 12.00 yuan",
        f"out/{TODAY}/打款计划-{TODAY}.xlsx",
        f"fingerprint {fingerprint}",
    ]
    assert told.err.splitlines() == [f"next: xlflow payouts approve --plan {fingerprint} --total 12.00 --by NAME"]
    said = ("--plan", fingerprint.lower(), "--total", "￥12元", "--by", "张三")
    told = xlflow(desk.capsys, "payouts", "approve", *said, "--desk", desk.home, "--date", TODAY)
    assert (told.code, told.out.splitlines()) == (
        0, [f"{first}  approved       12.00  {O1}  bu***@example.com", "1 entries, 12.00 yuan"],
    )  # fmt: skip


def test_trace_knows_entries(desk: Desk) -> None:
    desk.approve()
    (batch,) = desk.pay("export")["batches"]
    entry = desk.id_of(O1)
    for key in (entry, O1, entry[-4:]):
        told = [event for event in desk("trace", key).document["events"] if event["register"] == "ledger"]
        assert told == [
            {"date": TODAY, "register": "ledger", "source": "退运费表.xlsx 3月!2",
             "what": f"{entry}，12.00 元，已导出，{batch['batch']}"}
        ]  # fmt: skip
