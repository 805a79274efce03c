"""``claims`` and ``invoices``: one report by itself (contract §2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from xlflow.claims import Claims
from xlflow.invoices import Invoices
from xlflow.ledger import Ledger
from xlflow.model import Text
from xlflow.outputs import Output, Published
from xlflow.period import Span, latest, parse
from xlflow.steps.claims import claim_sheets
from xlflow.steps.fix_lists import judged, shelf_of
from xlflow.steps.fixes import at_work
from xlflow.steps.invoices import send_invoices
from xlflow.steps.mail import mails
from xlflow.steps.making import Making
from xlflow.steps.reading import Desk, Request, read_desk

Say = Callable[[Text], str]


@dataclass(frozen=True, slots=True)
class ClaimsMade:
    """The claims of a month, and where their sheets and mails lie."""

    desk: Desk
    found: Claims
    published: list[Published]


@dataclass(frozen=True, slots=True)
class InvoicesMade:
    """The invoices for finance, and where their workbook and mail lie."""

    desk: Desk
    found: Invoices
    published: list[Published]


def make_claims(asked: Request, period: str | None, say: Say) -> ClaimsMade:
    """Make the claim sheets of a month, by default of the latest that is due.

    Raises BadPeriod, NoOutputPassword; Refused and XlflowError as the ledger does.
    """
    month = latest(Span.MONTH, asked.today) if period is None else parse(period, Span.MONTH)
    with _at_work(asked, say) as (making, ledger):
        (made,) = claim_sheets(making, [month])
        ledger.commit(made.events)
        return ClaimsMade(making.desk, made.found, _put_out(making, made.outputs))


def make_invoices(asked: Request, say: Say) -> InvoicesMade:
    """Make the workbook for finance, whatever day it is. Raises as ``make_claims`` does."""
    with _at_work(asked, say) as (making, ledger):
        made = send_invoices(making)
        ledger.commit(made.events)
        return InvoicesMade(making.desk, made.found, _put_out(making, made.outputs))


@contextmanager
def _at_work(asked: Request, say: Say) -> Iterator[tuple[Making, Ledger]]:
    with at_work(asked) as ledger:
        desk = read_desk(asked, ledger)
        yield Making(asked, desk, judged(desk), say), ledger


def _put_out(making: Making, outputs: Sequence[Output]) -> list[Published]:
    shelf = shelf_of(making.asked)
    published = shelf.publish(outputs)
    return published + shelf.publish(list(mails(making, published)))
