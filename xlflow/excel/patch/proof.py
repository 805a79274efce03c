"""A changed workbook against the one before: only what should differ does (contract §7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlflow.excel.patch.chain import CHAIN, CONTENT_TYPES
from xlflow.excel.patch.changes import Patched
from xlflow.excel.patch.compare import Side, Values, compare
from xlflow.excel.patch.lasting import lasts
from xlflow.excel.patch.opened import Opened, relations_of
from xlflow.excel.patch.refusals import not_whole
from xlflow.excel.places import place
from xlflow.excel.zip import Archive, Member


def verify(before: bytes, after: bytes, patched: Patched) -> None:
    """BookError ``cannot-write`` unless ``after`` is ``before`` with the changes of ``patched`` and no others.

    Members that should not change are compared by their bytes, worksheets that do row by row, rows that differ cell
    by cell as the reader reads them, all else element by element.
    """
    old, new = Opened(before), Opened(after)
    changed = frozenset(patched.parts)
    _compare_members(old, new, changed)
    _compare_books(old, new)
    new.common = replace(old.common, looks=new.looks)
    sheets = {old.member(sheet.part): sheet for sheet in old.book.sheets}
    for name in changed.intersection(member.name for member in new.archive.members):
        if name in sheets:
            sheet, values = sheets[name], _values(patched, sheets[name].name)
            is_right = compare(Side(old, sheet), Side(new, sheet), values)
        else:
            is_right = lasts(name, old.data(name), new.data(name))
        if not is_right:
            raise not_whole(name)


def _values(patched: Patched, sheet: str) -> Values:
    cells = {cell: value for (name, cell), value in patched.values.items() if name == sheet}
    return {at: value for cell, value in cells.items() if (at := place(cell)) is not None}


def _compare_members(old: Opened, new: Opened, changed: frozenset[str]) -> None:
    """The same members in the same order, but for the calculation chain; those that may not change have not."""
    chain = old.member(old.book.others.get(CHAIN, ""))
    allowed = {old.member(part) for part in _may_change(old)}
    gone = {chain} & changed if new.archive.find(chain) is None else set()
    kept = [member for member in old.archive.members if member.name not in gone]
    if [member.name for member in kept] != [member.name for member in new.archive.members]:
        raise not_whole(chain)
    for member, now in zip(kept, new.archive.members, strict=True):
        is_same = _raw(old.archive, member) == _raw(new.archive, now)
        if member.name not in (allowed if member.name in changed else ()) and not is_same:
            raise not_whole(member.name)


def _raw(archive: Archive, member: Member) -> memoryview:
    return memoryview(archive.data)[member.start : member.end]


def _may_change(opened: Opened) -> Iterator[str]:
    """The parts that a change can touch (contract §7)."""
    book = opened.book
    yield from (book.part, CONTENT_TYPES, relations_of(book.part))
    yield from (book.others[kind] for kind in ("styles", CHAIN) if kind in book.others)
    for sheet in book.sheets:
        yield sheet.part
        yield from (link.target for link in opened.package.relations(sheet.part) if link.kind == "table")


def _compare_books(old: Opened, new: Opened) -> None:
    """The same sheets under the same names, and the same other parts."""
    was, now = ({**opened.book.others, CHAIN: ""} for opened in (old, new))
    if replace(old.book, others=was) != replace(new.book, others=now):
        raise not_whole(old.book.part)
