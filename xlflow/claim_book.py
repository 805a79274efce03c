"""索赔单: one courier's or supplier's claims as a workbook, and what they still lack (contract §6 ``claim-sheet``).

Nobody's name, phone or address is in it, and no remark in which one might stand.
"""

from __future__ import annotations

from collections.abc import Callable

from xlflow.claims import Claim, ClaimSheet, PartyType
from xlflow.finding import spelled
from xlflow.layout import Block, Cells, Column, Look, Marked, NewBook, NewSheet, Value, link_to
from xlflow.model import Text
from xlflow.period import Period
from xlflow.registers.lost import Lost
from xlflow.registers.quality import Quality

Say = Callable[[Text], str]

SHEET, TO_FILL_IN = "索赔单", "待补金额"
AMOUNT, LACKING, SOURCE = Column("索赔金额", Look.MONEY), Column("未填"), Column("来源")
PARCELS = (
    Column("序号", Look.COUNT), Column("快递单号"), Column("订单编号"), Column("登记日期", Look.DATE),
    Column("发货日期", Look.DATE), Column("最后物流日期", Look.DATE), Column("类型"), Column("商品"),
    Column("数量", Look.COUNT), Column("货值", Look.MONEY), Column("运费", Look.MONEY), Column("保价金额", Look.MONEY),
    AMOUNT, Column("已退款或补发"), LACKING, SOURCE,
)  # fmt: skip
PRODUCTS = (
    Column("序号", Look.COUNT), Column("订单编号"), Column("登记日期", Look.DATE), Column("商品"), Column("批次"),
    Column("序列号"), Column("质量问题", Look.LONG), Column("数量", Look.COUNT), Column("单价", Look.MONEY),
    AMOUNT, Column("凭证"), LACKING, SOURCE,
)  # fmt: skip
#: What a cell with a picture says; a path says where it is.
PICTURE = "有图"


def claim_book(sheet: ClaimSheet, period: Period, say: Say) -> NewBook:
    """What is claimed with its total, and on a second tab what has no amount yet, with the cells to fill in."""
    complete = [claim for claim in sheet.claims if claim.is_complete]
    lacking = [claim for claim in sheet.claims if not claim.is_complete]
    tabs = [NewSheet(SHEET, (_claimed(sheet, complete, period, say),), 2)]
    if lacking:
        tabs.append(NewSheet(TO_FILL_IN, (_to_fill_in(sheet, lacking, say),), 2))
    return NewBook(tuple(tabs))


def _claimed(sheet: ClaimSheet, claims: list[Claim], period: Period, say: Say) -> Block:
    facts = {"party": sheet.party, "period": str(period), "count": len(claims), "total": f"{sheet.total:,.2f}"}
    columns = _columns(sheet)
    total: list[Value] = [sheet.total if column is AMOUNT else None for column in columns]
    return Block(
        title=say(Text("Claims on {party} for {period}: {count}, {total} yuan in all", facts)),
        columns=columns,
        rows=[_row(number, claim) for number, claim in enumerate(claims, start=1)],
        totals=[["合计", *total[1:]]],
    )


def _to_fill_in(sheet: ClaimSheet, claims: list[Claim], say: Say) -> Block:
    facts = {"party": sheet.party, "count": len(claims)}
    return Block(
        title=say(Text("Not claimed on {party} yet: {count} without an amount", facts)),
        intro=(say(Text("Fill in the cells named under 未填; the next claim sheet has them then.")),),
        columns=_columns(sheet),
        rows=[_row(number, claim) for number, claim in enumerate(claims, start=1)],
    )


def _columns(sheet: ClaimSheet) -> tuple[Column, ...]:
    return PARCELS if sheet.party_type is PartyType.COURIER else PRODUCTS


def _row(number: int, claim: Claim) -> Cells:
    row = claim.row
    amount = claim.amount if claim.is_complete else None
    if isinstance(row, Lost):
        return [
            number, row.tracking_no, row.order_no, row.registered_on, row.sent_on, row.last_scan_on,
            _word(row, "kind") or "丢失", claim.product, row.quantity, row.goods_value, row.freight, row.insured_value,
            amount, _word(row, "handling"), _lacking(claim), _source(claim),
        ]  # fmt: skip
    return [
        number, row.order_no, row.registered_on, claim.product, row.batch, row.serial_no,
        row.reason.text if row.reason is not None else None, claim.quantity, row.unit_price,
        amount, _evidence(row), _lacking(claim), _source(claim),
    ]  # fmt: skip


def _word(row: Lost, field: str) -> str | None:
    value = spelled(row, field)
    return value if isinstance(value, str) else None


def _evidence(row: Quality) -> str | None:
    """The path of a picture, or that there is one in the cell."""
    return PICTURE if row.evidence == "picture" or "DISPIMG" in (row.evidence or "") else row.evidence


def _lacking(claim: Claim) -> str | None:
    """The blank cells that the amount lacks, as the sheet's headings call them."""
    sheet, columns = claim.row.sheet, type(claim.row).columns
    claims = sheet.claims
    names = [
        f"{claims[name].heading.strip()} {sheet.cell(name, claim.row.number)}" if name in claims
        else columns[name].headings[0]
        for name in claim.missing
    ]  # fmt: skip
    return "、".join(names) or None


def _source(claim: Claim) -> Marked:
    """Where the row stands; the link leads to the first cell that is to be filled in, if there is one."""
    row = claim.row
    cell = row.sheet.cell(claim.missing[0], row.number) if claim.missing else None
    link = link_to(row.sheet.file, row.sheet.name, cell or f"A{row.number}")
    return Marked(row.sheet.place(None, row.number), link=link)
