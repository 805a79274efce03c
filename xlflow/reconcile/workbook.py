"""What finance gets of a reconciliation: it adds up to the statements and rolls the month forward (contract §5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from xlflow.layout import Block, Cells, Column, Look, NewBook, NewSheet
from xlflow.model import Text
from xlflow.reconcile.results import Other, Outcome, Reconciliation, Result, together
from xlflow.reconcile.roll import Roll
from xlflow.statement import Statement

Say = Callable[[Text], str]

SUMMARY = Text("Summary")
#: What each outcome is called, and what finance does about it.
NAMES = {
    Outcome.ACCOUNT_DIFFERS: Text("Another account"),
    Outcome.PAID_TWICE: Text("Paid twice"),
    Outcome.RETURNED: Text("Came back"),
    Outcome.FAILED: Text("Refused by the bank"),
    Outcome.UNPAID: Text("Not paid"),
    Outcome.AMOUNT_DIFFERS: Text("Amount differs"),
    Outcome.UNKNOWN_PAYMENT: Text("Unknown payments"),
    Outcome.PROPOSED: Text("To be confirmed"),
    Outcome.UNPROVED: Text("Without a transaction"),
    Outcome.MATCHED: Text("Paid"),
}
ADVICE = {
    Outcome.ACCOUNT_DIFFERS: Text(
        "the entry's id, but another account was paid: find out who got the money before anything is paid again"
    ),
    Outcome.PAID_TWICE: Text("one payment too many: ask for the money back"),
    Outcome.RETURNED: Text("the money came back: correct account and name, then `xlflow payouts retry`"),
    Outcome.FAILED: Text("the bank did not pay: correct what it says, then `xlflow payouts retry`"),
    Outcome.UNPAID: Text("exported, and in no statement: look whether the batch was confirmed in Alipay"),
    Outcome.AMOUNT_DIFFERS: Text("paid with another amount than owed: the difference is to be settled"),
    Outcome.UNKNOWN_PAYMENT: Text("looks like a payment of the desk, and no entry fits: find out what it was for"),
    Outcome.PROPOSED: Text("may be the payment of this entry: nothing is marked until a person has looked"),
    Outcome.UNPROVED: Text("marked paid by a person long ago, and no statement has the payment"),
    Outcome.MATCHED: Text("paid as owed"),
}


def workbook(found: Reconciliation, month: Roll, say: Say) -> NewBook:
    """A summary, and a sheet for each outcome that there is."""
    sheets = [NewSheet(say(SUMMARY), tuple(_summary(found, month, say)))]
    for outcome in Outcome:
        results = [result for result in found.results if result.outcome is outcome]
        if results:
            sheets.append(NewSheet(say(NAMES[outcome]), (_outcome(outcome, results, say),), 1))
    return NewBook(tuple(sheets))


def _summary(found: Reconciliation, month: Roll, say: Say) -> Iterator[Block]:
    yield _statements(found.statements, say)
    for statement in found.statements:
        if not statement.answers and statement.refunds is None:
            yield _adding_up(found, statement, say)
    yield _counts(found, say)
    yield _month(month, say)


def _statements(statements: Sequence[Statement], say: Say) -> Block:
    columns = (
        Column(say(Text("File"))), Column(say(Text("Rows")), Look.COUNT), Column(say(Text("From")), Look.DATE),
        Column(say(Text("To")), Look.DATE), Column(say(Text("Balances and sums"))),
    )  # fmt: skip
    rows = [[s.file, s.rows, s.first, s.last, _balance(s, say)] for s in statements]
    return Block(title=say(Text("Statements")), columns=columns, rows=rows)


def _balance(statement: Statement, say: Say) -> str:
    return say(Text("agree")) if statement.balanced else say(Text("do not agree: nothing is called unpaid by it"))


def _adding_up(found: Reconciliation, statement: Statement, say: Say) -> Block:
    """What became of the statement's transactions; the last line is the statement's own."""
    columns = (
        Column(say(Text("What"))), Column(say(Text("Count")), Look.COUNT),
        Column(say(Text("Came in")), Look.MONEY), Column(say(Text("Went out")), Look.MONEY),
    )  # fmt: skip
    parts = dict(_parts(found, statement, say))
    own = Other()
    for movement in statement.movements:
        own.add(int(movement.amount * 100))
    rows = [_sum(name, part) for name, part in parts.items()]
    totals = [_sum(say(Text("Together")), together(parts.values())), _sum(say(Text("The statement")), own)]
    title = Text("Adding up {file}", {"file": statement.file})
    return Block(title=say(title), columns=columns, rows=rows, totals=totals)


def _parts(found: Reconciliation, statement: Statement, say: Say) -> Iterator[tuple[str, Other]]:
    for outcome in Outcome:
        part = Other()
        for result in found.results:
            if result.outcome is outcome and result.file == statement.file and result.row is not None:
                amount = result.statement_amount or 0
                part.add(amount if result.came_in else -amount)
        if part.count:
            yield say(NAMES[outcome]), part
    repeated = found.repeated.get(statement.file)
    if repeated is not None:
        yield say(Text("In another statement too")), repeated
    yield say(Text("Other")), found.others.get(statement.file, Other())


def _sum(name: str, part: Other) -> Cells:
    return [name, part.count, _yuan(part.came_in), _yuan(part.went_out)]


def _counts(found: Reconciliation, say: Say) -> Block:
    columns = (
        Column(say(Text("Outcome"))), Column(say(Text("Count")), Look.COUNT), Column(say(Text("Owed")), Look.MONEY),
        Column(say(Text("On the statement")), Look.MONEY), Column(say(Text("What to do")), Look.LONG),
    )  # fmt: skip
    rows: list[Cells] = []
    for outcome in Outcome:
        results = [result for result in found.results if result.outcome is outcome]
        if results:
            owed, shown = sum(r.amount or 0 for r in results), sum(r.statement_amount or 0 for r in results)
            rows.append([say(NAMES[outcome]), len(results), _yuan(owed), _yuan(shown), say(ADVICE[outcome])])
    return Block(title=say(Text("Outcomes")), columns=columns, rows=rows)


def _month(month: Roll, say: Say) -> Block:
    columns = (Column(say(Text("Obligations"))), Column(say(Text("Amount")), Look.MONEY))
    rows: list[Cells] = [
        [say(Text("Owed at the beginning")), _yuan(month.opening)],
        [say(Text("+ new")), _yuan(month.new)],
        [say(Text("+ came back")), _yuan(month.returned)],
        [say(Text("− paid")), _yuan(-month.paid)],
        [say(Text("− void")), _yuan(-month.void)],
    ]
    totals: list[Cells] = [[say(Text("Owed at the end")), _yuan(month.closing)]]
    title = Text("The month {month}", {"month": f"{month.month:%Y-%m}"})
    return Block(title=say(title), columns=columns, rows=rows, totals=totals)


def _outcome(outcome: Outcome, results: Sequence[Result], say: Say) -> Block:
    columns = (
        Column(say(Text("Entry"))), Column(say(Text("Order"))), Column(say(Text("Payee"))),
        Column(say(Text("Owed")), Look.MONEY), Column(say(Text("On the statement")), Look.MONEY),
        Column(say(Text("Difference")), Look.MONEY), Column(say(Text("Day")), Look.DATE),
        Column(say(Text("Account on the statement"))), Column(say(Text("Transaction"))),
        Column(say(Text("Statement"))), Column(say(Text("Line")), Look.COUNT), Column(say(Text("Batch"))),
        Column(say(Text("Register row"))), Column(say(Text("Remark")), Look.LONG),
    )  # fmt: skip
    return Block(
        title=say(NAMES[outcome]), intro=(say(ADVICE[outcome]),), columns=columns, rows=[_row(r) for r in results]
    )


def _row(result: Result) -> Cells:
    entry = result.entry
    amounts = [_yuan(result.amount), _yuan(result.statement_amount)]
    both = entry is not None and result.statement_amount is not None
    known = [entry.id, entry.order_no, entry.payee_masked] if entry is not None else [None, None, None]
    stands = [entry.batch, entry.source] if entry is not None else [None, None]
    return [
        *known, *amounts, _yuan(result.difference) if both else None, result.on, result.party, result.transaction,
        result.file, result.row, *stands, result.why,
    ]  # fmt: skip


def _yuan(fen: int | None) -> Decimal | None:
    return Decimal(fen).scaleb(-2) if fen is not None else None
