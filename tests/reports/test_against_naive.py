"""Every number of every table against one that is counted from the rows as they were written."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.build import day
from tests.reports import desks
from tests.reports.desks import Row, inside, money, named, pieces, register, sheet_rows, tally
from xlflow.day import Day
from xlflow.model import Table
from xlflow.period import Span, containing
from xlflow.report import reports

FEW = settings(max_examples=15, deadline=None)
WEEKS = st.integers(0, 11).map(lambda n: desks.FIRST + timedelta(weeks=n))


def made(desk: Day, name: str, first: date) -> dict[str, Table]:
    report = reports()[name]
    tables = report.build(desk, containing(report.span, first))
    for table in tables:
        assert all(len(row) == len(table.columns) for row in table.rows)
    return {table.name: table for table in tables}


def plain(text: Any) -> Any:
    return text.replace(" ", "").lower() if isinstance(text, str) else text


def unread(rows: list[Row], column: str, register: str) -> list[tuple[str, Any]]:
    return [(register, row[column]) for row in rows if not isinstance(row[column], date)]


def largest_first(table: Table, column: int) -> None:
    numbers = [row[column] for row in table.rows]
    assert numbers == sorted(numbers, reverse=True)  # type: ignore[type-var]


@FEW
@given(register(desks.QUALITY, 30), WEEKS)
def test_weekly_quality(rows: list[Row], monday: date) -> None:
    tables = made(day(quality=sheet_rows(rows)), "weekly-quality", monday)
    week = inside(rows, "登记日期", monday, monday + timedelta(days=6))

    assert sorted(row[2] for row in tables["rows"].rows) == sorted(row["订单号"] for row in week)  # type: ignore[type-var]
    assert [row[1] for row in tables["rows"].rows] == sorted(row["登记日期"] for row in week)

    found = {(plain(p), plain(r)): (n, q) for p, r, n, q in tables["by_product_reason"].rows}
    keys = tally((named(row), plain(row["质量问题"])) for row in week)
    quantity = {key: sum(pieces(r) for r in week if (named(r), plain(r["质量问题"])) == key) for key in keys}
    assert found == {key: (count, quantity[key]) for key, count in keys.items()}
    largest_first(tables["by_product_reason"], 2)

    mondays = [monday - timedelta(weeks=n) for n in range(7, -1, -1)]
    counts = [len(inside(rows, "登记日期", one, one + timedelta(days=6))) for one in mondays]
    assert [row[1] for row in tables["trend"].rows] == counts
    assert [row[0] for row in tables["trend"].rows] == [str(containing(Span.WEEK, one)) for one in mondays]

    spikes = {}
    earlier = inside(rows, "登记日期", monday - timedelta(weeks=7), monday - timedelta(days=1))
    for name, count in tally(map(named, week)).items():
        before = sum(named(row) == name for row in earlier)
        if count >= 3 and count * 7 >= 2 * before:
            spikes[name] = (count, before / 7)
    assert {plain(name): (count, usual) for name, count, usual in tables["spikes"].rows} == spikes
    assert [(row[0], row[3]) for row in tables["left_out"].rows] == unread(rows, "登记日期", "quality")


@FEW
@given(register(desks.REVIEWS, 30), WEEKS)
def test_weekly_badreview(rows: list[Row], monday: date) -> None:
    tables = made(day(badreview=sheet_rows(rows)), "weekly-badreview", monday)
    week = inside(rows, "评价日期", monday, monday + timedelta(days=6))
    codes = {"差评": "bad", "中评": "neutral", None: None}
    found = {(reason, rating): count for reason, rating, count in tables["by_reason"].rows}
    assert found == tally((row["差评原因"], codes[row["评价"]]) for row in week)
    largest_first(tables["by_reason"], 2)
    assert len(tables["rows"].rows) == len(week) == tables["trend"].rows[-1][1]
    assert [(row[0], row[3]) for row in tables["left_out"].rows] == unread(rows, "评价日期", "badreview")


@FEW
@given(
    st.fixed_dictionaries(
        {
            "receiving": register(desks.RECEIVING), "exchange": register(desks.EXCHANGE),
            "freight": register(desks.FREIGHT), "lost": register(desks.LOST), "quality": register(desks.QUALITY),
            "badreview": register(desks.REVIEWS),
        }
    ),
    st.sampled_from([date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]),
)  # fmt: skip
def test_monthly(desk: dict[str, list[Row]], first: date) -> None:
    tables = made(day(**{name: sheet_rows(rows) for name, rows in desk.items()}), "monthly", first)
    month = containing(Span.MONTH, first)

    def rows(name: str, start: date = month.first, end: date = month.last) -> list[Row]:
        column = {"receiving": "收货日期", "badreview": "评价日期"}.get(name, "登记日期")
        return inside(desk[name], column, start, end)

    def returns(*span: date) -> list[Row]:
        return [row for row in rows("receiving", *span) if row["类型"] == "退货"]

    before = (month.previous.first, month.previous.last)
    measures: dict[str, Any] = {
        "returns": (returns(), returns(*before), None), "exchanges": (rows("exchange"), rows("exchange", *before), None),
        "freight": (rows("freight"), rows("freight", *before), "运费金额"), "reissues": ([], [], None),
        "compensation": ([], [], None), "lost": (rows("lost"), rows("lost", *before), "索赔金额"),
        "bad_reviews": (rows("badreview"), rows("badreview", *before), None),
    }  # fmt: skip
    expected = []
    for name, (now, then, column) in measures.items():
        sums = [sum((money(r, column) for r in some), Decimal(0)) if column else Decimal(0) for some in (now, then)]
        quantity = sum(pieces(row) if "数量" in row else 1 for row in now)
        expected.append((name, len(now), quantity, sums[0], len(then), sums[1]))
    assert list(tables["totals"].rows) == expected

    by_week = tables["by_week"].rows
    for at, (name, (now, _, _)) in enumerate(measures.items(), start=1):
        dates = [row.get("收货日期") or row.get("评价日期") or row.get("登记日期") for row in now]
        weeks = tally(str(containing(Span.WEEK, one)) for one in dates)
        assert {str(row[0]): row[at] for row in by_week if row[at]} == weeks, name
    assert tables["by_week"].columns[1:] == tuple(measures)

    groups = {(group, reason): count for group, reason, count in tables["by_reason"].rows}
    assert groups == tally((row["两因"][1], row["两因"][0]) for row in rows("receiving"))

    couriers = {name: (back, lost, claimed) for name, back, lost, claimed in tables["by_courier"].rows}
    for name in {row["快递公司"] for row in (*rows("receiving"), *rows("lost"))}:
        back, lost = ([r for r in rows(table) if r["快递公司"] == name] for table in ("receiving", "lost"))
        claimed = sum((money(row, "索赔金额") for row in lost), Decimal(0))
        assert couriers.pop(name) == (len(back), len(lost), claimed)
    assert couriers == {}

    products = {plain(row[0]): row[1:] for row in tables["by_product"].rows}
    for name in set(map(named, (*returns(), *rows("exchange"), *rows("quality")))):
        counts = (sum(named(row) == name for row in some) for some in (returns(), rows("exchange"), rows("quality")))
        assert products.pop(name) == tuple(counts)
    assert products == {}

    people = [row["责任人"] for table in ("exchange", "quality", "badreview") for row in rows(table)]
    assert dict(tables["by_responsible"].rows) == tally(name.strip() for name in people if name)

    undated = [pair for table in ("receiving", "exchange", "freight", "lost", "badreview", "quality")
               for pair in _left_out(desk[table], table, month.first, month.last)]  # fmt: skip
    assert [(row[0], row[3]) for row in tables["left_out"].rows] == undated


def _left_out(rows: list[Row], table: str, first: date, last: date) -> list[tuple[str, Any]]:
    """Undated rows, and those of the month whose amount must be there and is not, or is none."""
    column = {"receiving": "收货日期", "badreview": "评价日期"}.get(table, "登记日期")
    amount = {"freight": "运费金额", "lost": "索赔金额"}.get(table)
    found = []
    for row in rows:
        if not isinstance(row[column], date):
            found.append((table, row[column]))
        elif amount and first <= row[column] <= last:
            is_lacking = row[amount] is None and table == "freight"
            if is_lacking or isinstance(row[amount], str):
                found.append((table, row[amount]))
    return found


@FEW
@given(register(desks.RECEIVING, 20), register(desks.LOST), st.sampled_from([date(2026, 1, 1), date(2026, 2, 1)]))
def test_the_tables_of_a_month_agree(receiving: list[Row], lost: list[Row], first: date) -> None:
    tables = made(day(receiving=sheet_rows(receiving), lost=sheet_rows(lost)), "monthly", first)

    def sums(name: str, column: int) -> Any:
        return sum(row[column] for row in tables[name].rows)  # type: ignore[misc]

    totals = {row[0]: row for row in tables["totals"].rows}
    assert [sums("by_week", at) for at in range(1, 8)] == [row[1] for row in totals.values()]
    assert sums("by_courier", 1) == sums("by_reason", 2)
    assert (sums("by_courier", 2), sums("by_courier", 3)) == (totals["lost"][1], totals["lost"][3])
    assert sums("by_product", 1) == totals["returns"][1]
