"""Little desks of a row or two: the usual clean sheets, and what a case changes in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

from invented.cells import HIDDEN
from invented.lines import day, refund
from invented.people import customer

Sheet = list[list[Any]]

#: Four orders that share neither their first 15 digits nor their payee, and the parcels they came back in.
O1, O2, O3, O4 = (customer(number).order for number in (901, 902, 903, 904))
P1, P2, P3 = customer(901).parcel_of("中通"), customer(902).parcel_of("圆通"), customer(903).parcel_of("中通")
SENT = customer(902).parcel_of("圆通", 9)

HEADINGS = {
    "receiving": {
        "received_on": "收货日期", "courier": "快递公司", "tracking_no": "退货单号", "order_no": "订单编号",
        "product": "产品", "quantity": "数量", "kind": "类型", "reason": "原因", "model": "型号",
        "expected_quantity": "申请数量", "inspection": "质检结果", "+shelf": "货架号", "memo": "备注",
    },
    "exchange": {
        "registered_on": "登记日期", "order_no": "订单编号", "product": "产品", "quantity": "数量",
        "return_tracking": "退回单号", "courier": "换出快递", "sent_tracking": "换出单号", "sent_on": "换出日期",
    },
    "freight": {
        "registered_on": "登记日期", "order_no": "订单编号", "payee_account": "支付宝账号", "payee_name": "收款人姓名",
        "amount": "运费金额", "reason": "原因", "kind": "类型", "return_tracking": "退回单号", "problem_on": "反馈日期",
        "platform_unavailable": "无法申请", "memo": "备注", "buyer": "买家旺旺",
    },
}  # fmt: skip

#: One clean row each; the receiving register has the parcels of both others.
RETURNED = {
    "received_on": day("3-03"), "courier": "中通", "tracking_no": P1, "order_no": O1, "product": "千兆双频路由器",
    "quantity": 1, "kind": "退货", "reason": "质量问题",
}  # fmt: skip
BACK = RETURNED | {"courier": "圆通", "tracking_no": P2, "order_no": O2, "kind": "换货"}
SENT_OUT = {
    "registered_on": day("3-04"), "order_no": O2, "product": "千兆双频路由器", "quantity": 1, "return_tracking": P2,
    "courier": "圆通", "sent_tracking": SENT, "sent_on": day("3-05"),
}  # fmt: skip
OWED = {
    "registered_on": day("3-04"), "order_no": O1, "payee_account": customer(901).phone, "payee_name": "王小明",
    "amount": 12, "reason": "质量问题", "kind": "退货", "return_tracking": P1,
}  # fmt: skip

#: A refund that concerns none of them: the export is there, and quiet.
GOODS = refund(customer(904), day("3-02"), "7天无理由退货", "129.00")


@dataclass(frozen=True)
class Desk:
    """A little desk: its sheets by register, refunds of the platform, a check that is on, words it has been taught.

    Beside its own sheets it keeps the ``others``, which are the usual ones of the core registers.
    """

    about: str
    sheets: dict[str, Sheet] = field(default_factory=dict)
    refunds: tuple[dict[str, str], ...] = (GOODS,)
    on: str = ""
    teaches: str = ""
    others: dict[str, Sheet] = field(default_factory=lambda: USUAL)

    @property
    def kept(self) -> dict[str, Sheet]:
        """The sheets of all its registers."""
        return self.others | self.sheets


#: What is expected (severity, register, row, cell, field; a dash for what has none), the desk that shows it, and the
#: desk that nearly does.
Case: TypeAlias = tuple[str, Desk, Desk]


def alone(about: str, *sheets: dict[str, Sheet], refunds: tuple[dict[str, str], ...] = (), on: str = "") -> Desk:
    """A desk that keeps these registers and no others."""
    kept = {register: sheet for one in sheets for register, sheet in one.items()}
    return Desk(about, kept, refunds, on, others={})


def receiving(*rows: dict[str, Any] | list[Any], lacks: tuple[str, ...] = ()) -> dict[str, Sheet]:
    """A receiving sheet; a dict is a row by field, a list is written as it is."""
    return {"receiving": sheet_of(HEADINGS["receiving"], RETURNED, rows, lacks)}


def exchange(*rows: dict[str, Any] | list[Any]) -> dict[str, Sheet]:
    """An exchange sheet."""
    return {"exchange": sheet_of(HEADINGS["exchange"], SENT_OUT, rows)}


def freight(*rows: dict[str, Any] | list[Any]) -> dict[str, Sheet]:
    """A freight sheet."""
    return {"freight": sheet_of(HEADINGS["freight"], OWED, rows)}


def hide_row(sheet: Sheet, row: int) -> Sheet:
    """The sheet with one of its rows (from 1) hidden."""
    return [[HIDDEN, *cells] if number == row else cells for number, cells in enumerate(sheet, start=1)]


def sheet_of(
    headings: dict[str, str], usual: dict[str, Any], rows: tuple[Any, ...], lacks: tuple[str, ...] = ()
) -> Sheet:
    """A sheet of rows: the columns that a row or the usual one uses, without those it ``lacks``."""
    used = {name for row in rows if isinstance(row, dict) for name in row} | set(usual)
    fields = [name for name in headings if name in used and name not in lacks]
    body = [row if isinstance(row, list) else [row.get(name) for name in fields] for row in rows]
    return [[headings[name] for name in fields], *body]


USUAL = receiving(RETURNED, BACK) | exchange(SENT_OUT) | freight(OWED)
