"""Formulas that cells share are read by those that only have their number, and outlive the cell with the text."""

from __future__ import annotations

from collections.abc import Sequence

from xlflow.excel.patch.cells import Formula
from xlflow.excel.patch.formulas import moved
from xlflow.excel.patch.groups import Member
from xlflow.excel.patch.markup import encoded
from xlflow.excel.patch.sheet import Sheet
from xlflow.grid import letters


def formula_text(sheet: Sheet, row: int, column: int, formula: Formula) -> str:
    """The text of a formula, shared or not; nothing for arrays, data tables and what belongs to no group."""
    if formula.kind == "":
        return formula.text
    if formula.kind == "shared":
        for group in sheet.groups.of(formula.group):
            if (row, column) in group:
                return _text(sheet, group[0], Member(row, column))
    return ""


def hand_on(sheet: Sheet) -> None:
    """Where the first cell of a group was overwritten, the next one left becomes the first."""
    numbers = {formula.group for formula in sheet.overwritten.values() if formula.kind == "shared" and formula.area}
    for number in sorted(numbers):
        for group in sheet.groups.of(number):
            left = [member for member in group if member not in sheet.overwritten]
            if left and left[0] != group[0]:
                _make_first(sheet, number, left, _text(sheet, group[0], left[0]))


def _text(sheet: Sheet, first: Member, member: Member) -> str:
    """The formula of a cell, by that of the first of its group."""
    formula = sheet.overwritten.get(first) or sheet.row(first.row).cells[first.column].formula
    return moved(formula.text, member.row - first.row, member.column - first.column) if formula else ""


def _make_first(sheet: Sheet, number: str, members: Sequence[Member], text: str) -> None:
    columns = [member.column for member in members]
    area = f"{letters(min(columns))}{members[0].row}:{letters(max(columns))}{members[-1].row}"
    name = f"{sheet.xml.prefix}f".encode()
    said = b't="shared" ref="%s" si="%s"' % (area.encode(), encoded(number))
    cell = sheet.row(members[0].row).cells[members[0].column]
    cell.formula_xml = b"<%s %s>%s</%s>" % (name, said, encoded(text), name)
