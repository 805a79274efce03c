"""Make ``samples/errors``: for each finding a little desk that shows exactly it, and in ``near`` one that nearly does.

Run ``python samples/make_errors.py`` after changing ``samples/invented/findings.py``; the same table gives the same
bytes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from invented.cells import plain_workbook
from invented.findings import CASES
from invented.pages import FILES
from invented.refunds import refund_export
from invented.small import Desk

from xlflow.judge import checks

ERRORS = Path(__file__).parent / "errors"
SHEET = "3月"

SETTINGS = """\
# {code}：{about}。

[desk]
name = "示例路由器旗舰店"
start = 2026-03-01

[registers.receiving]
path = "收货表.xlsx"

[registers.exchange]
path = "换货表.xlsx"

[registers.freight]
path = "退运费表.xlsx"
"""


def main() -> None:
    """Write every case and its near miss."""
    for code, (expected, shows, nearly) in CASES.items():
        folder = ERRORS / code
        _write_desk(folder, code, shows, [_finding(code, said) for said in expected.split("; ")])
        _write_desk(folder / "near", f"不是 {code}", nearly, [])


def _write_desk(folder: Path, code: str, desk: Desk, expected: list[dict[str, Any]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "xlflow.toml").write_text(_settings(code, desk), "utf-8")
    for register, file in FILES.items():
        (folder / file).write_bytes(plain_workbook({SHEET: desk.sheet(register)}))
    (folder / "inbox").mkdir(exist_ok=True)
    (folder / "inbox" / "退款管理.csv").write_bytes(refund_export(list(desk.refunds)))
    (folder / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _settings(code: str, desk: Desk) -> str:
    parts = [SETTINGS.format(code=code, about=desk.about), desk.teaches]
    switched = {"on": [desk.on] if desk.on else [], "off": _not_kept()}
    if any(switched.values()):
        parts.append(
            "[checks]\n" + "".join(f"{key} = {json.dumps(codes)}\n" for key, codes in switched.items() if codes)
        )
    return "\n".join(part for part in parts if part)


def _not_kept() -> list[str]:
    """The checks about registers that these desks do not keep: switched off by name (contract §4)."""
    about = {code: check.needs[0] for code, check in checks().items() if check.on and check.needs}
    return [code for code, table in about.items() if table.register not in FILES]


def _finding(code: str, expected: str) -> dict[str, Any]:
    severity, register, row, cell, field = expected.split()
    place = {"register": register, "file": FILES[register], "sheet": SHEET}
    at = {"row": None if row == "-" else int(row), "cell": _or_none(cell), "field": _or_none(field)}
    return {"code": code, "severity": severity, **place, **at}


def _or_none(text: str) -> str | None:
    return None if text == "-" else text


if __name__ == "__main__":
    main()
