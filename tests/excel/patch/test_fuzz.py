"""Damaged workbooks: an error of ours or a right result, never another exception, never a foreign part changed."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from tests.excel.packages import Parts, zipped
from tests.excel.patch.cases import members
from tests.excel.patch.sources import NAME, SOURCES
from tests.excel.patch.test_property import by_xlflow
from xlflow.excel.errors import BookError
from xlflow.excel.patch import Append, Edit, patch, verify
from xlflow.excel.zip import Archive

#: Mutants in the slow gate and in the default one, and the runs that the former are spread over.
MUTANTS, FEW, RUNS = 20_000, 60, 4
#: Seconds of CPU for one mutant.
LONGEST = 5.0
TAG = re.compile(rb"<[^<>]+>")
SNIPPETS = (
    b"<!-- x -->", b"<![CDATA[<row r='9'>]]>", b"<?x y?>", b"&#0;", b"&amp;", b"&x;", b"<", b">", b'"', b"\0", b"\xff",
    b"<row/>", b'<row r="1">', b"</row>", b'<c r="A1"/>', b"<c/>", b"<v>1</v>", b'<f t="array" ref="A1:C9">1</f>',
    b'<f t="shared" si="0"/>', b'<f t="shared" ref="A1" si="0">A1</f>', b"<sheetData/>", b"<extLst/>", b"\xef\xbb\xbf",
    b' r="XFD1048576"', b' r="A0"', b' s="999999"', b' s="-1"', b' t="s"', b' vm="1"', b' xmlns="x"', b' ref="B1:A9"',
    b' si="x"', b' min="0"', b' spans="9"', b"-1", b"99999999999999999999", "合计".encode(), b"\r\n", b"1e999",
)  # fmt: skip


def flip(made: random.Random, data: bytes) -> bytes:
    """A bit of some bytes the other way round."""
    changed = bytearray(data)
    for _ in range(made.choice([1, 1, 2, 8])):
        changed[made.randrange(len(changed))] ^= 1 << made.randrange(8)
    return bytes(changed)


def cut(made: random.Random, data: bytes) -> bytes:
    """The end is missing."""
    return data[: made.randrange(len(data))]


def insert(made: random.Random, data: bytes) -> bytes:
    """Something that may stand in a workbook, somewhere, mostly between tags."""
    tags = list(TAG.finditer(data))
    between = tags and made.random() < 0.9
    at = made.choice(tags).end() - made.choice([0, 0, 0, 1]) if between else made.randrange(len(data))
    return data[:at] + made.choice(SNIPPETS) + data[at:]


def drop(made: random.Random, data: bytes) -> bytes:
    """A tag is missing."""
    start, end = made.choice([tag.span() for tag in TAG.finditer(data)] or [(0, 0)])
    return data[:start] + data[end:]


def repeat(made: random.Random, data: bytes) -> bytes:
    """A tag, or all from one tag to another, twice; perhaps elsewhere."""
    tags = list(TAG.finditer(data))
    if len(tags) < 3:
        return data
    first, last = sorted(made.sample(range(len(tags)), 2))
    some = data[tags[first].start() : tags[made.choice([first, last])].end()]
    at = made.choice(tags).start()
    return data[:at] + some + data[at:]


def renumber(made: random.Random, data: bytes) -> bytes:
    """Another number somewhere."""
    start, end = made.choice([number.span() for number in re.finditer(rb"\d+", data)] or [(0, 0)])
    new = made.choice([b"0", b"1", b"2", b"7", b"65536", b"1048577", b"-1", b"", b"9" * 30, b"1.5"])
    return data[:start] + new + data[end:]


Damage = Callable[[random.Random, bytes], bytes]
OF_PARTS: tuple[Damage, ...] = (flip, cut, insert, insert, drop, repeat, repeat, renumber, renumber)
OF_ARCHIVES: tuple[Damage, ...] = (flip, flip, cut)


@cache
def originals() -> list[tuple[bytes, Parts]]:
    """Workbooks with all features, or those that go together, and what is in them."""
    odd = {"utf16", "strict", "prefix", "numbers", "stored"}
    packages = [source(features, 3, 4) for source, features in SOURCES.values()]
    packages += [SOURCES["hand"][0](set(SOURCES["hand"][1]) - odd, 3, 4)]
    packages += [source({"table", "formulas", "names", "print"}, 5, 3) for source, _ in SOURCES.values()]
    return [(package, members(package)) for package in packages]


def mutant(made: random.Random) -> bytes:
    """A damaged workbook: mostly one of its parts, at times its archive."""
    package, parts = made.choice(originals())
    if made.random() < 0.1:
        return made.choice(OF_ARCHIVES)(made, package)
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    weights = [8 if "sheet" in name or "table" in name else 3 if name.startswith("xl/") else 1 for name in names]
    changed = dict(parts)
    for name in made.choices(names, weights, k=made.choice([1, 1, 1, 2])):
        changed[name] = made.choice(OF_PARTS)(made, changed[name]) or b" "
    return zipped(changed, method=0)


def changes(made: random.Random) -> list[Edit | Append]:
    """Some changes; most cells of the originals are blank from column N on."""
    over = made.random() < 0.5
    some: list[Edit | Append] = [
        Edit(NAME, f"{made.choice('NOPQ')}{made.randrange(1, 9)}", None, made.choice(["x", 5, date(2026, 3, 1)]), over),
        Edit(NAME, f"{made.choice('ABCDE')}{made.randrange(1, 6)}", made.choice([None, 1, "h1"]), None, over),
        Append(NAME, {made.choice("ABCDEN"): made.choice(["x", 7, True])}),
    ]
    return made.choices(some, [4, 1, 3], k=made.choice([1, 1, 2, 3]))


def survive(made: random.Random) -> str:
    """The code of the refusal, or ``done`` after the result has been found right."""
    package, wanted = mutant(made), changes(made)
    try:
        patched = patch(package, wanted)
        verify(package, patched.package, patched)
    except BookError as refusal:
        assert refusal.code != "cannot-write"  # the patcher made a mistake, and verify found it
        return refusal.code
    was, now = raw(package), raw(patched.package)
    assert {name for name in was if now.get(name) != was[name]} <= set(patched.parts)
    try:
        before = by_xlflow(package)
    except BookError:
        return "unread"
    after = by_xlflow(patched.package)
    changed = {f"{sheet}!{ref}" for sheet, ref in patched.changed}
    assert {ref: cell for ref, cell in before.items() if ref not in changed} == {
        ref: cell for ref, cell in after.items() if ref not in changed
    }
    return "done"


def raw(package: bytes) -> dict[str, bytes]:
    """The bytes of each member; zipfile is more particular about an archive's version than anybody else."""
    return {member.name: package[member.start : member.end] for member in Archive(package).members}


def run(seed: int, count: int) -> Counter[str]:
    """What became of so many mutants."""
    outcomes: Counter[str] = Counter()
    for number in range(count):
        start = time.process_time()
        outcomes[survive(random.Random(seed * 1_000_000 + number))] += 1
        assert time.process_time() - start < LONGEST
    return outcomes


def test_some_damaged_workbooks() -> None:
    assert {"done", "damaged-file"} <= run(99, FEW).keys()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(RUNS))
def test_many_damaged_workbooks(seed: int) -> None:
    assert run(seed, MUTANTS // RUNS)["done"] > MUTANTS // RUNS // 10
