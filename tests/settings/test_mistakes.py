"""Every mistake in xlflow.toml: its line, its key in full, what is wrong, and the nearest right one (contract §1)."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from tests.settings.desks import LEAST, loaded, mistakes
from xlflow.settings import SettingsError

SETTING = "there is no such setting | the nearest known one is "


@pytest.mark.parametrize(
    ("added", "said"),
    [
        (
            "[chekcs]",
            f"line 7: chekcs: {SETTING}checks; known are desk, registers, checks, payouts, outputs, passwords, "
            "templates, policies, people, mail",
        ),
        (
            "[payouts]\nmax-rows = 5",
            f"line 8: payouts.max-rows: {SETTING}max_rows; known are approvers, list, max_rows, account, four_eyes",
        ),
        (
            "[payouts]\nfour_eyes = 1",
            "line 8: payouts.four_eyes: cannot be a number | write true or false",
        ),
        (
            "[payouts]\nmax_rows = true",
            "line 8: payouts.max_rows: cannot be true or false | write a whole number",
        ),
        (
            "[payouts]\nmax_rows = 0",
            "line 8: payouts.max_rows: is out of range | write a number from 1 to 1000000",
        ),
        ("[payouts]\nlist = ' '", "line 8: payouts.list: is empty | fill it in"),
        (
            '[payouts]\nlist = "a\\nb"',
            "line 8: payouts.list: has a line break or another control character | write it in one line",
        ),
        (
            '[payouts]\napprovers = { "张三" = "-500.00" }',
            'line 8: payouts.approvers."张三": is negative | write 0 or more',
        ),
        (
            '[payouts.approvers]\n\n"张三" = "5,000"',
            'line 9: payouts.approvers."张三": is not a number | write digits and a point only, such as 500.00',
        ),
        (
            "[payouts.approvers]\nbob = inf",
            "line 8: payouts.approvers.bob: is not a number | write digits and a point only, such as 500.00",
        ),
        (
            "[payouts.approvers]\nbob = 5.005",
            "line 8: payouts.approvers.bob: has too many decimals | write at most 2",
        ),
        (
            "[payouts]\napprovers = ['bob']",
            "line 8: payouts.approvers: cannot be a list | write a table",
        ),
        (
            "[checks]\non = ['not-inspectd']",
            "line 8: checks.on: there is no such check: not-inspectd | the nearest known one is not-inspected; "
            "known are missing, cable-late, not-inspected, no-picture",
        ),
        (
            "[checks]\non = ['missing']\noff = ['missing']",
            "line 9: checks.off: missing is in on too | keep it in one of the two",
        ),
        (
            "[outputs]\nplain = ['task']",
            "line 8: outputs.plain: there is no such kind of output: task | the nearest known one is tasks; "
            "known are fix-list, payout-list, tasks, *",
        ),
        (
            "[passwords]\ncommand = 'pass show'",
            'line 8: passwords.command: cannot be text in quotes | write a list of texts, such as ["one", "two"]',
        ),
        (
            "[passwords]\ncommand = ['pass', 1]",
            "line 8: passwords.command: has an item that is empty or not text | put each item into quotes",
        ),
        (
            "[policies]\n'freight.replacement_day' = 1",
            'line 8: policies."freight.replacement_day": there is no such policy | the nearest known one is '
            "freight.replacement_days; known are freight.replacement_days, freight.ask_above, cable.unit, plain, "
            "freight, cable",
        ),
        (
            "[policies]\nfreight.ask = 1",
            "line 8: policies.freight.ask: there is no such policy | the nearest known one is ask_above; "
            "known are replacement_days, ask_above",
        ),
        (
            "[policies.freight]\nask_above = -0.01",
            "line 8: policies.freight.ask_above: is negative | write 0 or more",
        ),
        ("[policies]\nfreight = 3", "line 8: policies.freight: cannot be a number | write a table"),
        (
            "[policies]\nplain = ''",
            "line 8: policies.plain: is not a number | write digits and a point only, such as 500.00",
        ),
        (
            "[policies]\nplain = [1, true]",
            "line 8: policies.plain: is not a number | write digits and a point only, such as 500.00",
        ),
        (
            "[policies]\nplain = 07:30:00",
            "line 8: policies.plain: cannot be a time | write a number",
        ),
        (
            "[people.boss]",
            "line 7: people.boss: there is no such owner | the nearest known one is warehouse; "
            "known are warehouse, after_sales, finance, manager",
        ),
        (
            '[people.manager]\nname = "a\\nBcc: c@d.example"',
            "line 8: people.manager.name: has a line break or another control character | write it in one line",
        ),
        (
            "[people.manager]\nemail = 'Bob <bob@example.com>'",
            "line 8: people.manager.email: is not an e-mail address | write it as name@example.com",
        ),
        (
            "[mail]\nweekly-quality = ['bob']",
            "line 8: mail.weekly-quality: is not an e-mail address | write it as name@example.com",
        ),
        (
            "[mail]\nweekly_quality = ['bob@example.com']",
            "line 8: mail.weekly_quality: there is no such report | the nearest known one is weekly-quality; "
            "known are weekly-quality, claim-sheet",
        ),
        (
            "[registers.freigth]\npath = 'x.xlsx'",
            "line 7: registers.freigth: there is no such register | the nearest known one is freight; "
            "known are receiving, freight",
        ),
        (
            "[registers.receiving]\npath = []",
            "line 8: registers.receiving.path: is empty | fill it in",
        ),
        (
            "[registers.receiving]\nsheets = ['3月']",
            'line 7: registers.receiving.path: is missing | add a line such as path = "….xlsx"',
        ),
        (
            "[registers.receiving]\npath = 'x'\nyear = 26",
            "line 9: registers.receiving.year: is out of range | write a number from 2005 to 2099",
        ),
        (
            "[registers.receiving]\npath = 'x'\nrequired = ['kinds']",
            "line 9: registers.receiving.required: there is no such field: kinds | the nearest known one is kind; "
            "known are received_on, tracking_no, kind",
        ),
        (
            "[registers.receiving]\npath = 'x'\nrequired = ['kind']\noptional = ['kind']",
            "line 10: registers.receiving.optional: kind is in required too | keep it in one of the two",
        ),
        (
            "[registers.receiving]\npath = 'x'\n[registers.receiving.headings]\ntracking = ['单号']",
            "line 10: registers.receiving.headings.tracking: there is no such field | "
            "the nearest known one is tracking_no; known are received_on, tracking_no, kind",
        ),
        (
            "[registers.receiving]\npath = 'x'\n[registers.receiving.values.kind]\n'退' = 'returned'",
            'line 10: registers.receiving.values.kind."退": there is no such value: returned | '
            "the nearest known one is return; known are return, exchange, refused",
        ),
        (
            "[registers.receiving]\npath = 'x'\n[registers.receiving.values]\ntracking_no = { a = 'b' }",
            "line 10: registers.receiving.values.tracking_no: there is no such field with a choice | "
            "the nearest known one is kind; known are kind",
        ),
    ],
)
def test_one_mistake(tmp_path: Path, added: str, said: str) -> None:
    assert mistakes(tmp_path, LEAST + added) == [f"xlflow.toml {said}"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "name",
            "nmae",
            [
                'line 2: desk.name: is missing | add a line such as name = "…"',
                f"line 3: desk.nmae: {SETTING}name; known are name, start, language, timezone, state",
            ],
        ),
        ('"示例店"', '""', ["line 3: desk.name: is empty | fill it in"]),
        (
            "2026-03-01",
            '"2026-03-01"',
            ["line 4: desk.start: cannot be text in quotes | write a date without quotes, such as 2026-03-01"],
        ),
        (
            "2026-03-01",
            "2026-03-01T00:00:00",
            ["line 4: desk.start: cannot be a date with a time | write a date without quotes, such as 2026-03-01"],
        ),
        (
            "[registers.freight]",
            'language = "cn"\n[registers.freight]',
            ["line 5: desk.language: there is no such language: cn | the nearest known one is en; known are zh, en"],
        ),
        (
            "[registers.freight]",
            'timezone = "Asia/Shanghia"\n[registers.freight]',
            [
                "line 5: desk.timezone: there is no such time zone: Asia/Shanghia | "
                "write Asia/Shanghai for China; the nearest known one is Asia/Shanghai"
            ],
        ),
        (
            "[registers.freight]",
            'timezone = "../Asia/Shanghai"\n[registers.freight]',
            [
                "line 5: desk.timezone: there is no such time zone: ../Asia/Shanghai | "
                "write Asia/Shanghai for China; the nearest known one is Asia/Shanghai"
            ],
        ),
    ],
)
def test_mistakes_in_the_needed_part(tmp_path: Path, old: str, new: str, said: list[str]) -> None:
    assert mistakes(tmp_path, LEAST.replace(old, new, 1)) == [f"xlflow.toml {line}" for line in said]


def test_an_empty_file_says_what_is_needed(tmp_path: Path) -> None:
    assert mistakes(tmp_path, "") == [
        'xlflow.toml: desk.name: is missing | add a line such as name = "…"',
        "xlflow.toml: desk.start: is missing | add a line such as start = 2026-03-01",
        "xlflow.toml: registers: names no register | add lines such as [registers.freight] and path = …",
    ]


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    text = LEAST + "[mail]\nnobody = []\n[checks]\noff = ['missing', 'mising', 3]\n[payouts]\nmax_rows = 'x'\n"
    assert [line.partition(" | ")[0] for line in mistakes(tmp_path, text)] == [
        "xlflow.toml line 8: mail.nobody: there is no such report",
        "xlflow.toml line 10: checks.off: has an item that is empty or not text",
        "xlflow.toml line 12: payouts.max_rows: cannot be text in quotes",
    ]


def test_the_same_in_chinese(tmp_path: Path) -> None:
    assert mistakes(tmp_path, LEAST + "[checks]\noff = [3]\non = ['mising']\n[payouts]\nlist = 3", "zh") == [
        "xlflow.toml 第 8 行：checks.off：有一项是空的或不是文字 | 每一项都要加引号",
        "xlflow.toml 第 9 行：checks.on：没有这项检查：mising | 最接近的是 missing；"
        "可以写的有：missing、cable-late、not-inspected、no-picture",
        "xlflow.toml 第 11 行：payouts.list：不能是数字 | 请写成带引号的文字",
    ]


def test_the_error_itself(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        loaded(tmp_path, LEAST + "[people.boss]\n[people.bos]")
    error = refused.value
    assert (error.code, error.exit_code, error.message) == ("settings", 2, error.problems[0].message)
    assert str(error) == (
        "xlflow.toml line 7: people.boss: there is no such owner\n"
        "xlflow.toml line 8: people.bos: there is no such owner"
    )
    assert pickle.loads(pickle.dumps(error)).problems == error.problems
    assert [(mistake.line, mistake.key, mistake.code) for mistake in error.problems] == [
        (7, "people.boss", "settings"),
        (8, "people.bos", "settings"),
    ]
