"""Ledgers of every version that was ever published open, and are brought to the newest form."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.ledger.ledgers import STATE, entry, opened
from xlflow.ledger import Refused, read_ledger, schema

DATA = Path(__file__).with_name("data")
NEXT = (*schema.MIGRATIONS, ("CREATE TABLE more (x)", "ALTER TABLE name ADD COLUMN note TEXT"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A desk with the ledger that the first version made."""
    shutil.copytree(DATA / "version-1", tmp_path / STATE)
    return tmp_path


def version(home: Path) -> int:
    """The form that a file is in."""
    connection = sqlite3.connect(home / STATE / "ledger.db")
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return int(found)


def test_the_first_version_opens(home: Path) -> None:
    with opened(home) as ledger:
        assert [recorded.event for recorded in ledger.events()] == [entry(1), entry(2), entry(3)]
        assert (ledger.digest("13800001234"), ledger.verify()) == ("cac72c7adecd6c59da7a5eee5e73d6b7", [])
        assert ledger.commit([entry(4)]).seq == 4
    assert version(home) == len(schema.MIGRATIONS)


def test_migration(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", NEXT)
    data = (home / STATE / "ledger.db").read_bytes()
    found = read_ledger(home / STATE)
    assert found is not None
    with found as ledger:
        assert (len(ledger.events()), ledger.verify()) == (3, [])
    assert (home / STATE / "ledger.db").read_bytes() == data
    with opened(home) as ledger:
        assert (len(ledger.events()), ledger.verify()) == (3, [])
        ledger._connection.execute("SELECT x FROM more")
    assert version(home) == len(NEXT)


def test_a_migration_that_fails_changes_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ("CREATE TABLE more (x)", "CREATE TABLE more (x)")))
    with pytest.raises(Refused):
        opened(home)
    assert version(home) == len(schema.MIGRATIONS) - 1
    monkeypatch.undo()
    with opened(home) as ledger:
        assert ledger.verify() == []


def test_a_newer_version_is_refused(home: Path) -> None:
    connection = sqlite3.connect(home / STATE / "ledger.db")
    connection.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")
    connection.close()
    for call in (lambda: opened(home), lambda: read_ledger(home / STATE)):
        with pytest.raises(Refused) as refused:
            call()
        assert (refused.value.code, str(refused.value.message), str(refused.value.fix)) == (
            "ledger-newer",
            f"the ledger {home / STATE / 'ledger.db'} has form 2, and this xlflow knows forms up to 1",
            "install the newest xlflow on this computer",
        )
