"""The payout plan as a workbook: what would be paid, what cannot be, what is held and why (contract §5, §6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from xlflow.day import Day
from xlflow.exports.taobao_refunds import TaobaoRefund
from xlflow.finding import Finding
from xlflow.freight_terms import hidden_reasons
from xlflow.layout import Block, Cells, Column, Look, NewBook, NewSheet
from xlflow.model import Text
from xlflow.money.entry import Entry, State
from xlflow.money.fold import Money
from xlflow.money.listed import COLUMNS
from xlflow.money.match import matched
from xlflow.money.payout_list import list_row
from xlflow.money.plan import PlanView, in_order, yuan
from xlflow.money.reasons import ALREADY, CHANGED, DUPLICATE, GONE, NOT_RUN, Holding
from xlflow.registers.freight import Freight

Say = Callable[[Text], str]

PAY, BESIDE, HELD, MANAGER = "待付", "不能导出", "暂缓", "请店长看"
_MANAGERS = (Column("问题"), Column("位置"), Column("说明", Look.LONG), Column("处理", Look.LONG))

#: Why an entry is held where no finding says it.
_WHY = {
    CHANGED: Text("its row was changed after it was approved: look at it, then release it"),
    GONE: Text("its row is gone, or no longer says what is owed to whom"),
    NOT_RUN: Text("a check that judges it could not run, because a register is missing or cannot be used"),
    DUPLICATE: Text("another row of this obligation comes first, or is paid"),
    ALREADY: Text("another row of this obligation comes first, or is paid"),
}


@dataclass(frozen=True, slots=True)
class Looked:
    """What the plan's workbook is made of: the plan, what holds the rest, and what the manager is asked."""

    day: Day
    money: Money
    plan: PlanView
    holding: Holding
    findings: tuple[Finding, ...]


def plan_book(looked: Looked, say: Say) -> NewBook:
    """The workbook; a tab without rows is left out, but for the first."""
    held = [entry for entry in in_order(looked.money.entries.values()) if entry.state is State.HELD]
    beside = {entry.id: why for entry, why in looked.plan.beside}
    remarks = {entry.id: [say(why)] for entry, why in looked.plan.beside}
    remarks |= {entry.id: list(_because(looked, entry, say)) for entry in held}
    tabs = [
        _tab(looked, PAY, say(_title(looked)), looked.plan.entries, remarks),
        _tab(looked, BESIDE, say(_beside_title(len(beside))), [entry for entry, _ in looked.plan.beside], remarks),
        _tab(looked, HELD, say(_held_title(looked.day.date, held)), held, remarks),
        _managers(looked, say),
    ]
    return NewBook((tabs[0], *(tab for tab in tabs[1:] if tab.blocks[0].rows)))


def newest_export(day: Day) -> date | None:
    """The last day that any platform export knows of."""
    days = [row.as_of() for row in day.all(TaobaoRefund)]
    newest = max(days, default=date.min)
    return newest if newest != date.min else None


def _title(looked: Looked) -> Text:
    plan = looked.plan
    facts = {"date": looked.day.date.isoformat(), "count": len(plan.entries), "total": f"{yuan(plan.total):.2f}"}
    newest = newest_export(looked.day)
    known = {"fingerprint": plan.fingerprint, "newest": newest.isoformat() if newest is not None else "-"}
    return Text(
        "Plan {fingerprint} of {date}: {count} entries, {total} yuan; platform exports up to {newest}", facts | known
    )


def _beside_title(count: int) -> Text:
    return Text("Open, but not in the plan: {count} entries that cannot be exported", {"count": count})


def _held_title(today: date, held: Sequence[Entry]) -> Text:
    total = yuan(sum(entry.amount for entry in held))
    facts = {"date": today.isoformat(), "count": len(held), "total": f"{total:,.2f}"}
    return Text("Held back {date}: {count} entries, {total} yuan; nothing here is paid", facts)


def _tab(looked: Looked, name: str, title: str, entries: Sequence[Entry], remarks: dict[str, list[str]]) -> NewSheet:
    rows = [_row(looked.day, entry, remarks.get(entry.id, [])) for entry in entries]
    return NewSheet(name, (Block(title=title, columns=COLUMNS, rows=rows),), 1)


def _row(day: Day, entry: Entry, remarks: Sequence[str]) -> Cells:
    row = list_row(day, entry)
    return [*(row.get(column.heading) for column in COLUMNS[:-1]), "\n".join(remarks) or None]


def _because(looked: Looked, entry: Entry, say: Say) -> Iterator[str]:
    """Why an entry is held: its findings, then what no finding says."""
    row = matched(looked.day).rows.get(entry.id)
    findings = looked.holding.findings.get(row, ()) if row is not None else ()
    said = [finding for finding in findings if finding.code in entry.reasons]
    for finding in said:
        yield f"{say(finding.message)}；{say(finding.fix)} [{finding.code}]（{finding.place}）"
    for code in entry.reasons:
        if code in _WHY and code not in {finding.code for finding in said}:
            yield f"{say(_WHY[code])} [{code}]"
    for defect in hidden_reasons(looked.day, row) if isinstance(row, Freight) else ():
        place = defect.row.sheet.place(defect.field, defect.row.number)
        facts = {"problem": defect.why.message, "place": place}
        yield say(Text("the reason of its parcel cannot be read: {problem} ({place})", facts))


def _managers(looked: Looked, say: Say) -> NewSheet:
    """What only the manager can answer; it stands in no fix list."""
    rows: list[Cells] = [
        [finding.code, finding.place, say(finding.message), say(finding.fix)]
        for finding in looked.findings
        if finding.owner == "manager"
    ]
    title = say(Text("For the manager to decide: {count}", {"count": len(rows)}))
    return NewSheet(MANAGER, (Block(title=title, columns=_MANAGERS, rows=rows),), 1)
