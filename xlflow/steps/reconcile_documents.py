"""What a reconciliation found → its JSON (contract §8), as plain dictionaries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from xlflow.model import Text
from xlflow.money.plan import yuan
from xlflow.reconcile import Other, Result
from xlflow.statement import Statement
from xlflow.steps.documents import errors, output
from xlflow.steps.reconcile import Settled

Say = Callable[[Text], str]
Document = dict[str, Any]


def reconcile_document(settled: Settled, say: Say) -> Document:
    """``reconcile --json``."""
    found = settled.found
    return {
        "statements": [_statement(statement) for statement in found.statements],
        "results": [_result(result) for result in found.results],
        "counts": found.counts,
        "other": _other(found.other),
        "errors": errors(settled.troubles, say),
        "outputs": [output(place) for place in settled.published],
    }


def _statement(statement: Statement) -> Document:
    return {
        "file": statement.file,
        "format": statement.format,
        "from": _iso(statement.first),
        "to": _iso(statement.last),
        "rows": statement.rows,
        "balanced": statement.balanced,
    }


def _result(result: Result) -> Document:
    entry = result.entry
    return {
        "outcome": result.outcome.value,
        "entry": entry.id if entry is not None else None,
        "order_no": entry.order_no if entry is not None else None,
        "amount": _money(result.amount),
        "statement_amount": _money(result.statement_amount),
        "statement": result.file,
        "statement_row": result.row,
        "transaction": result.transaction,
        "reason": result.why,
    }


def _other(other: Other) -> Document:
    return {"count": other.count, "in": _money(other.came_in), "out": _money(other.went_out)}


def _money(fen: int | None) -> str | None:
    return f"{yuan(fen):.2f}" if fen is not None else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
