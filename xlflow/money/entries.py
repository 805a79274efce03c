"""Entries and their states, as the registers and the findings of one day have them (contract §5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from xlflow import codes
from xlflow.day import Day
from xlflow.finding import Finding
from xlflow.freight_terms import hidden_reasons, kind_of, reason_is_hidden
from xlflow.judge import Verdict
from xlflow.obligations import Obligation, is_marked_paid, obligations
from xlflow.registers.freight import Freight, FreightKind
from xlflow.table.columns import Row
from xlflow.table.sheets import Defect

#: Held because a check that would judge the entry could not run.
NOT_RUN = "check-not-run"
#: Held because another row of the same obligation is paid, or comes first.
DUPLICATE = "duplicate-row"


class State(StrEnum):
    """What becomes of an entry; the first three are all there is without a ledger."""

    HELD = "held"
    OPEN = "open"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Entry:
    """One obligation as xlflow keeps it; ``reasons`` are the codes that hold it.

    ``findings`` say why; so do ``defects``, cells of its parcel from which it would take what its own row lacks.
    """

    id: str
    state: State
    owed: Obligation
    reasons: tuple[str, ...]
    findings: tuple[Finding, ...]
    defects: tuple[Defect, ...] = ()

    @property
    def source(self) -> str:
        """``file sheet!row``."""
        return self.owed.row.sheet.place(None, self.owed.row.number)


def entries(day: Day, verdict: Verdict) -> list[Entry]:
    """The entries of a day by place. A row marked paid is paid, whatever else is found; held is what anything holds."""
    holding = _holding(verdict.findings)
    not_run = {check.code for check in verdict.not_run}
    paid = _paid_by_order(day)
    seen: dict[str, int] = {}
    made = []
    for owed in obligations(day):
        found = holding.get(owed.row, ())
        reasons = {finding.code for finding in found} | _other_reasons(day, owed.row, not_run)
        if any(other is not owed.row and owed.row.may_be(other) for other in paid.get(owed.order_no, ())):
            reasons.add(DUPLICATE)
        state = State.PAID if owed.marked_paid else State.HELD if reasons else State.OPEN
        made.append(
            Entry(_id(owed, seen), state, owed, tuple(sorted(reasons)), tuple(found), hidden_reasons(day, owed.row))
        )
    return made


def total(found: Iterable[Entry], state: State = State.OPEN) -> Decimal:
    """What the entries in a state add up to, in yuan."""
    return sum((entry.owed.amount for entry in found if entry.state is state), Decimal("0.00"))


def _holding(findings: Iterable[Finding]) -> Mapping[Row, list[Finding]]:
    holding: dict[Row, list[Finding]] = {}
    for finding in findings:
        for row in finding.rows if finding.level.holds else ():
            holding.setdefault(row, []).append(finding)
    return holding


def _paid_by_order(day: Day) -> Mapping[str, list[Freight]]:
    """The freight rows marked paid, whatever their date: a row before its paid twin is not paid again."""
    return {
        order: paid
        for order, rows in day.by(Freight, "order_no").items()
        if (paid := [row for row in rows if is_marked_paid(row)])
    }


def _other_reasons(day: Day, row: Freight, not_run: set[str]) -> set[str]:
    """What holds an entry without a finding of its own: a check that did not run, a parcel's reason nobody can read."""
    reasons: set[str] = set()
    if "not-received" in not_run or Freight in day.books.broken:
        reasons.add(NOT_RUN)
    if "replacement-too-late" in not_run and kind_of(day, row) in (FreightKind.EXCHANGE, None):
        reasons.add(NOT_RUN)
    if row.can_read("reason") and reason_is_hidden(day, row):
        reasons |= {defect.why.code for defect in hidden_reasons(day, row)} or {NOT_RUN}
    return reasons


def _id(owed: Obligation, seen: dict[str, int]) -> str:
    """``XF``, seven characters made from what is owed, and a check character; twins are told apart by their order."""
    content = "\n".join((owed.kind, owed.order_no, owed.tracking or "", owed.payee_account, str(owed.amount)))
    seen[content] = seen.get(content, 0) + 1
    body = codes.from_content(f"{content}\n{seen[content]}", 7)
    return f"XF{body}{codes.check_character(body)}"
