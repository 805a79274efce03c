"""Formulas that several cells share: the first has the text, the others only the number of the group."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from xlflow.excel.patch.formulas import moved
from xlflow.excel.patch.markup import encoded
from xlflow.excel.patch.row import Formula
from xlflow.excel.patch.sheet import Sheet
from xlflow.grid import letters


class Member(NamedTuple):
    """A cell of a group, as the file has it."""

    row: int
    column: int
    formula: Formula


def text_of(sheet: Sheet, row: int, column: int, formula: Formula) -> str | None:
    """The text of a formula, shared or not; None for arrays, data tables and what belongs to no group."""
    if formula.kind == "":
        return formula.text
    if formula.kind == "shared":
        for first, *others in _groups(sheet, formula.group):
            if any(member[:2] == (row, column) for member in (first, *others)):
                return moved(first.formula.text, row - first.row, column - first.column)
    return None


def hand_on(sheet: Sheet) -> None:
    """Where the first cell of a group was overwritten, the next one left becomes the first."""
    numbers = {formula.group for formula in sheet.overwritten.values() if formula.kind == "shared" and formula.area}
    for number in sorted(numbers):
        for first, *others in _groups(sheet, number):
            left = [member for member in others if member[:2] not in sheet.overwritten]
            if first[:2] in sheet.overwritten and left:
                _make_first(sheet, left, first)


def _make_first(sheet: Sheet, members: list[Member], gone: Member) -> None:
    text = moved(gone.formula.text, members[0].row - gone.row, members[0].column - gone.column)
    columns = [member.column for member in members]
    area = f"{letters(min(columns))}{members[0].row}:{letters(max(columns))}{members[-1].row}"
    name = f"{sheet.xml.prefix}f".encode()
    said = b't="shared" ref="%s" si="%s"' % (area.encode(), encoded(members[0].formula.group))
    cell = sheet.cell(members[0].row, members[0].column)
    cell.formula_xml = b"<%s %s>%s</%s>" % (name, said, encoded(text), name)


def _groups(sheet: Sheet, number: str) -> Iterator[list[Member]]:
    """The groups of this number, each with its first cell first; numbers are used again in some files."""
    group: list[Member] = []
    for member in _members(sheet, number):
        if member.formula.area:
            if group:
                yield group
            group = [member]
        elif group:
            group.append(member)
    if group:
        yield group


def _members(sheet: Sheet, number: str) -> Iterator[Member]:
    tag = re.compile(rb"<%sf\s[^<>]*?\bsi\s*=\s*[\"']%s[\"']" % (sheet.xml.prefix.encode(), re.escape(encoded(number))))
    places = tag.finditer(sheet.xml.data, sheet.xml.sheet_data.head, sheet.xml.sheet_data.stop)
    rows = sorted({sheet.xml.row_around(found.start()) for found in places})
    sheet.load(rows)
    for row in rows:
        for column, cell in sorted(sheet.rows[row].cells.items()):
            formula = sheet.overwritten.get((row, column), cell.formula)
            if formula and formula.kind == "shared" and formula.group == number:
                yield Member(row, column, formula)
