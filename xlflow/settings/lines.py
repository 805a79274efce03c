"""In which line of a TOML text a key stands, which the standard parser does not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple

Path = tuple[str, ...]

_TOKEN = re.compile(
    r"""
      (?P<skip>\#[^\n]*|[ \t]+)
    | (?P<newline>\r?\n)
    | (?P<text>\"\"\"(?:\\.|[^\\])*?\"{3,5} | '''.*?'{3,5} | "(?:\\.|[^"\\])*" | '[^']*')
    | (?P<mark>[\[\]{}=,.])
    | (?P<bare>[^\s\[\]{}=,."'\#]+)
    """,
    re.VERBOSE | re.DOTALL,
)


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


def key_lines(text: str) -> dict[Path, int]:
    """The line, from 1, where each key and table is first named; ``text`` must be TOML that parses.

    A key is the tuple of its parts. Tables inside arrays are left out: the settings have none.
    """
    return _Scan(text).lines


class _Scan:
    """One pass over the tokens; trusts their order, as the text has been parsed before."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self._tokens = _tokens(text)
        self._next = next(self._tokens)
        table: Path = ()
        while self._next.kind != "end":
            if self._next.text == "[" and self._next.kind == "mark":
                table = self._header()
            elif self._next.kind == "newline":
                self._take()
            else:
                self._pair(table)

    def _take(self) -> _Token:
        token, self._next = self._next, next(self._tokens)
        return token

    def _at(self, marks: str) -> bool:
        return self._next.kind == "mark" and self._next.text in marks

    def _header(self) -> Path:
        while self._at("["):
            self._take()
        table = self._key(())
        while self._at("]"):
            self._take()
        return table

    def _key(self, path: Path) -> Path:
        """Take a dotted key and note its line, and that of each table it implies."""
        while not self._at("=]"):
            token = self._take()
            if token.kind != "mark":
                path = (*path, _name(token))
                self.lines.setdefault(path, token.line)
        return path

    def _pair(self, table: Path) -> None:
        path = self._key(table)
        self._take()
        if self._at("{"):
            self._inline(path)
        else:
            self._skip_value()

    def _inline(self, path: Path) -> None:
        self._take()
        while not self._at("}"):
            if self._at(",") or self._next.kind == "newline":
                self._take()
            else:
                self._pair(path)
        self._take()

    def _skip_value(self) -> None:
        depth = 0
        while self._next.kind != "end" and (depth or not (self._at(",}") or self._next.kind == "newline")):
            depth += self._at("[{") - self._at("]}")
            self._take()


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind, token = str(match.lastgroup), match.group()
        if kind != "skip":
            yield _Token(kind, token, line)
        line += token.count("\n")
    yield from (_Token("end", "", line) for _ in range(2))


def _name(token: _Token) -> str:
    return token.text if token.kind == "bare" else str(tomllib.loads(f"name = {token.text}")["name"])
