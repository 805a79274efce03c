"""XML as far as a workbook needs it: expat behind guards, and small parts as a row of elements.

No document type, no entities, no encoding but UTF-8 and UTF-16, no nesting, tag or text without end. Everything
else that is well-formed is read, whatever its prefixes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

from xlflow.excel.cfb import damaged
from xlflow.excel.errors import BookError
from xlflow.excel.limits import (
    DEEPEST,
    LONGEST,
    MOST_ELEMENTS,
    MOST_ELEMENTS_KEPT,
    too_deep,
    too_long,
    too_many_elements,
)
from xlflow.model import Text

ENCODINGS = frozenset({"utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii"})
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006 "
#: How XML says yes.
TRUE = frozenset({"1", "true", "on"})
XML_SPACE = "http://www.w3.org/XML/1998/namespace space"


def ill_formed(part: str) -> BookError:
    """The part is no XML, or none that a workbook may hold."""
    return damaged(Text("the file is damaged: its part {part} cannot be read", {"part": part}))


class Parser:
    """Expat, fed piece by piece. Names reach ``start`` and ``end`` as ``namespace name``.

    ``depth`` is that of the element that begins or ends, the root's is 1. ``start`` and ``end`` may be replaced
    while it is at work.
    """

    def __init__(
        self,
        part: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None],
        text: Callable[[str], None],
        most: int = MOST_ELEMENTS,
    ) -> None:
        self._part, self._most = part, most
        self.start, self.end = start, end
        self.depth = self._elements = self._fed = 0
        self._expat = expat.ParserCreate(namespace_separator=" ")
        self._expat.buffer_text = True
        self._expat.XmlDeclHandler = self._declared
        self._expat.StartDoctypeDeclHandler = self._refuse
        self._expat.StartElementHandler = self._started
        self._expat.EndElementHandler = self._ended
        self._expat.CharacterDataHandler = text

    def feed(self, data: bytes) -> None:
        """The next piece."""
        self._parse(data, False)
        self._fed += len(data)
        if self._fed - self._expat.CurrentByteIndex > LONGEST:
            raise too_long(self._part)

    def close(self) -> None:
        """The part is over; it must be complete."""
        self._parse(b"", True)

    def _parse(self, data: bytes, last: bool) -> None:
        try:
            self._expat.Parse(data, last)
        except expat.ExpatError:
            raise ill_formed(self._part) from None

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ENCODINGS:
            raise ill_formed(self._part)

    def _refuse(self, *_: object) -> None:
        raise ill_formed(self._part)

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self._elements += 1
        if self.depth > DEEPEST:
            raise too_deep(self._part)
        if self._elements > self._most:
            raise too_many_elements(self._part)
        self.start(name, attributes)

    def _ended(self, name: str) -> None:
        self.end(name)
        self.depth -= 1


class Element(NamedTuple):
    """An element when it ends: the local names from the root down to it, its attributes by local name, its text."""

    path: tuple[str, ...]
    attributes: Mapping[str, str]
    text: str


def elements(part: str, pieces: Iterable[bytes]) -> Iterator[Element]:
    """The elements of a small part, children before parents.

    Of alternatives (mc:AlternateContent) the fallback counts, as if it stood there alone.
    """
    found: list[Element] = []
    walk = _Walk(part, found.append)
    parser = Parser(part, walk.start, walk.end, walk.text, MOST_ELEMENTS_KEPT)
    for piece in pieces:
        parser.feed(piece)
        yield from found
        found.clear()
    parser.close()
    yield from found


class _Walk:
    """The open elements; a path of None is inside an alternative that is passed over."""

    def __init__(self, part: str, found: Callable[[Element], None]) -> None:
        self._part, self._found = part, found
        self._open: list[tuple[tuple[str, ...] | None, dict[str, str], list[str]]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        parent = self._open[-1][0] if self._open else ()
        if parent is None or name == COMPATIBILITY + "Choice":
            self._open.append((None, {}, []))
        elif name.startswith(COMPATIBILITY):
            self._open.append((parent, {}, []))
        else:
            own = {local(key): value for key, value in attributes.items()}
            self._open.append(((*parent, local(name)), own, []))

    def end(self, name: str) -> None:
        path, attributes, texts = self._open.pop()
        if path is not None and not name.startswith(COMPATIBILITY):
            self._found(Element(path, attributes, "".join(texts)))

    def text(self, text: str) -> None:
        texts = self._open[-1][2]
        texts.append(text)
        if len(texts) > LONGEST // 8192:
            raise too_long(self._part)


@lru_cache(1024)
def local(name: str) -> str:
    """The name without its namespace."""
    return name.rpartition(" ")[2]
