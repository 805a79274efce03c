"""Run the checks over a day: findings in order, and the checks that could not run (contract §4)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from xlflow.day import Day
from xlflow.discover import modules, registers
from xlflow.finding import Finding, Hit, shown, spelled
from xlflow.grid import letters
from xlflow.model import Level
from xlflow.table.columns import Row


@dataclass(frozen=True, slots=True)
class Check:
    """A check as declared by its module: ``needs`` are the register it is about and those it looks into."""

    code: str
    level: Level
    needs: tuple[type[Row], ...]
    owner: str | None
    on: bool
    mends: bool
    doc: str
    module: ModuleType

    def missing_from(self, day: Day) -> tuple[str, ...]:
        """The registers without which the check cannot run on this day."""
        about, looked_into = self.needs[:1], self.needs[1:]
        lacking = [table for table in about if not day.books.readable(table)]
        lacking += [table for table in looked_into if not day.books.usable(table)]
        return tuple(table.register for table in lacking)


@dataclass(frozen=True, slots=True)
class NotRun:
    """A check that could not run, and what it needs: registers, or a field of one sheet."""

    code: str
    needs: tuple[str, ...]
    file: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks of a day came to."""

    findings: tuple[Finding, ...]
    not_run: tuple[NotRun, ...]


@cache
def checks() -> Mapping[str, Check]:
    """The checks by code."""
    return {check.code: check for check in map(_declared, modules("xlflow.checks"))}


def _declared(module: ModuleType) -> Check:
    return Check(
        code=module.__name__.rpartition(".")[2].replace("_", "-"),
        level=module.LEVEL,
        needs=module.NEEDS,
        owner=getattr(module, "OWNER", None),
        on=getattr(module, "ON", True),
        mends=getattr(module, "MENDS", False),
        doc=(module.__doc__ or "").strip(),
        module=module,
    )


def chosen(on: Collection[str], off: Collection[str]) -> list[Check]:
    """The checks that run on a desk that turns these on and off."""
    return [check for check in checks().values() if (check.on or check.code in on) and check.code not in off]


def judge(day: Day, on: Collection[str] = (), off: Collection[str] = ()) -> Verdict:
    """Run a desk's checks over a day."""
    findings: list[Finding] = []
    not_run: list[NotRun] = []
    for check in chosen(on, off):
        lacking = check.missing_from(day)
        if lacking:
            not_run.append(NotRun(check.code, lacking))
            continue
        not_run += (*_sheets_without_field(check, day), *_halves(check, day))
        findings += (_finding(check, hit) for hit in check.module.check(day))
    findings.sort(key=lambda finding: finding.order)
    return Verdict(tuple(findings), tuple(not_run))


def _sheets_without_field(check: Check, day: Day) -> Iterator[NotRun]:
    """The sheets that lack the one column a check is about."""
    field = getattr(check.module, "FIELD", None)
    if field is not None:
        for sheet in day.sheets(check.needs[0]):
            if field not in sheet.claims:
                yield NotRun(check.code, (field,), sheet.file, sheet.name)


def _halves(check: Check, day: Day) -> Iterator[NotRun]:
    """The registers of which a part could not be used, for a check that compares all rows of one."""
    for table in sorted(day.books.broken, key=lambda table: table.register):
        if getattr(check.module, "WHOLE", False) and table.owner:
            yield NotRun(check.code, (table.register,))


def _finding(check: Check, hit: Hit) -> Finding:
    sheet = hit.row.sheet if hit.row is not None else hit.sheet
    assert sheet is not None  # noqa: S101  # a hit is about a row or about a sheet
    number = hit.at if hit.at is not None else hit.row.number if hit.row is not None else sheet.heading_row
    claim = sheet.claims.get(hit.field) if hit.field is not None else None
    column = claim.column if claim is not None else -1 if hit.column is None else hit.column
    return Finding(
        code=check.code,
        level=hit.level or check.level,
        owner=check.owner or registers()[sheet.register].owner,
        register=sheet.register,
        file=sheet.file,
        sheet=sheet.name,
        sheet_order=sheet.order,
        row=number,
        cell=None if column < 0 else f"{letters(column)}{number}",
        column=column,
        field=hit.field,
        heading=claim.heading if claim is not None else _heading(hit),
        value=shown(spelled(hit.row, hit.field) if hit.row is not None and hit.field is not None else hit.value),
        related=hit.related,
        message=hit.message,
        fix=hit.fix,
        mends=check.mends,
        rows=((hit.row,) if hit.row is not None else ()) + hit.holds,
        from_day=hit.from_day,
    )


def _heading(hit: Hit) -> str | None:
    """The heading of a column that no field claims."""
    return hit.value if hit.column is not None and isinstance(hit.value, str) else None
