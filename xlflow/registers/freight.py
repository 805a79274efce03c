"""退运费表: return freight the shop owes customers."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from xlflow.fields import choices, dates, ids, money, people, reasons, text
from xlflow.registers import _headings as shared
from xlflow.table.columns import Row, column, register


class FreightKind(StrEnum):
    """What the customer sent the goods back for."""

    RETURN = "return"
    EXCHANGE = "exchange"


class PaymentStatus(StrEnum):
    """What a person says of a payment."""

    PAID = "paid"
    UNPAID = "unpaid"
    FAILED = "failed"


KINDS = choices.choice({FreightKind.RETURN: ("退货",), FreightKind.EXCHANGE: ("换货",)})
STATUSES = choices.choice(
    {
        PaymentStatus.PAID: ("已打款", "已付", "已付款", "已转账", "已转", "√", "已完成"),
        PaymentStatus.UNPAID: ("未打款", "未付", "待打款"),
        PaymentStatus.FAILED: ("打款失败", "失败"),
    }
)


@register(owner="after_sales", title="退运费表")
class Freight(Row):
    """Freight a customer paid for sending goods back, to be refunded by the shop."""

    registered_on: date | None = column("登记日期", "日期", type=dates.date_type(), required=True)
    order_no: str | None = column(*shared.ORDER_NO, type=ids.ORDER_NO, required=True)
    buyer: str | None = column(*shared.BUYER, type=text.TEXT)
    memo: str | None = column(*shared.MEMO, type=text.TEXT)
    payee_account: str | None = column(
        *shared.PAYEE_ACCOUNT, type=people.ALIPAY, required=True, beside=(("payee_name", people.name_beside),)
    )
    payee_name: str | None = column(*shared.PAYEE_NAME, type=text.TEXT, wanted=True)
    amount: Decimal | None = column(
        "运费金额", "回寄运费", "应退运费", "退运费", "运费", "金额", type=money.MONEY_POSITIVE, required=True
    )
    reason: reasons.Reason | None = column("原因", "退运费原因", type=reasons.reason_type(), required=True)
    kind: str | None = column("类型", "售后类型", type=KINDS)
    return_tracking: str | None = column(
        "退回单号", "退货单号", "退回快递单号", "快递单号", "运单号", "物流单号", type=ids.TRACKING
    )
    problem_on: date | None = column("反馈日期", "问题日期", type=dates.date_type())
    platform_unavailable: bool | None = column("平台无法申请", "无法申请", "无法申请原因", type=choices.FLAG)
    paid_on: date | None = column(*shared.PAID_ON, type=dates.date_type())
    status: str | None = column(*shared.STATUS, type=STATUSES)
    transaction: str | None = column(*shared.TRANSACTION, type=text.TEXT)

    def same_thing(self) -> Hashable | None:
        """The freight of one order."""
        return self.order_no

    def repeats(self, earlier: Freight) -> bool:
        """Another parcel of the same order is another freight; which parcel it was must be readable in this row."""
        return self.can_read("return_tracking") and self.may_be(earlier)

    def may_be(self, other: Freight) -> bool:
        """Whether two rows of one order may be the same freight: no two different trackings are known."""
        return None in (self.return_tracking, other.return_tracking) or self.return_tracking == other.return_tracking
