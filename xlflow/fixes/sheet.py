"""A fix list as a workbook: what its tabs say and where people fill in (contract §4, "Fix lists")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import PurePosixPath

from xlflow.fields.choices import Choice
from xlflow.finding import Finding
from xlflow.fixes import offer
from xlflow.fixes.cells import TEACHES, strange_spelling, written
from xlflow.fixes.headings import DAYS, ID, NOTE, PROBLEM, RESULT, SOURCE, listed
from xlflow.fixes.offer import Offer, OfferRow
from xlflow.layout import Block, Cells, Column, Link, Look, Marked, NewBook, NewSheet, Value
from xlflow.model import Text

Say = Callable[[Text], str]

CHANGED, TRUE_AS_IT_STANDS = "已改", "情况属实"
MEND, ACT, SUMMARY = "待补录", "待处理", "汇总"

#: What the contract's types look like in a column; all others are text.
_LOOKS = {"money": Look.MONEY, "money+": Look.MONEY, "int": Look.COUNT, "date": Look.DATE}


def fix_list(made: Offer, today: date, say: Say) -> NewBook:
    """The workbook of one owner's fix list; 待处理 is left out when empty."""
    tabs = [(MEND, made.mend), (ACT, made.act)]
    sheets = [
        NewSheet(name, tuple(_block(block, today, say) for block in blocks), frozen_columns=2)
        for name, blocks in tabs
        if blocks
    ]
    return NewBook((*sheets, NewSheet(SUMMARY, (_summary(made, today, say),))))


def _block(block: offer.Block, today: date, say: Say) -> Block:
    table = block.table
    own = [
        Column(listed(heading), _LOOKS.get(table.columns[name].type.name, Look.TEXT))
        for name, heading in block.fields.items()
    ]
    return Block(
        title=table.table_title,
        columns=(
            Column(ID), Column(SOURCE), *own, Column(PROBLEM, Look.LONG), Column(DAYS, Look.COUNT),
            Column(RESULT, choices=(CHANGED, TRUE_AS_IT_STANDS)), Column(NOTE, Look.LONG),
        ),
        rows=[_row(row, block, today, say) for row in block.rows],
    )  # fmt: skip


def _row(row: OfferRow, block: offer.Block, today: date, say: Say) -> Cells:
    return [
        row.id,
        Marked(row.place, link=_link(row)),
        *(_cell(row, name, say) for name in block.fields),
        "\n".join(_problem(finding, say) for finding in row.findings),
        row.days(today),
        None,
        None,
    ]


def _cell(row: OfferRow, name: str, say: Say) -> Value | Marked:
    value = written(row.row, name) if row.row is not None else None
    asked = row.asked.get(name)
    if asked is None:
        return value
    comment = "\n".join(say(line) for line in _asking(asked, row, name))
    return Marked(value, fill=True, comment=comment, choices=_choices(row, name))


def _asking(asked: Finding, row: OfferRow, name: str) -> Iterator[Text]:
    yield asked.message
    yield asked.fix
    if lessons(row, name):
        yield Text("to teach this spelling for good, choose a line with {sign}", {"sign": TEACHES})


def _choices(row: OfferRow, name: str) -> tuple[str, ...]:
    """What may be chosen in a cell to fill in: the words, and for an unknown spelling what it can be taught to mean."""
    assert row.row is not None  # noqa: S101  # only rows are asked to fill in
    kind = type(row.row).columns[name].type
    if not isinstance(kind, Choice):
        return ()
    if kind.name == "reason":
        words = tuple(word for known in kind.spellings.values() for word in known)
    else:
        words = tuple(kind.shown(value) for value in kind.spellings)
    return (*words, *lessons(row, name))


def lessons(row: OfferRow, name: str) -> tuple[str, ...]:
    """``退=退货``: what an unknown spelling can be taught to mean, as it is chosen in its cell."""
    asked = row.asked.get(name)
    if asked is None or asked.code != "unknown-value" or row.row is None:
        return ()
    kind = type(row.row).columns[name].type
    spelling = strange_spelling(kind, row.row.unread[name]) if isinstance(kind, Choice) else None
    if spelling is None or not isinstance(kind, Choice):
        return ()
    return tuple(f"{spelling}{TEACHES}{kind.shown(value)}" for value in kind.spellings)


def _problem(finding: Finding, say: Say) -> str:
    message = say(finding.message)
    where = f"{finding.heading}：" if finding.heading and finding.heading not in message else ""
    return f"{where}{message}；{say(finding.fix)} [{finding.code}]"


def _link(row: OfferRow) -> Link | None:
    """To the row in its register, as seen from ``out/DATE/``; a register outside the desk gets no link."""
    if PurePosixPath(row.sheet.file).is_absolute():
        return None
    return Link(row.sheet.name, f"A{row.number}", f"../../{row.sheet.file}")


def _summary(made: Offer, today: date, say: Say) -> Block:
    counts = Counter(finding.code for row in made.rows for finding in row.findings)
    lines: list[Cells] = [[code, count] for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    return Block(
        title=say(Text("Fix list {export} of {date}: {count} rows", _heading(made, today))),
        intro=tuple(say(line) for line in _how_to(bool(made.mend), bool(made.act), any(map(_teaches, made.rows)))),
        columns=(Column(PROBLEM), Column("处数", Look.COUNT)),
        rows=lines,
        totals=[["合计", sum(counts.values())]],
    )


def _teaches(row: OfferRow) -> bool:
    return any(lessons(row, name) for name in row.asked)


def _heading(made: Offer, today: date) -> dict[str, object]:
    return {"export": made.export, "date": today.isoformat(), "count": len(made.rows)}


def _how_to(mend: bool, act: bool, teach: bool) -> Iterator[Text]:
    if mend:
        yield Text("On 待补录, fill in or correct the orange cells. You may sort, filter and delete rows.")
    if act:
        yield Text("On 待处理, do what 问题 says, then choose 已改 in 处理结果.")
    if teach:
        yield Text(
            "Where a spelling is unknown, a line with {sign} in the drop-down teaches it for good.", {"sign": TEACHES}
        )
    yield Text("If a row is right as it stands, choose 情况属实 in 处理结果 and say why in 说明.")
    yield Text("Leave the column 编号 as it is: by it your answers find their row. Then send the file back.")
