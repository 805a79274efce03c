"""补偿登记表: money given to customers for what was missing, broken or too dear."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from xlflow.fields import choices, dates, ids, money, people, reasons, text
from xlflow.registers import _headings as shared
from xlflow.registers.freight import STATUSES
from xlflow.table.columns import Row, column, register


class Item(StrEnum):
    """What a customer is compensated for."""

    CABLE = "cable"
    ADAPTER = "adapter"
    PRICE = "price"
    FREIGHT = "freight"
    OTHER = "other"


class Channel(StrEnum):
    """How the money reaches the customer."""

    PLATFORM = "platform"
    MANAGER_ALIPAY = "manager_alipay"
    PETTY = "petty"


ITEMS = choices.choice(
    {
        Item.CABLE: ("网线",),
        Item.ADAPTER: ("电源",),
        Item.PRICE: ("差价", "价差"),
        Item.FREIGHT: ("运费",),
        Item.OTHER: ("其他",),
    }
)
CHANNELS = choices.choice(
    {
        Channel.PLATFORM: ("平台", "系统"),
        Channel.MANAGER_ALIPAY: ("支付宝", "店长"),
        Channel.PETTY: ("小额打款",),
    }
)


def _is_paid_by_alipay(row: Compensation) -> bool:
    return row.channel == Channel.MANAGER_ALIPAY


@register(owner="after_sales", title="补偿登记表")
class Compensation(Row):
    """Money a customer gets, in the platform or by Alipay."""

    registered_on: date | None = column("登记日期", "日期", type=dates.date_type(), required=True)
    order_no: str | None = column(*shared.ORDER_NO, type=ids.ORDER_NO, required=True)
    buyer: str | None = column(*shared.BUYER, type=text.TEXT)
    quantity: int | None = column(*shared.QUANTITY, type=money.INT)
    serial_no: str | None = column(*shared.SERIAL_NO, type=text.TEXT)
    evidence: str | None = column(*shared.EVIDENCE, type=text.PICTURE)
    memo: str | None = column(*shared.MEMO, type=text.TEXT)
    item: str | None = column("补偿项目", "项目", type=ITEMS, required=True)
    amount: Decimal | None = column("补偿金额", "金额", type=money.MONEY_POSITIVE, required=True)
    channel: str | None = column("渠道", "补偿方式", type=CHANNELS, required=True)
    signed_on: date | None = column("签收日期", "收货日期", type=dates.date_type())
    feedback_on: date | None = column("反馈日期", type=dates.date_type())
    problem: reasons.Reason | None = column("问题", "原因", type=reasons.problem_type())
    payee_account: str | None = column(
        *shared.PAYEE_ACCOUNT, type=people.ALIPAY, required=True, where=_is_paid_by_alipay,
        beside=(("payee_name", people.name_beside),),
    )  # fmt: skip
    payee_name: str | None = column(*shared.PAYEE_NAME, type=text.TEXT, wanted=True, where=_is_paid_by_alipay)
    paid_on: date | None = column(*shared.PAID_ON, type=dates.date_type())
    status: str | None = column(*shared.STATUS, type=STATUSES)
    transaction: str | None = column(*shared.TRANSACTION, type=text.TEXT)

    @property
    def pieces(self) -> int | None:
        """How many are compensated: 1 where nobody wrote it, None where it cannot be read."""
        return 1 if self.quantity is None and self.can_read("quantity") else self.quantity

    @property
    def complained_on(self) -> date | None:
        """The day the customer complained: that of the registration where nobody wrote it."""
        return self.registered_on if self.feedback_on is None and self.can_read("feedback_on") else self.feedback_on

    def same_thing(self) -> Hashable | None:
        """The same amount for the same item of an order, registered the same day."""
        key = (self.order_no, self.item, self.amount, self.registered_on)
        return None if None in key else key
