"""What holds an entry back: findings, checks that could not run, twins, a row that is gone (contract §4, §5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xlflow.day import Day
from xlflow.finding import Finding
from xlflow.freight_terms import hidden_reasons, kind_of, reason_is_hidden
from xlflow.identity import Claim
from xlflow.judge import Verdict
from xlflow.model import Level
from xlflow.money.match import exact, near
from xlflow.obligations import Payable, obligation
from xlflow.registers.freight import Freight, FreightKind
from xlflow.table.columns import Row

#: Held because a check that would judge the entry could not run.
NOT_RUN = "check-not-run"
#: Held because another row of the same obligation is paid, or comes first.
DUPLICATE, ALREADY = "duplicate-row", "already-paid"
#: Held because another obligation looks like it.
POSSIBLE = "possible-duplicate"
#: Held because the row says something else than what was approved.
CHANGED = "row-changed"
#: Held because the row is not there, or no longer says what is owed to whom.
GONE = "row-gone"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: its code, whether somebody may lift it, and the names under which that is remembered."""

    code: str
    may_be_lifted: bool = False
    tokens: frozenset[str] = frozenset()

    def stands(self, released: frozenset[str]) -> bool:
        """Whether it holds an entry of which these were lifted."""
        return not (self.may_be_lifted and self.tokens <= released)


@dataclass(frozen=True, slots=True)
class Holding:
    """A day's verdict as money sees it: the findings that hold each row, and the checks that could not run."""

    day: Day
    findings: Mapping[Row, tuple[Finding, ...]]
    not_run: frozenset[str]

    @classmethod
    def of(cls, day: Day, verdict: Verdict) -> Holding:
        """Only findings that hold count, for each of the rows that they are about."""
        found: dict[Row, list[Finding]] = {}
        for finding in verdict.findings:
            for row in finding.rows if finding.level.holds else ():
                found.setdefault(row, []).append(finding)
        return cls(day, {row: tuple(several) for row, several in found.items()}, _not_run(verdict))

    def of_row(self, row: Payable) -> tuple[Reason, ...]:
        """All that stands against a row, by code."""
        found = {reason.code: reason for reason in self._reasons(row)}
        return tuple(found[code] for code in sorted(found))

    def _reasons(self, row: Payable) -> Iterator[Reason]:
        found = self.findings.get(row, ())
        for finding in sorted(found, key=lambda finding: finding.level is Level.ERROR):  # an error has the last word
            yield self._of_finding(finding, row)
        codes = {finding.code for finding in found}
        if exact(self.day, row) and not codes & {DUPLICATE, ALREADY}:
            yield Reason(DUPLICATE)
        yield from map(Reason, self._not_judged(row))
        if obligation(row) is None and not any(finding.level is Level.ERROR for finding in found):
            yield Reason(GONE)

    def _of_finding(self, finding: Finding, row: Payable) -> Reason:
        alike = near(self.day, row) if finding.code == POSSIBLE else ()
        tokens = frozenset({_token(claim) for claim in alike} or {finding.code})
        return Reason(finding.code, finding.level is Level.HOLD, tokens)

    def _not_judged(self, row: Payable) -> Iterator[str]:
        """What holds without a finding of its own: a check that did not run, a parcel's reason nobody can read."""
        day = self.day
        if type(row) in day.books.broken:
            yield NOT_RUN
        if not isinstance(row, Freight):
            return
        if "not-received" in self.not_run:
            yield NOT_RUN
        if "replacement-too-late" in self.not_run and kind_of(day, row) in (FreightKind.EXCHANGE, None):
            yield NOT_RUN
        if row.can_read("reason") and reason_is_hidden(day, row):
            yield from {defect.why.code for defect in hidden_reasons(day, row)} or {NOT_RUN}


def _token(claim: Claim) -> str:
    """A release says that this one is another matter; a further one that looks alike is asked about again."""
    return f"{POSSIBLE} {claim.order_no}"


def _not_run(verdict: Verdict) -> frozenset[str]:
    return frozenset(check.code for check in verdict.not_run)
