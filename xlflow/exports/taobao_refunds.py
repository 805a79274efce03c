"""退款管理导出: the refunds that Taobao or Tmall knows of (domain.md B.6.2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from xlflow.fields import dates, ids, money, text
from xlflow.statement import Refund
from xlflow.table.columns import Row, column, export

#: The status of a refund that went through; every other one paid nothing.
SUCCESSFUL = "退款成功"
#: The buyer's reason for a refund of return freight.
RETURN_FREIGHT = "退运费"


@export
class TaobaoRefund(Row):
    """One refund. The same refund may stand in several exports: the newest row wins."""

    applied_on: date | None = column("退款的申请时间", "申请时间", type=dates.date_type())
    order_no: str | None = column("订单编号", "主订单编号", type=ids.ORDER_NO, required=True)
    refund_no: str | None = column("退款编号", "退款单号", type=text.TEXT, required=True)
    amount: Decimal | None = column("买家退款金额", "退款金额", type=money.MONEY, required=True)
    status: str | None = column("退款状态", type=text.TEXT, required=True)
    reason: str | None = column("买家退款原因", "退款原因", type=text.TEXT, required=True)
    finished_on: date | None = column("退款完结时间", "完结时间", type=dates.date_type())
    return_tracking: str | None = column("退货物流单号", type=ids.TRACKING)

    def identity(self) -> str | None:
        """The refund's number."""
        return self.refund_no

    def as_of(self) -> date:
        """The latest day the row knows of."""
        return self.finished_on or self.applied_on or date.min

    @property
    def pays_freight(self) -> bool:
        """Whether the platform has paid the customer's return freight with it."""
        return self.status == SUCCESSFUL and RETURN_FREIGHT in (self.reason or "")

    @property
    def pays_goods(self) -> bool:
        """Whether the platform has paid the customer with it for another reason than return freight."""
        return self.status == SUCCESSFUL and self.reason is not None and not self.pays_freight

    def refund(self) -> Refund | None:
        """What it paid of return freight, if it did."""
        if not self.pays_freight or self.order_no is None or self.refund_no is None:
            return None
        return Refund(self.number, self.refund_no, self.order_no, self.amount, self.finished_on)
