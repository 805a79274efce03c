"""xlflow.toml: what is read from it (contract §1)."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.settings.desks import LEAST, loaded, mistakes
from xlflow.settings import Checks, Person, RegisterSettings


def test_the_least_settings_have_every_default(tmp_path: Path) -> None:
    settings = loaded(tmp_path, LEAST)
    assert (settings.name, settings.start) == ("示例店", date(2026, 3, 1))
    assert (settings.language, settings.timezone) == ("zh", "Asia/Shanghai")
    assert (settings.state, settings.templates) == (tmp_path / ".xlflow", tmp_path / "templates")
    assert settings.registers == {"freight": RegisterSettings(("退运费表.xlsx",))}
    assert settings.registers["freight"].sheets == ("*",)
    assert (settings.payouts.list, settings.payouts.max_rows) == (tmp_path / "打款清单.xlsx", 1000)
    assert (settings.payouts.account, settings.payouts.approvers, settings.payouts.four_eyes) == ("", {}, False)
    assert (settings.plain, settings.password_command, settings.policies, settings.mail) == ((), (), {}, {})
    assert settings.people == dict.fromkeys(("warehouse", "after_sales", "finance", "manager"), Person())
    assert settings.register_names == ("receiving", "freight")


def test_every_setting_of_the_contract(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path,
        """
[desk]
name = "示例路由器旗舰店"
start = 2026-03-01
language = "en"
timezone = "Europe/Berlin"
state = "/var/xlflow"
[registers.receiving]
path = ["收货表.xlsx", "../old/*.xlsx"]
sheets = ["3月", "4*"]
year = 2026
required = ["tracking_no"]
optional = ["received_on"]
[registers.receiving.headings]
tracking_no = ["回来的单号"]
[registers.receiving.values.kind]
"退" = "return"
[registers.freight]
path = "退运费表.xlsx"
[registers.freight.values]
reason = { "坏了" = "quality" }
[checks]
on = ["not-inspected"]
off = ["cable-late"]
[payouts]
list = "money/打款清单.xlsx"
max_rows = 500
account = "shop@example.com"
approvers = { "张三" = "500.00", "李四" = 1000, "王五" = 20.5 }
four_eyes = true
[outputs]
plain = ["tasks"]
[passwords]
command = ["pass", "show"]
[templates]
path = "look"
[policies]
"freight.replacement_days" = 14
freight.ask_above = 49.9
cable.unit = "2.00 4.00"
plain = [1, 2.5]
[people.warehouse]
name = "仓库登记"
email = "warehouse@example.com"
folder = "/mnt/warehouse"
[people.finance]
folder = "财务"
[mail]
weekly-quality = ["quality@example.com"]
claim-sheet = []
""",
    )
    assert (settings.language, settings.timezone, settings.state) == ("en", "Europe/Berlin", Path("/var/xlflow"))
    assert settings.registers["receiving"] == RegisterSettings(
        path=("收货表.xlsx", "../old/*.xlsx"),
        sheets=("3月", "4*"),
        year=2026,
        required=("tracking_no",),
        optional=("received_on",),
        headings={"tracking_no": ("回来的单号",)},
        values={"kind": {"退": "return"}},
    )
    assert settings.registers["freight"].values == {"reason": {"坏了": "quality"}}
    assert settings.payouts.list == tmp_path / "money/打款清单.xlsx"
    assert (settings.payouts.max_rows, settings.payouts.account) == (500, "shop@example.com")
    assert settings.payouts.approvers == {"张三": Decimal("500.00"), "李四": Decimal(1000), "王五": Decimal("20.5")}
    assert settings.payouts.four_eyes is True
    assert (settings.plain, settings.password_command) == (("tasks",), ("pass", "show"))
    assert settings.templates == tmp_path / "look"
    assert settings.policies == {
        "freight.replacement_days": (Decimal(14),),
        "freight.ask_above": (Decimal("49.9"),),
        "cable.unit": (Decimal("2.00"), Decimal("4.00")),
        "plain": (Decimal(1), Decimal("2.5")),
    }
    assert settings.people["warehouse"] == Person("仓库登记", "warehouse@example.com", Path("/mnt/warehouse"))
    assert settings.people["finance"] == Person(folder=tmp_path / "财务")
    assert settings.mail == {"weekly-quality": ("quality@example.com",), "claim-sheet": ()}
    assert pickle.loads(pickle.dumps(settings)) == settings


@pytest.mark.parametrize(
    ("code", "runs"),
    [("missing", True), ("cable-late", False), ("not-inspected", True), ("no-picture", False)],
)
def test_which_checks_run(code: str, runs: bool) -> None:
    checks = Checks(("not-inspected",), ("cable-late",), ("not-inspected", "no-picture"))
    assert checks.runs(code) is runs


@pytest.mark.parametrize(("plain", "kind", "stays"), [((), "tasks", False), (("*",), "tasks", True)])
def test_what_may_stay_plain(tmp_path: Path, plain: tuple[str, ...], kind: str, stays: bool) -> None:
    settings = loaded(tmp_path, LEAST + f"[outputs]\nplain = {list(plain)}")
    assert settings.stays_plain(kind) is stays


def test_a_byte_order_mark_is_fine(tmp_path: Path) -> None:
    assert loaded(tmp_path, b"\xef\xbb\xbf" + LEAST.encode()).name == "示例店"


def test_windows_line_ends_are_fine(tmp_path: Path) -> None:
    text = LEAST.replace("\n", "\r\n") + "[chekcs]\r\n"
    assert mistakes(tmp_path, text)[0].startswith("xlflow.toml line 7: chekcs: ")


@pytest.mark.parametrize("address", ["a@b", "caiwu@example.com", "o'neil+x.y@mail-1.example.com", "_@1.cn"])
def test_an_address_that_every_mail_program_takes(tmp_path: Path, address: str) -> None:
    assert loaded(tmp_path, f'{LEAST}\n[people.finance]\nemail = "{address}"').people["finance"].email == address


@pytest.mark.parametrize(
    "address",
    ["财务@example.com", "a@例子.中国", "a b@example.com", "a..b@example.com", ".a@example.com", "a(b)@example.com", "a:b@example.com", "a@", "@b", "a@b@c", "a,b@c.cn", "a@b.", "a@[127.0.0.1]"],
)  # fmt: skip
def test_an_address_that_some_would_take_for_another(tmp_path: Path, address: str) -> None:
    told = mistakes(tmp_path, f'{LEAST}\n[mail]\nclaim-sheet = ["{address}"]')
    assert told == ["xlflow.toml line 9: mail.claim-sheet: is not an e-mail address | write it as name@example.com"]
