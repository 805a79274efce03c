"""Statements against the ledger: what was paid, what was not, what nobody can place (contract §5, "reconcile")."""

from __future__ import annotations

from xlflow.reconcile.match import match
from xlflow.reconcile.memory import Memory, fold
from xlflow.reconcile.results import Asked, Other, Outcome, Payee, Reconciliation, Result

__all__ = ["Asked", "Memory", "Other", "Outcome", "Payee", "Reconciliation", "Result", "fold", "match"]
