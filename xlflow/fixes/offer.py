"""Findings → what each owner is asked to mend: the fix lists before they are workbooks (contract §4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from xlflow import codes
from xlflow.day import Day, date_of
from xlflow.discover import registers
from xlflow.finding import Finding
from xlflow.fixes.cells import written
from xlflow.fixes.memory import row_id
from xlflow.layout import Value
from xlflow.model import Level
from xlflow.table.columns import Row
from xlflow.table.sheets import TableSheet

#: Who gets a fix list; what the manager is asked stands in the payout plan.
OWNERS = ("warehouse", "after_sales", "finance")


@dataclass(slots=True)
class OfferRow:
    """One row of a fix list: a register's row, or a place of a sheet such as a total when ``row`` is None.

    ``asked`` are the fields to fill in; ``id`` is the 编号 people and the import know it by.
    """

    sheet: TableSheet
    number: int
    row: Row | None
    findings: list[Finding] = field(default_factory=list)
    asked: dict[str, Finding] = field(default_factory=dict)
    id: str = ""

    @property
    def place(self) -> str:
        """``file sheet!7``."""
        return self.sheet.place(None, self.number)

    def days(self, today: date) -> int | None:
        """How many days it has been waiting; None without a date."""
        on = date_of(self.row) if self.row is not None else None
        return (today - on).days if on is not None else None


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one register on one tab; ``fields`` are the register's own columns with their headings."""

    table: type[Row]
    fields: Mapping[str, str]
    rows: tuple[OfferRow, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """One owner's fix list: rows that a cell mends, rows that need an action.

    ``export`` names the list, ``content`` is all that it says.
    """

    owner: str
    export: str
    content: str
    mend: tuple[Block, ...]
    act: tuple[Block, ...]

    @property
    def rows(self) -> list[OfferRow]:
        """All rows, in the order of their ids."""
        return [row for block in (*self.mend, *self.act) for row in block.rows]


def by_content(content: str) -> str:
    """What a list is called whose desk remembers no other."""
    return codes.from_content(content, 3)


def offers(day: Day, findings: Iterable[Finding], called: Callable[[str], str] = by_content) -> list[Offer]:
    """The fix lists of a day, one for each owner who has rows; ``called`` gives a list's name by its content."""
    by_owner: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.level is not Level.INFO and (finding.from_day is None or finding.from_day <= day.date):
            by_owner.setdefault(finding.owner, []).append(finding)
    return [_offer(owner, _rows(day, by_owner[owner]), called) for owner in OWNERS if owner in by_owner]


def _rows(day: Day, findings: Iterable[Finding]) -> list[OfferRow]:
    rows: dict[tuple[TableSheet, int], OfferRow] = {}
    for finding in findings:
        sheet = _sheet(day, finding)
        absent = finding.code == "missing-column"
        for row in finding.rows if absent else finding.rows[:1] if _is_about_row(finding) else (None,):
            number = row.number if row is not None else finding.row
            offered = rows.setdefault((sheet, number), OfferRow(sheet, number, row))
            offered.findings.append(finding)
            if finding.mends and finding.field is not None and row is not None:
                offered.asked.setdefault(finding.field, finding)
    return sorted(rows.values(), key=lambda r: (r.sheet.register, r.sheet.file, r.sheet.order, r.number))


def _is_about_row(finding: Finding) -> bool:
    return bool(finding.rows) and finding.rows[0].number == finding.row


def _sheet(day: Day, finding: Finding) -> TableSheet:
    sheets = day.sheets(registers()[finding.register])
    return next(s for s in sheets if (s.file, s.name) == (finding.file, finding.sheet))


def _offer(owner: str, rows: list[OfferRow], called: Callable[[str], str]) -> Offer:
    mend = [row for row in rows if row.asked]
    act = [row for row in rows if not row.asked]
    content = "\n".join([owner, *map(_content, mend + act)])
    export = called(content)
    for number, row in enumerate(mend + act, start=1):
        row.id = row_id(export, number)
    return Offer(owner, export, content, _blocks(mend), _blocks(act))


def _content(row: OfferRow) -> str:
    """All that the list says of a row, so that the same list offered twice bears the same ids."""
    values = [f"{name}={value}" for name, value in cells(row).items()]
    return "\t".join([row.place, *values, *(f"{f.code}@{f.cell}" for f in row.findings)])


def _blocks(rows: list[OfferRow]) -> tuple[Block, ...]:
    by_register: dict[str, list[OfferRow]] = {}
    for row in rows:
        by_register.setdefault(row.sheet.register, []).append(row)
    return tuple(Block(registers()[name], _fields(name, found), tuple(found)) for name, found in by_register.items())


def _fields(register: str, rows: list[OfferRow]) -> dict[str, str]:
    """The columns that the rows' sheets have or lack, under the desk's own headings, in the register's order."""
    sheets = {row.sheet: None for row in rows}
    asked = {name for row in rows for name in row.asked}
    fields = {}
    for name, column in registers()[register].columns.items():
        claims = [sheet.claims[name] for sheet in sheets if name in sheet.claims]
        if claims or name in asked:
            fields[name] = claims[0].heading.strip() if claims else column.headings[0]
    return fields


def cells(row: OfferRow) -> dict[str, Value]:
    """The row's cells by field as a person would write them; blank ones are left out."""
    if row.row is None:
        return {}
    values = {name: written(row.row, name) for name in type(row.row).columns}
    return {name: value for name, value in values.items() if value is not None}
