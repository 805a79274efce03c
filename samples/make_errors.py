"""Make ``samples/errors``: for each finding a little desk that shows exactly it, and in ``near`` one that nearly does.

Run ``python samples/make_errors.py`` after changing a ``findings*.py`` in ``samples/invented``; the same tables give
the same bytes.
"""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import invented
from invented.cells import plain_workbook
from invented.refunds import refund_export
from invented.small import Case, Desk

from xlflow.discover import registers

ERRORS = Path(__file__).parent / "errors"
SHEET = "3月"

SETTINGS = """\
# {code}：{about}。

[desk]
name = "示例路由器旗舰店"
start = 2026-03-01
"""
REGISTER = """\
[registers.{register}]
path = "{file}"
"""


def main() -> None:
    """Write every case and its near miss."""
    for code, (expected, shows, nearly) in _cases():
        folder = ERRORS / code
        _write_desk(folder, code, shows, [_finding(code, said) for said in expected.split("; ")])
        _write_desk(folder / "near", f"不是 {code}", nearly, [])


def _cases() -> Iterator[tuple[str, Case]]:
    for module in pkgutil.iter_modules(invented.__path__):
        if module.name.startswith("findings"):
            yield from import_module(f"invented.{module.name}").CASES.items()


def _file(register: str) -> str:
    return f"{registers()[register].table_title}.xlsx"


def _write_desk(folder: Path, code: str, desk: Desk, expected: list[dict[str, Any]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "xlflow.toml").write_text(_settings(code, desk), "utf-8")
    for register, sheet in desk.kept.items():
        (folder / _file(register)).write_bytes(plain_workbook({SHEET: sheet}))
    if desk.refunds:
        (folder / "inbox").mkdir(exist_ok=True)
        (folder / "inbox" / "退款管理.csv").write_bytes(refund_export(list(desk.refunds)))
    (folder / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _settings(code: str, desk: Desk) -> str:
    tables = (REGISTER.format(register=register, file=_file(register)) for register in desk.kept)
    switched = f'[checks]\non = ["{desk.on}"]\n' if desk.on else ""
    return "\n".join(filter(None, [SETTINGS.format(code=code, about=desk.about), *tables, desk.teaches, switched]))


def _finding(code: str, expected: str) -> dict[str, Any]:
    severity, register, row, cell, field = expected.split()
    place = {"register": register, "file": _file(register), "sheet": SHEET}
    at = {"row": None if row == "-" else int(row), "cell": _or_none(cell), "field": _or_none(field)}
    return {"code": code, "severity": severity, **place, **at}


def _or_none(text: str) -> str | None:
    return None if text == "-" else text


if __name__ == "__main__":
    main()
