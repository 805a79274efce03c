"""Keep the documentation's tables in order: ``python -m tests.readme.update`` from the project's root.

A table stands between ``<!-- NAME -->`` and ``<!-- end NAME -->``; it is made anew, and all else left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.readme import tables

ROOT = Path(__file__).parents[2]
TABLES: dict[str, Callable[[], str]] = {
    "commands": tables.commands,
    "registers": tables.registers_short,
    "fields": tables.registers_whole,
    "findings": tables.findings,
    "numbers": tables.numbers,
    "reports": tables.reports,
}
FILES = (ROOT / "README.md", ROOT / "docs" / "registers.md", ROOT / "docs" / "findings.md")
_MARKED = re.compile(r"(?<=<!-- )(?P<name>\w+)( -->\n).*?(?=<!-- end (?P=name) -->)", re.S)


def updated(text: str) -> str:
    """A document with its tables made anew."""
    return _MARKED.sub(lambda found: f"{found['name']}{found[2]}\n{TABLES[found['name']]()}\n", text)


def shown(text: str) -> list[str]:
    """The tables that a document has."""
    return [found["name"] for found in _MARKED.finditer(text)]


if __name__ == "__main__":
    for file in FILES:
        old = file.read_text(encoding="utf-8")
        new = updated(old)
        if new != old:
            file.write_text(new, encoding="utf-8")
            print(f"{file.relative_to(ROOT)} is made anew")
