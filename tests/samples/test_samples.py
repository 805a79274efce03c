"""The samples: each finding by itself with its near miss, and the whole desk (``samples/README.md``)."""

from __future__ import annotations

import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from xlflow.judge import checks
from xlflow.locale import render
from xlflow.model import Text
from xlflow.passwords import Passwords
from xlflow.resources import samples
from xlflow.settings import load
from xlflow.steps.documents import check_document, finding_document
from xlflow.steps.known import known
from xlflow.steps.reading import Request
from xlflow.steps.run import check, run

ERRORS = samples() / "errors"
#: Nothing on the sample desk is owed twice in two registers; its own little desk shows it.
NOT_ON_THE_DESK = {"already-paid"}
#: They hold on any day from 1 April 2026 on.
FIRST_DAY, LATER = date(2026, 4, 1), date(2026, 4, 20)


def say(text: Text) -> str:
    return render(text, "zh")


def checked(home: Path, today: date) -> dict[str, Any]:
    settings = load(home, known())
    desk, verdict = check(Request(home, settings, today, Passwords(home, settings, {})))
    return check_document(desk, verdict, say)


def not_run(document: dict[str, Any], code: str = "") -> list[dict[str, Any]]:
    """The checks that did not run, without those of registers that the desk does not keep; this one in any case."""
    kept = {sheet["register"] for sheet in document["registers"]}
    return [
        check
        for check in document["not_run"]
        if check["code"] == code or "sheet" in check or kept.issuperset(check["needs"])
    ]


def test_every_code_has_a_sample() -> None:
    assert {folder.name for folder in ERRORS.iterdir()} == set(checks())


@pytest.mark.parametrize("code", sorted(folder.name for folder in ERRORS.iterdir()))
class TestOneFinding:
    def test_the_sample_shows_exactly_it(self, code: str) -> None:
        expected = json.loads((ERRORS / code / "expected.json").read_text("utf-8"))
        found = checked(ERRORS / code, FIRST_DAY)
        assert {finding["code"] for finding in expected} == {code}
        assert [{key: finding[key] for key in expected[0]} for finding in found["findings"]] == expected
        assert (found["errors"], not_run(found, code), found["skipped"]) == ([], [], [])

    def test_the_near_miss_shows_nothing(self, code: str) -> None:
        assert json.loads((ERRORS / code / "near" / "expected.json").read_text("utf-8")) == []
        found = checked(ERRORS / code / "near", LATER)
        assert (found["findings"], found["errors"], not_run(found, code)) == ([], [], [])


def without_day(want: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in want.items() if key != "on"}


def in_order(findings: list[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(finding, ensure_ascii=False, sort_keys=True) for finding in findings)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample desk where it may be written to, its passwords for nobody else to read."""
    home = tmp_path_factory.mktemp("sample") / "desk"
    shutil.copytree(samples() / "desk", home)
    (home / "passwords.toml").chmod(0o600)
    return home


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((samples() / "desk" / "expected.json").read_text("utf-8"))
    return told


@pytest.fixture(scope="module")
def found(home: Path) -> dict[str, Any]:
    """What a dry run of 31 March finds: its findings, its open entries, its rows."""
    settings = load(home, known())
    made = run(Request(home, settings, date(2026, 3, 31), Passwords(home, settings, {})), say, dry=True)
    return {"desk": made.desk, "verdict": made.verdict, "payouts": made.payouts}


class TestTheDesk:
    def test_its_rows_are_counted(self, found: dict[str, Any], expected: dict[str, Any]) -> None:
        rows = dict.fromkeys(expected["rows"], 0)
        for sheet in check_document(found["desk"], found["verdict"], say)["registers"]:
            rows[sheet["register"]] += sheet["rows"]
        assert rows == expected["rows"]

    def test_what_must_be_found_is_found_and_nothing_else(
        self, found: dict[str, Any], expected: dict[str, Any]
    ) -> None:
        told = [finding_document(finding, say) for finding in found["verdict"].findings]
        wanted = [without_day(want) for want in expected["findings"]]
        assert in_order([{key: got[key] for key in wanted[0]} for got in told]) == in_order(wanted)

    def test_it_shows_every_finding_that_registers_alone_can_show(self, expected: dict[str, Any]) -> None:
        assert set(checks()) - {finding["code"] for finding in expected["findings"]} == NOT_ON_THE_DESK

    def test_of_quiet_rows_nothing_is_said(self, found: dict[str, Any], expected: dict[str, Any]) -> None:
        quiet = {(row["register"], row["file"], row["sheet"], row["row"]) for row in expected["quiet"]}
        spoken = [f.place for f in found["verdict"].findings if (f.register, f.file, f.sheet, f.row) in quiet]
        assert spoken == []

    def test_its_open_entries_add_up(self, found: dict[str, Any], expected: dict[str, Any]) -> None:
        payouts = found["payouts"]
        owed = expected["open"].values()
        assert payouts["open"] == sum(money["count"] for money in owed)
        assert payouts["total"] == sum(Decimal(money["total"]) for money in owed)

    def test_everything_could_be_used(self, found: dict[str, Any]) -> None:
        document = check_document(found["desk"], found["verdict"], say)
        assert (document["errors"], not_run(document)) == ([], [])

    def test_a_later_day_finds_it_too(self, home: Path, expected: dict[str, Any]) -> None:
        made = checked(home, date(2026, 6, 30))
        lasting = [want for want in expected["findings"] if "on" not in want]
        assert made["errors"] == []
        assert [want for want in lasting if not any(want.items() <= got.items() for got in made["findings"])] == []
