"""What a run makes besides fix lists and the payout list: tasks, invoices, claim sheets, the hand-over page, mails.

A run commits ``before``, publishes, commits ``after``, and then publishes the mails with what lies there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from xlflow.event import Event
from xlflow.outputs import Output
from xlflow.steps.hand_over import hand_over
from xlflow.steps.invoices import due_invoices
from xlflow.steps.making import Making
from xlflow.steps.reports import Wanted
from xlflow.steps.task_list import task_outputs
from xlflow.tasks import Task, tasks

if TYPE_CHECKING:  # due once a month
    from xlflow.steps.claims import Claiming


@dataclass(frozen=True, slots=True)
class Daily:
    """The workbooks of a day, and what the ledger is to remember of them."""

    making: Making
    tasks: tuple[Task, ...]
    outputs: tuple[Output, ...]
    before: tuple[Event, ...]
    after: tuple[Event, ...]

    def page(self, payouts: Mapping[str, int | Decimal], planned: Iterable[str]) -> Output:
        """The hand-over page, with links to all that is about to be published and that lies there already."""
        return hand_over(self.making, self.tasks, payouts, planned)


def daily(making: Making, wanted: Wanted) -> Daily:
    """What is due on a day, and the claim sheets that are ``wanted``. Raises NoOutputPassword."""
    waiting = tasks(making.desk.day, making.verdict)
    invoices = due_invoices(making)
    claims = _claims(making, wanted)
    return Daily(
        making,
        waiting,
        (*task_outputs(making, waiting), *invoices.outputs, *(output for each in claims for output in each.outputs)),
        (*invoices.events, *(event for each in claims for event in each.events)),
        tuple(event for each in claims for event in each.made),
    )


def _claims(making: Making, wanted: Wanted) -> tuple[Claiming, ...]:
    """The claim sheets of a run that makes what is due, or the month's."""
    if wanted not in (Wanted.DUE, Wanted.MONTH):
        return ()
    from xlflow.steps.claims import claim_sheets, wanted_months

    return tuple(claim_sheets(making, wanted_months(making, wanted)))
