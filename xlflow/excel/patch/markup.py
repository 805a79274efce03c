"""XML as bytes: elements with their places, so that a part changes where it must and keeps every other byte.

Nothing is looked for before expat has proven the part well-formed; from then on every ``<`` outside of comments
and character data begins a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from xlflow.excel.text import characters
from xlflow.excel.xml import ill_formed

TAG = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"|<(/?)([^\s/>]+)((?:[^\"'/>]++|\"[^\"]*+\"|'[^']*+'|/(?!>))*+)(/?)>",
    re.DOTALL,
)
ATTRIBUTE = re.compile(rb"\s+([^\s=]+)\s*=\s*(\"[^\"]*\"|'[^']*')")


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
        return self.name.rpartition(b":")[2].decode("utf-8", "replace")

    @property
    def prefix(self) -> str:
        """The prefix with its colon, or nothing."""
        return "".join(self.name.decode("utf-8", "replace").rpartition(":")[:2])

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
                at = _behind(data, name, at)
    if len(stack) != 1 or len(top.children) != 1:
        raise ill_formed(part)
    return top.children[0]


def _behind(data: bytes, name: bytes, at: int) -> int:
    """Where the closing tag of an element begins, if there is none of its name inside; else where it was opened."""
    end = data.find(b"</" + name, at)
    return at if data.find(b"<" + name, at, end) >= 0 else end


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
