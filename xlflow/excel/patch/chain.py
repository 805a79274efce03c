"""The calculation chain: the cells with formulas in the order of their calculation. It may name no others."""

from __future__ import annotations

from collections.abc import Collection

from xlflow.excel.patch.markup import Element
from xlflow.excel.patch.opened import Opened, Part, relations_of
from xlflow.excel.patch.splices import Splice, set_attribute, spliced
from xlflow.excel.zip import key

CHAIN, CONTENT_TYPES = "calcChain", "[Content_Types].xml"


def without(opened: Opened, cells: Collection[tuple[str, str]]) -> dict[str, bytes | None]:
    """The parts that change when these cells, by the number of their sheet, no longer have formulas.

    None stands for the chain itself where nothing is left of it: then it goes, and what refers to it.
    """
    name = opened.book.others.get(CHAIN)
    if not cells or name is None or opened.package.find(name) is None:
        return {}
    part = opened.part(name)
    splices, left = _removed(part.root, cells)
    if not splices:
        return {}
    if left:
        return {name: b"".join(spliced(part.data, splices))}
    return {name: None, **_unmentioned(opened, name)}


def _removed(root: Element, cells: Collection[tuple[str, str]]) -> tuple[list[Splice], int]:
    """What removes the cells, and how many are left. A cell without a sheet is on that of the one before."""
    splices: list[Splice] = []
    sheet = said = ""
    left = 0
    for entry in root.children:
        own = entry.get("i")
        sheet = own or sheet
        if (sheet, entry.get("r") or "") in cells:
            splices.append(Splice(entry.start, entry.end, b""))
            continue
        if own is None and sheet != said:
            splices.append(set_attribute(entry, "i", sheet))
        said = sheet
        left += 1
    return splices, left


def _unmentioned(opened: Opened, name: str) -> dict[str, bytes]:
    """The list of content types and the workbook's relations without a part."""
    types = opened.part(CONTENT_TYPES)
    overrides = [entry for entry in types.root.all("Override") if key(entry.get("PartName") or "") == key(name)]
    book = opened.book.part
    relations = opened.part(relations_of(book))
    ids = {relation.id for relation in opened.package.relations(book) if key(relation.target) == key(name)}
    links = [entry for entry in relations.root.all("Relationship") if entry.get("Id") in ids]
    return {types.name: _without(types, overrides), relations.name: _without(relations, links)}


def _without(part: Part, entries: list[Element]) -> bytes:
    return b"".join(spliced(part.data, [Splice(entry.start, entry.end, b"") for entry in entries]))
