"""What is said of a file that is missing, is not UTF-8, or is not TOML."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.desks import KNOWN, LEAST, mistakes
from xlflow.locale import render
from xlflow.settings import SettingsError, load


def test_no_settings(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        load(tmp_path, KNOWN)
    mistake = refused.value.problems[0]
    assert render(mistake.message, "en") == f"there is no xlflow.toml in {tmp_path}"
    assert mistake.fix
    assert render(mistake.fix, "en") == (
        f"name the desk's folder with --desk, or make a new desk: xlflow init {tmp_path}"
    )


def test_settings_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "xlflow.toml").mkdir()
    with pytest.raises(SettingsError) as refused:
        load(tmp_path, KNOWN)
    assert str(refused.value) == f"{tmp_path / 'xlflow.toml'} cannot be read: Is a directory"


SAVE_AS = " | open it in Notepad, choose Save As, and take UTF-8 as the encoding"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (LEAST.encode("gbk"), "xlflow.toml line 3 is saved as GBK (ANSI), not as UTF-8"),
        (LEAST.encode("utf-16"), "xlflow.toml is saved as UTF-16, not as UTF-8"),
        (LEAST.encode() + b"# \xff\xff", "xlflow.toml line 7 is not UTF-8"),
    ],
)
def test_other_encodings(tmp_path: Path, data: bytes, said: str) -> None:
    assert mistakes(tmp_path, data) == [said + SAVE_AS]


QUOTES = 'what stands after = cannot be read | put text into quotes, such as name = "text"'
KEYBOARD = "full-width signs such as “ ” ＝ ， outside quotes | type them with the English keyboard"
BACKSLASH = "a backslash \\ inside double quotes | write folders with / or put the text into single quotes"
QUOTE = "a closing quote is missing | end the text with the quote it begins with"
BRACKET = "a closing bracket or a comma is missing | close each bracket, and put a comma between the items of a list"
TWICE = "this name has been given before | keep one of the two"
EQUALS = "a = is missing after the name | write name = value"
NAME = "this name cannot be read | put names with other characters than A-Z, a-z, 0-9, - and _ into quotes"
TOML = (
    "this cannot be read as TOML | put text into quotes, write dates as 2026-03-01, numbers "
    "without commas, one setting a line"
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = b", f"line 1, column 5: {QUOTES}"),
        ("\na = True", f"line 2, column 5: {QUOTES}"),
        ("a =", f"line 1, column 4: {QUOTES}"),
        ("a = “b”", f"line 1, column 5: {KEYBOARD}"),
        ('a ＝ "b"', f"line 1, column 3: {KEYBOARD}"),
        ('a = "b"，', f"line 1, column 8: {KEYBOARD}"),
        ('a = "b，c" d', f"line 1, column 11: {TOML}"),
        ('a = "C:\\Users\\desk"', f"line 1, column 10: {BACKSLASH}"),
        ('a = "D:\\收货表.xlsx"', f"line 1, column 10: {BACKSLASH}"),
        ('a = "b\nc = 1', f"line 1, column 7: {QUOTE}"),
        ('a = "b', f"line 1, column 7: {QUOTE}"),
        ("a = [1, 2\nb = 3", f"line 2, column 1: {BRACKET}"),
        ('a = ["b" "c"]', f"line 1, column 10: {BRACKET}"),
        ("[a\nb = 1", f"line 1, column 3: {BRACKET}"),
        ("[a]\n[b]\n[a]", f"line 3, column 3: {TWICE}"),
        ("a = 1\na = 2\n", f"line 2, column 6: {TWICE}"),
        ("a", f"line 1, column 2: {EQUALS}"),
        ("a: 1", f"line 1, column 2: {EQUALS}"),
        ("店 = 1", f"line 1, column 1: {NAME}"),
        ("a = 2026-3-1", f"line 1, column 9: {TOML}"),
        ("a = 2026-02-30", f"line 1, column 5: {TOML}"),
        ("a = 1,000", f"line 1, column 6: {TOML}"),
        ("a = 007", f"line 1, column 6: {TOML}"),
    ],
)
def test_what_is_not_toml(tmp_path: Path, text: str, said: str) -> None:
    assert mistakes(tmp_path, text) == [f"xlflow.toml {said}"]
