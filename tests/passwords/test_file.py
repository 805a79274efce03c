"""passwords.toml: both its forms, who may read it, and what is said of its mistakes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.passwords.conftest import write
from xlflow.locale import render
from xlflow.passwords import Passwords, Secret
from xlflow.settings import Settings, SettingsError


@pytest.mark.parametrize(
    ("text", "opened", "modified"),
    [
        ('freight = "sample-pass-1"', "sample-pass-1", None),
        ('freight = { open = "sample-pass-1", modify = "sample-pass-2" }', "sample-pass-1", "sample-pass-2"),
        ('freight = { modify = "sample-pass-2" }', None, "sample-pass-2"),
        ('[freight]\nopen = "sample-pass-1"', "sample-pass-1", None),
        ('freight = ""', None, None),
        ('receiving = "sample-pass-1"', None, None),
        ("", None, None),
        ("\ufefffreight = '密码 1'", "密码 1", None),
    ],
)
def test_both_forms(tmp_path: Path, settings: Settings, text: str, opened: str | None, modified: str | None) -> None:
    write(tmp_path, text)
    passwords = Passwords(tmp_path, settings, {})
    assert passwords.open("freight") == Secret.of(opened)
    assert passwords.modify("freight") == Secret.of(modified)


def test_no_file(tmp_path: Path, settings: Settings) -> None:
    assert Passwords(tmp_path, settings, {}).open("freight") is None


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has modes")
@pytest.mark.parametrize(
    ("mode", "fine"),
    [(0o600, True), (0o400, True), (0o700, True), (0o640, False), (0o604, False), (0o620, False), (0o601, False)],
)
def test_who_may_read_it(tmp_path: Path, settings: Settings, mode: int, fine: bool) -> None:
    write(tmp_path, 'freight = "sample-pass-1"', mode)
    if fine:
        assert Passwords(tmp_path, settings, {}).open("freight") == Secret("sample-pass-1")
        return
    with pytest.raises(SettingsError) as refused:
        Passwords(tmp_path, settings, {"XLFLOW_PASSWORD_FREIGHT": "sample-pass-2"})
    assert refused.value.exit_code == 2
    assert said(refused.value) == [
        f"passwords.toml can be read by others | keep it to yourself: chmod 600 {tmp_path / 'passwords.toml'}"
    ]


NAMES = "known are receiving, freight, payouts, outputs"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            '\nfreigth = "sample-pass-1"',
            [
                "passwords.toml line 2: there is no register of the name given there | "
                f"the nearest known one is freight; {NAMES}"
            ],
        ),
        (
            '"sample-pass-1" = "freight"',
            [
                "passwords.toml line 1: there is no register of the name given there | "
                f"the nearest known one is payouts; {NAMES}"
            ],
        ),
        (
            "freight = 20260302",
            ["passwords.toml line 1: freight: is not text | put the password into quotes"],
        ),
        (
            "freight = { open = 20260302, modify = ['sample-pass-1'] }\nreceiving = true",
            [
                "passwords.toml line 1: freight.open: is not text | put the password into quotes",
                "passwords.toml line 1: freight.modify: is not text | put the password into quotes",
                "passwords.toml line 2: receiving: is not text | put the password into quotes",
            ],
        ),
        (
            '[freight]\nopne = "sample-pass-1"',
            [
                "passwords.toml line 2: only open and modify can stand there | "
                "the nearest known one is open; known are open, modify"
            ],
        ),
        (
            "freight = sample-pass-1",
            [
                "passwords.toml line 1, column 11: what stands after = cannot be read | put text into "
                'quotes, such as name = "text"'
            ],
        ),
        (
            'freight = "密码1"'.encode("gbk"),
            [
                "passwords.toml line 1 is saved as GBK (ANSI), not as UTF-8 | open it in Notepad, choose "
                "Save As, and take UTF-8 as the encoding"
            ],
        ),
    ],
)
def test_mistakes(tmp_path: Path, settings: Settings, text: str | bytes, lines: list[str]) -> None:
    write(tmp_path, text)
    with pytest.raises(SettingsError) as refused:
        Passwords(tmp_path, settings, {})
    assert said(refused.value) == lines


def said(error: SettingsError) -> list[str]:
    return [
        " | ".join(render(part, "en") for part in (mistake.message, mistake.fix) if part) for mistake in error.problems
    ]
