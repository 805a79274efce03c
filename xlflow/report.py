"""The reports there are, found by their place: their periods, the registers they are about, and their tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import ModuleType
from typing import TypeAlias

from xlflow.day import Day
from xlflow.discover import modules, registers
from xlflow.model import Datum, Table
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


#: What a cell can show as it is.
Shown: TypeAlias = str | int | Decimal | date | None
#: What workbooks call the values of a column; the same in every language, as everything in them.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "measure": {
        "returns": "退货", "exchanges": "换货", "freight": "退运费", "reissues": "补发", "compensation": "补偿",
        "lost": "丢件", "bad_reviews": "差评",
    },
    "group": {"quality": "质量问题", "shop_fault": "店铺责任", "non_quality": "非质量问题", "other": "其他"},
    "rating": {"bad": "差评", "neutral": "中评", "good": "好评"},
    "state": {
        "held": "暂缓", "open": "待批准", "approved": "已批准", "exported": "已导出", "paid": "已打款",
        "failed": "打款失败", "void": "作废",
    },
    "what": {
        "freight": "退运费未付", "compensation": "补偿未付", "lost": "丢件未追回", "exchange": "换货未寄出",
        "invoice": "专票未开",
    },
}  # fmt: skip
#: Tables that list rows: a blank cell in them is blank, while what is counted without a name says so.
_LISTS = ("rows", "left_out")
UNNAMED = "（未填）"


def in_words(table: Table) -> tuple[tuple[Shown, ...], ...]:
    """The rows as a workbook shows them: codes in words, means with two decimals, and what has no name called so."""
    return tuple(_in_words(table, row) for row in table.rows)


def _in_words(table: Table, row: tuple[Datum, ...]) -> tuple[Shown, ...]:
    known = dict(zip(table.columns, row, strict=True))
    return tuple(_word(table.name, column, known) for column in table.columns)


def _word(table: str, column: str, row: Mapping[str, Datum]) -> Shown:
    value = row[column]
    match value:
        case None:
            return None if table in _LISTS else UNNAMED
        case float():
            return round(Decimal(value), 2)
        case str() if table == "left_out" and column == "register":
            return registers()[value].table_title
        case str() if table == "left_out" and column == "field":
            return registers()[str(row["register"])].columns[value].headings[0]
        case str():
            return _WORDS.get(column, {}).get(value, value)
    return value
