"""Days of a desk: tasks, invoices, claim sheets, the hand-over page and mails, from one run to the next."""

from __future__ import annotations

import email
import re
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from tests.build import EXCHANGE, FREIGHT, O1, O2, O3, QUALITY, RECEIVING, T2, T3
from tests.clean_parcels import INVOICE, LOST
from tests.desks import make_desk, sheets_of, workbook, xlflow
from xlflow.excel.seal import seal
from xlflow.ledger import read_ledger

Capture = pytest.CaptureFixture[str]
Cells = Mapping[str, Any]

FILES = {"lost": "物流丢件记录表.xlsx", "quality": "质量问题登记表.xlsx", "invoice": "发票登记表.xlsx"}
REGISTERS = "\n".join(f'[registers.{name}]\npath = "{file}"' for name, file in FILES.items())
NAMES = ("金丝雀旺旺", "13911112222", "金丝雀地址", "金丝雀姓名")
MAIL = """
[people.finance]
email = "caiwu@example.com"
[people.warehouse]
email = "cangku@example.com"
[mail]
claim-sheet = ["claims@example.com", "dianzhang@example.com"]
hand-over = ["all@example.com"]
"""
GONE = LOST | {
    "快递单号": "YT4567890123456",
    "登记日期": date(2026, 3, 10),
    "最后物流日期": date(2026, 3, 9),
    "货值": 129,
    "运费": 8,
}
BAD = QUALITY | {"供应商": "样板/电子", "单价": 45}
OPEN = INVOICE | {"开票日期": None}


def desk(home: Path, settings: str = "", **registers: list[Cells]) -> Path:
    """A desk with these registers besides its three core ones."""
    own = {"lost": [GONE], "quality": [BAD], "invoice": [OPEN], **registers}
    core = {name: rows for name, rows in own.items() if name not in FILES}
    return make_desk(home, settings=settings + REGISTERS, files={FILES[name]: own[name] for name in FILES}, **core)


def run(capsys: Capture, home: Path, day: str, *options: str, command: str = "run") -> Any:
    told = xlflow(capsys, command, "--desk", home, "--date", day, "--json", *options)
    assert told.code in (0, 4), told.err
    return told.document


def kinds(document: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for output in document["outputs"]:
        found.setdefault(output["kind"], []).append(output["path"].rpartition("/")[2])
    return found


def events(home: Path, kind: str) -> int:
    ledger = read_ledger(home / ".xlflow")
    assert ledger is not None
    with ledger:
        return sum(recorded.event.kind == kind for recorded in ledger.events())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return desk(tmp_path / "desk")


class TestADay:
    def test_planned_done_and_done_again(self, home: Path, capsys: Capture) -> None:
        before = sorted(home.rglob("*"))
        planned = kinds(run(capsys, home, "2026-03-31", "--dry-run"))
        assert sorted(home.rglob("*")) == before
        done = run(capsys, home, "2026-03-31")
        assert planned == kinds(done) == {
            "fix-list": ["待补录-售后.xlsx", "待补录-财务.xlsx"],
            "payout-list": ["打款清单.xlsx"],
            "payout-plan": ["打款计划-2026-03-31.xlsx"],
            "tasks": ["待办-2026-03-31.xlsx"],
            "invoices": ["专票-2026-03-31.xlsx"],
            "claim-sheet": ["索赔单-快递-圆通-2026-03.xlsx", "索赔单-供应商-样板_电子-2026-03.xlsx"],
            "weekly-quality": ["质量问题周报-2026-W13.xlsx"],
            "monthly": ["月报-2026-03.xlsx"],
            "hand-over": ["交接-2026-03-31.html"],
        }  # fmt: skip
        text = (home / "out/2026-03-31/交接-2026-03-31.html").read_text(encoding="utf-8")
        for output in done["outputs"]:
            name = output["path"].rpartition("/")[2]
            assert (f">{name}</a>" in text) is (output["kind"] != "hand-over")
        made = {path: path.read_bytes() for path in (home / "out").rglob("*.*")}
        again = kinds(run(capsys, home, "2026-03-31"))
        once = ("claim-sheet", "monthly", "weekly-quality")
        assert again == {kind: files for kind, files in planned.items() if kind not in once}
        assert [path.name for path, data in made.items() if path.read_bytes() != data] == []

    def test_no_month_ends_on_most_days(self, home: Path, capsys: Capture) -> None:
        assert "claim-sheet" not in kinds(run(capsys, home, "2026-03-30", "--dry-run"))

    def test_it_links_what_was_made_by_itself_too(self, home: Path, capsys: Capture) -> None:
        run(capsys, home, "2026-03-28", command="invoices")
        run(capsys, home, "2026-03-28", "--daily")
        text = (home / "out/2026-03-28/交接-2026-03-28.html").read_text(encoding="utf-8")
        assert ">专票-2026-03-28.xlsx</a>" in text

    def test_a_broken_ledger_leaves_claims_for_later(self, home: Path, capsys: Capture) -> None:
        run(capsys, home, "2026-03-30", "--daily")
        (home / ".xlflow" / "ledger.db").write_bytes(b"no ledger")
        planned = xlflow(capsys, "run", "--dry-run", "--desk", home, "--date", "2026-03-31", "--json")
        assert "claim-sheet" not in kinds(planned.document)


class TestInvoices:
    def test_on_workdays_only(self, home: Path, capsys: Capture) -> None:
        for day, there in (("2026-03-28", False), ("2026-04-06", False), ("2026-05-09", True)):
            assert ("invoices" in kinds(run(capsys, home, day, "--daily"))) is there

    def test_none_none(self, tmp_path: Path, capsys: Capture) -> None:
        home = desk(tmp_path / "desk", invoice=[INVOICE])
        assert "invoices" not in kinds(run(capsys, home, "2026-03-31", "--daily"))

    def test_new_on_one_day_and_waiting_on_the_next(self, home: Path, capsys: Capture) -> None:
        run(capsys, home, "2026-03-30", "--daily")
        again = run(capsys, home, "2026-03-30", command="invoices")
        assert ([one["order_no"] for one in again["new"]], again["waiting"]) == ([O1], [])
        (home / FILES["invoice"]).write_bytes(workbook([OPEN, OPEN | {"订单编号": O2, "登记日期": date(2026, 3, 31)}]))
        told = run(capsys, home, "2026-03-31", command="invoices")
        entry = {
            "title": "样板科技有限公司", "tax_no": "91330100MA2XXXXX6T", "address_phone": "样板市虚构路 1 号 0571-00000000",
            "bank_account": "样板银行 0000 0000", "amount": "129.00",
        }  # fmt: skip
        assert {name: told[name] for name in ("new", "waiting", "count", "total", "outputs")} == {
            "new": [{**entry, "order_no": O2, "source": "发票登记表.xlsx 3月!3", "first_sent": None}],
            "waiting": [{**entry, "order_no": O1, "source": "发票登记表.xlsx 3月!2", "first_sent": "2026-03-30"}],
            "count": 2,
            "total": "258.00",
            "outputs": [{"kind": "invoices", "path": "out/2026-03-31/专票-2026-03-31.xlsx"}],
        }
        assert events(home, "invoice-sent") == 2

    def test_by_itself_on_any_day(self, home: Path, capsys: Capture) -> None:
        assert run(capsys, home, "2026-03-28", command="invoices")["count"] == 1


class TestClaims:
    def test_in_json(self, home: Path, capsys: Capture) -> None:
        told = run(capsys, home, "2026-03-31", command="claims")
        assert told["period"] == {"from": "2026-03-01", "to": "2026-03-31"}
        assert told["claims"] == [
            {
                "party_type": "courier",
                "party": "圆通",
                "rows": [
                    {
                        "register": "lost", "source": "物流丢件记录表.xlsx 3月!2", "order_no": O1,
                        "tracking_no": "YT4567890123456", "product": "路由器", "type": "lost", "quantity": 1,
                        "amount": "137.00", "missing": [],
                    }
                ],
                "total": "137.00",
            },
            {
                "party_type": "supplier",
                "party": "样板/电子",
                "rows": [
                    {
                        "register": "quality", "source": "质量问题登记表.xlsx 3月!2", "order_no": O1, "tracking_no": None,
                        "product": "路由器", "type": "quality", "quantity": 1, "amount": "45.00", "missing": [],
                    }
                ],
                "total": "45.00",
            },
        ]  # fmt: skip
        assert (told["held"], told["not_run"], told["errors"]) == ([], [], [])

    def test_each_thing_once(self, home: Path, capsys: Capture) -> None:
        run(capsys, home, "2026-03-31")
        (home / FILES["lost"]).write_bytes(
            workbook([GONE | {"索赔日期": date(2026, 3, 31)}, GONE | {"快递单号": T3, "订单编号": O3}])
        )
        april = run(capsys, home, "2026-04-30", command="claims")
        assert [row["tracking_no"] for one in april["claims"] for row in one["rows"]] == [T3]
        march = run(capsys, home, "2026-04-30", "--period", "2026-03", command="claims")
        assert [row["order_no"] for one in march["claims"] for row in one["rows"]] == [O1, O1]
        assert events(home, "claimed") == 3
        assert kinds(run(capsys, home, "2026-04-30"))["claim-sheet"] == ["索赔单-快递-圆通-2026-04.xlsx"]
        assert events(home, "claimed") == 3

    @pytest.mark.parametrize(("option", "there"), [("--daily", False), ("--weekly", False), ("--monthly", True)])
    def test_when_somebody_says_what_is_wanted(self, home: Path, capsys: Capture, option: str, there: bool) -> None:
        assert ("claim-sheet" in kinds(run(capsys, home, "2026-04-15", option))) is there
        assert ("claim-sheet" in kinds(run(capsys, home, "2026-04-15", option))) is there

    def test_a_look_before_the_month_is_over_is_no_due_sheet(self, home: Path, capsys: Capture) -> None:
        early = run(capsys, home, "2026-03-25", "--period", "2026-03", command="claims")
        assert len(early["claims"]) == 2
        assert len(kinds(run(capsys, home, "2026-03-31"))["claim-sheet"]) == 2

    def test_they_wait_for_a_register_that_cannot_be_used(self, home: Path, capsys: Capture) -> None:
        lost = home / FILES["lost"]
        whole = lost.read_bytes()
        lost.write_bytes(b"no workbook")
        assert "claim-sheet" not in kinds(run(capsys, home, "2026-03-31"))
        lost.write_bytes(whole)
        assert len(kinds(run(capsys, home, "2026-04-02"))["claim-sheet"]) == 2

    def test_no_register_no_claims(self, tmp_path: Path, capsys: Capture) -> None:
        home = make_desk(tmp_path / "desk")
        assert "claim-sheet" not in kinds(run(capsys, home, "2026-03-31"))
        told = xlflow(capsys, "claims", "--desk", home, "--date", "2026-03-31")
        assert (told.code, told.out, told.err) == (0, "", "nothing is to be claimed for 2026-03\n")

    def test_what_is_said(self, tmp_path: Path, capsys: Capture) -> None:
        rows = [GONE, GONE | {"快递单号": T2, "货值": None, "运费": None}, GONE | {"快递单号": T3, "订单编号": None}]
        home = desk(tmp_path / "desk", lost=rows, quality=[QUALITY])
        told = xlflow(capsys, "claims", "--desk", home, "--date", "2026-04-02")
        assert told.out == "out/2026-04-02/索赔单-快递-圆通-2026-03.xlsx\n"
        assert told.err == (
            "圆通: 2 claims, 137.00 yuan\n1 of them have no amount yet and are carried over\n"
            "1 rows are held back by errors: see the fix lists\n"
        )

    @pytest.mark.parametrize("period", ["2026-W09", "2026-13", "März"])
    def test_a_month_is_asked_for(self, home: Path, capsys: Capture, period: str) -> None:
        told = xlflow(capsys, "claims", "--desk", home, "--period", period, "--date", "2026-03-31")
        assert (told.code, f"{period} is no month" in told.err) == (2, True)

    def test_two_suppliers_whose_names_windows_would_confuse(self, tmp_path: Path, capsys: Capture) -> None:
        rows = [
            BAD | {"供应商": "甲/乙"},
            BAD | {"供应商": "甲:乙", "订单号": O2},
            BAD | {"供应商": "甲?乙", "订单号": O3},
        ]
        home = desk(tmp_path / "desk", lost=[LOST | {"类型": "延误"}], quality=rows)
        assert sorted(kinds(run(capsys, home, "2026-03-31"))["claim-sheet"]) == [
            "索赔单-供应商-甲_乙-2026-03.xlsx",
            "索赔单-供应商-甲_乙_2-2026-03.xlsx",
            "索赔单-供应商-甲_乙_3-2026-03.xlsx",
        ]


class TestMails:
    def test_each_output_that_somebody_is_to_get(self, tmp_path: Path, capsys: Capture) -> None:
        home = desk(tmp_path / "desk", MAIL, receiving=[RECEIVING | {"数量": None}])
        found = kinds(run(capsys, home, "2026-03-31"))["mail"]
        assert found == [
            "邮件-待补录-仓库.eml",
            "邮件-待补录-财务.eml",
            "邮件-专票-2026-03-31.eml",
            "邮件-索赔单-快递-圆通-2026-03.eml",
            "邮件-索赔单-供应商-样板_电子-2026-03.eml",
            "邮件-交接-2026-03-31.eml",
        ]
        folder = home / "out" / "2026-03-31"
        for name in found:
            message = email.message_from_bytes((folder / name).read_bytes(), policy=default)
            (attached,) = message.iter_attachments()  # type: ignore[attr-defined]
            file = folder / attached.get_filename()
            assert attached.get_payload(decode=True) == file.read_bytes()
        claim = email.message_from_bytes((folder / found[3]).read_bytes(), policy=default)
        assert str(claim["To"]) == "claims@example.com, dianzhang@example.com"
        assert str(claim["Subject"]) == "测试店 索赔单-快递-圆通-2026-03 2026-03-31"
        assert claim.get_body(("plain",)).get_content().replace("\r", "") == (  # type: ignore[attr-defined]
            "Hello,\nattached is 索赔单-快递-圆通-2026-03.xlsx of 测试店, made on 2026-03-31.\n"
            "Please claim these, and tell us what is paid for them.\n"
        )

    def test_one_by_itself_comes_with_its_mail(self, tmp_path: Path, capsys: Capture) -> None:
        home = desk(tmp_path / "desk", MAIL)
        told = run(capsys, home, "2026-03-28", command="invoices")
        assert kinds(told) == {"invoices": ["专票-2026-03-28.xlsx"], "mail": ["邮件-专票-2026-03-28.eml"]}
        assert run(capsys, home, "2026-03-28", command="invoices") == told

    def test_nobody_is_nobody(self, home: Path, capsys: Capture) -> None:
        assert "mail" not in kinds(run(capsys, home, "2026-03-31", "--dry-run"))


class TestSealed:
    WORD = "sample-pass-9"

    @pytest.fixture
    def home(self, tmp_path: Path) -> Path:
        home = desk(tmp_path / "desk", MAIL, exchange=[EXCHANGE | {"退回单号": T2, "订单号": O2}])
        (home / FILES["invoice"]).write_bytes(seal(workbook([OPEN]), "sample-pass-1"))
        (home / "passwords.toml").write_text(f'invoice = "sample-pass-1"\noutputs = "{self.WORD}"', encoding="utf-8")
        (home / "passwords.toml").chmod(0o600)
        return home

    def test_workbooks_are_and_mails_have_them_so_but_never_the_password(self, home: Path, capsys: Capture) -> None:
        run(capsys, home, "2026-03-31")
        folder = home / "out" / "2026-03-31"
        books = sorted(folder.glob("*.xlsx"))
        assert len(books) == 9
        assert {path.read_bytes()[:4] for path in books} == {b"\xd0\xcf\x11\xe0"}
        assert sheets_of(folder / "专票-2026-03-31.xlsx", self.WORD)["新申请"][2][2] == O1
        for path in folder.glob("*.eml"):
            message = email.message_from_bytes(path.read_bytes(), policy=default)
            (attached,) = message.iter_attachments()  # type: ignore[attr-defined]
            text = message.get_body(("plain",)).get_content()  # type: ignore[attr-defined]
            assert attached.get_payload(decode=True) == (folder / attached.get_filename()).read_bytes()
            assert ("it opens with the password that we agreed on" in text) is attached.get_filename().endswith("xlsx")
            assert self.WORD not in text
            assert self.WORD.encode() not in path.read_bytes()

    def test_nobody_is_named_on_the_page_or_in_a_mail(self, tmp_path: Path, capsys: Capture) -> None:
        cells = {"买家旺旺": NAMES[0], "联系电话": NAMES[1], "备注": NAMES[2], "收款人姓名": NAMES[3]}
        home = desk(
            tmp_path / "people", MAIL + '[people.after_sales]\nname = "阿玲"\nemail = "shouhou@example.com"\n',
            receiving=[RECEIVING | cells | {"数量": NAMES[2], "类型": NAMES[0]}],
            freight=[FREIGHT | cells | {"支付宝账号": NAMES[3], "运费金额": NAMES[1], "登记日期": date(2026, 3, 31)}],
            lost=[GONE | cells | {"快递公司": NAMES[0]}, GONE | cells | {"快递单号": T3}],
            invoice=[OPEN | {"发票抬头": NAMES[3], "地址电话": NAMES[2]}],
        )  # fmt: skip
        run(capsys, home, "2026-03-31")
        folder = home / "out" / "2026-03-31"
        texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.html")]
        for path in folder.glob("*.eml"):
            message = email.message_from_bytes(path.read_bytes(), policy=default)
            texts += [str(message["Subject"]), message.get_body(("plain",)).get_content()]  # type: ignore[attr-defined]
        assert len(texts) > 10
        assert [(word, text) for text in texts for word in (*NAMES, "阿玲") if word in text] == []

    @pytest.mark.parametrize("command", ["run", "claims", "invoices"])
    def test_without_a_password_nothing_is_written(self, home: Path, capsys: Capture, command: str) -> None:
        (home / "passwords.toml").write_text('invoice = "sample-pass-1"', encoding="utf-8")
        (home / "passwords.toml").chmod(0o600)
        told = xlflow(capsys, command, "--desk", home, "--date", "2026-03-31", "--json")
        assert (told.code, [one["code"] for one in told.document["errors"]]) == (2, ["no-password"])
        assert not (home / "out").exists()
        assert (events(home, "claimed"), events(home, "invoice-sent"), events(home, "made")) == (0, 0, 0)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_every_workbook_on_few_pages(home: Path, tmp_path: Path, capsys: Capture) -> None:
    run(capsys, home, "2026-03-31")
    books = sorted((home / "out" / "2026-03-31").glob("*.xlsx"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, books)]
    subprocess.run(convert, check=True, timeout=300, capture_output=True)
    for book in books:
        printed = (tmp_path / f"{book.stem}.pdf").read_bytes()
        assert 0 < len(re.findall(rb"/Type\s*/Page\b", printed)) <= 8, book.name
