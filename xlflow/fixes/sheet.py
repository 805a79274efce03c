"""A fix list as a workbook: what its tabs say and where people fill in (contract §4, "Fix lists")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import PurePosixPath

from xlflow.fields.choices import Choice
from xlflow.fields.reasons import Reason
from xlflow.fields.text import plain
from xlflow.finding import Finding
from xlflow.fixes import offer
from xlflow.fixes.offer import Offer, OfferRow
from xlflow.layout import Block, Cells, Column, Link, Look, Marked, NewBook, NewSheet, Value
from xlflow.model import Text

Say = Callable[[Text], str]

#: The list's own headings. The import looks for them, so they are the same in every language.
ID, SOURCE, PROBLEM, DAYS, RESULT, NOTE = "编号", "来源", "问题", "待了几天", "处理结果", "说明"
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
        Column(heading, _LOOKS.get(table.columns[name].type.name, Look.TEXT)) for name, heading in block.fields.items()
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
    values = offer.cells(row)
    return [
        row.id,
        Marked(row.place, link=_link(row)),
        *(_cell(row, name, values.get(name), say) for name in block.fields),
        "\n".join(_problem(finding, say) for finding in row.findings),
        row.days(today),
        None,
        None,
    ]


def _cell(row: OfferRow, name: str, value: object, say: Say) -> Value | Marked:
    asked = row.asked.get(name)
    unread = row.row is not None and name in row.row.unread
    written = plain(value) if unread else _written(value)  # type: ignore[arg-type]  # an unread cell is a grid value
    if asked is None:
        return written
    comment = f"{say(asked.message)}\n{say(asked.fix)}"
    return Marked(written, fill=True, comment=comment, choices=_choices(row, name))


def _written(value: object) -> Value:
    match value:
        case bool():
            return "是" if value else "否"
        case Reason():
            return value.text
        case None | str() | int() | date():
            return value
    return plain(value)  # type: ignore[arg-type]  # what is left are grid values


def _choices(row: OfferRow, name: str) -> tuple[str, ...]:
    assert row.row is not None  # noqa: S101  # only rows are asked to fill in
    kind = type(row.row).columns[name].type
    if not isinstance(kind, Choice):
        return ()
    if kind.name == "reason":
        return tuple(word for words in kind.spellings.values() for word in words)
    return tuple(kind.shown(value) for value in kind.spellings)


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
        intro=tuple(say(line) for line in _how_to(bool(made.mend), bool(made.act))),
        columns=(Column(PROBLEM), Column("处数", Look.COUNT)),
        rows=lines,
        totals=[["合计", sum(counts.values())]],
    )


def _heading(made: Offer, today: date) -> dict[str, object]:
    return {"export": made.export, "date": today.isoformat(), "count": len(made.rows)}


def _how_to(mend: bool, act: bool) -> Iterator[Text]:
    if mend:
        yield Text("On 待补录, fill in or correct the orange cells. You may sort, filter and delete rows.")
    if act:
        yield Text("On 待处理, do what 问题 says, then choose 已改 in 处理结果.")
    yield Text("If a row is right as it stands, choose 情况属实 in 处理结果 and say why in 说明.")
    yield Text("Leave the column 编号 as it is: by it your answers find their row. Then send the file back.")
