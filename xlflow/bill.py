"""A sheet that holds a bank's bill → what moved, proven by the bill's own sums; or why the file cannot be used.

A bill is used whole or not at all: a row that cannot be read may be the one that pays somebody twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile

from xlflow.exports._bill import Bill, Remarks, remarks_of
from xlflow.exports.alipay_summary import AlipaySummary
from xlflow.exports.taobao_refunds import TaobaoRefund
from xlflow.fields.text import heading_key
from xlflow.grid import Line, Sheet
from xlflow.model import Text, XlflowError
from xlflow.statement import Movement, Statement
from xlflow.table.columns import Row
from xlflow.table.headings import Heading
from xlflow.table.lines import GRAND_TOTALS, SUBTOTALS
from xlflow.table.read import Reader
from xlflow.table.sheets import TableSheet

#: How lines begin that are not rows: remarks of the bank, rules around the table, sums of the rows.
_REMARK, _RULE = ("#", "--"), "--"
_SUMS = SUBTOTALS | GRAND_TOTALS


class UnusableBill(XlflowError):
    """A bill that is damaged, cut off, or was changed by Excel."""


def read_export(
    sheet: Sheet, file: str, heading: Heading, today: date, *, delimited: bool
) -> tuple[TableSheet, Remarks]:
    """The rows of an export; of a bill also what stands around them.

    Raises UnusableBill where a bill's row has too many or too few cells, or lacks what every row has.
    """
    reader = Reader(heading.table, {}, (), today, date.min)
    if not issubclass(heading.table, Bill):
        read = reader.read(sheet, 0, file, heading)
        _refuse_damaged(read, "damaged-number")
        return read, Remarks()
    rows, around = _parted(sheet, heading)
    _check_widths(rows, heading)
    if delimited:
        _check_ends(rows, heading, sheet.lines[-1].number)
    head = [line for line in sheet.lines if line.number == heading.row]
    read = reader.read(replace(sheet, lines=[*head, *rows]), 0, file, heading)
    _refuse_damaged(read)
    _check_whole(read, rows)
    return read, remarks_of("\n".join(around))


def statement(read: TableSheet, table: type[Row], remarks: Remarks, sha256: str) -> Statement | None:
    """What an export says as a statement; None of a kind that moved nothing. Raises UnusableBill."""
    if table is TaobaoRefund:
        return _refunds(read, sha256)
    return _bill(read, table, remarks, sha256) if issubclass(table, Bill) and table is not AlipaySummary else None


def _bill(read: TableSheet, table: type[Bill], remarks: Remarks, sha256: str) -> Statement:
    """What a bill says moved, and whether its balances and sums agree."""
    movements = tuple(_movements(read))
    days = [movement.on for movement in movements if movement.on is not None]
    last = remarks.last or max(days, default=None)
    return Statement(
        read.file, read.register, sha256, len(read.rows), movements,
        account=remarks.account,
        first=remarks.first or min(days, default=None),
        last=min(last, remarks.exported) if last and remarks.exported else last,
        declared=remarks.first is not None,
        balanced=remarks.ends and table.chain(read.rows) and table.totals(read.rows, remarks),
        answers=table.answers,
    )  # fmt: skip


def _refunds(read: TableSheet, sha256: str) -> Statement:
    """A platform's refunds: those that paid return freight."""
    rows = [row for row in read.rows if isinstance(row, TaobaoRefund)]
    days = [row.as_of() for row in rows if row.as_of() > date.min]
    found = tuple(refund for row in rows if (refund := row.refund()) is not None)
    first, last = min(days, default=None), max(days, default=None)
    return Statement(read.file, read.register, sha256, len(rows), refunds=found, first=first, last=last)


def against_summary(found: Iterable[Statement], summaries: Iterable[TableSheet]) -> list[Statement]:
    """The statements of one download, out of balance where its 汇总 says something else than they do together."""
    found = list(found)
    sums = [row for read in summaries for row in read.rows if isinstance(row, AlipaySummary)]
    bills = [made for made in found if made.format == "alipay_ledger"]
    movements = {m.transaction: m for made in bills for m in made.movements}.values()
    if not sums or not bills or AlipaySummary.agrees(sums, movements):
        return found
    return [replace(made, balanced=False) if made in bills else made for made in found]


def _movements(read: TableSheet) -> Iterable[Movement]:
    """The movements of a bill, each once; one number for two different ones is a damaged bill."""
    seen: dict[tuple[str, bool], Movement] = {}
    for row in read.rows:
        movement = row.movement() if isinstance(row, Bill) else None
        if not isinstance(row, Bill) or movement is None:
            continue
        if movement.transaction is None or row.answers:
            yield movement
            continue
        known = seen.setdefault((movement.transaction, movement.amount > 0), movement)
        if known is movement:
            yield movement
        elif replace(known, row=movement.row) != movement:
            raise _unusable(movement.row, _same_number(movement.transaction, known.row))


def _parted(sheet: Sheet, heading: Heading) -> tuple[list[Line], list[str]]:
    """The lines below the headings that are rows, and the texts of all others."""
    body = [line for line in sheet.lines if line.number > heading.row]
    rows = list(takewhile(lambda line: not _first(line).startswith(_RULE), body))
    kept = [line for line in rows if not _first(line).startswith(_REMARK) and heading_key(_first(line)) not in _SUMS]
    numbers = {heading.row, *(line.number for line in kept)}
    around = [line for line in sheet.lines if line.number not in numbers]
    return kept, [",".join(value for value in line.values if isinstance(value, str)) for line in around]


def _first(line: Line) -> str:
    value = next((value for value in line.values if value is not None), "")
    return value.strip() if isinstance(value, str) else ""


def _check_widths(rows: Sequence[Line], heading: Heading) -> None:
    """A comma too many shifts the cells after it."""
    width = _width(heading)
    for line in rows:
        if any(value is not None for value in line.values[width:]):
            raise _unusable(line.number, Text("it has more cells than the headings have"))


def _check_ends(rows: Sequence[Line], heading: Heading, end: int) -> None:
    """A row of a text that ends early broke off; only Excel leaves out blank cells, and never in the last line."""
    needed = 1 + max(heading.claims[name].column for name in heading.table.required_fields())
    for line in rows:
        if len(line.values) < (_width(heading) if line.number == end else needed):
            raise _unusable(line.number, Text("it breaks off; the download is not complete"))


def _width(heading: Heading) -> int:
    return 1 + max(claim.column for claim in (*heading.claims.values(), *heading.unclaimed))


def _refuse_damaged(read: TableSheet, code: str | None = None) -> None:
    """What Excel has rounded proves nothing; of a bill, every cell must be read."""
    for defect in read.defects:
        if code in (None, defect.why.code):
            raise _unusable(defect.row.number, defect.why.message)


def _check_whole(read: TableSheet, rows: Sequence[Line]) -> None:
    known = {row.number for row in read.rows}
    left = next((line.number for line in rows if line.number not in known), None)
    if left is not None:
        raise _unusable(left, Text("it is neither a row nor a remark of the bank"))
    for row in read.rows:
        if isinstance(row, Bill) and (blank := row.lacks()) is not None:
            claim = read.claims[blank]
            raise _unusable(row.number, Text("{heading} is blank", {"heading": claim.heading.strip()}))


def _same_number(transaction: str, earlier: int) -> Text:
    facts = {"number": transaction, "row": earlier}
    return Text("its number {number} is that of line {row}, which says something else", facts)


def _unusable(row: int, problem: Text) -> UnusableBill:
    return UnusableBill(
        "damaged-file",
        Text("line {row}: {problem}", {"row": row, "problem": problem}),
        Text("export it again and put it into inbox without opening it in Excel"),
    )
