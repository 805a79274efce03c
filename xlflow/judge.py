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
    """A check as declared by its module: the registers it is ``about``, and those it ``looks_into``.

    It runs over those it is about that are there. Without one it looks into it cannot run; if it may do ``partly``, it
    can as long as there is another.
    """

    code: str
    level: Level
    about: tuple[type[Row], ...]
    looks_into: tuple[type[Row], ...]
    partly: bool
    owner: str | None
    on: bool
    mends: bool
    doc: str
    module: ModuleType

    @property
    def needs(self) -> tuple[type[Row], ...]:
        """All registers it has to do with; none: every one."""
        return self.about + self.looks_into

    def missing_from(self, day: Day) -> tuple[str, ...]:
        """The registers that the check would need on this day and that are not there, or could not be used.

        Of several it is about, those that the desk does not keep are not missed.
        """
        lacking = [table for table in self.about if not day.books.readable(table)]
        if len(lacking) < len(self.about):
            lacking = [table for table in lacking if table in day.books.broken]
        lacking += [table for table in self.looks_into if not day.books.usable(table)]
        return tuple(table.register for table in lacking)

    def runs_on(self, day: Day) -> bool:
        """Whether there is enough for the check to say something."""
        if self.about and not any(map(day.books.readable, self.about)):
            return False
        usable = list(map(day.books.usable, self.looks_into))
        return all(usable) or (self.partly and any(usable))


@dataclass(frozen=True, slots=True)
class NotRun:
    """A check that could not run, and what it needs: registers, or a field of one sheet."""

    code: str
    needs: tuple[str, ...]
    file: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks of a day came to; ``accepted`` are findings that are not told any more, but still hold."""

    findings: tuple[Finding, ...]
    not_run: tuple[NotRun, ...]
    accepted: tuple[Finding, ...] = ()

    @property
    def holding(self) -> Verdict:
        """The same with all findings together: what money asks."""
        return Verdict(tuple(sorted(self.findings + self.accepted, key=lambda finding: finding.order)), self.not_run)


@cache
def checks() -> Mapping[str, Check]:
    """The checks by code."""
    return {check.code: check for check in map(_declared, modules("xlflow.checks"))}


def _declared(module: ModuleType) -> Check:
    return Check(
        code=module.__name__.rpartition(".")[2].replace("_", "-"),
        level=module.LEVEL,
        about=module.NEEDS[:1] + getattr(module, "ALSO", ()),
        looks_into=module.NEEDS[1:],
        partly=getattr(module, "PARTLY", False),
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
        if not check.runs_on(day):
            continue
        not_run += (*_sheets_without_field(check, day), *_halves(check, day))
        findings += (_finding(check, hit) for hit in check.module.check(day))
    findings.sort(key=lambda finding: finding.order)
    return Verdict(tuple(findings), tuple(not_run))


def _sheets_without_field(check: Check, day: Day) -> Iterator[NotRun]:
    """The sheets that lack the one column a check is about."""
    field = getattr(check.module, "FIELD", None)
    for table in check.about if field is not None else ():
        lacking = (sheet for sheet in day.sheets(table) if field not in sheet.claims)
        yield from (NotRun(check.code, (str(field),), sheet.file, sheet.name) for sheet in lacking)


def _halves(check: Check, day: Day) -> Iterator[NotRun]:
    """The registers of which a part could not be used, for a check that compares all rows of one."""
    for table in sorted(day.books.broken, key=lambda table: table.register):
        is_compared = table in check.about if check.about else bool(table.owner)
        if getattr(check.module, "WHOLE", False) and is_compared:
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
