"""What a step found → the JSON of contract §4 and §8, as plain dictionaries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from xlflow.finding import Finding
from xlflow.grid import letters
from xlflow.judge import NotRun, Verdict
from xlflow.model import Text, XlflowError
from xlflow.money.list_acts import Remark
from xlflow.outputs import Published
from xlflow.steps.reading import Desk
from xlflow.steps.run import Summary
from xlflow.steps.source import Trouble
from xlflow.table.sheets import TableSheet

if TYPE_CHECKING:  # other commands' own
    from xlflow.claims import Claim
    from xlflow.invoices import Wanted
    from xlflow.steps.by_itself import ClaimsMade, InvoicesMade
    from xlflow.steps.doctor import Problem
    from xlflow.steps.reports import Made
    from xlflow.trace import Event

Say = Callable[[Text], str]
Document = dict[str, Any]


def check_document(desk: Desk, verdict: Verdict, say: Say) -> Document:
    """``check --json``."""
    return {
        "desk": desk.settings.name,
        "registers": [_register(sheet) for sheet in _sheets(desk)],
        "skipped": [
            {"file": reading.label, "sheet": sheet, "reason": reason}
            for reading in desk.readings
            for sheet, reason in reading.skipped
        ],
        "findings": [finding_document(finding, say) for finding in verdict.findings],
        "accepted": len(verdict.accepted),
        "not_run": [_not_run(check) for check in verdict.not_run],
        "errors": errors(desk.troubles, say),
        "outputs": [],
    }


def run_document(summary: Summary, say: Say) -> Document:
    """``run --json``."""
    payouts = summary.payouts
    return check_document(summary.desk, summary.verdict, say) | {
        "errors": _refused(summary.refused, say) + errors(summary.troubles, say),
        "outputs": [output(place) for place in summary.published],
        "payouts": {**payouts, "total": f"{payouts['total']:.2f}"},
        "remarks": remarks_document(summary.now.remarks, say),
    }


def _refused(problem: XlflowError | None, say: Say) -> list[Document]:
    """Why the ledger was left alone; a desk's errors are about files of its registers."""
    if problem is None:
        return []
    fix = say(problem.fix) if problem.fix is not None else None
    return [{"code": problem.code, "file": None, "register": None, "message": say(problem.message), "fix": fix}]


def remarks_document(remarks: Iterable[Remark], say: Say) -> list[Document]:
    """What the payout list says and the ledger decides otherwise."""
    return [{"entry": remark.entry, "message": say(remark.message)} for remark in remarks]


def _sheets(desk: Desk) -> list[TableSheet]:
    sheets = [sheet for table, found in desk.day.books.sheets.items() if table.owner for sheet in found]
    return sorted(sheets, key=lambda sheet: (sheet.register, sheet.file, sheet.order))


def _register(sheet: TableSheet) -> Document:
    return {
        "register": sheet.register,
        "file": sheet.file,
        "sheet": sheet.name,
        "rows": len(sheet.rows),
        "fields": {name: letters(claim.column) for name, claim in sheet.claims.items()},
    }


def finding_document(finding: Finding, say: Say) -> Document:
    """One finding."""
    return {
        "code": finding.code,
        "severity": finding.level.severity,
        "holds": finding.level.holds,
        "owner": finding.owner,
        "register": finding.register,
        "file": finding.file,
        "sheet": finding.sheet,
        "row": finding.row or None,
        "cell": finding.cell,
        "field": finding.field,
        "heading": finding.heading,
        "value": finding.value,
        "related": list(finding.related),
        "message": say(finding.message),
        "fix": say(finding.fix),
    }


def _not_run(check: NotRun) -> Document:
    sheet = {"file": check.file, "sheet": check.sheet} if check.sheet is not None else {}
    return {"code": check.code, "needs": list(check.needs), **sheet}


def errors(troubles: Iterable[Trouble], say: Say) -> list[Document]:
    """The files that could not be used."""
    return [
        {
            "code": trouble.code,
            "file": trouble.file,
            "register": trouble.register,
            "message": say(trouble.message),
            "fix": say(trouble.fix) if trouble.fix is not None else None,
        }
        for trouble in troubles
    ]


def output(place: Published) -> Document:
    """A file that was made."""
    owner = {"owner": place.output.owner} if place.output.owner is not None else {}
    return {"kind": place.output.kind, **owner, "path": place.path}


def report_document(desk: Desk, made: Made, published: Iterable[Published], say: Say) -> Document:
    """``report`` (contract §8)."""
    return {
        "report": made.report.name,
        "period": {"from": made.period.first, "to": made.period.last},
        "tables": [{"name": table.name, "columns": table.columns, "rows": table.rows} for table in made.tables],
        "errors": errors(desk.troubles, say),
        "outputs": [output(place) for place in published],
    }


def claims_document(made: ClaimsMade, say: Say) -> Document:
    """``claims --json`` (contract §8); ``held`` are rows that would be claimed if no error stood against them."""
    found = made.found
    return {
        "period": {"from": found.period.first, "to": found.period.last},
        "claims": [
            {
                "party_type": sheet.party_type.value,
                "party": sheet.party,
                "rows": [_claim(claim) for claim in sheet.claims],
                "total": sheet.total,
            }
            for sheet in found.sheets
        ],
        "held": [
            {"register": row.register, "source": row.sheet.place(None, row.number), "codes": list(codes)}
            for row, codes in found.held
        ],
        "not_run": [] if found.whole else [{"code": "lost-claim", "needs": ["receiving"]}],
        "errors": errors(made.desk.troubles, say),
        "outputs": [output(place) for place in made.published],
    }


def _claim(claim: Claim) -> Document:
    row = claim.row
    return {
        "register": row.register,
        "source": row.sheet.place(None, row.number),
        "order_no": row.order_no,
        "tracking_no": claim.tracking_no,
        "product": claim.product,
        "type": claim.type,
        "quantity": claim.quantity,
        "amount": claim.amount,
        "missing": list(claim.missing),
    }


def invoices_document(made: InvoicesMade, say: Say) -> Document:
    """``invoices --json`` (contract §8)."""
    return {
        "new": [_invoice(wanted) for wanted in made.found.new],
        "waiting": [_invoice(wanted) for wanted in made.found.waiting],
        "count": len(made.found.all),
        "total": made.found.total,
        "errors": errors(made.desk.troubles, say),
        "outputs": [output(place) for place in made.published],
    }


def _invoice(wanted: Wanted) -> Document:
    row = wanted.row
    names = ("order_no", "title", "tax_no", "address_phone", "bank_account", "amount")
    source = row.sheet.place(None, row.number)
    return {name: getattr(row, name) for name in names} | {"source": source, "first_sent": wanted.first_sent}


def problem_document(problem: Problem, say: Say) -> Document:
    """A problem of ``doctor`` or ``verify`` (contract §8)."""
    return {
        "code": problem.code,
        "severity": problem.level.severity,
        "where": problem.where,
        "message": say(problem.message),
        "fix": say(problem.fix),
    }


def event_document(event: Event) -> Document:
    """An event of ``trace`` (contract §8)."""
    on = event.on.isoformat() if event.on is not None else None
    return {"date": on, "register": event.register, "source": event.source, "what": event.what}
