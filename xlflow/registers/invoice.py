"""发票登记表: invoices that customers asked for, and what became of them."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from xlflow.fields import carriers, choices, dates, ids, money, tax, text
from xlflow.registers import _headings as shared
from xlflow.table.columns import Row, column, register


class InvoiceKind(StrEnum):
    """A special invoice lets a company deduct the VAT."""

    SPECIAL = "special"
    NORMAL = "normal"


KINDS = choices.choice(
    {
        InvoiceKind.SPECIAL: ("增值税专用发票", "专票", "增票"),
        InvoiceKind.NORMAL: ("普通发票", "普票"),
    }
)


def _is_special(row: Invoice) -> bool:
    return row.kind == InvoiceKind.SPECIAL


@register(owner="after_sales", title="发票登记表")
class Invoice(Row):
    """An invoice of an order.

    ``address`` and ``phone`` are ``address_phone`` in two columns, ``bank`` and ``account`` are ``bank_account``.
    """

    carried = "sent_tracking"

    requested_on: date | None = column("登记日期", "申请日期", "日期", type=dates.date_type(), required=True)
    order_no: str | None = column(*shared.ORDER_NO, type=ids.ORDER_NO, required=True)
    courier: str | None = column(*shared.COURIER, type=carriers.COURIER)
    memo: str | None = column(*shared.MEMO, type=text.TEXT)
    kind: str | None = column("发票类型", "类型", type=KINDS, required=True)
    title: str | None = column("发票抬头", "抬头", "公司名称", "名称", type=text.TEXT, required=True)
    tax_no: str | None = column(
        "税号", "纳税人识别号", "统一社会信用代码", type=tax.TAX_NO, required=True, where=_is_special
    )
    address_phone: str | None = column("地址电话", type=text.TEXT, instead="address")
    address: str | None = column("地址", type=text.TEXT)
    phone: str | None = column("电话", type=text.TEXT)
    bank_account: str | None = column("开户行及账号", type=text.TEXT, instead="bank")
    bank: str | None = column("开户行", type=text.TEXT)
    account: str | None = column("账号", type=text.TEXT)
    amount: Decimal | None = column("价税合计", "开票金额", "金额", type=money.MONEY_POSITIVE, required=True)
    issued_on: date | None = column("开票日期", type=dates.date_type())
    invoice_no: str | None = column("发票号码", type=text.TEXT)
    sent_tracking: str | None = column("快递单号", "运单号", "物流单号", type=ids.TRACKING)

    def __post_init__(self) -> None:
        """Two columns that are both filled in are as good as the one (contract §3)."""
        self.address_phone = self.address_phone or _joined(self.address, self.phone)
        self.bank_account = self.bank_account or _joined(self.bank, self.account)

    def same_thing(self) -> Hashable | None:
        """The same kind of invoice of an order over the same amount."""
        key = (self.order_no, self.kind, self.amount)
        return None if None in key else key

    @property
    def is_issued(self) -> bool:
        """Whether finance has issued it."""
        return self.issued_on is not None or self.invoice_no is not None


def _joined(first: str | None, second: str | None) -> str | None:
    return f"{first} {second}" if first and second else None
