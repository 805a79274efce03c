"""打款清单 as it lies there: its columns found by their headings, its rows by 编号 (contract §5, "Payout list")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from xlflow import codes
from xlflow.fields.dates import date_type
from xlflow.fields.text import heading_key, plain
from xlflow.grid import Line, Sheet, Value
from xlflow.layout import Column, Look
from xlflow.model import Text, XlflowError
from xlflow.table.headings import FIRST_ROWS

ID, DAY, ORDER, ACCOUNT, NAME, AMOUNT = "编号", "登记日期", "订单编号", "收款人支付宝账号", "收款人姓名", "金额"
WHAT, SOURCE, STATE, BATCH, PAID_ON, TRANSACTION, NOTE = (
    "事由", "来源", "状态", "批次号", "打款日期", "支付宝流水号", "备注",
)  # fmt: skip
#: The columns with their headings, which are the same in every language.
COLUMNS = (
    Column(ID), Column(DAY, Look.DATE), Column(ORDER), Column(ACCOUNT), Column(NAME), Column(AMOUNT, Look.MONEY),
    Column(WHAT), Column(SOURCE), Column(STATE), Column(BATCH), Column(PAID_ON, Look.DATE), Column(TRANSACTION),
    Column(NOTE, Look.LONG),
)  # fmt: skip
SHEET = "打款清单"


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: its 1-based number, the id in it, and its cells by heading; ``formulas`` are headings with a formula."""

    number: int
    id: str
    cells: Mapping[str, Value]
    formulas: frozenset[str] = frozenset()

    def text(self, heading: str) -> str:
        """A cell as text without what surrounds it; blank when there is none."""
        return plain(self.cells.get(heading))

    def day(self, heading: str) -> date | None:
        """A cell as a day, None when it is none."""
        value = _DATE.parse(self.cells.get(heading))
        return value if isinstance(value, date) and not isinstance(value, datetime) else None


_DATE = date_type()


@dataclass(frozen=True, slots=True)
class Listed:
    """The list: its sheet, the row of its headings, the 0-based column of each, the first free column, its rows."""

    sheet: str
    heading_row: int
    columns: Mapping[str, int]
    free: int
    rows: tuple[ListRow, ...]
    by_id: Mapping[str, ListRow] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns that the workbook does not have yet."""
        return tuple(column.heading for column in COLUMNS if column.heading not in self.columns)


def read_list(sheets: Sequence[Sheet], file: str) -> Listed:
    """The list in a workbook: the first sheet with a heading 编号. XlflowError ``no-sheet`` where none has it."""
    for sheet in sheets:
        for line in sheet.lines:
            if line.number <= FIRST_ROWS:
                columns = _columns(line)
                if ID in columns:
                    return _listed(sheet, line, columns)
    raise XlflowError(
        "no-sheet",
        Text("{file} has no sheet with a column 编号, so it is no payout list", {"file": file}),
        Text("name another file under [payouts] list in xlflow.toml, or move this one away: a new one is made then"),
    )


def _columns(line: Line) -> dict[str, int]:
    """Columns by heading; of several with one heading the first."""
    known = {heading_key(column.heading): column.heading for column in COLUMNS}
    found: dict[str, int] = {}
    for index, value in enumerate(line.values):
        heading = known.get(heading_key(value)) if isinstance(value, str) else None
        if heading is not None:
            found.setdefault(heading, index)
    return found


def _listed(sheet: Sheet, heading: Line, columns: dict[str, int]) -> Listed:
    rows = tuple(_rows(sheet, heading, columns))
    by_id: dict[str, ListRow] = {}
    for row in rows:
        by_id.setdefault(row.id, row)
    free = max((len(line.values) for line in sheet.lines), default=0)
    return Listed(sheet.name, heading.number, columns, free, rows, by_id)


def _rows(sheet: Sheet, heading: Line, columns: Mapping[str, int]) -> Iterator[ListRow]:
    for line in sheet.lines:
        if line.number > heading.number:
            cells = {name: line.values[index] for name, index in columns.items() if index < len(line.values)}
            found = plain(cells.get(ID)).upper()
            if found:
                formulas = frozenset(name for name, index in columns.items() if index in line.formulas)
                yield ListRow(line.number, found, cells, formulas)


def is_entry_id(text: str) -> bool:
    """Whether a text is a well-formed id of an entry, its check character included."""
    body = text[2:-1]
    return (
        len(text) == 10
        and text.startswith("XF")
        and all(char in codes.ALPHABET for char in text[2:])
        and codes.check_character(body) == text[-1]
    )
