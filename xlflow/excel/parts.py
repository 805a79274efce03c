"""The parts of a workbook and how they refer to each other: package → workbook → sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename, dirname, join, normpath
from urllib.parse import unquote

from xlflow.excel.cfb import damaged
from xlflow.excel.errors import BookError
from xlflow.excel.limits import Budget
from xlflow.excel.xml import TRUE, elements
from xlflow.excel.zip import Archive, Member, key
from xlflow.model import Text

#: Kinds of relations (the last word of their type, the same in transitional and strict files) to sheets that
#: hold no table: charts, dialogs, macros of Excel 4.
NO_TABLES = frozenset({"chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"})


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part refers to: ``kind`` is the last word of the relation's type, ``target`` the part's name."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of one workbook, unpacked when asked for and never more than the budget allows."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._budget = Budget()

    def find(self, part: str) -> Member | None:
        """The member that holds the part; the names of parts may be written with ``%20`` and its kin."""
        return self.archive.find(part) or self.archive.find(unquote(part))

    def pieces(self, part: str) -> Iterator[bytes]:
        """The part, unpacked piece by piece."""
        member = self.find(part)
        if member is None:
            raise damaged(Text("the file is damaged: its part {part} is missing", {"part": part}))
        return self.archive.unpack(member, self._budget)

    def relations(self, part: str) -> list[Relation]:
        """What the part refers to inside the workbook; nothing where it has no list of relations."""
        name = join(dirname(part), "_rels", f"{basename(part)}.rels")
        if self.find(name) is None:
            return []
        return [
            Relation(a.get("Id", ""), basename(a.get("Type", "")), _target(part, a.get("Target", "")))
            for path, a, _ in elements(name, self.pieces(name))
            if path == ("Relationships", "Relationship") and a.get("TargetMode") != "External"
        ]


def _target(part: str, target: str) -> str:
    """The name of the part that ``target`` means, seen from ``part``."""
    return normpath(join("/", dirname(part), target.replace("\\", "/"))).lstrip("/")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet as the workbook names it."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """The worksheets in the order of their tabs, whether days count from 1904, and the other parts by kind."""

    part: str
    sheets: tuple[SheetPart, ...]
    since_1904: bool
    others: dict[str, str]


def workbook(package: Package) -> Workbook:
    """What the workbook part says. BookError ``damaged-file`` where no sheet can be found."""
    part = next((r.target for r in package.relations("") if r.kind == "officeDocument"), None)
    if part is None:
        raise damaged(Text("the file is damaged: it does not say where its workbook is"))
    relations = package.relations(part)
    by_id = {relation.id: relation for relation in relations}
    sheets: list[tuple[Mapping[str, str], Relation | None]] = []
    since_1904 = False
    for path, attributes, _ in elements(part, package.pieces(part)):
        if path == ("workbook", "workbookPr"):
            since_1904 = attributes.get("date1904", "") in TRUE
        elif path == ("workbook", "sheets", "sheet"):
            sheets.append((attributes, by_id.get(attributes.get("id", ""))))
    if not sheets:
        raise damaged(Text("the file is damaged: the workbook has no sheets"))
    return Workbook(part, _tables(sheets), since_1904, {relation.kind: relation.target for relation in relations})


def _tables(sheets: list[tuple[Mapping[str, str], Relation | None]]) -> tuple[SheetPart, ...]:
    found: dict[str, SheetPart] = {}
    parts: set[str] = set()
    for attributes, relation in sheets:
        name = attributes.get("name", "")
        if relation is None:
            raise _no_sheet(name)
        if relation.kind in NO_TABLES:
            continue
        if name.casefold() in found or key(relation.target) in parts:
            raise damaged(Text("the file is damaged: sheet {sheet} is there twice", {"sheet": name}))
        parts.add(key(relation.target))
        hidden = attributes.get("state", "visible") != "visible"
        found[name.casefold()] = SheetPart(name, relation.target, hidden)
    return tuple(found.values())


def _no_sheet(name: str) -> BookError:
    return damaged(Text("the file is damaged: the cells of sheet {sheet} are missing", {"sheet": name}))
