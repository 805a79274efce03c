"""The reports there are, found by their place: their periods, the registers they are about, and their tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from xlflow.day import Day
from xlflow.discover import modules
from xlflow.model import Table
from xlflow.period import Period, Span
from xlflow.table.columns import Row


@dataclass(frozen=True, slots=True)
class Report:
    """A report as declared by its module: its name and title, how long its periods are, the registers it is about."""

    name: str
    title: str
    span: Span
    about: tuple[type[Row], ...]
    doc: str
    build: Callable[[Day, Period], list[Table]]

    def is_kept_by(self, day: Day) -> bool:
        """Whether the desk keeps any of its registers."""
        return any(table in day.books.present for table in self.about)

    def waits_for(self, day: Day) -> tuple[str, ...]:
        """Its registers that could not be used today: without them the numbers would be wrong."""
        return tuple(table.register for table in self.about if table in day.books.broken)


@cache
def reports() -> Mapping[str, Report]:
    """The reports by name."""
    return {report.name: report for report in map(_declared, modules("xlflow.reports"))}


def _declared(module: ModuleType) -> Report:
    name = module.__name__.rpartition(".")[2].replace("_", "-")
    return Report(name, module.TITLE, module.SPAN, module.ABOUT, (module.__doc__ or "").strip(), module.build)
