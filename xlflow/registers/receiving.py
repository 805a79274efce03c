"""收货表: what the warehouse received back."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from enum import StrEnum

from xlflow.fields import carriers, choices, dates, ids, money, people, reasons, text
from xlflow.registers import _headings as shared
from xlflow.table.columns import Row, column, register


class ReceivingKind(StrEnum):
    """Why a parcel came back."""

    RETURN = "return"
    EXCHANGE = "exchange"
    REFUSED = "refused"
    REJECTED = "rejected"
    UNMATCHED = "unmatched"


KINDS = choices.choice(
    {
        ReceivingKind.RETURN: ("退货",),
        ReceivingKind.EXCHANGE: ("换货",),
        ReceivingKind.REFUSED: ("拒收", "客户拒收"),
        ReceivingKind.REJECTED: ("拒签", "拍照拒收"),
        ReceivingKind.UNMATCHED: ("无理件", "无主件"),
    }
)


@register(owner="warehouse", title="收货表")
class Receiving(Row):
    """A parcel, or one product of a parcel, that came back to the warehouse."""

    carried = "tracking_no"

    received_on: date | None = column(
        "收货日期", "签收日期", "收件日期", "到货日期", "收货时间", "签收时间", "日期",
        type=dates.date_type(), required=True,
    )  # fmt: skip
    tracking_no: str | None = column(
        "退回单号", "退货单号", "退回快递单号", "退货物流单号", "快递单号", "运单号", "物流单号",
        type=ids.TRACKING, required=True,
    )  # fmt: skip
    order_no: str | None = column(*shared.ORDER_NO, type=ids.ORDER_NO, required=True)
    product: str | None = column(*shared.PRODUCT, type=text.TEXT, required=True, instead="model")
    model: str | None = column(*shared.MODEL, type=text.TEXT)
    buyer: str | None = column(*shared.BUYER, type=text.TEXT)
    phone: str | None = column(*shared.PHONE, type=people.PHONE)
    courier: str | None = column(*shared.COURIER, type=carriers.COURIER)
    memo: str | None = column(*shared.MEMO, type=text.TEXT)
    quantity: int | None = column("数量", "收货数量", "实收数量", type=money.INT, required=True)
    expected_quantity: int | None = column("申请数量", "应退数量", type=money.INT)
    kind: str | None = column("类型", "售后类型", "退换类型", type=KINDS, required=True)
    reason: reasons.Reason | None = column("原因", "退换原因", "退货原因", "问题原因", type=reasons.reason_type())
    inspection: str | None = column("质检结果", "检测结果", "验货结果", type=text.TEXT)
    recorder: str | None = column("登记人", "经手人", type=text.TEXT)

    def may_lack(self, field: str) -> bool:
        """A parcel that matches no order has no order number (contract §3)."""
        return field == "order_no" and self.kind == ReceivingKind.UNMATCHED

    def same_thing(self) -> Hashable | None:
        """The same product in the same parcel."""
        if self.tracking_no is None or not self.can_read("product", "model") or not (self.product or self.model):
            return None
        return (self.tracking_no, text.same(self.product), text.same(self.model))

    def named_by(self) -> str:
        """A parcel goes by its tracking number."""
        return "tracking_no"
