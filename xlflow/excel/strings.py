"""The shared strings of a workbook: every text once, cells name it by its number.

Plain strings are cut out by a pattern that must fit every one of them, block by block; those with formats in them
go through the XML parser, and so does, as a whole, a table of any other form: to the same texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import compress

from xlflow.excel.limits import LONGEST, MOST_STRINGS, too_long, too_many_strings
from xlflow.excel.stream import Stream, UnfitError
from xlflow.excel.text import WHITE, characters, shown, trimmed
from xlflow.excel.xml import XML_SPACE, Parser, ill_formed, local

OPENING = re.compile(rb"<sst(?:\s[^<>]*)?>")
#: A string that is one text without white space around it, and any string, one text or not.
PLAIN = re.compile(rb"<si><t>((?![ \t\n])[^<]++(?<![ \t\n]))</t></si>(?=<si>|\Z)")
ANY = re.compile(rb'<si>(?:<t( xml:space="preserve")?+>([^<]*+)</t>|(.*?))</si>(?=<si>|\Z)', re.DOTALL)

Texts = list[str | None]


def shared_strings(part: str, unpack: Callable[[], Iterator[bytes]]) -> Texts:
    """The texts in their order, None for those without a character. ``unpack`` begins the part anew."""
    try:
        return _fast(part, Stream(part, unpack()))
    except UnfitError:
        return slow(part, unpack())


def _fast(part: str, stream: Stream) -> Texts:
    head = stream.head(OPENING)
    frame = _Table(part)
    frame.parser.feed(head.string[: head.end()])
    if frame.parser.depth != 1 or b"xml:space" in head[0]:
        raise UnfitError
    texts: Texts = []
    for block in stream.blocks(b"<si>", b"</sst>"):
        texts += _block(part, head.string[: head.end()], block)
        _ensure_few(texts)
    for piece in stream.tail():
        frame.parser.feed(piece)
    frame.parser.close()
    return texts


def _block(part: str, head: bytes, block: bytes) -> Texts:
    """The texts of whole strings; UnfitError where the pattern leaves anything between them."""
    if not block.startswith(b"<si>"):
        raise UnfitError
    plain = PLAIN.findall(block)
    try:
        if len(plain) == block.count(b"<si") and b"_x" not in block and b"&#" not in block:
            return [*characters(plain)]
        return _mixed(part, head, block)
    except ValueError:
        raise UnfitError from None


def _mixed(part: str, head: bytes, block: bytes) -> Texts:
    found = ANY.findall(block)
    if len(found) != block.count(b"<si"):
        raise UnfitError
    keeps, raws, others = zip(*found, strict=True)
    texts: Texts = [
        (text if keep else text.strip(WHITE)) or None for keep, text in zip(keeps, characters(raws), strict=True)
    ]
    if b"_x" in block or b"&#" in block:
        texts = [text and shown(text) for text in texts]
    if any(others):
        items = [b"<si>%s</si>" % other for other in others if other]
        read = slow(part, iter([head, *items, b"</sst>"]))
        for at, text in zip(compress(range(len(others)), others), read, strict=True):
            texts[at] = text
    return texts


def _ensure_few(texts: Texts) -> None:
    if len(texts) > MOST_STRINGS:
        raise too_many_strings()


def slow(part: str, pieces: Iterator[bytes]) -> Texts:
    """The texts of a table in any form of XML."""
    table = _Table(part)
    for piece in pieces:
        table.parser.feed(piece)
    table.parser.close()
    return table.texts


class _Table:
    """What the parser has seen of a table. A text for the reading aid of East Asian names (rPh) is no text."""

    def __init__(self, part: str) -> None:
        self.texts: Texts = []
        self._part = part
        self._runs = Runs(part)
        self.parser = Parser(part, self._start, self._end, self._runs.text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if self.parser.depth == 1 and name != "sst":
            raise ill_formed(self._part)
        self._runs.start(name, attributes)

    def _end(self, name: str) -> None:
        name = local(name)
        self._runs.end(name)
        if self.parser.depth == 2 and name == "si":
            self.texts.append(shown(self._runs.take()))
            _ensure_few(self.texts)


class Runs:
    """The runs of one text as the parser goes through them, each trimmed unless its white space is preserved.

    A run of white space alone between others is kept, as Excel shows it.
    """

    def __init__(self, part: str) -> None:
        self._part = part
        self._open: list[tuple[str, bool]] = [("", False)]
        self._runs: list[tuple[str, bool]] = []
        self._run: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        parent, preserve = self._open[-1]
        space = attributes.get(XML_SPACE)
        self._open.append(("rPh" if parent == "rPh" else name, space == "preserve" if space else preserve))
        if name == "t" and parent != "rPh":
            self._run = []

    def text(self, text: str) -> None:
        """Characters, of a run or between elements."""
        if self._run is not None:
            self._run.append(text)
            if len(self._run) > LONGEST // 8192:
                raise too_long(self._part)

    def end(self, name: str) -> None:
        """An element ends."""
        _, preserve = self._open.pop()
        if name == "t" and self._run is not None:
            self._runs.append(("".join(self._run), preserve))
            self._run = None

    def take(self) -> str:
        """The text so far, and begin the next one."""
        runs, self._runs = self._runs, []
        alone = len(runs) == 1
        return "".join(run if preserve else trimmed(run) or ("" if alone else run) for run, preserve in runs)
