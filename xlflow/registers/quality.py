"""质量问题登记表: products that failed, for the weekly report and for claims on suppliers (S0 五.3, 五.4)."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from decimal import Decimal

from xlflow.fields import dates, ids, money, reasons, text
from xlflow.registers import _headings as shared
from xlflow.table.columns import Row, column, register


@register(owner="after_sales", title="质量问题登记表")
class Quality(Row):
    """A quality problem of a product that a customer bought."""

    registered_on: date | None = column("登记日期", "日期", type=dates.date_type(), required=True)
    order_no: str | None = column(*shared.ORDER_NO, type=ids.ORDER_NO, required=True)
    product: str | None = column(*shared.PRODUCT, type=text.TEXT, required=True, instead="model")
    model: str | None = column(*shared.MODEL, type=text.TEXT)
    quantity: int | None = column(*shared.QUANTITY, type=money.INT)
    serial_no: str | None = column(*shared.SERIAL_NO, type=text.TEXT)
    evidence: str | None = column(*shared.EVIDENCE, type=text.PICTURE)
    responsible: str | None = column(*shared.RESPONSIBLE, type=text.TEXT)
    memo: str | None = column(*shared.MEMO, type=text.TEXT)
    reason: reasons.Reason | None = column(
        "质量问题", "问题描述", "故障描述", "问题原因", "原因", type=reasons.text_type(), required=True
    )
    batch: str | None = column("批次", "生产批次", type=text.TEXT)
    supplier: str | None = column("供应商", "厂家", type=text.TEXT)
    unit_price: Decimal | None = column("单价", "进价", type=money.MONEY)
    handling: str | None = column("处理方式", type=text.TEXT)

    def same_thing(self) -> Hashable | None:
        """The same trouble with the same product and batch of an order; without the product, its model."""
        product = self.product or self.model
        if self.order_no is None or product is None or self.reason is None:
            return None
        if not self.can_read("product", "batch"):
            return None
        return (self.order_no, text.same(product), text.same(self.batch), text.same(self.reason.text))
