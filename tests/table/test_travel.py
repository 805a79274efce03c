"""A sheet between two processes: what comes out is what went in."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any

import pytest

from tests.build import FREIGHT, RECEIVING, grid, read, sheet
from tests.clean_parcels import INVOICE, LOST
from xlflow.grid import UNCACHED, CellError, Sheet
from xlflow.table.columns import Row
from xlflow.table.sheets import TableSheet

TOTALS = [list(RECEIVING), list(RECEIVING.values()), ["合计", *[None] * 4, 7]]
SHEETS: dict[str, Sheet] = {
    "receiving": grid(TOTALS, hidden=True, hidden_rows=frozenset({2})),
    "freight": sheet(
        [
            FREIGHT | {"收款人姓名": None, "运费金额": CellError("#N/A"), "柜号": "A-3"},
            FREIGHT | {"订单号": "看不清", "登记日期": "昨天", "退回单号": UNCACHED},
            FREIGHT | {"原因": None, "运费金额": "￥12.50元"},
        ],
        merges=[(2, 4, 3, 4)],
    ),
    "invoice": sheet([INVOICE | {"地址电话": None, "地址": "样板市", "电话": "0571"}]),
    "lost": sheet([{key: value for key, value in LOST.items() if key != "快递公司"}], "圆通"),
    "exchange": grid([["登记日期", "订单号", "产品", "数量"]]),
}


def told(made: TableSheet) -> dict[str, Any]:
    """All that a sheet holds, its rows by number."""
    return {
        **{name: getattr(made, name) for name in TableSheet.__slots__ if name not in ("rows", "defects", "blanks")},
        "rows": [(type(row), row.number, row.unread, cells(row)) for row in made.rows],
        "defects": [(d.row.number, d.field, d.raw, d.why) for d in made.defects],
        "blanks": {name: [row.number for row in rows] for name, rows in made.blanks.items()},
    }


def cells(row: Row) -> list[object]:
    return [getattr(row, name) for name in row.columns]


@pytest.mark.parametrize("register", SHEETS)
def test_nothing_is_lost_on_the_way(register: str) -> None:
    (before,) = read(register, SHEETS[register], today=date(2026, 3, 31))
    after = pickle.loads(pickle.dumps(before))
    assert told(after) == told(before)
    assert all(row.sheet is after for row in after.rows)
    own = set(map(id, after.rows))
    assert {id(d.row) for d in after.defects} <= own
    assert {id(row) for rows in after.blanks.values() for row in rows} <= own
