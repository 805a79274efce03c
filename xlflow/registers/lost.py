"""物流丢件记录表: parcels that carriers lost or damaged, and intercepted ones booked so that the refund can go out."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from xlflow.fields import carriers, choices, dates, ids, money, text
from xlflow.registers import _headings as shared
from xlflow.table.columns import Row, column, register


class LostKind(StrEnum):
    """What happened to a parcel."""

    LOST = "lost"
    DAMAGED = "damaged"
    SHORT = "short"
    DELAYED = "delayed"
    INTERCEPTED = "intercepted"


class Handling(StrEnum):
    """What the customer gets for it."""

    REFUND = "refund"
    REISSUE = "reissue"


KINDS = choices.choice(
    {
        LostKind.LOST: ("丢失", "丢件"),
        LostKind.DAMAGED: ("破损",),
        LostKind.SHORT: ("短少",),
        LostKind.DELAYED: ("延误",),
        LostKind.INTERCEPTED: ("拦截", "撤件"),
    }
)
HANDLINGS = choices.choice({Handling.REFUND: ("退款",), Handling.REISSUE: ("补发",)})


@register(owner="after_sales", title="物流丢件记录表")
class Lost(Row):
    """A parcel that did not arrive as it should; without a column for its courier the sheet's name says it."""

    carried = "tracking_no"

    registered_on: date | None = column("登记日期", "日期", type=dates.date_type(), required=True)
    order_no: str | None = column(*shared.ORDER_NO, type=ids.ORDER_NO, required=True)
    product: str | None = column(*shared.PRODUCT, type=text.TEXT)
    model: str | None = column(*shared.MODEL, type=text.TEXT)
    quantity: int | None = column("数量", type=money.INT)
    memo: str | None = column(*shared.MEMO, type=text.TEXT)
    tracking_no: str | None = column(
        "快递单号", "运单号", "物流单号", "丢件单号", "发货单号", type=ids.TRACKING, required=True
    )
    courier: str | None = column(*shared.COURIER, type=carriers.COURIER, required=True, of_sheet=carriers.named_in)
    kind: str | None = column("类型", type=KINDS)
    sent_on: date | None = column("发货日期", "发出日期", type=dates.date_type())
    last_scan_on: date | None = column("最后物流日期", "最后走件日期", "最后更新", type=dates.date_type(), wanted=True)
    goods_value: Decimal | None = column("货值", "商品金额", "货物价值", type=money.MONEY)
    freight: Decimal | None = column("运费", type=money.MONEY)
    insured_value: Decimal | None = column("保价金额", type=money.MONEY)
    handling: str | None = column("处理方式", type=HANDLINGS)
    refunded_on: date | None = column("退款日期", type=dates.date_type())
    returning_on: date | None = column("退回日期", "物流返回日期", type=dates.date_type(), ahead=True)
    promised: bool | None = column("承诺退回", "快递承诺", type=choices.FLAG)
    claimed_on: date | None = column("索赔日期", type=dates.date_type())
    settled_on: date | None = column("赔付日期", "到账日期", type=dates.date_type())
    claim_amount: Decimal | None = column("索赔金额", type=money.MONEY)
    settled_amount: Decimal | None = column("赔付金额", "到账金额", type=money.MONEY)
    status: str | None = column("状态", type=text.TEXT)

    def same_thing(self) -> Hashable | None:
        """The same product in the same parcel."""
        if self.tracking_no is None or not self.can_read("product"):
            return None
        return (self.tracking_no, text.same(self.product))

    def named_by(self) -> str:
        """A parcel goes by its tracking number."""
        return "tracking_no"

    @property
    def happened(self) -> str | None:
        """What happened to the parcel: lost where nobody says otherwise, None when that cannot be read."""
        return self.kind if self.kind is not None or not self.can_read("kind") else LostKind.LOST
