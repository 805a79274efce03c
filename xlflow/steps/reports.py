"""Reports filled into their templates: one by itself, or those that a run makes because they are due (contract §6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from xlflow.event import Event
from xlflow.excel.errors import BookError
from xlflow.ledger import Ledger
from xlflow.model import Table, Text, XlflowError
from xlflow.outputs import Output, Published
from xlflow.period import Period, due, latest, parse
from xlflow.report import Report, in_words, reports
from xlflow.resources import templates
from xlflow.settings import Settings
from xlflow.steps.fix_lists import shelf_of
from xlflow.steps.reading import Desk, Request, read_desk
from xlflow.steps.recover import writing
from xlflow.steps.sealing import Sealing
from xlflow.steps.source import Trouble
from xlflow.steps.till import look

if TYPE_CHECKING:  # most runs make no report
    from xlflow.excel.patch.changes import New

#: What a workbook says where a table has no rows.
NONE = "（无）"
MADE = "made"


class Wanted(StrEnum):
    """Which reports a run makes: those that are due, none, or the latest of the weekly or monthly ones again."""

    DUE = "due"
    NOTHING = "nothing"
    WEEK = "week"
    MONTH = "month"


class NotKept(XlflowError):
    """A report is about registers that the desk does not have."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Made:
    """A report of one period: its tables, and the workbook they are in."""

    report: Report
    period: Period
    tables: tuple[Table, ...]
    output: Output


def one_report(asked: Request, name: str, period: str | None) -> tuple[Desk, Made, list[Published]]:
    """Make one report, by default of its latest period that is due.

    Raises BadPeriod, NotKept, NoOutputPassword, and BookError where its template cannot be filled.
    """
    report = reports()[name]
    about = parse(period, report.span) if period is not None else latest(report.span, asked.today)
    with writing(asked):
        desk = look(read_desk(asked)).desk
        if not report.is_kept_by(desk.day):
            raise _not_kept(report)
        made = _make(asked, desk, report, about)
        return desk, made, shelf_of(asked).publish([made.output])


def wanted_reports(asked: Request, desk: Desk, wanted: Wanted) -> tuple[tuple[Made, ...], tuple[Trouble, ...]]:
    """The reports that a run makes, and the templates that it could not use.

    A report whose register could not be used waits for the next run. Raises NoOutputPassword.
    """
    if wanted is Wanted.NOTHING:
        return (), ()
    known = _known(desk)
    made: list[Made] = []
    troubles: list[Trouble] = []
    for report in reports().values():
        if not report.is_kept_by(desk.day) or report.waits_for(desk.day):
            continue
        for period in _periods(desk, report, wanted, known):
            try:
                made.append(_make(asked, desk, report, period))
            except BookError as problem:
                where = template_of(asked.settings, report.name)
                troubles.append(Trouble(problem.code, where, None, problem.message, problem.fix))
    return tuple(made), tuple(troubles)


def _periods(desk: Desk, report: Report, wanted: Wanted, known: Mapping[str, set[str]]) -> tuple[Period, ...]:
    if wanted is Wanted.DUE:
        return due(report.span, desk.day.date, known.get(report.name, ()), desk.day.start)
    return (latest(report.span, desk.day.date),) if wanted.value == report.span.value else ()


def remember(made: Iterable[Made], desk: Desk, ledger: Ledger) -> None:
    """Let the ledger know what was made, so that no later run makes it because it is due."""
    known = _known(desk)
    ledger.commit([_event(report) for report in made if str(report.period) not in known.get(report.report.name, ())])


def _event(made: Made) -> Event:
    kind, period = made.report.name, str(made.period)
    return Event(MADE, {"kind": kind, "period": period}, (f"{MADE}/{kind}/{period}",))


def _known(desk: Desk) -> dict[str, set[str]]:
    """The periods of the reports that were made before the desk was read, by report."""
    found: dict[str, set[str]] = {}
    for event in desk.recalled.past.events:
        if event.kind == MADE:
            found.setdefault(str(event.body["kind"]), set()).add(str(event.body["period"]))
    return found


def _make(asked: Request, desk: Desk, report: Report, period: Period) -> Made:
    from xlflow.excel.template import fill

    tables = tuple(report.build(desk.day, period))
    shown = {table.name: in_words(table) or _nothing(table) for table in tables}
    path = _template(desk.settings, report.name)
    content = fill(path.read_bytes(), template_of(desk.settings, report.name), shown, _facts(desk, period))
    password = Sealing(desk, asked.passwords).password(report.name, "outputs")
    return Made(report, period, tables, Output(report.name, f"{report.title}-{period}.xlsx", content, password))


def _nothing(table: Table) -> tuple[tuple[str | None, ...]]:
    return ((NONE, *(None for _ in table.columns[1:])),)


def _facts(desk: Desk, period: Period) -> dict[str, New]:
    """What stands under the title, where a template has a cell of the name ``about``."""
    return {"about": f"{desk.settings.name}　{period}　{period.first} 至 {period.last}"}


def _template(settings: Settings, name: str) -> Path:
    """A desk's own template, else the built-in one (contract §1)."""
    own = settings.templates / f"{name}.xlsx"
    return own if own.exists() else templates() / own.name


def template_of(settings: Settings, name: str) -> str:
    """The file that a report is filled into, as messages call it: a path where it is the desk's own."""
    path = _template(settings, name)
    return path.as_posix() if path.parent == settings.templates else path.name


def _not_kept(report: Report) -> NotKept:
    facts = {"report": report.name, "registers": [table.register for table in report.about]}
    return NotKept(
        "settings",
        Text("{report} is about registers that this desk does not keep: {registers}", facts),
        Text("name the register and its file in xlflow.toml"),
    )
