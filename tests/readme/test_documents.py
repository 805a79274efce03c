"""README.md and docs/: their tables are those of this version, and what they name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.readme import tables
from tests.readme.update import FILES, TABLES, shown, updated

EACH = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


@EACH
def test_tables_are_of_this_version(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert updated(text) == text, "stale: run `python -m tests.readme.update`"


def test_every_table_stands_somewhere_once() -> None:
    assert sorted(name for file in FILES for name in shown(file.read_text(encoding="utf-8"))) == sorted(TABLES)


def test_a_stale_table_is_noticed_and_nothing_else_is_touched() -> None:
    text = "before\n<!-- numbers -->\n\n| old |\n\n<!-- end numbers -->\nafter <!-- other -->\n"
    assert (
        updated(text) == f"before\n<!-- numbers -->\n\n{tables.numbers()}\n<!-- end numbers -->\nafter <!-- other -->\n"
    )


@EACH
def test_links_lead_somewhere(file: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)", file.read_text(encoding="utf-8")):
        assert (file.parent / target).exists(), target


@EACH
def test_places_in_a_document_are_there(file: Path) -> None:
    for target, place in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", file.read_text(encoding="utf-8")):
        there = (file.parent / target if target else file).read_text(encoding="utf-8")
        assert f'<a id="{place}"></a>' in there, place


@EACH
def test_commands_that_are_named_are_there(file: Path) -> None:
    named = set(re.findall(r"\bxlflow ([a-z]+)\b", _code(file.read_text(encoding="utf-8"))))
    assert named <= tables.names()


def _code(text: str) -> str:
    """What stands in fences and between backticks."""
    fenced = re.findall(r"```\w*\n(.*?)```", text, re.S)
    return "\n".join(fenced + re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.S)))
