"""Changes become the bytes of a workbook: planned whole or refused whole, and only then written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from xlflow.excel.patch.appends import append
from xlflow.excel.patch.bookxml import BookXml
from xlflow.excel.patch.chain import CHAIN, without
from xlflow.excel.patch.changes import Append, Edit, Patched
from xlflow.excel.patch.edits import edit
from xlflow.excel.patch.heights import heighten
from xlflow.excel.patch.opened import Opened
from xlflow.excel.patch.refusals import unusual
from xlflow.excel.patch.repack import Pieces, repacked
from xlflow.excel.patch.sheet import Sheet
from xlflow.excel.patch.styles import Styles
from xlflow.excel.patch.wellformed import utf8
from xlflow.excel.patch.written import written
from xlflow.excel.places import place
from xlflow.grid import letters

SHEET_DATA = re.compile(rb"<([\w.-]+:)?sheetData[\s/>]")


class Plan:
    """Changes made in memory, one after the other: each sees what those before it did.

    ``cells``: sheet, row and column of each cell that changes. BookError where a change is refused.
    """

    def __init__(self, package: bytes, changes: Sequence[Edit | Append]) -> None:
        self.opened = Opened(package)
        self.opened.ensure_changeable()
        self.styles, self.book = Styles(self.opened), BookXml(self.opened)
        self.sheets: dict[str, Sheet] = {}
        self.cells: list[tuple[Sheet, int, int]] = []
        for name in dict.fromkeys(change.sheet for change in changes):
            self._open(name, [change for change in changes if change.sheet == name])
        for change in changes:
            sheet = self.sheets[change.sheet.casefold()]
            cells = self._append(sheet, change) if isinstance(change, Append) else self._edit(sheet, change)
            self.cells += [(sheet, *cell) for cell in cells]
        for name, sheet in self.sheets.items():
            if rows := dict.fromkeys(_new_rows(name, changes)):
                heighten(sheet, self.styles, rows)

    def _open(self, name: str, changes: Iterable[Edit | Append]) -> None:
        """Open a sheet, and read at once all rows that are edited."""
        part = self.opened.sheet(name)
        sheet = self.sheets.get(name.casefold()) or Sheet(self.opened, part)
        self.sheets[name.casefold()] = sheet
        places = (place(change.ref) for change in changes if isinstance(change, Edit))
        sheet.read(at for at in places if at is not None)

    def _edit(self, sheet: Sheet, change: Edit) -> list[tuple[int, int]]:
        at = edit(sheet, self.styles, change)
        return [at] if at else []

    def _append(self, sheet: Sheet, change: Append) -> list[tuple[int, int]]:
        cells = append(sheet, self.styles, change)
        last = cells[0][0] - 1
        sheet.growth.lengthen(last, sheet.is_heading(last))
        self.book.lengthen(sheet.name, last)
        return cells


def _new_rows(sheet: str, changes: Iterable[Edit | Append]) -> Iterator[int]:
    """The rows of a sheet that look like another one."""
    for change in changes:
        if isinstance(change, Edit) and change.like is not None and change.sheet.casefold() == sheet:
            at = place(change.ref)
            if at is not None:
                yield at[0]


def patch(package: bytes, changes: Sequence[Edit | Append]) -> Patched:
    """The workbook with these changes, made in their order; every other member keeps its bytes and its place.

    BookError with a code of contract §4 or §7 where one is refused: then nothing has happened.
    """
    if not changes:
        return Patched(package)
    plan = Plan(package, changes)
    parts = _parts(plan)
    members: dict[str, Pieces | None] = {plan.opened.member(part): content for part, content in parts.items()}
    names = tuple(member.name for member in plan.opened.archive.members if member.name in members)
    values = {
        (sheet.name, f"{letters(column)}{row}"): sheet.cell(row, column).value for sheet, row, column in plan.cells
    }
    return Patched(repacked(plan.opened.archive, members) if members else package, tuple(values), names, values)


def _parts(plan: Plan) -> dict[str, Pieces | None]:
    """The parts that change, with their new content; None for one that goes."""
    _ensure_unused(plan)
    sheets = {sheet.part.part: new for sheet in plan.sheets.values() if (new := written(sheet)) is not None}
    gone = {
        (plan.book.sheet_id(sheet.name), f"{letters(column)}{row}")
        for sheet in plan.sheets.values()
        for row, column in sheet.overwritten
    }
    without_them = without(plan.opened, gone)
    if sheets and _has_formulas(plan, sheets, without_them):
        plan.book.calculate()
    tables = {table.part.name: table.written() for sheet in plan.sheets.values() for table in sheet.tables}
    small = {**tables, plan.book.part.name: plan.book.written(), **_styles(plan.styles)}
    changed: dict[str, bytes | None] = {name: data for name, data in small.items() if data is not None}
    return sheets | {name: None if data is None else [data] for name, data in (changed | without_them).items()}


def _ensure_unused(plan: Plan) -> None:
    """BookError where a cell already names a style that is only now made: it would change its look."""
    numbers = b"|".join(b"%d" % number for number in plan.styles.new)
    if not numbers:
        return
    used = re.compile(rb"\s(?:s|style)\s*=\s*[\"']0*(?:%s)[\"']" % numbers)
    for sheet in plan.opened.book.sheets:
        mine = plan.sheets.get(sheet.name.casefold())
        if used.search(mine.xml.data if mine else _utf8(plan, sheet.part)):
            raise unusual(sheet.part)


def _utf8(plan: Plan, part: str) -> bytes:
    return utf8(part, plan.opened.data(part))


def _styles(styles: Styles) -> dict[str, bytes | None]:
    return {styles.part.name: styles.written()} if styles.part else {}


def _has_formulas(plan: Plan, sheets: Mapping[str, Pieces], changed: Mapping[str, bytes | None]) -> bool:
    """Whether any cell has a formula once the changes are made."""
    name = plan.opened.book.others.get(CHAIN)
    if name is not None and plan.opened.package.find(name) and changed.get(name, b"") is not None:
        return True
    others = (sheet.part for sheet in plan.opened.book.sheets if sheet.part not in sheets)
    unchanged = ([_utf8(plan, part)] for part in others)
    return any(map(_has_formula, chain(sheets.values(), unchanged)))


def _has_formula(pieces: Pieces) -> bool:
    prefix = next((found[1] or b"" for piece in pieces if (found := SHEET_DATA.search(piece))), b"")
    formula = re.compile(rb"<%sf[\s/>]" % prefix)
    return any(formula.search(piece) for piece in pieces)
