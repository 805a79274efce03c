"""A TOML file that a person keeps by hand: read, decoded and parsed, every refusal in words for that person.

What stands in the file is never quoted, and no frame that raises holds it: one of these files has passwords.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from xlflow.model import Text
from xlflow.settings.lines import key_lines
from xlflow.settings.mistakes import Mistake, SettingsError

_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)$")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_FULL_WIDTH = re.compile("[“”‘’＝，【】｛｝＂＇]")


@dataclass(frozen=True, repr=False)
class Document:
    """A parsed file: its name, its values (numbers with a point are Decimal), and the line of each key."""

    file: str
    values: Mapping[str, object]
    lines: Mapping[tuple[str, ...], int]


def read(path: Path) -> Document:
    """The file parsed; raises SettingsError when it cannot be. FileNotFoundError is the caller's."""
    document = _document(path)
    if isinstance(document, Mistake):
        raise SettingsError([document])
    return document


def _document(path: Path) -> Document | Mistake:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        return _unreadable(path, error)
    text = _decoded(path.name, data)
    return text if isinstance(text, Mistake) else _parsed(path.name, text)


def _unreadable(path: Path, error: OSError) -> Mistake:
    what = Text("{file} cannot be read: {reason}", {"file": str(path), "reason": error.strerror or ""})
    return Mistake(None, "", what, Text("make it a file that you may read"))


def _decoded(file: str, data: bytes) -> str | Mistake:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        what = Text("{file} is saved as UTF-16, not as UTF-8", {"file": file})
    elif _is_gbk(data):
        what = Text("{file} line {line} is saved as GBK (ANSI), not as UTF-8", {"file": file, "line": line})
    else:
        what = Text("{file} line {line} is not UTF-8", {"file": file, "line": line})
    fix = Text("open it in Notepad, choose Save As, and take UTF-8 as the encoding")
    return Mistake(line, "", what, fix)


def _is_gbk(data: bytes) -> bool:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _parsed(file: str, text: str) -> Document | Mistake:
    try:
        values = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
    else:
        return Document(file, values, key_lines(text))
    line, column = _position(said, text)
    what, fix = _in_words(said, text.splitlines()[line - 1] if text else "")
    args = {"file": file, "line": line, "column": column, "what": what}
    return Mistake(line, "", Text("{file} line {line}, column {column}: {what}", args), fix)


def _position(said: str, text: str) -> tuple[int, int]:
    if found := _POSITION.search(said):
        return int(found[1]), int(found[2])
    lines = text.rstrip().split("\n")
    return len(lines), len(lines[-1]) + 1


def _in_words(said: str, line: str) -> tuple[Text, Text]:
    """What the parser said, in words for a person who has not met TOML before."""
    if _FULL_WIDTH.search(_QUOTED.sub("", line)):
        return (
            Text("full-width signs such as “ ” ＝ ， outside quotes"),
            Text("type them with the English keyboard"),
        )
    for parts, what, fix in _SAID:
        if any(part in said for part in parts):
            return what, fix
    return (
        Text("this cannot be read as TOML"),
        Text("put text into quotes, write dates as 2026-03-01, numbers without commas, one setting a line"),
    )


#: Parts of what the standard parser says, in the order they are looked for.
_SAID = (
    (
        ("Unescaped", "hex value", "Unicode scalar"),
        Text("a backslash \\ inside double quotes"),
        Text("write folders with / or put the text into single quotes"),
    ),
    (
        ("twice", "overwrite", "mutate"),
        Text("this name has been given before"),
        Text("keep one of the two"),
    ),
    (
        ("Unterminated", "Illegal character '\\n'"),
        Text("a closing quote is missing"),
        Text("end the text with the quote it begins with"),
    ),
    (
        ("Unclosed", "Expected ']'"),
        Text("a closing bracket or a comma is missing"),
        Text("close each bracket, and put a comma between the items of a list"),
    ),
    (
        ("after a key",),
        Text("a = is missing after the name"),
        Text("write name = value"),
    ),
    (
        ("Invalid value",),
        Text("what stands after = cannot be read"),
        Text('put text into quotes, such as name = "text"'),
    ),
    (
        ("Invalid statement", "Invalid initial character"),
        Text("this name cannot be read"),
        Text("put names with other characters than A-Z, a-z, 0-9, - and _ into quotes"),
    ),
)
