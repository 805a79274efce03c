"""The workbook of the day's tasks (contract §6 ``tasks``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlflow.excel.write import to_bytes
from xlflow.outputs import Output
from xlflow.steps.making import Making
from xlflow.tasks import Task, tasks_book

KIND = "tasks"


def task_outputs(making: Making, made: Sequence[Task]) -> Iterator[Output]:
    """The tasks of a day that has any. Raises NoOutputPassword."""
    today = making.desk.day.date
    if made:
        content = to_bytes(tasks_book(made, today, making.say))
        yield Output(KIND, f"待办-{today}.xlsx", content, making.password(KIND))
