"""支付宝账务明细: every movement of a shop's Alipay account, with 12 or 16 columns (domain.md B.5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import ClassVar

from xlflow.exports._bill import Bill
from xlflow.exports._party import party
from xlflow.fields import dates, ids, money, text
from xlflow.statement import Movement
from xlflow.table.columns import Row, column, export

#: What the platform or the bank moves by itself: refunds of goods, fees. No such movement pays an entry of ours
#: unless it bears its id.
NOT_OURS = ("交易退款", "收费", "服务费")


@export
class AlipayLedger(Bill):
    """One movement. 收入 and 支出 stand in two columns; 支出 is mostly written with a minus."""

    needed: ClassVar[tuple[str, ...]] = ("transaction", "moved_on")

    moved_on: date | None = column("发生时间", "入账时间", type=dates.date_type(), required=True, ahead=True)
    transaction: str | None = column("账务流水号", type=ids.TRANSACTION, required=True)
    trade: str | None = column("业务流水号", type=ids.TRANSACTION)
    merchant_order: str | None = column("商户订单号", "商家订单号", type=ids.TRANSACTION)
    came_in: Decimal | None = column("收入金额（+元）", "收入（+元）", "收入", type=money.MONEY_SIGNED, required=True)
    went_out: Decimal | None = column("支出金额（-元）", "支出（-元）", "支出", type=money.MONEY_SIGNED, required=True)
    balance: Decimal | None = column("账户余额（元）", "余额（元）", type=money.MONEY_SIGNED)
    account: str | None = column("对方账号", "对方账户", type=ids.TRANSACTION)
    name: str | None = column("对方名称", "对方户名", "交易对方", type=text.TEXT)
    kind: str | None = column("业务类型", "账务类型", type=text.TEXT)
    product: str | None = column("商品名称", type=text.TEXT)
    remark: str | None = column("备注", type=text.TEXT)
    description: str | None = column("业务描述", type=text.TEXT)

    def lacks(self) -> str | None:
        """A row without both amounts has lost them."""
        return Bill.lacks(self) or ("went_out" if self.came_in is None and self.went_out is None else None)

    @property
    def amount(self) -> Decimal:
        """What came in less what went out, whatever sign the latter bears."""
        return abs(self.came_in or Decimal(0)) - abs(self.went_out or Decimal(0))

    def movement(self) -> Movement | None:
        """The row as a movement; one of 0.00 moved nothing."""
        if not self.amount or self.moved_on is None or self.transaction is None:
            return None
        account, beside = party(self.account)
        other_account, name = party(self.name)
        said = (self.remark, self.description, self.product, self.merchant_order, self.kind)
        return Movement(
            self.number, self.moved_on, self.transaction, self.amount, self.trade,
            account or other_account, name or beside, self.remark or "", " ".join(filter(None, said)),
            not (self.kind or "").startswith(NOT_OURS),
        )  # fmt: skip

    @classmethod
    def chain(cls, rows: Sequence[Row]) -> bool:
        """Whether each balance follows from its neighbour, with the newest row above or below."""
        kept = [row for row in rows if isinstance(row, AlipayLedger) and row.balance is not None]
        if len(kept) != len(rows):
            return not kept
        return all(map(_follows, kept, kept[1:])) or all(map(_follows, kept[1:], kept))


def _follows(earlier: AlipayLedger, later: AlipayLedger) -> bool:
    return (earlier.balance or 0) + later.amount == later.balance
