"""What xlflow should say of the desk, as the rows themselves tell it."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_col_to_name  # noqa: TID251  (as in cells.py)

from invented.headings import FILES
from invented.lines import Line, amount_typed
from invented.office import HEADING_ROW
from invented.pages import Page

MONEY = ("freight", "compensation")
#: The day of the sample.
LAST_DAY = "2026-03-31"


def expected(sheets: list[Page]) -> dict[str, Any]:
    """What must be found in pages that have been written.

    ``rows`` a register; the ``open`` entries a register of money; the ``findings`` of the last day, those with ``on``
    of that day only; ``quiet`` rows of which nothing may be said on it, with the code they only nearly show.
    """
    findings = [_finding(page, None, shown) for page in sheets for shown in page.shows]
    findings += [_finding(page, line, line.shows) for page in sheets for line in page.lines if line.shows]
    quiet = [_place(page, line.row) | {"code": line.quiet} for page in sheets for line in page.lines if line.quiet]
    rows = dict.fromkeys(FILES, 0)
    for page in sheets:
        rows[page.register] += sum(len(line.cells) > 2 for line in page.lines)
    return {"rows": rows, "open": {name: _open(sheets, name) for name in MONEY}, "findings": findings, "quiet": quiet}


def _open(sheets: list[Page], register: str) -> dict[str, Any]:
    lines = [line for page in sheets for line in page.lines if line.pays and page.register == register]
    return {"count": len(lines), "total": f"{sum(amount_typed(line.cells['amount']) for line in lines):.2f}"}


def _finding(page: Page, line: Line | None, shown: str) -> dict[str, Any]:
    code, severity, *names = shown.split()
    name = names[0] if names else ""
    row = line.row if line else HEADING_ROW if name else None
    cell = f"{xl_col_to_name(list(page.columns).index(name))}{row}" if name in page.columns else None
    field = name if name and not name.startswith("+") else None
    said = {"code": code, "severity": severity, **_place(page, row), "cell": cell, "field": field}
    return said | {"on": LAST_DAY} if line is not None and line.once else said


def _place(page: Page, row: int | None) -> dict[str, Any]:
    return {"register": page.register, "file": FILES[page.register], "sheet": page.name, "row": row}
