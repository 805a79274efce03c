"""What xlflow should say of the desk, as the rows themselves tell it."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_col_to_name  # noqa: TID251  (as in cells.py)

from invented.lines import Line, amount_typed
from invented.office import HEADING_ROW
from invented.pages import FILES, Page


def expected(sheets: list[Page]) -> dict[str, Any]:
    """What must be found in pages that have been written.

    ``rows`` a register; the ``open`` entries; ``findings`` that must be there, not all of them; ``quiet`` rows of
    which nothing may be said, with the code they only nearly show.
    """
    findings = [_finding(page, None, shown) for page in sheets for shown in page.shows]
    findings += [_finding(page, line, line.shows) for page in sheets for line in page.lines if line.shows]
    quiet = [_place(page, line.row) | {"code": line.quiet} for page in sheets for line in page.lines if line.quiet]
    owed = [amount_typed(line.cells["amount"]) for page in sheets for line in page.lines if line.pays]
    rows = dict.fromkeys(FILES, 0)
    for page in sheets:
        rows[page.register] += sum(len(line.cells) > 2 for line in page.lines)
    paid = {"count": len(owed), "total": f"{sum(owed):.2f}"}
    return {"rows": rows, "open": paid, "findings": findings, "quiet": quiet}


def _finding(page: Page, line: Line | None, shown: str) -> dict[str, Any]:
    code, severity, *names = shown.split()
    name = names[0] if names else ""
    row = line.row if line else HEADING_ROW if name else None
    cell = f"{xl_col_to_name(list(page.columns).index(name))}{row}" if name in page.columns else None
    field = name if name and not name.startswith("+") else None
    return {"code": code, "severity": severity, **_place(page, row), "cell": cell, "field": field}


def _place(page: Page, row: int | None) -> dict[str, Any]:
    return {"register": page.register, "file": FILES[page.register], "sheet": page.name, "row": row}
