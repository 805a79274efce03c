"""The settings of a new desk: they hold as they are, and name every register for who keeps it (contract §1, §3)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from xlflow.discover import registers
from xlflow.settings import load
from xlflow.steps.init import init
from xlflow.steps.known import known

CORE = ("receiving", "exchange", "freight")


@pytest.mark.parametrize("language", ["zh", "en"])
class TestNewDesk:
    def test_it_keeps_the_core_registers(self, tmp_path: Path, language: str) -> None:
        init(tmp_path, date(2026, 3, 2), language, sample=False)
        assert tuple(load(tmp_path, known()).registers) == CORE

    def test_the_others_want_their_sharp_taken_away(self, tmp_path: Path, language: str) -> None:
        init(tmp_path, date(2026, 3, 2), language, sample=False)
        file = tmp_path / "xlflow.toml"
        kept = re.sub(r"^# (\[registers\.\w+\].*\n)# (path = )", r"\1\2", file.read_text("utf-8"), flags=re.M)
        file.write_text(kept, "utf-8")
        found = load(tmp_path, known()).registers
        assert set(found) == set(registers())
        assert {name: own.path for name, own in found.items()} == {
            name: (f"{table.table_title}.xlsx",) for name, table in registers().items()
        }
