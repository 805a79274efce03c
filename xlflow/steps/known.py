"""What xlflow.toml may name: registers, fields, codes, policies, kinds, as the rules have them."""

from __future__ import annotations

from xlflow import policies
from xlflow.discover import registers
from xlflow.fields.carriers import carriers
from xlflow.fields.choices import Choice
from xlflow.judge import checks
from xlflow.settings import Known
from xlflow.table.columns import Column

#: Kinds of output (contract §6).
KINDS = (
    "fix-list", "payout-list", "payout-plan", "hand-over", "tasks", "invoices", "reconciliation", "weekly-quality",
    "weekly-badreview", "monthly", "claim-sheet", "mail",
)  # fmt: skip
#: Reports that may be mailed.
REPORTS = (
    "weekly-quality",
    "weekly-badreview",
    "monthly",
    "claim-sheet",
    "invoices",
    "hand-over",
    "fix-list",
)


def known() -> Known:
    """All names of this version."""
    fields = {
        name: {field: _values(column) for field, column in table.columns.items()} for name, table in registers().items()
    }
    every = checks()
    return Known(
        registers=fields,
        checks=tuple(every),
        off_by_default=tuple(code for code, check in every.items() if not check.on),
        policies=policies.names(carriers()),
        kinds=KINDS,
        reports=REPORTS,
    )


def _values(column: Column) -> tuple[str, ...]:
    return tuple(column.type.spellings) if isinstance(column.type, Choice) else ()
