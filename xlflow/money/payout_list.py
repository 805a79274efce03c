"""打款清单: what is to be paid, and what is held and why (contract §5, "Payout list")."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from xlflow.finding import Finding
from xlflow.layout import Block, Cells, Column, Look, NewBook, NewSheet
from xlflow.model import Text
from xlflow.money.entries import DUPLICATE, NOT_RUN, Entry, State, total

Say = Callable[[Text], str]

#: The headings by which the list's columns are found again; the same in every language.
COLUMNS = (
    Column("编号"), Column("登记日期", Look.DATE), Column("订单编号"), Column("收款人支付宝账号"), Column("收款人姓名"),
    Column("金额", Look.MONEY), Column("事由"), Column("来源"), Column("状态"), Column("批次号"),
    Column("打款日期", Look.DATE), Column("支付宝流水号"), Column("备注", Look.LONG),
)  # fmt: skip
LIST, HELD = "打款清单", "暂缓"
STATES = {State.OPEN: "待批准", State.HELD: "暂缓", State.PAID: "已打款"}


def payout_list(entries: Sequence[Entry], today: date, say: Say) -> NewBook:
    """The day's payable entries with number and total, and on a second tab those that are held, with the reasons."""
    payable = [entry for entry in entries if entry.state is State.OPEN]
    held = [entry for entry in entries if entry.state is State.HELD]
    facts = {"date": today.isoformat(), "count": len(payable), "total": f"{total(entries):,.2f}"}
    return NewBook(
        (
            NewSheet(
                LIST,
                (_table(say(Text("Payouts {date}: {count} entries, {total} yuan", facts)), payable, say),),
                1,
            ),
            NewSheet(HELD, (_table(say(_held_title(held, today)), held, say),), 1),
        )
    )


def _held_title(held: Sequence[Entry], today: date) -> Text:
    facts = {"date": today.isoformat(), "count": len(held), "total": f"{total(held, State.HELD):,.2f}"}
    return Text("Held back {date}: {count} entries, {total} yuan; nothing here is paid", facts)


def _table(title: str, entries: Sequence[Entry], say: Say) -> Block:
    return Block(title=title, columns=COLUMNS, rows=[_row(entry, say) for entry in entries])


def _row(entry: Entry, say: Say) -> Cells:
    owed = entry.owed
    reason = owed.row.reason.text if owed.row.reason is not None else ""
    return [
        entry.id, owed.on, owed.order_no, owed.payee_account, owed.payee_name, owed.amount,
        f"退运费 {reason}".strip(), entry.source, STATES[entry.state], None, None, None,
        "\n".join(_remarks(entry, say)),
    ]  # fmt: skip


def _remarks(entry: Entry, say: Say) -> Iterable[str]:
    if entry.owed.payee_name is None:
        yield say(Text("the payee's name is blank: Alipay needs it"))
    for finding in entry.findings:
        yield _because(finding, say)
    for defect in entry.defects:
        place = defect.row.sheet.place(defect.field, defect.row.number)
        yield say(
            Text(
                "the reason of its parcel cannot be read: {problem} ({place})",
                {"problem": defect.why.message, "place": place},
            )
        )
    if DUPLICATE in entry.reasons and not any(finding.code == DUPLICATE for finding in entry.findings):
        yield say(Text("another row of this order is marked paid"))
    if NOT_RUN in entry.reasons:
        yield say(Text("a check that judges it could not run, because a register is missing or cannot be used"))


def _because(finding: Finding, say: Say) -> str:
    return f"{say(finding.message)}；{say(finding.fix)} [{finding.code}]（{finding.place}）"
