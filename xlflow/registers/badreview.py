"""差评记录表: bad reviews, why they were given and what became of them (S0 五.3)."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from enum import StrEnum

from xlflow.fields import choices, dates, ids, money, reasons, text
from xlflow.registers import _headings as shared
from xlflow.table.columns import Row, column, register


class Rating(StrEnum):
    """What the customer gave."""

    BAD = "bad"
    NEUTRAL = "neutral"
    GOOD = "good"


RATINGS = choices.choice({Rating.BAD: ("差评",), Rating.NEUTRAL: ("中评",), Rating.GOOD: ("好评",)})


@register(owner="after_sales", title="差评记录表")
class BadReview(Row):
    """A review that somebody has looked into."""

    reviewed_on: date | None = column("评价日期", "登记日期", "日期", type=dates.date_type(), required=True)
    order_no: str | None = column(*shared.ORDER_NO, type=ids.ORDER_NO, required=True)
    product: str | None = column(*shared.PRODUCT, type=text.TEXT)
    model: str | None = column(*shared.MODEL, type=text.TEXT)
    quantity: int | None = column(*shared.QUANTITY, type=money.INT)
    serial_no: str | None = column(*shared.SERIAL_NO, type=text.TEXT)
    evidence: str | None = column(*shared.EVIDENCE, type=text.PICTURE)
    responsible: str | None = column(*shared.RESPONSIBLE, type=text.TEXT)
    memo: str | None = column(*shared.MEMO, type=text.TEXT)
    buyer: str | None = column(*shared.BUYER, type=text.TEXT)
    reason: reasons.Reason | None = column("差评原因", "原因", type=reasons.text_type(), required=True)
    rating: str | None = column("评价类型", "评价等级", "评价", type=RATINGS, wanted=True)
    content: str | None = column("评价内容", type=text.TEXT)
    result: str | None = column("处理结果", type=text.TEXT)
    handling: str | None = column("处理方式", type=text.TEXT)

    def same_thing(self) -> Hashable | None:
        """The same product of an order, which may be named by its model, or by nothing where there is one only."""
        if self.order_no is None or not self.can_read("product", "model"):
            return None
        return (self.order_no, text.same(self.product or self.model))
