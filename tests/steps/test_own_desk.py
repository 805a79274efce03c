"""An own desk, as somebody makes it by hand from ``xlflow init``, and what goes wrong on the first day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.build import FREIGHT, RECEIVING
from tests.desks import CLEAN, FILES, TODAY, make_desk, sheets_of, workbook, xlflow
from xlflow.excel import keys
from xlflow.excel.seal import seal

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def home(tmp_path: Path, capsys: Capture) -> Path:
    """``xlflow init``, and three registers put beside the settings."""
    desk = tmp_path / "我的店"
    assert xlflow(capsys, "init", desk, "--lang", "en", "--date", TODAY).code == 0
    for name, rows in CLEAN.items():
        (desk / FILES[name]).write_bytes(workbook(rows))
    return desk


def check(capsys: Capture, home: Path, *options: object) -> Any:
    return xlflow(capsys, "check", "--desk", home, "--date", TODAY, "--json", *options)


def test_init_makes_settings_and_starters_and_never_overwrites(tmp_path: Path, capsys: Capture) -> None:
    told = xlflow(capsys, "init", tmp_path / "desk", "--lang", "en", "--date", TODAY)
    made = sorted(path.name for path in (tmp_path / "desk").iterdir())
    assert (told.code, made) == (
        0,
        ["inbox", "xlflow.toml", "查件.cmd", "查件.sh", "每日运行.cmd", "每日运行.sh"],
    )
    assert "start = 2026-03-01" in (tmp_path / "desk" / "xlflow.toml").read_text(encoding="utf-8")
    again = xlflow(capsys, "init", tmp_path / "desk", "--lang", "en")
    folder = tmp_path / "desk"
    assert (again.code, again.err) == (
        2,
        f"settings: {folder} is a desk already: it has an xlflow.toml\n  choose another folder, or edit that file\n",
    )


def test_a_clean_desk_has_nothing_to_say(home: Path, capsys: Capture) -> None:
    told = check(capsys, home)
    assert (told.code, told.document["findings"], told.document["errors"]) == (0, [], [])
    assert [(r["register"], r["rows"]) for r in told.document["registers"]] == [
        ("exchange", 1),
        ("freight", 1),
        ("receiving", 1),
    ]


def test_a_renamed_heading_is_told_and_can_be_taught(home: Path, capsys: Capture) -> None:
    renamed = {("钱" if key == "运费金额" else key): value for key, value in FREIGHT.items()}
    (home / FILES["freight"]).write_bytes(workbook([renamed]))
    told = check(capsys, home)
    found = {(f["code"], f["row"], f["cell"], f["field"]) for f in told.document["findings"]}
    assert found == {("missing-column", 1, None, "amount"), ("unclaimed-column", 1, "E1", None)}
    assert told.code == 1
    settings = home / "xlflow.toml"
    taught = settings.read_text(encoding="utf-8") + '\n[registers.freight.headings]\namount = ["钱"]\n'
    settings.write_text(taught, encoding="utf-8")
    assert check(capsys, home).document["findings"] == []


def test_a_missing_column_holds_its_rows(home: Path, capsys: Capture) -> None:
    bare = {key: value for key, value in FREIGHT.items() if key != "原因"}
    (home / FILES["freight"]).write_bytes(workbook([bare]))
    (home / FILES["receiving"]).write_bytes(workbook([{**RECEIVING, "原因": None}]))
    told = xlflow(capsys, "run", "--desk", home, "--date", TODAY, "--json")
    assert (told.code, told.document["payouts"]) == (0, {"new": 1, "open": 0, "held": 1, "total": "0.00"})


def test_a_wrong_password_stops_only_its_register(home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XLFLOW_PASSWORD_RECEIVING", "not this one")
    monkeypatch.setenv("XLFLOW_PASSWORD_OUTPUTS", "sample-pass-2")
    (home / FILES["receiving"]).write_bytes(seal(workbook(CLEAN["receiving"]), "sample-pass-1"))
    told = xlflow(capsys, "run", "--desk", home, "--date", TODAY, "--json")
    assert told.code == 4
    assert [(e["code"], e["file"], e["register"]) for e in told.document["errors"]] == [
        ("wrong-password", "收货表.xlsx", "receiving")
    ]
    not_run = {check["code"]: check["needs"] for check in told.document["not_run"]}
    assert not_run["not-received"] == ["receiving"]
    assert told.document["payouts"] == {"new": 1, "open": 0, "held": 1, "total": "0.00"}
    assert not any(finding["code"] == "not-received" for finding in told.document["findings"])


def test_without_a_password_the_remedy_is_named(home: Path, capsys: Capture) -> None:
    (home / FILES["receiving"]).write_bytes(seal(workbook(CLEAN["receiving"]), "sample-pass-1"))
    told = check(capsys, home)
    assert (told.code, told.document["errors"][0]["code"]) == (4, "no-password")
    assert "xlflow password" in told.document["errors"][0]["fix"]


def test_a_file_open_in_excel_is_read_and_doctor_tells_who_has_it(home: Path, capsys: Capture) -> None:
    owner = bytes([4]) + b"Wang".ljust(54, b" ") + (4).to_bytes(2, "little") + "王小明 ".encode("utf-16-le")
    (home / "~$收货表.xlsx").write_bytes(owner.ljust(165, b"\0"))
    assert check(capsys, home).code == 0
    told = xlflow(capsys, "doctor", "--desk", home, "--date", TODAY, "--json")
    assert told.code == 1
    opened = [p for p in told.document["problems"] if p["code"] == "file-open"]
    assert [(p["where"], p["severity"]) for p in opened] == [("收货表.xlsx", "warning")]
    assert opened[0]["message"].startswith("王小明")


def test_a_missing_file_is_named_and_the_others_are_read(home: Path, capsys: Capture) -> None:
    (home / FILES["exchange"]).unlink()
    told = check(capsys, home)
    assert (told.code, told.document["errors"][0]["code"], told.document["errors"][0]["file"]) == (
        4,
        "file-missing",
        "换货表.xlsx",
    )
    assert [r["register"] for r in told.document["registers"]] == ["freight", "receiving"]


def test_an_encrypted_register_needs_a_password_for_what_is_made_of_it(tmp_path: Path, capsys: Capture) -> None:
    home = make_desk(tmp_path / "desk", passwords={"freight": "sample-pass-1"})
    told = xlflow(capsys, "run", "--desk", home, "--date", TODAY, "--json")
    assert (told.code, [e["code"] for e in told.document["errors"]]) == (2, ["no-password"])
    assert not (home / "out").exists()


@pytest.mark.parametrize("kinds", ['"payout-list", "payout-plan"', '"*"'])
def test_a_kind_may_be_allowed_to_leave_plain(tmp_path: Path, capsys: Capture, kinds: str) -> None:
    settings = f"[outputs]\nplain = [{kinds}]"
    home = make_desk(tmp_path / "desk", passwords={"freight": "sample-pass-1"}, settings=settings)
    told = xlflow(capsys, "run", "--desk", home, "--date", TODAY, "--json")
    assert [output["kind"] for output in told.document["outputs"]] == [
        "payout-plan",
        "hand-over",
        "payout-list",
    ]
    assert "待付" in sheets_of(home / told.document["outputs"][0]["path"])
    assert "打款清单" in sheets_of(home / told.document["outputs"][2]["path"])


def test_outputs_of_encrypted_registers_open_with_the_outputs_password(tmp_path: Path, capsys: Capture) -> None:
    words = {"freight": "sample-pass-1", "outputs": "sample-pass-2"}
    home = make_desk(tmp_path / "desk", passwords=words, freight=[{**FREIGHT, "收款人姓名": None}])
    told = xlflow(capsys, "run", "--desk", home, "--date", TODAY, "--json")
    paths = {output["kind"]: home / output["path"] for output in told.document["outputs"]}
    assert set(paths) == {"fix-list", "payout-plan", "payout-list", "hand-over"}
    listed = sheets_of(paths["payout-list"], "sample-pass-2")["打款清单"]
    assert [row[2] for row in listed[1:]] == ["1234567890123456789"]


def test_one_derivation_a_register_file_and_one_for_all_that_is_made(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {"freight": "sample-pass-1", "receiving": "sample-pass-2", "outputs": "sample-pass-3"}
    home = make_desk(tmp_path / "desk", passwords=words, freight=[{**FREIGHT, "收款人姓名": None}])
    derived: list[str] = []
    plain = keys.stretch

    def counted(password: str, salt: bytes, spin: int, name: str) -> bytes:
        derived.append(password)
        return plain(password, salt, spin, name)

    monkeypatch.setattr(keys, "stretch", counted)
    assert xlflow(capsys, "run", "--desk", home, "--date", TODAY).code == 0
    assert sorted(derived) == sorted(words.values())
    derived.clear()
    assert xlflow(capsys, "run", "--desk", home, "--date", TODAY).code == 0
    assert sorted(derived) == sorted(words.values())


def test_what_a_person_marked_long_ago_is_no_reason_to_reconcile_without_a_statement(
    tmp_path: Path, capsys: Capture
) -> None:
    paid = {**FREIGHT, "打款状态": "已打款", "打款日期": FREIGHT["登记日期"]}
    home = make_desk(tmp_path / "desk", freight=[paid])
    told = xlflow(capsys, "run", "--desk", home, "--date", TODAY, "--json")
    later = xlflow(capsys, "run", "--desk", home, "--date", "2026-06-30", "--json")
    for each in (told, later):
        assert each.code == 0, each.err
        assert "reconciliation" not in [output["kind"] for output in each.document["outputs"]]


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: Capture) -> None:
    home = make_desk(tmp_path / "desk")
    before = sorted(path.relative_to(home) for path in home.rglob("*"))
    told = xlflow(capsys, "run", "--desk", home, "--date", TODAY, "--dry-run", "--json")
    kinds = [output["kind"] for output in told.document["outputs"]]
    assert (told.code, kinds) == (0, ["payout-plan", "hand-over", "payout-list"])
    assert sorted(path.relative_to(home) for path in home.rglob("*")) == before


def test_the_same_day_again_says_the_same_and_rewrites_nothing(tmp_path: Path, capsys: Capture) -> None:
    words = {"freight": "sample-pass-1", "outputs": "sample-pass-2"}
    home = make_desk(tmp_path / "desk", passwords=words)
    first = xlflow(capsys, "run", "--desk", home, "--date", TODAY, "--json")
    made = [home / output["path"] for output in first.document["outputs"]]
    data = [path.read_bytes() for path in made]
    again = xlflow(capsys, "run", "--desk", home, "--date", TODAY, "--json")
    assert again.out == first.out.replace('"new": 1', '"new": 0')
    assert [path.read_bytes() for path in made] == data


def test_a_file_somebody_changed_is_not_overwritten(tmp_path: Path, capsys: Capture) -> None:
    home = make_desk(tmp_path / "desk")
    first = xlflow(capsys, "run", "--desk", home, "--date", TODAY, "--json").document["outputs"][0]["path"]
    (home / first).write_bytes(b"changed by hand")
    second = xlflow(capsys, "run", "--desk", home, "--date", TODAY, "--json").document["outputs"][0]["path"]
    assert second == first.replace(".xlsx", "-2.xlsx")
    assert (home / first).read_bytes() == b"changed by hand"
