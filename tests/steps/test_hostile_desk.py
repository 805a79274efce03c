"""Hostile and broken registers: each ends in its code within 10 s and 1 GiB, the others are read, nothing is traced back."""

from __future__ import annotations

import io
import json
import random
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.desks import CLEAN, FILES, TODAY, make_desk, workbook
from xlflow.excel.seal import seal

PASSWORD = "sample-pass-1"
SECONDS, MEMORY = 10, 1 << 30
BOOK = workbook(CLEAN["receiving"])
SEALED = seal(BOOK, PASSWORD)
SHEET = "xl/worksheets/sheet1.xml"
UNHARMED = ""

Case = tuple[str, bytes, frozenset[str]]


def only(*codes: str) -> frozenset[str]:
    return frozenset(codes)


def edited(change: Callable[[str, bytes], bytes | None], extra: dict[str, bytes] | None = None) -> bytes:
    """The clean workbook with its members changed, dropped (None) or added to."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return data.getvalue()


def in_sheet(old: bytes, new: bytes) -> bytes:
    return edited(lambda name, content: content.replace(old, new, 1) if name == SHEET else content)


def without(*parts: str) -> bytes:
    return edited(lambda name, content: None if name in parts else content)


def cell(ref: str) -> bytes:
    row = ref.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{ref}" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'.encode()


def blank_rows(count: int) -> bytes:
    rows = b"".join(b'<row r="%d"><c r="A%d"/></row>' % (n, n) for n in range(10, 10 + count))
    return in_sheet(b"</sheetData>", rows + b"</sheetData>")


def other_zip(name: str, content: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.writestr(name, content)
    return data.getvalue()


def lying_size(data: bytes) -> bytes:
    """The central directory claims another size for its first member."""
    at = data.index(b"PK\x01\x02")
    return data[: at + 24] + (7).to_bytes(4, "little") + data[at + 28 :]


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'


def crafted() -> Iterator[Case]:
    damaged, unsupported, large = only("damaged-file"), only("unsupported-file"), only("too-large")
    yield "empty", b"", damaged | unsupported
    yield "zeros", bytes(5000), damaged | unsupported
    yield "csv", "收货日期,退回单号\n2026-03-01,YT1\n".encode("gbk"), unsupported
    yield "html", b"<html><table><tr><td>1</td></tr></table></html>", unsupported
    yield (
        "xml spreadsheet",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        unsupported,
    )
    yield "pdf", b"%PDF-1.7 " + bytes(2000), damaged | unsupported
    yield "ole garbage", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4000), damaged
    yield "ods", other_zip("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), unsupported
    yield "other zip", other_zip("readme.txt", b"hello"), unsupported | damaged
    yield "docx", other_zip("word/document.xml", b"<w/>"), unsupported | damaged
    yield "no content types", without("[Content_Types].xml"), damaged | only(UNHARMED)
    yield "no workbook part", without("xl/workbook.xml"), damaged | unsupported
    yield "no relations", without("_rels/.rels"), damaged | unsupported
    yield "no sheet part", without(SHEET), damaged
    yield "no sheet relations", without("xl/_rels/workbook.xml.rels"), damaged
    yield "no styles", without("xl/styles.xml"), damaged | only(UNHARMED)
    yield "no shared strings", without("xl/sharedStrings.xml"), damaged | only("no-sheet", UNHARMED)
    yield (
        "entities",
        edited(lambda n, c: c.replace(b"<worksheet", LAUGHS + b"<worksheet", 1) if n == SHEET else c),
        damaged,
    )
    yield "deep", in_sheet(b"</sheetData>", b"</sheetData>" + b"<a>" * 5000 + b"</a>" * 5000), damaged
    yield "cut xml", edited(lambda n, c: c[: len(c) // 2] if n == SHEET else c), damaged
    yield "cell twice", in_sheet(b"</row>", b'<c r="A1"><v>1</v></c></row>'), damaged
    yield (
        "bad number",
        in_sheet(b"</sheetData>", b'<row r="90"><c r="A90"><v>abc</v></c></row></sheetData>'),
        damaged | only(UNHARMED),
    )
    yield (
        "bad string index",
        in_sheet(b"</sheetData>", b'<row r="90"><c r="A90" t="s"><v>99999</v></c></row></sheetData>'),
        damaged,
    )
    yield "corner cell", in_sheet(b"</sheetData>", cell("XFD1048576")), large
    yield "beyond the corner", in_sheet(b"</sheetData>", cell("XFE1048577")), damaged | large
    yield "million blank rows", blank_rows(1_000_000), only(UNHARMED)
    yield "bomb", edited(lambda _, c: c, {"xl/media/image1.png": bytes(600 << 20)}), large | only(UNHARMED)
    yield "sheet bomb", in_sheet(b"</sheetData>", b"</sheetData><!--" + b" " * (600 << 20) + b"-->"), large
    yield "lying size", lying_size(BOOK), damaged
    yield "member twice", BOOK[:-22] + BOOK[-22:].replace(b"\0", b"\1", 3), damaged | only(UNHARMED)
    yield "zero rows", workbook([dict.fromkeys(CLEAN["receiving"][0])]), only(UNHARMED)
    yield "no headings", workbook([{"甲": 1, "乙": 2}]), only("no-sheet")
    yield "wrong password", seal(BOOK, "another one"), only("wrong-password")
    yield "sealed text", seal(b"no workbook at all", PASSWORD), damaged | unsupported
    yield "sealed zip", seal(other_zip("a", b"b"), PASSWORD), damaged | unsupported


def truncated() -> Iterator[Case]:
    for name, data in (("plain", BOOK), ("sealed", SEALED)):
        for part in range(1, 20):
            yield (
                f"{name} cut at {part}/20",
                data[: len(data) * part // 20],
                only("damaged-file", "tampered-file", "unsupported-file"),
            )


def flipped() -> Iterator[Case]:
    made = random.Random(7)
    for name, data in (("plain", BOOK), ("sealed", SEALED)):
        for number in range(20):
            at = made.randrange(len(data))
            broken = data[:at] + bytes([data[at] ^ 1 << made.randrange(8)]) + data[at + 1 :]
            yield (
                f"{name} flipped {number}",
                broken,
                only(
                    "damaged-file",
                    "tampered-file",
                    "wrong-password",
                    "unsupported-file",
                    "no-sheet",
                    "ambiguous-heading",
                    UNHARMED,
                ),
            )


CASES = [*crafted(), *truncated(), *flipped()]


def test_there_are_enough() -> None:
    assert len(CASES) >= 100


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are Linux's")
@pytest.mark.parametrize(("name", "data", "codes"), CASES, ids=[name for name, _, _ in CASES])
def test_a_hostile_register_ends_in_its_code(tmp_path: Path, name: str, data: bytes, codes: frozenset[str]) -> None:
    home = make_desk(tmp_path / "desk", passwords={"receiving": PASSWORD})
    (home / FILES["receiving"]).write_bytes(data)
    command = [sys.executable, "-m", "xlflow", "check", "--desk", str(home), "--date", TODAY, "--json"]
    told = subprocess.run(command, capture_output=True, preexec_fn=limited, timeout=60)
    assert b"Traceback" not in told.stderr
    document = json.loads(told.stdout)
    assert [r["register"] for r in document["registers"] if r["register"] != "receiving"] == ["exchange", "freight"]
    found = {error["code"] for error in document["errors"]} or {UNHARMED}
    assert found <= codes, f"{name}: {document['errors']}"
    assert told.returncode == (4 if document["errors"] else 1 if _is_bad(document["findings"]) else 0)


def _is_bad(findings: list[dict[str, str]]) -> bool:
    return any(finding["severity"] != "info" for finding in findings)
