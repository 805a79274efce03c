"""Adding a register, an export or a check is one new file: no list is edited (design); see ``test_one_new_line`` too."""

from __future__ import annotations

import importlib
import sys
import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.build import FREIGHT, RECEIVING, T3, day, findings, sheet, spots
from xlflow import discover, judge
from xlflow.discover import exports, registers
from xlflow.fixes.offer import offers
from xlflow.judge import checks
from xlflow.steps.known import known
from xlflow.trace import trace

REGISTER = '''
"""借出登记表: what was lent out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from xlflow.fields import dates, ids, money, text
from xlflow.registers import _headings as shared
from xlflow.table.columns import Row, column, register


@register(owner="warehouse", title="借出登记表")
class Lending(Row):
    """A router lent to a customer."""

    lent_on: date | None = column("借出日期", type=dates.date_type(), required=True)
    order_no: str | None = column(*shared.ORDER_NO, type=ids.ORDER_NO, required=True)
    tracking_no: str | None = column("快递单号", type=ids.TRACKING)
    product: str | None = column(*shared.PRODUCT, type=text.TEXT, required=True)
    deposit: Decimal | None = column("押金", type=money.MONEY)
    back_on: date | None = column("归还日期", type=dates.date_type(), ahead=True)
'''

CHECK = '''
"""What was lent came back too late: the deposit is the shop's."""

from __future__ import annotations

from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.registers.lending import Lending

LEVEL, NEEDS, OWNER = Level.WARNING, (Lending,), "finance"
MENDS = True


def check(day):
    for row in day.rows(Lending):
        if row.back_on is not None and (row.back_on - row.lent_on).days > 30:
            yield Hit(row, "back_on", Text("lent too long"), Text("correct the day, or keep the deposit"))
'''

LENT = {
    "借出日期": date(2026, 3, 2),
    "订单号": "1234567890123456789",
    "产品": "路由器",
    "快递单号": T3,
    "押金": "100元",
}


@pytest.fixture(autouse=True)
def lending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The two files, put beside those that come with xlflow."""
    for package, name, source in (("registers", "lending", REGISTER), ("checks", "lent_too_long", CHECK)):
        folder = tmp_path / package
        folder.mkdir()
        (folder / f"{name}.py").write_text(textwrap.dedent(source), encoding="utf-8")
        home = importlib.import_module(f"xlflow.{package}")
        monkeypatch.setattr(home, "__path__", [*home.__path__, str(folder)])
    for cached in (discover.registers, discover.exports, judge.checks):
        cached.cache_clear()
    yield
    for module in ("xlflow.registers.lending", "xlflow.checks.lent_too_long"):
        sys.modules.pop(module, None)
    for cached in (discover.registers, discover.exports, judge.checks):
        cached.cache_clear()


def test_the_register_is_listed_with_its_fields() -> None:
    assert list(registers()) == sorted(registers())
    table = registers()["lending"]
    assert (table.register, table.owner, table.table_title, table.date_field) == (
        "lending",
        "warehouse",
        "借出登记表",
        "lent_on",
    )
    assert table.required_fields() == ("lent_on", "order_no", "product")
    assert list(known().registers["lending"]) == list(table.columns)


def test_the_check_is_listed_under_its_file_s_name() -> None:
    assert list(checks()) == sorted(checks())
    assert "lent-too-long" in known().checks
    assert checks()["lent-too-long"].doc == "What was lent came back too late: the deposit is the shop's."


def test_its_rows_are_read_and_its_cells_judged() -> None:
    rows = [LENT, LENT | {"借出日期": "昨天", "产品": None, "押金": -1}, {"借出日期": "合计", "押金": 90}]
    made = day(lending=sheet(rows))
    assert [(f.cell, f.code, f.owner) for f in findings(made)] == [
        ("A3", "unreadable", "warehouse"),
        ("C3", "missing", "warehouse"),
        ("E3", "unreadable", "warehouse"),
        ("E4", "control-total", "warehouse"),
    ]


def test_its_check_speaks_and_its_owner_is_asked() -> None:
    made = day(lending=[LENT | {"归还日期": date(2026, 4, 2)}])
    assert spots(made, "lent-too-long") == ["lending F2 W back_on"]
    assert [(offer.owner, [row.place for row in offer.rows]) for offer in offers(made, findings(made))] == [
        ("finance", ["lending.xlsx 3月!2"])
    ]


def test_without_the_register_its_check_could_not_run() -> None:
    made = judge.judge(day(freight=[FREIGHT], receiving=[RECEIVING]))
    assert [n.needs for n in made.not_run if n.code == "lent-too-long"] == [("lending",)]


def test_it_is_looked_into_like_any_other() -> None:
    made = day(lending=[LENT], receiving=[RECEIVING | {"退回单号": T3, "类型": "无理件", "订单号": None}])
    assert [f.related for f in findings(made, "unmatched-parcel")] == [("lending.xlsx 3月!B2",)]
    assert [event.register for event in trace(made, T3)] == ["lending", "receiving"]


def test_what_begins_with_an_underscore_is_no_register() -> None:
    assert not [name for name in (*registers(), *exports(), *checks()) if name.startswith("_")]
