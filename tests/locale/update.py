"""Keep the catalogue in order: ``python -m tests.locale.update [--merge FILE…]`` from the project's root.

Takes every msgid from the sources into ``xlflow/locale/zh.po``, drops what is gone, takes translations from fragments,
and compiles. It lists what is still untranslated, and what a fragment has that nobody asks for.
"""

from __future__ import annotations

import ast
import string
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
PO = ROOT / "xlflow" / "locale" / "zh.po"
MO = ROOT / "xlflow" / "locale" / "zh" / "LC_MESSAGES" / "xlflow.mo"

POLICIES = "xlflow/data/policies.toml"

#: A catalogue without the day it was made, so that nothing changes when nothing has changed.
MADE = datetime(2026, 1, 1, tzinfo=UTC)

MsgId = str | tuple[str, str]


def template() -> Catalog:
    """Every msgid of xlflow, of its numbers, and of click, each with the files it comes from."""
    catalog = _catalog()
    for path in sorted((ROOT / "xlflow").rglob("*.py")):
        for msgid in msgids(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()):
            catalog.add(msgid, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    numbers = tomllib.loads((ROOT / POLICIES).read_text(encoding="utf-8"))
    for line in (line for lines in numbers.values() for line in lines):
        for msgid in (line["unit"], line["note"]):
            catalog.add(msgid, locations=[(POLICIES, 0)])
    for path in sorted(Path(click.__file__).parent.glob("*.py")):
        for msgid in click_msgids(path.read_text(encoding="utf-8")):
            catalog.add(msgid, locations=[("click", 0)])
    return catalog


def _catalog() -> Catalog:
    return Catalog(
        "zh", project="xlflow", version="1", header_comment="", creation_date=MADE, revision_date=MADE, fuzzy=False
    )


def msgids(source: str, file: str) -> Iterator[str]:
    """The msgids of a module of xlflow; raises ValueError for a message that is put together."""
    tree = ast.parse(source)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if _called(call) in ("Text", "gettext") and call.args:
            first = call.args[0]
            if isinstance(first, ast.JoinedStr | ast.BinOp | ast.IfExp):
                raise ValueError(f"{file}:{call.lineno}: a msgid must be a plain literal")
            if isinstance(first, ast.Constant) and first.value:
                yield str(first.value)
    if file.startswith(("xlflow/checks/", "xlflow/table/defects", "xlflow/reports/")) and "/_" not in file:
        yield ast.get_docstring(tree) or ""
    if file.startswith("xlflow/cli/"):
        yield from _help(tree, file)


def _help(tree: ast.Module, file: str) -> Iterator[str]:
    """What ``--help`` shows: a command module's first line, docstrings of commands, help of options."""
    if "/_" not in file and not file.endswith("/output.py"):
        yield (ast.get_docstring(tree) or "").partition("\n")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "help" and isinstance(node.value, ast.Constant):
            yield str(node.value.value)
        if isinstance(node, ast.FunctionDef) and any(
            _called(mark) in ("command", "group") for mark in node.decorator_list
        ):
            text = ast.get_docstring(node) or ""
            yield from (text, text.partition("\n")[0])


def click_msgids(source: str) -> Iterator[MsgId]:
    """The msgids of a module of click, plural ones as pairs."""
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        literals = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if _called(call) == "_" and literals:
            yield literals[0]
        if _called(call) == "ngettext":
            yield literals[0], literals[1]


def _called(node: ast.AST) -> str | None:
    function = node.func if isinstance(node, ast.Call) else node
    return getattr(function, "id", getattr(function, "attr", None))


def slots(text: str) -> list[str]:
    """The slots of a message, those of ``%`` too."""
    named = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    return sorted(named) + [part for part in ("%(prog)s", "%(version)s") if part in text]


def translations(message: Message) -> tuple[str, ...]:
    """The translations of a message: one, as Chinese has no plural; none where it is missing."""
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return tuple(text for text in strings if text)


def fits(message: Message) -> bool:
    """Whether the translation has the slots of the msgid, or of its singular or plural."""
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    return all(any(slots(text) == slots(msgid) for msgid in ids) for text in translations(message))


def read() -> Catalog:
    """The catalogue as it is."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh")


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def merge(catalog: Catalog, fragment: Path) -> None:
    """Take a fragment's translations of msgids that the sources have."""
    with fragment.open("rb") as file:
        messages = [message for message in read_po(file, locale="zh") if message.id and translations(message)]
    for message in messages:
        known = catalog.get(message.id)
        if known is None:
            print(f"{fragment}: nobody says {message.id!r}")
        elif not fits(message):
            print(f"{fragment}: other slots in {message.id!r}")
        else:
            known.string = message.string


def update(fragments: list[Path]) -> None:
    """Write the catalogue and its compiled form."""
    catalog = _catalog()
    old = read() if PO.exists() else _catalog()
    for message in template():
        known = old.get(message.id) if message.id else None
        if message.id:
            catalog.add(message.id, known.string if known else None, locations=message.locations)
    for fragment in fragments:
        merge(catalog, fragment)
    with PO.open("wb") as file:
        write_po(file, catalog, width=100, sort_by_file=True, include_lineno=False)
    MO.parent.mkdir(parents=True, exist_ok=True)
    MO.write_bytes(compiled(read()))
    missing = [message.id for message in catalog if message.id and not translations(message)]
    print(f"{len(catalog)} messages, {len(missing)} not translated")
    for msgid in missing:
        print(f"  {msgid!r}")


if __name__ == "__main__":
    update([Path(name) for name in sys.argv[1:] if name != "--merge"])
