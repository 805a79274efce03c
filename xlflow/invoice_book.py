"""专票资料: what finance needs to issue special invoices, as a workbook (contract §6 ``invoices``; domain.md B.8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from xlflow.invoices import Invoices, Wanted
from xlflow.layout import Block, Cells, Column, Look, Marked, NewBook, NewSheet, Value, link_to
from xlflow.model import Text

Say = Callable[[Text], str]

#: The tabs; the same in every language.
NEW, WAITING = "新申请", "已发未开"
AMOUNT = Column("价税合计", Look.MONEY)
COLUMNS = (
    Column("序号", Look.COUNT), Column("申请日期", Look.DATE), Column("订单编号"), Column("发票抬头", Look.LONG),
    Column("税号"), Column("地址电话", Look.LONG), Column("开户行及账号", Look.LONG), AMOUNT,
    Column("首次发出", Look.DATE), Column("来源"),
)  # fmt: skip


def invoice_book(made: Invoices, today: date, say: Say) -> NewBook:
    """What is new on the first tab, what finance has had before on the second."""
    new = Text("New special invoices {date}: {count}, {total} yuan; please issue them", _facts(made.new, today))
    waiting = Text("Sent before and not issued yet: {count}, {total} yuan", _facts(made.waiting, today))
    return NewBook((_tab(NEW, say(new), made.new), _tab(WAITING, say(waiting), made.waiting)))


def _facts(found: Sequence[Wanted], today: date) -> dict[str, object]:
    return {"date": today.isoformat(), "count": len(found), "total": f"{_total(found):,.2f}"}


def _total(found: Sequence[Wanted]) -> Decimal:
    return sum((wanted.amount for wanted in found), Decimal("0.00"))


def _tab(name: str, title: str, found: Sequence[Wanted]) -> NewSheet:
    total: list[Value] = [_total(found) if column is AMOUNT else None for column in COLUMNS]
    rows = [_row(number, wanted) for number, wanted in enumerate(found, start=1)]
    return NewSheet(name, (Block(title, columns=COLUMNS, rows=rows, totals=[["合计", *total[1:]]]),), 3)


def _row(number: int, wanted: Wanted) -> Cells:
    row = wanted.row
    link = link_to(row.sheet.file, row.sheet.name, f"A{row.number}")
    first = date.fromisoformat(wanted.first_sent) if wanted.first_sent is not None else None
    return [
        number, row.requested_on, row.order_no, row.title, row.tax_no, row.address_phone, row.bank_account, row.amount,
        first, Marked(row.sheet.place(None, row.number), link=link),
    ]  # fmt: skip
