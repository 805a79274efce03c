"""Generated registers, and what a person would count in them: from the rows as written, without xlflow's own code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

Row = dict[str, Any]

FIRST = date(2026, 1, 5)
#: Dates in twelve weeks, and cells that are no date.
DATES = st.integers(0, 83).map(lambda n: FIRST + timedelta(days=n)) | st.sampled_from([None, "下周", "2026-13-40"])
PRODUCTS = st.sampled_from([("路由器", "A1"), ("路由器", None), ("ROUTER", "a1"), ("Router", "A 1"), (None, "B2")])
REASONS = st.sampled_from(["不亮", "断网", "外壳有划痕", None])
#: A reason as written, with the group and the spelling that stand for it.
KNOWN_REASONS = st.sampled_from(
    [("质量问题", "quality"), ("少件", "shop_fault"), ("非质量问题", "non_quality"), ("没见过的", None), (None, None)]
)
QUANTITIES = st.sampled_from([1, 2, 5, 0, None, "几个"])
MONEY = st.sampled_from([Decimal("12.50"), 8, Decimal("0.01"), "十块", None])
PEOPLE = st.sampled_from(["张三", "李四", " 张三 ", None])
COURIERS = st.sampled_from(["圆通", "中通", "没听过的快递", None])

QUALITY = st.fixed_dictionaries(
    {"登记日期": DATES, "两名": PRODUCTS, "质量问题": REASONS, "数量": QUANTITIES, "责任人": PEOPLE}
)
REVIEWS = st.fixed_dictionaries(
    {"评价日期": DATES, "差评原因": REASONS, "评价": st.sampled_from(["差评", "中评", None]), "责任人": PEOPLE}
)
RECEIVING = st.fixed_dictionaries(
    {
        "收货日期": DATES, "两名": PRODUCTS, "类型": st.sampled_from(["退货", "换货", "拒收", None]), "数量": QUANTITIES,
        "两因": KNOWN_REASONS, "快递公司": COURIERS,
    }
)  # fmt: skip
EXCHANGE = st.fixed_dictionaries({"登记日期": DATES, "两名": PRODUCTS, "数量": QUANTITIES, "责任人": PEOPLE})
FREIGHT = st.fixed_dictionaries({"登记日期": DATES, "运费金额": MONEY})
LOST = st.fixed_dictionaries({"登记日期": DATES, "快递公司": COURIERS, "索赔金额": MONEY, "数量": QUANTITIES})


def register(rows: st.SearchStrategy[Row], most: int = 12) -> st.SearchStrategy[list[Row]]:
    """Some rows of one register, each with an order of its own."""
    return st.lists(rows, min_size=1, max_size=most).map(
        lambda found: [_cells(at, row) for at, row in enumerate(found)]
    )


def _cells(number: int, row: Row) -> Row:
    product, model = row.get("两名", ("路由器", "A1"))
    names = {"产品": product, "型号": model}
    reason = {"原因": row["两因"][0]} if "两因" in row else {}
    order = str(1234567890123456000 + number)
    return {**row, **names, **reason, "订单号": order, "快递单号": f"YT{number:013d}"}


def sheet_rows(rows: Iterable[Row]) -> list[Row]:
    """The rows as a sheet has them."""
    return [{name: value for name, value in row.items() if name not in ("两名", "两因")} for row in rows]


def inside(rows: list[Row], column: str, first: date, last: date) -> list[Row]:
    """The rows with a date from one day to another."""
    return [row for row in rows if isinstance(row[column], date) and first <= row[column] <= last]


def named(row: Row) -> str:
    """Product and model, as two people would agree that they are the same."""
    product, model = row["两名"]
    return " ".join(filter(None, (product, model))).replace(" ", "").lower()


def pieces(row: Row) -> int:
    """A quantity that cannot be read counts as 1."""
    return row["数量"] if isinstance(row["数量"], int) else 1


def money(row: Row, column: str) -> Decimal:
    """An amount that cannot be read counts as nothing."""
    return Decimal(row[column]) if isinstance(row[column], int | Decimal) else Decimal(0)


def tally(items: Iterable[Any]) -> dict[Any, int]:
    """How many there are of each."""
    return dict(Counter(items))
