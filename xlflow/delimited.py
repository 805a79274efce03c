"""A delimited text of a platform or a bank → addressed cells: every cell is text as it stands there."""

from __future__ import annotations

import csv
import io
import re

from xlflow.grid import Line, Sheet, Value
from xlflow.model import Text, XlflowError

#: Byte order marks first, then what exports are written in; a text in GBK is seldom valid UTF-8.
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ENCODINGS = ("utf-8", "gb18030")
#: Tabs that do not stand beside a comma or a line's end, where Alipay pads every field with one.
_PARTING_TABS = re.compile(r"(?<![,\t\n])\t(?=\t*[^,\t\r\n])")
_LONGEST_FIELD = 1_000_000


class UndecodableText(XlflowError):
    """A text in no encoding that exports use."""


def read_delimited(data: bytes, name: str) -> Sheet:
    """The rows of a CSV or a tab-separated text as one sheet; a blank cell is None.

    Raises UndecodableText when it is in none of UTF-8, UTF-16, GBK and GB18030.
    """
    text = _decode(data, name)
    csv.field_size_limit(_LONGEST_FIELD)
    lines = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)), start=1):
            values: list[Value] = [cell or None for cell in cells]
            if any(value is not None for value in values):
                lines.append(Line(number, values))
    except csv.Error as problem:
        raise _undecodable(name) from problem
    return Sheet(name, lines)


def _decode(data: bytes, name: str) -> str:
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _undecodable(name)


def _delimiter(text: str) -> str:
    """A tab where the first lines have more tabs than commas; a tab that only pads a field does not count."""
    head = text[:4096]
    return "\t" if len(_PARTING_TABS.findall(head)) > head.count(",") else ","


def _undecodable(name: str) -> UndecodableText:
    return UndecodableText(
        "damaged-file",
        Text("{file} is not a text that can be read", {"file": name}),
        Text("export it again and put it back where it was, unopened"),
    )
