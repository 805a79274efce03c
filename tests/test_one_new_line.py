"""One register, one check, one number of the rules, one carrier, one reason: one new file or one new entry each.

A copy of xlflow gets just these and nothing else, and a desk is read with it as users do.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import xlflow
from tests.desks import TODAY, make_desk
from tests.test_discover import LENT, REGISTER

CHECK = '''
"""What was lent is back within the days that the desk grants (S0 一.1)."""

from __future__ import annotations

from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.registers.lending import Lending

LEVEL, NEEDS = Level.WARNING, (Lending,)


def check(day):
    for row in day.rows(Lending):
        if row.back_on and row.lent_on and day.policies.exceeds_days(row.lent_on, row.back_on, "lending.days", row.lent_on):
            yield Hit(row, "back_on", Text("lent too long"), Text("correct the day, or keep the deposit"))
'''

POLICY = (
    '"lending.days" = [{ since = 2000-01-01, value = "30", unit = "days", source = "S0 一.1", note = "so long" }]\n'
)
CARRIER = '\n[[carrier]]\nname = "飞马"\naliases = ["飞马速递"]\nmodern = [\'FM\\d{10}\']\nwider = []\n'
REASON = ("non_quality = [", 'non_quality = ["家里已有", ')

#: 30 days, 31 days.
ROWS = [LENT | {"归还日期": date(2026, 4, 1)}, LENT | {"订单号": "2345678901234567891", "归还日期": date(2026, 4, 2)}]
#: A number of the carrier, one with its name before it, and one that is not its.
PARCELS = [
    {"收货日期": date(2026, 3, 5), "退回单号": number, "快递公司": "飞马速递", "订单号": f"123456789012345{n}789",
     "产品": "路由器", "数量": 1, "类型": "退货", "原因": "家里已有"}
    for n, number in enumerate(("FM1234567890", "飞马 FM1234567891", "YT1234567890123"))
]  # fmt: skip


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the grown copy of xlflow, and a desk."""
    home = tmp_path_factory.mktemp("grown")
    package = home / "xlflow"
    shutil.copytree(Path(xlflow.__file__).parent, package)
    (package / "registers" / "lending.py").write_text(textwrap.dedent(REGISTER), encoding="utf-8")
    (package / "checks" / "lent_too_long.py").write_text(textwrap.dedent(CHECK), encoding="utf-8")
    for name, change in (
        ("policies.toml", lambda text: POLICY + text),
        ("carriers.toml", lambda text: text + CARRIER),
        ("reasons.toml", lambda text: text.replace(*REASON, 1)),
    ):
        data = package / "data" / name
        data.write_text(change(data.read_text(encoding="utf-8")), encoding="utf-8")
    settings = '[registers.lending]\npath = "借出登记表.xlsx"\n[policies]\n"lost.claim_days.飞马" = 2\n'
    make_desk(home / "desk", settings=settings, files={"借出登记表.xlsx": ROWS}, receiving=PARCELS)
    return home


def told(grown: Path, *argv: str) -> Any:
    """What the grown copy says, as JSON."""
    command: Sequence[str] = (sys.executable, "-m", "xlflow", *argv, "--desk", str(grown / "desk"), "--json")
    environment = os.environ | {"PYTHONPATH": str(grown)}
    done = subprocess.run(command, cwd=grown, env=environment, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    return json.loads(done.stdout)


def test_a_desk_is_judged_by_them(grown: Path) -> None:
    found = told(grown, "check", "--date", TODAY, "--register", "receiving", "--register", "lending")
    assert [(f["code"], f["register"], f["cell"], f["owner"]) for f in found["findings"]] == [
        ("lent-too-long", "lending", "F3", "warehouse"),
        ("carrier-mismatch", "receiving", "B4", "warehouse"),
    ]


def test_the_check_is_explained(grown: Path) -> None:
    explained = told(grown, "explain", "lent-too-long", "--lang", "en")
    assert explained["text"] == "What was lent is back within the days that the desk grants (S0 一.1)."
