"""A broken ledger is told to be broken: no traceback, and never an event that was not written."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.ledger.ledgers import STATE, code_of, entry, filled, opened
from xlflow.event import Event
from xlflow.ledger import Refused, read_ledger
from xlflow.ledger.store import Ledger
from xlflow.model import XlflowError

PAGE = 4096
#: A flipped bit may hit the number of the form, the key's fingerprint or the id.
CODES = {"ledger-broken", "ledger-newer", "ledger-key-missing", "ledger-behind"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with a whole ledger of 40 entries."""
    home = tmp_path_factory.mktemp("whole")
    filled(home)
    return home


def copied(whole: Path, home: Path, data: bytes) -> Path:
    """The same desk with another ledger.db."""
    shutil.copytree(whole, home)
    (home / STATE / "ledger.db").write_bytes(data)
    return home


def told(home: Path, events: list[Event]) -> set[str]:
    """The codes of opening, reading, verifying, adding to a ledger; what it gives must be right."""
    found = set()
    try:
        ledger = read_ledger(home / STATE)
        assert ledger is not None
        with ledger:
            found |= {problem.code for problem in ledger.verify()}
            assert [recorded.event for recorded in ledger.events()] == events
    except XlflowError as problem:
        found.add(problem.code)
    try:
        with opened(home) as ledger:
            assert [recorded.event for recorded in ledger.events()] == events
            ledger.commit([entry(1000)])
            assert [recorded.event for recorded in ledger.events()] == [*events, entry(1000)]
    except XlflowError as problem:
        found.add(problem.code)
    return found


EVENTS = [entry(number) for number in range(1, 41)]


@pytest.mark.parametrize(
    "data", [b"", b"x", b"SQLite format 3\0", bytes(PAGE), "编号,金额\n".encode() * 1000, b"PK\3\4" * 9000]
)
def test_what_is_no_ledger(whole: Path, tmp_path: Path, data: bytes) -> None:
    assert told(copied(whole, tmp_path / "desk", data), EVENTS) == {"ledger-broken"}


def test_another_program_s_database(whole: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE event (seq)")
    connection.close()
    home = copied(whole, tmp_path / "desk", other.read_bytes())
    assert told(home, EVENTS) == {"ledger-broken"}
    with pytest.raises(Refused) as refused:
        opened(home)
    assert (str(refused.value.message), str(refused.value.fix)) == (
        f"the ledger {home / STATE / 'ledger.db'} is broken: it is no ledger of xlflow",
        "put ledger.db and ledger.key of one and the same backup of the state folder in their place, and run xlflow "
        "verify",
    )


@pytest.mark.parametrize("part", range(1, 20))
def test_cut_off(whole: Path, tmp_path: Path, part: int) -> None:
    data = (whole / STATE / "ledger.db").read_bytes()
    assert told(copied(whole, tmp_path / "desk", data[: len(data) * part // 20]), EVENTS) == {"ledger-broken"}


def test_each_page_zeroed(whole: Path, tmp_path: Path) -> None:
    data = (whole / STATE / "ledger.db").read_bytes()
    for at in range(0, len(data), PAGE):
        home = copied(whole, tmp_path / str(at), data[:at] + bytes(PAGE) + data[at + PAGE :])
        assert "ledger-broken" in told(home, EVENTS), at


def flips(whole: Path, tmp_path: Path, seed: int, times: int) -> int:
    """Flip one bit after another; how often it was told."""
    chance, seen = random.Random(seed), 0
    data = (whole / STATE / "ledger.db").read_bytes()
    for _ in range(times):
        at, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        home = copied(whole, tmp_path / "desk", data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
        codes = told(home, EVENTS)
        assert codes <= CODES, (at, bit, codes)
        seen += bool(codes)
        shutil.rmtree(home)
    return seen


def test_flipped_bits(whole: Path, tmp_path: Path) -> None:
    assert flips(whole, tmp_path, 7, 30) > 10


@pytest.mark.slow
def test_many_flipped_bits(whole: Path, tmp_path: Path) -> None:
    assert flips(whole, tmp_path, 8, 1000) > 400


ROWS = [
    *(("ledger", column, "1") for column in ("id", "key", "made")),
    *(("event", column, "seq = 40") for column in ("at", "kind", "body", "names", "hash")),
    ("name", "name", "name = 'entry/XF0000007'"),
]


@pytest.mark.parametrize(("table", "column", "row"), ROWS)
def test_any_byte_of_any_row(whole: Path, table: str, column: str, row: str) -> None:
    """Changed by somebody who knows to put the triggers back."""
    file = whole / STATE / "ledger.db"
    memory = sqlite3.connect(":memory:", isolation_level=None)
    original = sqlite3.connect(file)
    original.backup(memory)
    original.close()
    triggers = memory.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    (text,) = memory.execute(f"SELECT {column} FROM {table} WHERE {row}").fetchone()
    for at in range(len(text)):
        memory.execute("BEGIN")
        for name, _ in triggers:
            memory.execute(f"DROP TRIGGER {name}")
        memory.execute(f"UPDATE {table} SET {column} = ? WHERE {row}", (f"{text[:at]}~{text[at + 1 :]}",))
        for _, sql in triggers:
            memory.execute(sql)
        try:
            assert Ledger(memory, file).verify(), at
        except Refused as refused:
            assert refused.code in CODES, at
        memory.execute("ROLLBACK")
    memory.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE event SET kind = 'a' || char(10) || 'b', hash = '' WHERE seq = 40",
        "DELETE FROM event WHERE seq = 40",
        "DELETE FROM event",
        "UPDATE event SET seq = 41 WHERE seq = 40",
        "DELETE FROM name WHERE seq = 3",
        "UPDATE name SET seq = 4 WHERE seq = 3",
        "INSERT INTO name VALUES ('entry/XF', 1)",
        "INSERT INTO name VALUES (x'00', 'x')",
        "UPDATE event SET body = CAST(body AS BLOB) WHERE seq = 3",
        "UPDATE event SET at = 5 WHERE seq = 3",
        "UPDATE event SET hash = x'00' WHERE seq = 40",
        "CREATE TABLE more (x)",
        "DELETE FROM ledger",
        "INSERT INTO ledger SELECT * FROM ledger",
    ],
)
def test_tampering_with_the_rows(whole: Path, tmp_path: Path, change: str) -> None:
    home = tmp_path / "desk"
    shutil.copytree(whole, home)
    connection = sqlite3.connect(home / STATE / "ledger.db", isolation_level=None)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(change)
    for _, sql in triggers:
        connection.execute(sql)
    connection.close()
    assert code_of(lambda: verify(home)) == "ledger-broken"


def verify(home: Path) -> None:
    """Raises the first problem of reading a ledger."""
    ledger = read_ledger(home / STATE)
    assert ledger is not None
    with ledger:
        for problem in ledger.verify():
            raise problem


@pytest.mark.parametrize("table", ["ledger", "event", "name"])
def test_nothing_is_changed_or_removed(whole: Path, table: str) -> None:
    connection = sqlite3.connect(whole / STATE / "ledger.db", isolation_level=None)
    column = {"ledger": "id", "event": "kind", "name": "seq"}[table]
    for statement in (
        f"UPDATE {table} SET {column} = {column}",
        f"DELETE FROM {table}",
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)
    connection.close()
    verify(whole)


def test_a_key_that_is_lost_or_another_one(whole: Path, tmp_path: Path) -> None:
    home = tmp_path / "desk"
    shutil.copytree(whole, home)
    key = home / STATE / "ledger.key"
    for content in (None, "", "no key", "ab" * 32):
        key.unlink() if content is None else key.write_text(content)
        assert code_of(lambda: opened(home)) == code_of(lambda: read_ledger(home / STATE)) == "ledger-key-missing"
    with pytest.raises(Refused) as refused:
        opened(home)
    assert (str(refused.value.message), str(refused.value.fix)) == (
        f"the key of the ledger, {key}, is missing or is that of another ledger",
        "put it back from the newest backup of the state folder: without it nobody in the ledger is known again",
    )
