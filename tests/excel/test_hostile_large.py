"""Workbooks that are small as a file and large inside: each ends within 10 seconds and 1 GiB, in a process of its own."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tests.excel.archives import Entry, archive
from tests.excel.packages import MAIN, OFFICE, SHEET, STRINGS, STYLES, Parts, parts, relations, table, worksheet
from xlflow.grid import letters

DAMAGED, LARGE = "damaged-file", "too-large"
#: Seconds of CPU: three times what is promised, for the machines that run the tests are noisy.
PATIENCE = 30
ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


def entries(made: Parts) -> list[Entry]:
    return [Entry(name.encode(), data) for name, data in made.items()]


def packed(name: str, pieces: Iterable[bytes]) -> Entry:
    """A member that never was in memory as a whole."""
    engine, crc, size, out = zlib.compressobj(1, zlib.DEFLATED, -15), 0, 0, []
    for piece in pieces:
        crc, size = zlib.crc32(piece, crc), size + len(piece)
        out.append(engine.compress(piece))
    return Entry(name.encode(), b"", b"".join([*out, engine.flush()]), crc=crc, size=size)


def large(part: str, pieces: Iterable[bytes], **lies: object) -> bytes:
    """A small workbook with one large part."""
    made = parts(ROW, strings=table("<t>a</t>"))
    made.pop(part)
    return archive(*entries(made), packed(part, pieces).but(**lies))


def long_sheet(rows: Iterable[bytes], before: str = "", after: str = "") -> Iterator[bytes]:
    head, tail = worksheet("ROWS", before, after).split(b"ROWS")
    yield head
    yield from rows
    yield tail


def many(row: Callable[[int], str], count: int) -> Iterator[bytes]:
    """Rows 1 to ``count``, some thousands at a time."""
    for first in range(1, count + 1, 4000):
        yield "".join(map(row, range(first, min(first + 4000, count + 1)))).encode()


def cells(number: int, cell: str, columns: int = 20) -> str:
    """A row of cells; ``@`` is the place of each."""
    inner = "".join(cell.replace("@", f"{letters(column)}{number}") for column in range(columns))
    return f'<row r="{number}">{inner}</row>'


def wild(megabytes: int) -> bytes:
    """Letters that do not pack a hundred to one."""
    return random.Random(1).randbytes(megabytes << 19).hex().encode()


def prefixed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        text = piece.replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"<x:?", b"<?")
        yield text.replace(b"xmlns=", b"xmlns:x=")


def many_sheets() -> bytes:
    """Forty sheets, each just below where a member's ratio counts."""
    made = parts()
    named = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, 41))
    made["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{named}</sheets></workbook>'.encode()
    )
    made["xl/_rels/workbook.xml.rels"] = relations(*(("worksheet", f"worksheets/s{n}.xml") for n in range(1, 41)))
    sheet = packed("s", long_sheet([b" " * (15 << 20)]))
    return archive(*entries(made), *(sheet.but(name=f"xl/worksheets/s{n}.xml".encode()) for n in range(1, 41)))


SST = f'<sst xmlns="{MAIN}">'.encode()

HEAVY: list[tuple[str, Callable[[], bytes], str | int]] = [
    ("a small bomb", lambda: large(SHEET, [bytes(17 << 20)]), LARGE),
    ("a bomb", lambda: large(SHEET, (bytes(1 << 20) for _ in range(1024))), LARGE),
    ("a bomb that says it is small", lambda: large(SHEET, (bytes(1 << 20) for _ in range(300)), size=1000), DAMAGED),
    ("a bomb in the strings", lambda: large(STRINGS, (bytes(1 << 20) for _ in range(300))), LARGE),
    ("a bomb in the workbook", lambda: large("xl/workbook.xml", (bytes(1 << 20) for _ in range(300))), LARGE),
    ("a bomb that nobody needs", lambda: archive(*entries(parts(ROW)), packed("xl/media/x.png", (bytes(1 << 20) for _ in range(300)))), 1),
    ("forty sheets of blanks", many_sheets, LARGE),
    ("a million formatted blank rows", lambda: large(SHEET, long_sheet(many(lambda n: f'<row r="{n}" spans="1:20" s="3" customFormat="1" ht="15"/>', 1_048_576))), 0),
    ("a million rows of formatted blank cells", lambda: large(SHEET, long_sheet(many(lambda n: cells(n, '<c r="@" s="3"/>', 10), 1_000_000))), 0),
    ("a million hidden rows", lambda: large(SHEET, long_sheet(many(lambda n: f'<row r="{n}" hidden="1"/>', 1_048_576))), 0),
    ("three thousand cells in the last column", lambda: large(SHEET, long_sheet(many(lambda n: f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>', 3000))), 3000),
    ("four thousand cells in the last column", lambda: large(SHEET, long_sheet(many(lambda n: f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>', 4000))), LARGE),
    ("a register of two million cells with prefixes", lambda: large(SHEET, prefixed(long_sheet(many(lambda n: cells(n, '<c r="@"><v>1</v></c>'), 100_000)))), 100_000),
    ("two million cells without a place", lambda: large(SHEET, long_sheet(many(lambda n: "<row>" + "<c><v>1</v></c>" * 20 + "</row>", 100_000))), LARGE),
    ("cells that are all different", lambda: large(SHEET, long_sheet(many(lambda n: cells(n, f'<c r="@" z="{n}@"/>', 10), 300_000))), LARGE),
    ("an attribute of 40 MB", lambda: large(SHEET, long_sheet([b'<row r="1" x="', wild(40), b'"/>'])), LARGE),
    ("a value of 40 MB", lambda: large(SHEET, long_sheet([b'<row r="1"><c r="A1" t="str"><v>', wild(40), b"</v></c></row>"])), LARGE),
    ("a comment of 40 MB", lambda: large(SHEET, long_sheet([b"<!--", wild(40), b"-->"])), LARGE),
    ("a text of 40 MB", lambda: large(STRINGS, [SST, b"<si><t>", wild(40), b"</t></si></sst>"]), LARGE),
    ("a text of 40 MB in runs", lambda: large(STRINGS, [SST, b"<si><r><t>", wild(40), b"</t></r></si></sst>"]), LARGE),
    ("twelve million texts", lambda: large(STRINGS, [SST, *[b"<si><t>ab</t></si>" * 100_000] * 120, b"</sst>"]), LARGE),
    ("six million blank texts", lambda: large(STRINGS, [SST, *[b"<si/>" * 100_000] * 60, b"</sst>"]), LARGE),
    ("six million styles", lambda: large(STYLES, [f'<styleSheet xmlns="{MAIN}"><cellXfs>'.encode(), *[b"<xf/>" * 100_000] * 60, b"</cellXfs></styleSheet>"]), LARGE),
    ("a million merges", lambda: large(SHEET, long_sheet([], after="<mergeCells>" + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 700_000)) + "</mergeCells>")), 0),
    ("a million columns", lambda: large(SHEET, long_sheet([], before="<cols>" + '<col min="1" max="16384"/>' * 1_000_000 + "</cols>")), 0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("make", "expected"),
    [pytest.param(*case[1:], id=case[0], marks=[pytest.mark.slow] if at else []) for at, case in enumerate(HEAVY)],
)
def test_large_ones_end_soon_and_leave_memory(make: Callable[[], bytes], expected: str | int, tmp_path: Path) -> None:
    path = tmp_path / "hostile.xlsx"
    path.write_bytes(make())
    command = [sys.executable, "-m", "tests.excel.hostile", str(path)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    outcome, seconds, megabytes = json.loads(done.stdout)
    assert outcome == expected
    assert seconds < PATIENCE
    assert megabytes < 1024
