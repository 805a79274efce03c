"""补发记录表: what is sent to customers once more, and why."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from enum import StrEnum

from xlflow.fields import carriers, choices, dates, ids, money, people, reasons, text
from xlflow.registers import _headings as shared
from xlflow.table.columns import Row, column, register


class ReissueItem(StrEnum):
    """What is sent once more (S0 五.5)."""

    INVOICE = "invoice"
    CABLE = "cable"
    ADAPTER = "adapter"
    PRODUCT = "product"
    EXCHANGE_RETURN = "exchange_return"


ITEMS = choices.several(
    {
        ReissueItem.INVOICE: ("发票",),
        ReissueItem.CABLE: ("网线",),
        ReissueItem.ADAPTER: ("电源", "电源适配器"),
        ReissueItem.PRODUCT: ("产品", "路由器"),
        ReissueItem.EXCHANGE_RETURN: ("换货回寄",),
    }
)


@register(owner="after_sales", title="补发记录表")
class Reissue(Row):
    """One parcel to a customer with what was missing, broken, or owed from an exchange."""

    carried = "sent_tracking"

    registered_on: date | None = column("登记日期", "补发日期", "日期", type=dates.date_type(), required=True)
    order_no: str | None = column(*shared.ORDER_NO, type=ids.ORDER_NO, required=True)
    buyer: str | None = column(*shared.BUYER, type=text.TEXT)
    recipient: str | None = column(*shared.RECIPIENT, type=text.TEXT)
    phone: str | None = column(*shared.PHONE, type=people.PHONE)
    serial_no: str | None = column(*shared.SERIAL_NO, type=text.TEXT)
    evidence: str | None = column(*shared.EVIDENCE, type=text.PICTURE)
    responsible: str | None = column(*shared.RESPONSIBLE, type=text.TEXT)
    memo: str | None = column(*shared.MEMO, type=text.TEXT)
    items: tuple[str, ...] | None = column("补发类型", "补发项目", type=ITEMS, required=True, takes="product")
    product: str | None = column("补发货品", "补发产品", "产品", type=text.TEXT)
    quantity: int | None = column("数量", "补发数量", type=money.INT)
    problem: reasons.Reason | None = column("原因", "补发原因", type=reasons.problem_type(), required=True)
    address: str | None = column("收货地址", "收件地址", "换货回寄地址", "地址", type=text.TEXT)
    with_invoice: bool | None = column("附发票", "一起补发票", type=choices.FLAG)
    invoiced_before: bool | None = column("是否开过发票", "已开发票", type=choices.FLAG)
    courier: str | None = column(*shared.COURIER, type=carriers.COURIER)
    sent_tracking: str | None = column("补发单号", "快递单号", "运单号", "物流单号", "寄出单号", type=ids.TRACKING)
    sent_on: date | None = column("发出日期", "寄出日期", "发货日期", type=dates.date_type())
    status: str | None = column("状态", type=text.TEXT)

    def has(self, item: str) -> bool:
        """Whether this is among what is sent."""
        return item in (self.items or ())

    def same_thing(self) -> Hashable | None:
        """The same things for one order, registered the same day."""
        key = (self.order_no, self.items, self.registered_on)
        return None if None in key else key
