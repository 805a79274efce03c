"""The day's tasks with their deadlines, out of what the checks found (contract §6 ``tasks``; S0 四.3, 五.2).

A task names its row by order and parcel only: nobody's name, phone or address goes on the hand-over page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from xlflow.day import Day
from xlflow.finding import Finding
from xlflow.judge import Verdict
from xlflow.layout import Block, Cells, Column, Look, Marked, NewBook, NewSheet, link_to
from xlflow.losses import chased_from, claimed_from
from xlflow.model import Text
from xlflow.parcels import exchange_parcels
from xlflow.workdays import next_workday

Say = Callable[[Text], str]

#: Finance has the data of special invoices by then (H2, S0 五.2).
INVOICES_BY = time(10)


class TaskKind(StrEnum):
    """What is to be done, the most pressing first."""

    INVOICE = "invoice"
    CONFIRM = "confirm"
    CHASE = "chase"
    CLAIM = "claim"
    INSPECT = "inspect"
    SHIP = "ship"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: by when (a time only where one is set), by whom, about which row; ``said`` is how it stands."""

    kind: TaskKind
    due: date
    by: time | None
    owner: str
    register: str
    file: str
    sheet: str
    row: int
    order_no: str | None
    tracking_no: str | None
    said: Text
    todo: Text

    @property
    def place(self) -> str:
        """``file sheet!7``."""
        return f"{self.file} {self.sheet}!{self.row}"

    @property
    def order(self) -> tuple[date, int, str, str, int]:
        """What is due first stands first."""
        return (self.due, list(TaskKind).index(self.kind), self.file, self.sheet, self.row)


def tasks(day: Day, verdict: Verdict) -> tuple[Task, ...]:
    """The tasks of a day, what is due first first; a check that is off makes none."""
    return tuple(sorted(_tasks(day, verdict), key=lambda task: task.order))


def _tasks(day: Day, verdict: Verdict) -> Iterator[Task]:
    for finding in verdict.findings:
        kind, deadline = _FROM.get(finding.code, (None, None))
        due = deadline(day, finding, finding.rows[0]) if deadline is not None and finding.rows else None
        if kind is not None and due is not None:
            yield _task(kind, due, finding)


def _task(kind: TaskKind, due: date, finding: Finding) -> Task:
    row = finding.rows[0]
    order, *parcels = (getattr(row, name, None) for name in ("order_no", "tracking_no", "return_tracking"))
    return Task(
        kind, due, INVOICES_BY if kind is TaskKind.INVOICE else None, finding.owner, finding.register, finding.file,
        finding.sheet, finding.row, order, next(filter(None, parcels), None), finding.message, finding.fix,
    )  # fmt: skip


Deadline = Callable[[Day, Finding, Any], date | None]


def _after(field: str, days: int) -> Deadline:
    def due(_day: Day, _finding: Finding, row: Any) -> date | None:
        on: date | None = getattr(row, field)
        return on + timedelta(days) if on is not None else None

    return due


def _shipped(day: Day, _finding: Finding, row: Any) -> date | None:
    """So many days after the parcel came."""
    parcel = exchange_parcels(day).get(row)
    came = parcel.first.received_on if parcel is not None else None
    days = day.policies.amount(row.registered_on or day.date, "exchange.ship_days")
    return came + timedelta(int(days)) if came is not None else None


def _waited(day: Day, finding: Finding, _row: Any) -> date | None:
    """The last day on which the parcel is only waited for; after that the row is in the fix list."""
    listed = finding.from_day
    return listed - timedelta(days=1) if listed is not None and listed > day.date else None


def _sent_to_finance(_day: Day, _finding: Finding, row: Any) -> date:
    return next_workday(row.requested_on)


#: Code of a finding → the task it makes, and its deadline.
_FROM: Mapping[str, tuple[TaskKind, Deadline]] = {
    "invoice-due": (TaskKind.INVOICE, _sent_to_finance),
    "intercept-unconfirmed": (TaskKind.CONFIRM, _after("notified_on", 1)),
    "lost-chase": (TaskKind.CHASE, lambda day, _, row: chased_from(day, row)),
    "lost-claim": (TaskKind.CLAIM, lambda day, _, row: claimed_from(day, row)),
    "not-inspected": (TaskKind.INSPECT, _after("received_on", 0)),
    "exchange-not-shipped": (TaskKind.SHIP, _shipped),
    "not-received": (TaskKind.WAIT, _waited),
}

#: What the workbook calls them; the same in every language.
NAMES = {
    TaskKind.INVOICE: "专票开票", TaskKind.CONFIRM: "EMS 撤件核实", TaskKind.CHASE: "催件", TaskKind.CLAIM: "索赔",
    TaskKind.INSPECT: "待质检", TaskKind.SHIP: "待换出", TaskKind.WAIT: "等收货",
}  # fmt: skip
OWNERS = {"warehouse": "仓库", "after_sales": "售后", "finance": "财务", "manager": "店长"}
SHEET = "待办"
COLUMNS = (
    Column("期限", Look.DATE), Column("任务"), Column("负责"), Column("订单编号"), Column("快递单号"),
    Column("情况", Look.LONG), Column("要做的", Look.LONG), Column("来源"),
)  # fmt: skip


def tasks_book(made: Sequence[Task], today: date, say: Say) -> NewBook:
    """The tasks as a workbook of one table."""
    overdue = sum(task.due < today for task in made)
    facts = {"date": today.isoformat(), "count": len(made), "overdue": overdue}
    title = say(Text("Tasks of {date}: {count}, of which {overdue} are overdue", facts))
    return NewBook((NewSheet(SHEET, (Block(title, columns=COLUMNS, rows=[_row(task, say) for task in made]),), 2),))


def _row(task: Task, say: Say) -> Cells:
    due = Marked(datetime.combine(task.due, task.by), look=Look.TIME) if task.by is not None else task.due
    return [
        due, NAMES[task.kind], OWNERS[task.owner], task.order_no, task.tracking_no,
        say(task.said), say(task.todo), Marked(task.place, link=link_to(task.file, task.sheet, f"A{task.row}")),
    ]  # fmt: skip
