"""A register saved over and over by processes that are killed, or by several at once.

``python -m tests.excel.kill_save kills 1000 FOLDER``: one process after another counts a cell up and is killed at a
random instant. ``… race 4 25 FOLDER``: four processes count it up 25 times each. Prints what it found, or fails.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.excel.packages import parts, zipped
from xlflow.excel import Edit, open_book
from xlflow.excel.agile_xml import STRONGEST, Agile
from xlflow.excel.backups import Backups, backups, is_whole
from xlflow.excel.data_spaces import DATA_SPACES
from xlflow.excel.errors import BookError
from xlflow.excel.seal import Seal, seal

PASSWORD = "sample-pass-1"
#: Quick to derive, and the package not compressed, so that what is plain on the disk is seen.
QUICK = Seal(Agile(STRONGEST, STRONGEST, 10), DATA_SPACES)
CANARY = "订单编号9876543210".encode()
#: The longest time a process lives, in seconds; a save takes about a third of it.
LIFE = 0.12


def register(folder: Path, rows: int = 30) -> Path:
    """A new encrypted register whose cell A1 counts."""
    text = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{CANARY.decode()}</t></is></c></row>'
        for row in range(2, rows)
    )
    path = folder / "desk" / "退运费表.xlsx"
    path.parent.mkdir()
    package = zipped(parts(f'<row r="1"><c r="A1"><v>0</v></c></row>{text}'), method=0)
    path.write_bytes(seal(package, PASSWORD, QUICK))
    return path


def count(path: Path) -> int:
    """The cell that counts; the whole file must be readable."""
    sheet = open_book(path, PASSWORD).sheets[0]
    value = sheet.lines[0].values[0]
    assert isinstance(value, int)
    return value


def count_up(path: Path) -> None:
    """One more in the cell. BookError when somebody else was there first."""
    book = open_book(path, PASSWORD)
    value = book.sheets[0].lines[0].values[0]
    assert isinstance(value, int)
    book.save([Edit("S", "A1", value, value + 1)], backup=path.parent.with_name("backups"))


def plain(folder: Path) -> Iterator[Path]:
    """Files below the folder that hold something unencrypted."""
    for path in folder.rglob("*"):
        try:
            data = path.read_bytes() if path.is_file() else b""
        except FileNotFoundError:
            continue
        if data.startswith(b"PK") or CANARY in data or b"xl/worksheets" in data:
            yield path


def leftovers(path: Path, kept: Backups) -> list[Path]:
    """What lies beside the register, or among the backups without being one."""
    beside = [other for other in path.parent.iterdir() if other != path]
    return beside + [other for other in kept.folder.glob("*") if other not in kept.copies()]


def killed(path: Path, life: float) -> int:
    """How often a process that lived so long says that it has saved."""
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        while True:
            count_up(path)
            os.write(tell, b".")
    os.close(tell)
    time.sleep(life)
    os.kill(child, signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    with open(told, "rb") as pipe:
        return len(pipe.read())


def kills(folder: Path, times: int, seed: int = 7) -> str:
    """Kill that many processes; what is on the disk afterwards is right each time."""
    path, chance = register(folder), random.Random(seed)
    kept = backups(path, path.parent.with_name("backups"))
    count_up(path)  # what is imported late is there before the first process is made
    saved, strays, ahead = 1, 0, 0
    for _ in range(times):
        told = killed(path, chance.uniform(0, LIFE))
        found = count(path)
        assert saved + told <= found <= saved + told + 1, (saved, told, found)
        assert not list(plain(folder))
        assert all(map(is_whole, kept.copies()))
        strays += bool(leftovers(path, kept))
        ahead += found - saved - told
        saved = found
    count_up(path)
    assert not leftovers(path, kept)
    return f"{times} kills, {saved} saves, {ahead} of them not yet told, {strays} times something to sweep"


def race(folder: Path, processes: int, times: int) -> str:
    """Several processes count up; none of it may get lost."""
    path = register(folder)
    children = []
    for _ in range(processes):
        child = os.fork()
        if not child:
            os._exit(min(sum(_insist(path) for _ in range(times)), 250))
        children.append(child)
    again = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert count(path) == processes * times, (count(path), again)
    assert not leftovers(path, backups(path, path.parent.with_name("backups")))
    return f"{processes} × {times} saves, {sum(again)} refused and tried again"


def _insist(path: Path) -> int:
    """Count up once; how often it was refused before."""
    for attempt in range(1000):
        try:
            count_up(path)
            return attempt
        except BookError as refusal:
            if refusal.code not in ("changed-since-read", "file-open"):
                raise
            time.sleep(random.uniform(0, 0.01))
    raise AssertionError("never its turn")


if __name__ == "__main__":
    what, *numbers, where = sys.argv[1:]
    print({"kills": kills, "race": race}[what](Path(where), *map(int, numbers)))
