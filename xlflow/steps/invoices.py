"""Special invoices for finance, on workdays (contract §6 ``invoices``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlflow.event import Event
from xlflow.excel.write import to_bytes
from xlflow.invoices import SENT, Invoices, invoices, sent
from xlflow.once import fold
from xlflow.outputs import Output
from xlflow.steps.making import Making
from xlflow.workdays import is_workday

KIND = "invoices"


@dataclass(frozen=True, slots=True)
class Sending:
    """What finance is sent; ``events`` are committed before the workbook is put out."""

    found: Invoices
    outputs: tuple[Output, ...] = ()
    events: tuple[Event, ...] = ()


def send_invoices(making: Making) -> Sending:
    """The invoices of a day that has any. Raises NoOutputPassword."""
    day, past = making.desk.day, making.past
    before = fold(SENT, past.events)
    found = invoices(day, making.verdict, before, past.digest)
    return Sending(found, tuple(_outputs(making, found)), tuple(sent(found, day, before, past.digest)))


def due_invoices(making: Making) -> Sending:
    """The same on workdays; on other days nothing: finance has its data on the next one."""
    return send_invoices(making) if is_workday(making.desk.day.date) else Sending(Invoices((), ()))


def _outputs(making: Making, found: Invoices) -> Iterator[Output]:
    today = making.desk.day.date
    if found.all:
        from xlflow.invoice_book import invoice_book

        content = to_bytes(invoice_book(found, today, making.say))
        yield Output(KIND, f"专票-{today}.xlsx", content, making.password(KIND))
