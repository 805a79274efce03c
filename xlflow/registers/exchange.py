"""换货表: exchanges, what came back for them and what was sent out."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from xlflow.fields import carriers, dates, ids, money, people, reasons, text
from xlflow.registers import _headings as shared
from xlflow.table.columns import Row, column, register


@register(owner="warehouse", title="换货表")
class Exchange(Row):
    """A product exchanged for a customer."""

    carried = "sent_tracking"

    registered_on: date | None = column("登记日期", "换货日期", "日期", type=dates.date_type(), required=True)
    order_no: str | None = column(*shared.ORDER_NO, type=ids.ORDER_NO, required=True)
    product: str | None = column(*shared.PRODUCT, type=text.TEXT, required=True, instead="model")
    model: str | None = column(*shared.MODEL, type=text.TEXT)
    buyer: str | None = column(*shared.BUYER, type=text.TEXT)
    phone: str | None = column(*shared.PHONE, type=people.PHONE)
    recipient: str | None = column(*shared.RECIPIENT, type=text.TEXT)
    address: str | None = column(*shared.ADDRESS, type=text.TEXT)
    responsible: str | None = column(*shared.RESPONSIBLE, type=text.TEXT)
    memo: str | None = column(*shared.MEMO, type=text.TEXT)
    quantity: int | None = column("数量", "换货数量", type=money.INT, required=True)
    reason: reasons.Reason | None = column("原因", "换货原因", "问题原因", type=reasons.reason_type())
    return_tracking: str | None = column("退回单号", "退货单号", "退回快递单号", "寄回单号", type=ids.TRACKING)
    sent_tracking: str | None = column("换出单号", "发出单号", "寄出单号", "新单号", type=ids.TRACKING)
    sent_on: date | None = column("换出日期", "发出日期", "寄出日期", type=dates.date_type())
    courier: str | None = column("换出快递", "快递公司", "物流公司", type=carriers.COURIER)

    def same_thing(self) -> Hashable | None:
        """The same product of an order, back in the same parcel; without a parcel's number, registered the same day."""
        if self.order_no is None or not (self.product or self.model):
            return None
        if not self.can_read("product", "model", "return_tracking"):
            return None
        parcel = self.return_tracking or self.registered_on
        return (self.order_no, text.same(self.product), text.same(self.model), parcel) if parcel else None
