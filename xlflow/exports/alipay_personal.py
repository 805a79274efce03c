"""支付宝交易记录: the bills of a personal account, as the web site or the app gives them (domain.md B.5.2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from xlflow.exports._bill import Bill
from xlflow.exports._party import party
from xlflow.fields import dates, ids, money, text
from xlflow.statement import Movement
from xlflow.table.columns import column, export

#: Only these moved money; 交易关闭, 支付失败, 等待付款 and whatever else there is did not (contract §5).
SUCCEEDED, REFUNDED = "交易成功", "退款成功"
OUT, IN = "支出", "收入"


@export
class AlipayPersonal(Bill):
    """One transaction; the web's bill and the app's have other headings for the same things."""

    needed: ClassVar[tuple[str, ...]] = ("transaction", "sum", "status")

    paid_on: date | None = column("付款时间", "交易时间", type=dates.date_type(), required=True, ahead=True)
    created_on: date | None = column("交易创建时间", type=dates.date_type(), ahead=True)
    transaction: str | None = column("交易号", "交易订单号", type=ids.TRANSACTION, required=True)
    direction: str | None = column("收/支", type=text.TEXT, required=True)
    sum: Decimal | None = column("金额（元）", "金额", type=money.MONEY_SIGNED, required=True)
    status: str | None = column("交易状态", type=text.TEXT, required=True)
    other: str | None = column("交易对方", type=text.TEXT)
    account: str | None = column("对方账号", type=ids.TRANSACTION)
    kind: str | None = column("类型", "交易分类", type=text.TEXT)
    product: str | None = column("商品名称", "商品说明", type=text.TEXT)
    remark: str | None = column("备注", type=text.TEXT)

    def lacks(self) -> str | None:
        """What succeeded did so on a day; what did not may have none."""
        undated = self.status in (SUCCEEDED, REFUNDED) and self.paid_on is None and self.created_on is None
        return Bill.lacks(self) or ("paid_on" if undated else None)

    def movement(self) -> Movement | None:
        """What moved: only what succeeded, out or in; a refund that succeeded came in, whatever its 收/支."""
        amount = abs(self.sum or Decimal(0))
        if self.status == SUCCEEDED and self.direction == OUT:
            amount = -amount
        elif not (self.status == REFUNDED or (self.status == SUCCEEDED and self.direction == IN)):
            return None
        on = self.paid_on or self.created_on
        if not amount or on is None or self.transaction is None:
            return None
        account, beside = party(self.account)
        other_account, name = party(self.other)
        said = (self.remark, self.product, self.kind, self.status if amount > 0 else None)
        return Movement(
            self.number, on, self.transaction, amount, self.transaction,
            account or other_account, name or beside, self.remark or "", " ".join(filter(None, said)),
        )  # fmt: skip
