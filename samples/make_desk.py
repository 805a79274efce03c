"""Make ``samples/desk``, the invented desk that ``xlflow init --sample`` copies.

Run ``python samples/make_desk.py`` after changing a row in ``samples/invented``. The same rows give the same
workbooks but for the salts of their encryption; a workbook whose content did not change is left as it is.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from invented import (
    ordinary,
    ordinary_goods,
    special_again,
    special_cells,
    special_freight,
    special_goods,
    special_lost,
    special_papers,
)
from invented.expected import expected
from invented.headings import FILES
from invented.lines import Line
from invented.office import office_workbook
from invented.pages import pages
from invented.refunds import refund_export

from xlflow.excel.seal import seal, unseal

DESK = Path(__file__).parent / "desk"
EXPORT = DESK / "inbox" / "退款管理_20260331.csv"
SOURCES = (
    ordinary, ordinary_goods, special_freight, special_goods, special_cells, special_again, special_lost,
    special_papers,
)  # fmt: skip


def main() -> None:
    """Write the registers, the refund export, and what xlflow is expected to find."""
    items = [item for source in SOURCES for item in source.cases()]
    lines = [item for item in items if isinstance(item, Line)]
    sheets = {register: pages(register, [line for line in lines if line.register == register]) for register in FILES}
    passwords = tomllib.loads((DESK / "passwords.toml").read_text("utf-8"))
    for file in dict.fromkeys(FILES.values()):
        held = [register for register in FILES if FILES[register] == file]
        opens, edits = _passwords(passwords[held[0]])
        _save(DESK / file, office_workbook([page for register in held for page in sheets[register]], edits), opens)
    EXPORT.parent.mkdir(exist_ok=True)
    EXPORT.write_bytes(refund_export([item for item in items if not isinstance(item, Line)]))
    (DESK / "passwords.toml").chmod(0o600)
    found = expected([page for register in FILES for page in sheets[register]])
    (DESK / "expected.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _passwords(given: Any) -> tuple[str, str | None]:
    return (given["open"], given["modify"]) if isinstance(given, dict) else (given, None)


def _save(path: Path, workbook: bytes, password: str) -> None:
    if path.exists() and unseal(path.read_bytes(), password).package == workbook:
        return
    path.write_bytes(seal(workbook, password))


if __name__ == "__main__":
    main()
