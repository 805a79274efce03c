"""XML as bytes: elements with their places, so that a part changes where it must and keeps every other byte.

Nothing is looked for before expat has proven the part well-formed; from then on every ``<`` outside of comments
and character data begins a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from xlflow.excel.text import characters
from xlflow.excel.xml import ENCODINGS, ill_formed

TAG = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"|<(/?)([^\s/>]+)((?:[^\"'/>]++|\"[^\"]*+\"|'[^']*+'|/(?!>))*+)(/?)>",
    re.DOTALL,
)
ATTRIBUTE = re.compile(rb"\s+([^\s=]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
ENCODING = re.compile(r"(<\?xml\s[^>]*?encoding\s*=\s*[\"'])([\w.-]+)")
LONGEST_DECLARATION = 200
#: How a part in UTF-16 begins, with its mark of the byte order or without.
BYTE_ORDERS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}


class Splice(NamedTuple):
    """Bytes from ``start`` to ``end`` of a part are replaced by ``new``."""

    start: int
    end: int
    new: bytes


@dataclass(slots=True)
class Element:
    """An element: ``start`` to ``head`` is its tag, ``stop`` to ``end`` its closing tag; an empty one has none.

    ``name`` and ``attributes`` are as they stand.
    """

    name: bytes
    attributes: bytes
    start: int
    head: int
    stop: int
    end: int
    children: list[Element] = field(default_factory=list)

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(b":")[2].decode()

    @property
    def prefix(self) -> str:
        """The prefix with its colon, or nothing."""
        return "".join(self.name.decode().rpartition(":")[:2])

    @property
    def empty(self) -> bool:
        """Whether the element is one tag that closes itself."""
        return self.head == self.end

    def get(self, name: str) -> str | None:
        """The value of an attribute, by its local name."""
        for found in ATTRIBUTE.finditer(self.attributes):
            if found[1].rpartition(b":")[2] == name.encode():
                return decoded(found[2][1:-1])
        return None

    def all(self, *path: str) -> Iterator[Element]:
        """The elements at a path of local names below this one."""
        for child in self.children:
            if child.local == path[0]:
                if path[1:]:
                    yield from child.all(*path[1:])
                else:
                    yield child

    def first(self, *path: str) -> Element | None:
        """The first of them."""
        return next(self.all(*path), None)

    def walk(self) -> Iterator[Element]:
        """All elements below this one, parents first."""
        for child in self.children:
            yield child
            yield from child.walk()


def prove(part: str, data: bytes) -> list[int]:
    """The places of comments, character data, instructions and namespaces; BookError if it is no XML of a workbook."""
    odd: list[int] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def note(*_: object) -> None:
        odd.append(parser.CurrentByteIndex)

    def refuse(*_: object) -> None:
        raise ill_formed(part)

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ENCODINGS:
            raise ill_formed(part)

    parser.XmlDeclHandler = declared
    parser.StartDoctypeDeclHandler = refuse
    parser.CommentHandler = parser.ProcessingInstructionHandler = note
    parser.StartCdataSectionHandler = parser.StartNamespaceDeclHandler = note
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise ill_formed(part) from None
    return odd


def utf8(part: str, data: bytes) -> bytes:
    """The part as it stands, or turned into UTF-8 where it is in UTF-16 or says that it is plain ASCII."""
    order = BYTE_ORDERS.get(data[:2])
    said = ENCODING.match(data[:LONGEST_DECLARATION].decode("latin-1"))
    if not order and (said is None or said[2].lower() in ("utf-8", "utf8")):
        return data
    prove(part, data)
    try:
        return ENCODING.sub(r"\1UTF-8", data.decode(order or "ascii"), count=1).encode()
    except UnicodeDecodeError:
        raise ill_formed(part) from None


def parse(part: str, data: bytes, opaque: str = "") -> Element:
    """The root element of a proven part. What stands inside a child of it named ``opaque`` is passed over."""
    top = Element(b"", b"", 0, 0, len(data), len(data))
    stack = [top]
    at = 0
    while tag := TAG.search(data, at):
        at = tag.end()
        closing, name, attributes, empty = tag.groups()
        if name is None:
            continue
        if closing:
            if len(stack) == 1:
                raise ill_formed(part)
            element = stack.pop()
            element.stop, element.end = tag.start(), at
            continue
        element = Element(name, attributes, tag.start(), at, at, at)
        stack[-1].children.append(element)
        if not empty:
            stack.append(element)
            if len(stack) == 3 and element.local == opaque:
                at = data.find(b"</" + name, at)
    if len(stack) != 1 or len(top.children) != 1:
        raise ill_formed(part)
    return top.children[0]


def decoded(raw: bytes) -> str:
    """The characters of some XML text or attribute value."""
    return characters([raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")])[0]


def text_of(element: Element, data: bytes) -> str:
    """The text of an element; nothing where anything but text stands in it."""
    raw = data[element.head : element.stop]
    return "" if b"<" in raw else decoded(raw)


def encoded(text: str) -> bytes:
    """Some characters as XML text or attribute value."""
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\r", "&#13;")):
        text = text.replace(char, entity)
    return text.encode()


def set_attribute(element: Element, name: str, value: str) -> Splice:
    """What sets an attribute, where it stands or behind the others."""
    before = element.start + 1 + len(element.name)
    for found in ATTRIBUTE.finditer(element.attributes):
        if found[1] == name.encode():
            return Splice(before + found.start(2), before + found.end(2), b'"%s"' % encoded(value))
    end = before + len(element.attributes.rstrip())
    return Splice(end, end, b' %s="%s"' % (name.encode(), encoded(value)))


def spliced(data: bytes, splices: Iterable[Splice]) -> Sequence[bytes | memoryview]:
    """The part with some of its bytes replaced, in pieces. Insertions at one place stay in their order."""
    view = memoryview(data)
    pieces: list[bytes | memoryview] = []
    at = 0
    for start, end, new in sorted(splices, key=lambda splice: splice[:2]):
        pieces += [view[at:start], new]
        at = end
    return [*pieces, view[at:]]


def add_child(element: Element, child: bytes) -> Splice:
    """What adds a child behind the others."""
    if element.empty:
        return Splice(element.head - len(b"/>"), element.head, b">%s</%s>" % (child, element.name))
    return Splice(element.stop, element.stop, child)
