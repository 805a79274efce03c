"""What finance gets: it adds up to the statement."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.reconcile.desk import OTHER, back, bill, entry, key, money, out, reconciled
from xlflow.layout import Block, NewBook
from xlflow.locale import render
from xlflow.model import Text
from xlflow.money.entry import State
from xlflow.reconcile.roll import Roll
from xlflow.reconcile.workbook import workbook

MONTH = Roll(date(2026, 3, 1), 10000, 8400, 1200, 6000, 700, 12900)


def say(text: Text) -> str:
    return render(text, "en")


def made() -> NewBook:
    entries = (
        entry("a"), entry("b", amount="8.00"), entry("c", amount="7.00"), entry("d", State.PAID, "6.00"), entry("e", account=OTHER),
    )  # fmt: skip
    march = bill(
        out(5, words=key("a"), transaction="2026030622001400000000000005"), out(6, "9.00", key("b")), out(7, "55.50", "退运费", account="zz@example.com"),
        back(8, "6.00", "转账失败退回"), out(9, words=key("e"), account="13700003333"), out(10, "3000.00", "房租", account=None),
        back(11, "88.00", "货款", account=None),
        file="账务明细.csv",
    )  # fmt: skip
    april = bill(out(3, words=key("a"), transaction="2026030622001400000000000005"), file="又.csv", balanced=False)
    return workbook(reconciled(money(*entries), march, april), MONTH, say)


def text(block: Block) -> list[str]:
    rows = [*([block.title] if block.title else []), " | ".join(column.heading for column in block.columns)]
    for cells in (*block.rows, *block.totals):
        rows.append(" | ".join("" if value is None else str(value) for value in cells))
    return rows


def test_the_summary() -> None:
    summary = made().sheets[0]
    assert summary.name == "Summary"
    assert [line for block in summary.blocks for line in text(block)] == [
        "Statements",
        "File | Rows | From | To | Balances and sums",
        "账务明细.csv | 7 | 2026-03-01 | 2026-03-31 | agree",
        "又.csv | 1 | 2026-03-01 | 2026-03-31 | do not agree: nothing is called unpaid by it",
        "Adding up 账务明细.csv",
        "What | Count | Came in | Went out",
        "Another account | 1 | 0.00 | 12.00",
        "Came back | 1 | 6.00 | 0.00",
        "Amount differs | 1 | 0.00 | 9.00",
        "Unknown payments | 1 | 0.00 | 55.50",
        "Paid | 1 | 0.00 | 12.00",
        "Other | 2 | 88.00 | 3000.00",
        "Together | 7 | 94.00 | 3088.50",
        "The statement | 7 | 94.00 | 3088.50",
        "Adding up 又.csv",
        "What | Count | Came in | Went out",
        "In another statement too | 1 | 0.00 | 12.00",
        "Other | 0 | 0.00 | 0.00",
        "Together | 1 | 0.00 | 12.00",
        "The statement | 1 | 0.00 | 12.00",
        "Outcomes",
        "Outcome | Count | Owed | On the statement | What to do",
        "Another account | 1 | 12.00 | 12.00 | the entry's id, but another account was paid: find out who got the money before anything is paid again",
        "Came back | 1 | 6.00 | 6.00 | the money came back: correct account and name, then `xlflow payouts retry`",
        "Not paid | 1 | 7.00 | 0.00 | exported, and in no statement: look whether the batch was confirmed in Alipay",
        "Amount differs | 1 | 8.00 | 9.00 | paid with another amount than owed: the difference is to be settled",
        "Unknown payments | 1 | 0.00 | 55.50 | looks like a payment of the desk, and no entry fits: find out what it was for",
        "Paid | 1 | 12.00 | 12.00 | paid as owed",
        "The month 2026-03",
        "Obligations | Amount",
        "Owed at the beginning | 100.00",
        "+ new | 84.00",
        "+ came back | 12.00",
        "− paid | -60.00",
        "− void | -7.00",
        "Owed at the end | 129.00",
    ]


def test_each_outcome_has_its_sheet() -> None:
    sheets = made().sheets[1:]
    assert [sheet.name for sheet in sheets] == [
        "Another account",
        "Came back",
        "Not paid",
        "Amount differs",
        "Unknown payments",
        "Paid",
    ]
    (block,) = sheets[3].blocks
    assert text(block)[2:] == [
        f"{key('b')} | 1234567890123456789 | 138****1111 | 8.00 | 9.00 | 1.00 | 2026-03-06 | 138****1111 | T6 | 账务明细.csv | 6 | "
        "B20260305001 | 退运费表.xlsx 3月!7 | "
    ]
    (block,) = sheets[4].blocks
    assert text(block)[2:] == [" |  |  |  | 55.50 |  | 2026-03-06 | z***@example.com | T7 | 账务明细.csv | 7 |  |  | "]


def test_every_sum_is_the_statements() -> None:
    for block in made().sheets[0].blocks:
        if block.title.startswith("Adding"):
            assert list(block.totals[0])[1:] == list(block.totals[1])[1:]
            assert sum(Decimal(str(row[3])) for row in block.rows) == block.totals[0][3]


def test_it_can_be_written() -> None:
    from xlflow.excel.write import to_bytes

    assert to_bytes(made()).startswith(b"PK")
