"""撤件登记表: parcels on their way that a carrier was asked to stop and bring back (S0 四)."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from decimal import Decimal

from xlflow.fields import carriers, choices, dates, ids, money, text
from xlflow.registers import _headings as shared
from xlflow.table.columns import Row, column, register


@register(owner="after_sales", title="撤件登记表")
class Interception(Row):
    """A parcel the customer does not want any more, to be stopped on its way."""

    carried = "tracking_no"

    notified_on: date | None = column("通知日期", "撤件日期", "日期", type=dates.date_type(), required=True)
    order_no: str | None = column(*shared.ORDER_NO, type=ids.ORDER_NO, required=True)
    courier: str | None = column(*shared.COURIER, type=carriers.COURIER, required=True)
    quantity: int | None = column("数量", type=money.INT)
    memo: str | None = column(*shared.MEMO, type=text.TEXT)
    tracking_no: str | None = column("快递单号", "运单号", "物流单号", "发货单号", type=ids.TRACKING, required=True)
    upgraded: bool | None = column("补差价顺丰", "补差价", type=choices.FLAG)
    promised: bool | None = column("承诺退回", "快递承诺", type=choices.FLAG)
    paid_amount: Decimal | None = column("实付金额", type=money.MONEY)
    roundtrip_freight: Decimal | None = column("来回运费", type=money.MONEY)
    refund_amount: Decimal | None = column("退款金额", type=money.MONEY)
    confirmed_on: date | None = column("确认日期", type=dates.date_type())
    returning_on: date | None = column("退回日期", "物流返回日期", type=dates.date_type(), ahead=True)

    def same_thing(self) -> Hashable | None:
        """The same parcel."""
        return self.tracking_no

    def named_by(self) -> str:
        """A parcel goes by its tracking number."""
        return "tracking_no"
